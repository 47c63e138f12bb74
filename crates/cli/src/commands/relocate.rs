//! `move`: the register copied to another database.

use app::{App, OpenMode};
use serde_json::json;

use crate::{Stop, args::Move, session::Session};

/// Copies the register; lake and evidence stay in the data folder.
pub async fn run(session: &Session, args: &Move) -> Result<(), Stop> {
    let database = match args.to.as_str() {
        "sqlite" => None,
        address if address.starts_with("postgres://") || address.starts_with("postgresql://") => Some(address),
        _ => return Err(Stop::Usage(session.say("cli-move-where"))),
    };
    let from = session.open(OpenMode::ReadOnly).await?;
    let to = App::open_in(&session.data, database, OpenMode::Create).await?;
    let bar = session.progress();
    let moved = app::copy_register(&from, &to, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    if session.json {
        session.print_json(&json!({"changes": moved.n_changes, "revisions": moved.n_revisions, "head": moved.head}));
        return Ok(());
    }
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
    let numbers =
        [("changes", whole(moved.n_changes)), ("revisions", whole(moved.n_revisions)), ("head", moved.head.into())];
    outln!("{}", session.say_with("cli-moved", &numbers));
    outln!("{}", session.say(if database.is_some() { "cli-moved-to-server" } else { "cli-moved-to-file" }));
    Ok(())
}
