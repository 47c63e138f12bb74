//! `doctor`: looks at an installation and says for each finding what to do.

use app::{AppError, OpenMode};
use config::ConfigError;
use diag::Severity;
use serde_json::{Value as Json, json};

use crate::{
    Stop, args,
    doctor::{Asking, CHECKS, Finding, Problem, Seen},
    session::Session,
};

/// Exit code 0 when nothing is an error, 1 otherwise.
pub async fn run(session: &Session, args: &args::Doctor, problem: Option<&ConfigError>) -> Result<(), Stop> {
    let register = async {
        let app = session.open(OpenMode::ReadOnly).await?;
        let examined = app::examine(&app, args.revisions.into()).await;
        app.close().await;
        examined
    };
    let seen = Seen {
        settings: &session.settings,
        problem,
        register: register.await.map_err(|e: AppError| Problem { key: e.key(), args: e.args() }),
        now: session.now(),
        reach: if args.offline { Asking::Here } else { Asking::Everybody },
    };
    // Checks wait for disks and for other machines; nothing else runs in this process.
    let all: Vec<(&str, Finding)> = tokio::task::block_in_place(|| {
        CHECKS.iter().flat_map(|c| (c.look)(&seen).into_iter().map(|f| (c.name, f))).collect()
    });
    let count = |severity| all.iter().filter(|(_, f)| f.severity == Some(severity)).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if session.json {
        let rows: Vec<Json> = all.iter().map(|(name, f)| as_json(session, name, f)).collect();
        session.print_json(&json!({"checks": rows, "summary": {"errors": errors, "warnings": warnings}}));
    } else {
        for (name, finding) in &all {
            print(session, name, finding);
        }
        let counts = [("errors", errors.into()), ("warnings", warnings.into())];
        outln!("\n{}", session.say_with("doctor-summary", &counts));
    }
    if errors > 0 { Err(Stop::Findings) } else { Ok(()) }
}

/// What was found, and what to do, in the reader's language.
fn words(session: &Session, finding: &Finding) -> (String, Option<String>) {
    let mut args = finding.args.clone();
    if let Some(because) = &finding.because {
        args.push(("problem", session.say_with(because.key, &because.args).into()));
    }
    let remedy = finding.severity.map(|_| session.say_with(&format!("{}.remedy", finding.key), &args));
    (session.say_with(finding.key, &args), remedy)
}

fn as_json(session: &Session, name: &str, finding: &Finding) -> Json {
    let (message, remedy) = words(session, finding);
    let severity = finding.severity.map_or("fine", Severity::as_str);
    json!({"check": name, "severity": severity, "key": finding.key, "message": message, "remedy": remedy})
}

fn print(session: &Session, name: &str, finding: &Finding) {
    let (message, remedy) = words(session, finding);
    let mark = match finding.severity {
        None => "ok".to_owned(),
        Some(severity) => session.say(&format!("severity-{}", severity.as_str())),
    };
    let mark = if finding.severity == Some(Severity::Error) { session.paint.bold(&mark) } else { mark };
    outln!("{mark:8} {name:19} {message}");
    if let Some(remedy) = remedy {
        outln!("{:28} {}", "", session.paint.dim(&format!("→ {remedy}")));
    }
}
