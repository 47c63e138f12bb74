//! `frameworks`: what is asked of cities, what of it is measured, and the gaps.

use app::{GapQuestion, GapState, MeasuredColumns, OpenMode, World};
use model::value::Id;
use serde_json::json;

use crate::{Stop, args::Frameworks, session::Session};

/// Prints the frameworks, one of them, or its gaps.
pub async fn run(session: &Session, args: &Frameworks) -> Result<(), Stop> {
    let names = app::frameworks().names();
    if let Some(name) = args.framework.as_deref().filter(|name| !names.contains(name)) {
        let args = [("name", name.into()), ("known", names.join(", ").into())];
        return Err(Stop::Usage(session.say_with("cli-frameworks-unknown", &args)));
    }
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let asked = args.framework.as_deref();
    match (args.gaps, session.json) {
        (true, _) => {
            let wanted: Vec<&str> = names.into_iter().filter(|name| asked.is_none_or(|a| a == *name)).collect();
            gaps(session, &world, &wanted, args.within.as_deref());
        }
        (false, true) => session.print_json(&app::frameworks_json(&world, asked, session.lang)),
        (false, false) => listed(session, &world, asked),
    }
    Ok(())
}

fn listed(session: &Session, world: &World, asked: Option<&str>) {
    let list = app::frameworks();
    let measures = list.measures(world.records());
    for card in app::framework_cards(world).iter().filter(|c| asked.is_none_or(|a| a == c.name)) {
        let title = session.paint.bold(&session.say(&format!("framework-{}", card.name)));
        let counts = [
            ("n", card.n_indicators.into()),
            ("measured", card.n_measured.into()),
            ("confirmed", card.n_confirmed.into()),
        ];
        outln!("{}  {title}  {}", card.name, session.say_with("cli-frameworks-line", &counts));
        for (at, indicator) in list.of(&card.name).filter(|_| asked.is_some()) {
            let by: Vec<&str> = measures[at].iter().map(|i| i.id.as_str()).collect();
            let status = session.say(&format!("framework-status-{}", indicator.listing.as_str().replace(' ', "-")));
            let by = if by.is_empty() { "–".to_owned() } else { by.join(", ") };
            outln!("  {:14} {status}  {}  ← {by}", indicator.name(), indicator.title.show(session.lang));
        }
    }
}

fn gaps(session: &Session, world: &World, wanted: &[&str], within: Option<&str>) {
    let on = session.on(world.is_past());
    let mut found = serde_json::Map::new();
    for name in wanted {
        let question = GapQuestion {
            framework: (*name).to_owned(),
            places: Vec::new(),
            within: within.map(Id::new),
            columns: MeasuredColumns::All,
        };
        let Some(gaps) = app::gap_matrix(world, &question, on) else { continue };
        if session.json {
            found.insert((*name).to_owned(), app::gaps_json(&gaps, on));
            continue;
        }
        let all = gaps.matrix.all;
        let share = all.share().map_or("–".to_owned(), locale::percent);
        let counts = [
            ("filled", all.n_filled.into()),
            ("applicable", all.n_applicable.into()),
            ("there", all.n_there.into()),
            ("share", share.into()),
        ];
        let title = session.paint.bold(&session.say(&format!("framework-{name}")));
        outln!("{title}  {}", session.say_with("cli-gaps-line", &counts));
        for (column, at) in gaps.matrix.indicators.iter().enumerate() {
            let indicator = &app::frameworks().indicators()[*at];
            let supplier = &gaps.suppliers[column];
            let by = supplier.source.as_ref().map(|s| s.as_str()).or(supplier.owner.as_ref().map(|u| u.as_str()));
            let counts = GapState::ALL.map(|s| format!("{} {}", mark(s), gaps.n_in(column, s))).join("  ");
            outln!("  {:14} {counts}  ← {}", indicator.name(), by.unwrap_or(&supplier.custodian));
        }
    }
    if session.json {
        session.print_json(&json!(found));
    }
}

fn mark(state: GapState) -> char {
    match state {
        GapState::There => '●',
        GapState::Weak => '◐',
        GapState::Old => '◔',
        GapState::Missing => '○',
        GapState::NotApplicable => '–',
    }
}
