//! `demo`: the sample programme in one command.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Instant,
};

use app::{App, OpenMode};
use model::figure::Progress;
use serde_json::json;

use super::serve;
use crate::{Stop, args::Demo, session::Session};

/// Loads the sample programme into an empty data folder, prints what it found, serves the pages. A folder that has a
/// register keeps it.
pub async fn run(session: &Session, args: &Demo) -> Result<(), Stop> {
    let began = Instant::now();
    let app = session.open(OpenMode::Create).await?;
    let loaded = app::load_demo(&app, session.now()).await?;
    let folder = session.data.display().to_string();
    if !session.json {
        let seconds = format!("{:.1}", began.elapsed().as_secs_f64());
        outln!(
            "{}",
            if loaded {
                session.say_with("cli-demo-loaded", &[("folder", folder.as_str().into()), ("seconds", seconds.into())])
            } else {
                session.say_with("cli-demo-exists", &[("folder", folder.as_str().into())])
            }
        );
    }
    summary(session, &app, loaded).await?;
    if args.no_serve {
        return Ok(());
    }
    let here = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), args.port);
    serve::pages(session, app, here, serve::Door::Here).await
}

/// Prints plans, findings by severity, and results on and off track.
async fn summary(session: &Session, app: &App, loaded: bool) -> Result<(), Stop> {
    let world = app.world().await?;
    let on = session.on(None);
    let report = world.findings(None, on);
    let cards: Vec<_> = app::plans(&world, on).into_iter().filter(|c| c.n_indicators > 0).collect();
    if session.json {
        let plans = cards.iter().map(|c| {
            let progress: serde_json::Map<String, serde_json::Value> =
                c.progress.iter().map(|(p, n)| (p.as_str().to_owned(), (*n).into())).collect();
            json!({"plan": c.plan.id.as_str(), "results": c.n_results, "indicators": c.n_indicators, "progress": progress})
        });
        session.print_json(&json!({
            "loaded": loaded, "on": on.to_string(), "plans": plans.collect::<Vec<_>>(),
            "records": app::vital(app).await?,
            "summary": {"errors": report.n_errors, "warnings": report.n_warnings, "notes": report.n_notes, "waived": report.n_waived},
        }));
        return Ok(());
    }
    outln!(
        "\n{}  {}",
        session.paint.bold(&session.say("cli-demo-plans")),
        session.paint.dim(&session.say_with("cli-demo-on", &[("on", on.to_string().into())]))
    );
    for card in &cards {
        let counts = [("results", card.n_results.into()), ("indicators", card.n_indicators.into())];
        let progress: Vec<String> = card
            .progress
            .iter()
            .filter(|(_, n)| *n > 0)
            .map(|(p, n)| format!("{} {n}", session.say(&format!("progress-{}", Progress::as_str(*p)))))
            .collect();
        outln!("  {:9} {}", card.plan.id, session.paint.bold(card.plan.title.show(session.lang)));
        outln!("            {} · {}", session.say_with("cli-indicators", &counts), progress.join(" · "));
    }
    let counts = [
        ("errors", report.n_errors.into()),
        ("warnings", report.n_warnings.into()),
        ("notes", report.n_notes.into()),
        ("waived", report.n_waived.into()),
    ];
    outln!("\n{}\n", session.say_with("cli-findings", &counts));
    Ok(())
}
