//! `history`: who changed a record, when and why, field by field.

use app::OpenMode;
use model::Kind;
use serde_json::json;

use crate::{Stop, args::History, session::Session};

/// Prints the history of a record, named by its id or by kind and id.
pub async fn run(session: &Session, args: &History) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let (kinds, id) = match args.id.split_once(':').and_then(|(k, id)| Some((Kind::parse(k)?, id))) {
        Some((kind, id)) => (vec![kind], id),
        None => (Kind::REGISTER.to_vec(), args.id.as_str()),
    };
    let mut found = Vec::new();
    for kind in kinds {
        let steps = app::history(&app, kind, id).await?;
        if !steps.is_empty() {
            found.push((kind, steps));
        }
    }
    if found.is_empty() {
        return Err(Stop::Usage(session.say_with("cli-no-record", &[("id", args.id.as_str().into())])));
    }
    if session.json {
        let all = found.iter().flat_map(|(kind, steps)| {
            steps.iter().map(move |s| {
                json!({"kind": kind.name(), "id": id, "change": s.change, "removed": s.removed,
                    "fields": s.fields.iter().map(|(c, old, new)| json!({"field": c, "old": old.to_text(), "new": new.to_text()})).collect::<Vec<_>>()})
            })
        });
        session.print_json(&json!(all.collect::<Vec<_>>()));
        return Ok(());
    }
    for (kind, steps) in found {
        outln!("{}", session.paint.bold(&format!("{} {id}", kind.name())));
        for step in steps {
            outln!("  {} {} · {} · {}", step.change.number, step.change.at, step.change.author, step.change.reason);
            for (column, old, new) in step.fields {
                outln!("      {column}: {} → {}", session.paint.dim(&old.to_text()), new.to_text());
            }
        }
    }
    Ok(())
}
