//! `check`: the compiler for plans.

use app::OpenMode;
use diag::{Diagnostic, Severity};
use serde_json::json;

use super::known_plan;
use crate::{
    Stop,
    args::{AtLeast, Check},
    render,
    session::Session,
};

/// Checks a data folder, a file or a folder of CSV files.
pub async fn run(session: &Session, args: &Check) -> Result<(), Stop> {
    let world = match &args.path {
        // A data folder may be named in place of a file.
        Some(path) if !app::is_data_folder(path) => {
            let loaded = app::load_files(path, &|_, _| {})?;
            std::sync::Arc::new(loaded)
        }
        named => {
            let app = match named {
                Some(folder) => app::App::open(folder, OpenMode::ReadOnly).await?,
                None => session.open(OpenMode::ReadOnly).await?,
            };
            app::Loaded::world(session.world(&app, args.as_of.as_deref()).await?).into()
        }
    };
    let plan = args.plan.as_ref().map(|p| known_plan(session, world.world.records(), p)).transpose()?;
    let on = session.on(world.world.is_past());
    let report = world.world.findings(plan.as_ref(), on);
    let least = match args.severity {
        AtLeast::Note => Severity::Note,
        AtLeast::Warning => Severity::Warning,
        AtLeast::Error => Severity::Error,
    };
    let found: Vec<&Diagnostic> =
        world.diagnostics.iter().chain(&report.diagnostics).filter(|d| d.severity >= least).collect();
    let count = |severity| found.iter().filter(|d| d.waived.is_none() && d.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let waived = found.iter().filter(|d| d.waived.is_some()).count();
    if session.json {
        session.print_json(&json!({
            "summary": {"errors": errors, "warnings": warnings, "notes": notes, "waived": waived, "on": on.to_string(), "plan": plan.as_ref().map(|p| p.as_str())},
            "diagnostics": found.iter().map(|d| render::diagnostic_json(d, session.lang)).collect::<Vec<_>>(),
        }));
    } else {
        print(session, args, &found);
        if found.is_empty() {
            outln!("{}", session.say("cli-no-finding"));
        } else {
            let args = [
                ("errors", errors.into()),
                ("warnings", warnings.into()),
                ("notes", notes.into()),
                ("waived", waived.into()),
            ];
            outln!("{}", session.paint.bold(&session.say_with("cli-findings", &args)));
        }
    }
    if errors > 0 { Err(Stop::Findings) } else { Ok(()) }
}

/// Prints findings grouped by code: all of them, or the first of each code with the number of the others.
fn print(session: &Session, args: &Check, found: &[&Diagnostic]) {
    let mut out = crate::print::out();
    let mut shown = 0;
    for group in found.chunk_by(|a, b| a.code.id == b.code.id && a.severity == b.severity) {
        let n = if args.all { group.len() } else { 1 };
        for (i, d) in group.iter().take(n).enumerate() {
            let mut d = (*d).clone();
            if i + 1 == n {
                d.n_more += group.len() - n;
            }
            // A closed pipe (`| head`) ends the printing, not the checking.
            if render::diagnostic(&mut out, &d, session.lang, session.paint).is_err() {
                return;
            }
        }
        shown += n;
    }
    if shown < found.len() {
        use std::io::Write;
        let _ = writeln!(out, "{}", session.paint.dim(&session.say("cli-shown-first")));
    }
}
