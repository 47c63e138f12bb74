//! `import` and `undo`: a file is first a diff; nothing is written until confirmed, all or nothing.

use std::io::{IsTerminal, Write};

use app::{ImportPreview, OpenMode, proposals::Written};
use diag::Diagnostic;
use serde_json::json;

use super::write;
use crate::{
    Stop,
    args::{Import, Undo},
    render,
    session::Session,
};

/// Findings shown in the terminal; all of them go to `--findings`.
const MOST_SHOWN: usize = 100;

/// Shows what a file would change, asks, writes.
pub async fn run(session: &Session, args: &Import) -> Result<(), Stop> {
    let mode = if args.dry_run { OpenMode::ReadOnlyOrEmpty } else { OpenMode::Create };
    let files = app::read_path(&args.file)?;
    let app = session.open(mode).await?;
    let name = args.file.display().to_string();
    let bar = session.progress();
    let preview = app::preview_import(&app, &name, files, session.on(None), &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    if let (Some(path), Some(bytes)) = (&args.findings, app::all_findings_csv(&app, &preview.token, session.lang)) {
        write(session, path, &bytes)?;
    }
    if let (Some(path), Some(bytes)) = (&args.corrections, app::corrections_xlsx(&app, &preview.token, session.lang)) {
        write(session, path, &bytes)?;
    }
    if !session.json {
        show(session, &preview);
    }
    let change = match (preview.n_errors, args.dry_run, preview.can_confirm) {
        (0, false, true) if args.yes || ask(session) => {
            let reason = args.reason.clone().unwrap_or_else(|| name.clone());
            let by = session.actor(args.author.author.as_deref());
            match app::confirm_import(&app, &preview.token, &by, &reason, session.now()).await? {
                Ok(written) => Some(written),
                Err(found) => return refused(session, json!({"written": false}), &found),
            }
        }
        _ => None,
    };
    let change = change.as_ref();
    let number = change.and_then(|w| w.clone().line()).map(|line| line.number);
    if session.json {
        session.print_json(&json!({
            "summary": preview.counts,
            "by_kind": preview.by_kind.iter().map(|(k, c)| json!({"kind": k.name(), "summary": c})).collect::<Vec<_>>(),
            "errors": preview.n_errors,
            "written": number.is_some(),
            "change": number,
            "proposal": match change {
                Some(Written::Waiting(n) | Written::Clashes(n)) => Some(n),
                _ => None,
            },
            "added": preview.added.iter().map(|l| json!({"kind": l.kind.name(), "id": l.id})).collect::<Vec<_>>(),
            "changed": preview.changed.iter().map(|l| json!({"kind": l.kind.name(), "id": l.id,
                "fields": l.fields.iter().map(|(c, old, new)| json!({"field": c, "old": old.to_text(), "new": new.to_text()})).collect::<Vec<_>>()})).collect::<Vec<_>>(),
            "diagnostics": preview.diagnostics.iter().map(|d| render::diagnostic_json(d, session.lang)).collect::<Vec<_>>(),
        }));
    } else {
        let message = match (change, preview.n_errors, args.dry_run) {
            (Some(Written::InForce(line)), ..) => session
                .say_with("cli-import-done", &[("change", i64::try_from(line.number).unwrap_or(i64::MAX).into())]),
            (Some(Written::Waiting(n) | Written::Clashes(n)), ..) => {
                session.say_with("cli-waits", &[("number", (*n).into())])
            }
            (None, errors, _) if errors > 0 => session.say_with("cli-import-refused", &[("errors", errors.into())]),
            _ if preview.counts.added + preview.counts.changed == 0 => session.say("cli-import-nothing"),
            (None, _, true) => session.say("cli-import-dry"),
            _ => session.say("cli-import-stopped"),
        };
        outln!("{message}");
    }
    if preview.n_errors > 0 { Err(Stop::Findings) } else { Ok(()) }
}

fn show(session: &Session, preview: &ImportPreview) {
    let mut out = crate::print::out();
    for d in preview.diagnostics.iter().take(MOST_SHOWN) {
        if render::diagnostic(&mut out, d, session.lang, session.paint).is_err() {
            return;
        }
    }
    if preview.diagnostics.len() > MOST_SHOWN {
        let n = preview.diagnostics.len() - MOST_SHOWN;
        let _ = writeln!(out, "{}\n", session.say_with("cli-n-more", &[("n", n.into())]));
    }
    for line in preview.changed.iter().take(20) {
        let _ = writeln!(out, "~ {} {}", line.kind.name(), line.id);
        for (column, old, new) in &line.fields {
            let _ = writeln!(out, "    {column}: {} → {}", session.paint.dim(&old.to_text()), new.to_text());
        }
    }
    for line in preview.added.iter().take(20) {
        let _ = writeln!(out, "+ {} {}", line.kind.name(), line.id);
    }
    let c = preview.counts;
    let _ = writeln!(
        out,
        "{} {}, {} {}, {} {}, {} {}",
        c.added,
        session.say("cli-added"),
        c.changed,
        session.say("cli-changed"),
        c.unchanged,
        session.say("cli-unchanged"),
        c.rejected,
        session.say("cli-rejected")
    );
}

/// Asks on a terminal; without one the answer is no, so that a script that forgot `--yes` writes nothing.
pub(super) fn ask(session: &Session) -> bool {
    if session.json || !std::io::stdin().is_terminal() {
        return false;
    }
    out!("{} ", session.say("cli-ask"));
    let _ = crate::print::out().flush();
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "是" | "نعم")
}

/// Takes back a whole change.
pub async fn undo(session: &Session, args: &Undo) -> Result<(), Stop> {
    let app = session.open(OpenMode::Existing).await?;
    let by = session.actor(args.author.author.as_deref());
    let reason = args.reason.clone().unwrap_or_else(|| format!("undo {}", args.change));
    match app::undo(&app, args.change, &by, &reason, session.now()).await? {
        Ok(Written::InForce(line)) => {
            if session.json {
                session.print_json(&json!({"undone": args.change, "change": line.number}));
            } else {
                let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
                outln!(
                    "{}",
                    session.say_with("cli-undone", &[("change", whole(args.change)), ("by", whole(line.number))])
                );
            }
            Ok(())
        }
        Ok(Written::Waiting(number) | Written::Clashes(number)) => {
            if session.json {
                session.print_json(&json!({"undone": null, "proposal": number}));
            } else {
                outln!("{}", session.say_with("cli-waits", &[("number", number.into())]));
            }
            Ok(())
        }
        Err(found) => refused(session, json!({"undone": null}), &found),
    }
}

/// Prints the findings that refuse a change.
pub(super) fn refused(session: &Session, mut answer: serde_json::Value, found: &[Diagnostic]) -> Result<(), Stop> {
    if session.json {
        let all: Vec<_> = found.iter().map(|d| render::diagnostic_json(d, session.lang)).collect();
        if let Some(answer) = answer.as_object_mut() {
            answer.insert("diagnostics".to_owned(), all.into());
        }
        session.print_json(&answer);
    } else {
        let mut out = crate::print::out();
        for d in found {
            let _ = render::diagnostic(&mut out, d, session.lang, session.paint);
        }
    }
    Err(Stop::Findings)
}
