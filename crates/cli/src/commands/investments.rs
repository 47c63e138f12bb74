//! `investments`: what places need, in order.

use app::{Criterion, InvestmentLine, InvestmentList, InvestmentQuestion, OpenMode, Weights, World};
use model::value::{Currency, Id};

use crate::{Stop, args::InvestmentsArgs, session::Session};

use super::write;

/// Prints the list, and writes the files that are asked for.
pub async fn run(session: &Session, args: &InvestmentsArgs) -> Result<(), Stop> {
    let weights = Weights::new([args.need, args.cost, args.finance])
        .ok_or_else(|| Stop::Usage(session.say("cli-investments-weights")))?;
    let currency = |code: &String| {
        Currency::parse(code)
            .ok_or_else(|| Stop::Usage(session.say_with("cli-investments-currency", &[("code", code.into())])))
    };
    let currency = args.currency.as_ref().map(currency).transpose()?;
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let place = args.place.as_deref().map(Id::new);
    if let Some(place) = place.as_ref().filter(|id| !world.records().places.contains(id.as_str())) {
        return Err(Stop::Usage(session.say_with("cli-place-unknown", &[("place", place.as_str().into())])));
    }
    let list = app::investment_list(&world, &InvestmentQuestion { place, weights, currency });
    if let Some(path) = &args.csv {
        write(session, path, &app::investments_csv(&list, session.lang))?;
    }
    if let Some(path) = &args.geojson {
        write(session, path, &app::investments_geojson(&list, session.lang)?)?;
    }
    if session.json {
        session.print_json(&app::investments_json(&world, &list));
    } else {
        told(session, &world, &list);
    }
    Ok(())
}

fn told(session: &Session, world: &World, list: &InvestmentList) {
    if list.lines().next().is_none() {
        outln!("{}", session.say("cli-investments-none"));
        return;
    }
    let weights = Criterion::ALL.map(|c| (c.as_str(), list.weights.of(c).to_string().into()));
    outln!("{}", session.say_with("cli-investments-order", &weights));
    for line in &list.ranked {
        let Some(p) = line.priority else { continue };
        let args = [
            ("best", p.between.0.into()),
            ("worst", p.between.1.into()),
            ("score", locale::percent(p.score).into()),
            ("cost", locale::number(line.investment.cost.major()).into()),
            ("currency", list.currency.to_string().into()),
        ];
        outln!("{:3}  {}  {}", p.rank, name(session, world, line), session.say_with("cli-investments-line", &args));
    }
    for line in &list.unranked {
        let why: Vec<String> =
            line.unranked.iter().map(|why| session.say(&format!("investment-{}", why.as_str()))).collect();
        outln!("  –  {}  {}", name(session, world, line), why.join(" "));
    }
    for line in &list.decided {
        let stage = session.say(&format!("list-investment-stage-{}", line.investment.stage.as_str()));
        outln!("  –  {}  {stage}", name(session, world, line));
    }
}

fn name(session: &Session, world: &World, line: &InvestmentLine) -> String {
    let own = &line.investment;
    let place =
        world.records().places.of(&own.place).map_or(own.place.as_str(), |place| place.title.show(session.lang));
    format!("{} ({place})", session.paint.bold(own.title.show(session.lang)))
}
