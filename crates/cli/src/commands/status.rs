//! `status` and `series`: where every indicator stands, and figures through all plan cycles.

use app::OpenMode;
use model::{figure::Progress, value::Id};
use serde_json::json;

use super::{known_plan, with_unit};
use crate::{
    Stop,
    args::{Series, Status},
    session::Session,
};

/// Prints where the indicators of a plan, or of all plans, stand.
pub async fn run(session: &Session, args: &Status) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = session.world(&app, args.as_of.as_deref()).await?;
    let on = session.on(world.is_past());
    let plan = args.plan.as_ref().map(|p| known_plan(session, world.records(), p)).transpose()?;
    if session.json {
        session.print_json(&app::status_json(&world, plan.as_ref(), on));
        return Ok(());
    }
    for card in app::plans(&world, on) {
        if card.n_indicators == 0 || plan.as_ref().is_some_and(|p| *p != card.plan.id) {
            continue;
        }
        outln!("{}", session.paint.bold(&format!("{} {}", card.plan.id, card.plan.title.show(session.lang))));
        for node in app::tree(&world, &card.plan.id, on) {
            for (indicator, standing) in &node.indicators {
                let mark = match standing.progress {
                    Progress::Achieved => "★",
                    Progress::OnTrack => "●",
                    Progress::AtRisk => "▲",
                    Progress::OffTrack => "■",
                    _ => "○",
                };
                let value = standing.actual.as_ref().map_or("–".to_owned(), |f| with_unit(session.lang, f));
                let status = session.say(&format!("progress-{}", standing.progress.as_str()));
                let probability = standing.probability.map_or(String::new(), |p| format!(" ({})", locale::percent(p)));
                outln!(
                    "  {mark} {:14} {status}{probability}  {value}  {}",
                    indicator.id,
                    indicator.title.show(session.lang)
                );
            }
        }
    }
    Ok(())
}

/// Prints a result's figures through all plan cycles.
pub async fn series(session: &Session, args: &Series) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let series = app::series(&world, &Id::new(&args.result))
        .ok_or_else(|| Stop::Usage(session.say_with("cli-no-record", &[("id", args.result.as_str().into())])))?;
    if session.json {
        let parts = series.parts.iter().map(|p| {
            json!({"plan": p.plan.as_str(), "result": p.result.as_str(), "indicator": p.indicator.as_ref().map(|i| i.as_str()),
                "relation": p.link.map(|(r, _)| r.as_str()), "confidence": p.link.map(|(_, c)| c.as_str()),
                "figures": p.figures.iter().map(app::figure_json).collect::<Vec<_>>()})
        });
        session.print_json(&json!({"result": series.result.as_str(), "parts": parts.collect::<Vec<_>>()}));
        return Ok(());
    }
    for part in &series.parts {
        let link = part.link.map_or(String::new(), |(r, c)| {
            format!(
                " ← {} ({})",
                locale::list_item(session.lang, "crosswalk-relation", r.as_str()),
                locale::list_item(session.lang, "confidence", c.as_str())
            )
        });
        let title = world.records().results.of(&part.result).map_or("", |r| r.title.show(session.lang));
        outln!("{}{link}", session.paint.bold(&format!("{} {} {title}", part.plan, part.result)));
        for figure in &part.figures {
            outln!("    {}  {}", figure.key.period, with_unit(session.lang, figure));
        }
    }
    Ok(())
}
