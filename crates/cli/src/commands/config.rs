//! `config`: the settings in force, and where each came from.

use config::{Shown, Source};
use serde_json::{Value as Json, json};

use crate::{Stop, args::ConfigArgs, session::Session};

/// Prints the settings; a secret only as set or not.
pub fn run(session: &Session, args: &ConfigArgs) -> Result<(), Stop> {
    if args.markdown {
        out!("{}", config::reference());
        return Ok(());
    }
    let rows = config::shown(&session.settings);
    if session.json {
        let settings: serde_json::Map<String, Json> =
            rows.iter().map(|row| (row.field.key.clone(), as_json(row))).collect();
        session.print_json(&json!({
            "file": session.settings.file, "settings": settings, "unknown_variables": session.settings.strangers,
        }));
        return Ok(());
    }
    for row in &rows {
        let value = row.value.as_ref().map_or_else(|| session.say("config-unset"), ToString::to_string);
        let line = format!("{} = {value}", row.field.key);
        match &row.source {
            Source::Default => outln!("{}", session.paint.dim(&line)),
            source => outln!("{line:52} # {}", place(session, source)),
        }
    }
    for name in &session.settings.strangers {
        eprintln!("ekistics: {}", session.say_with("doctor-config-stranger", &[("name", name.as_str().into())]));
    }
    Ok(())
}

fn place(session: &Session, source: &Source) -> String {
    match source {
        Source::Default => session.say("config-source-default"),
        Source::File(path, line) => format!("{}:{line}", path.display()),
        Source::Environment(name) | Source::Flag(name) => name.clone(),
    }
}

fn as_json(row: &Shown) -> Json {
    let (source, at) = match &row.source {
        Source::Default => ("default", Json::Null),
        Source::File(path, line) => ("file", json!({"path": path, "line": line})),
        Source::Environment(name) => ("environment", json!(name)),
        Source::Flag(name) => ("flag", json!(name)),
    };
    json!({"value": row.value, "source": source, "at": at})
}
