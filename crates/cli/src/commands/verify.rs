//! `verify`: recomputes the chain and the segments.

use app::OpenMode;
use serde_json::json;

use crate::{Stop, args::Verify, session::Session};

/// Exit code 0 when intact; 1 and the first broken revision otherwise.
pub async fn run(session: &Session, args: &Verify) -> Result<(), Stop> {
    let against = match &args.against {
        None => None,
        Some(text) => match app::parse_head(text) {
            Some(head) => Some(head),
            None => return Err(Stop::Usage(session.say_with("cli-no-head", &[("text", text.as_str().into())]))),
        },
    };
    let app = session.open(OpenMode::ReadOnly).await?;
    let bar = session.progress();
    let verdict = app::verify(&app, against, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    if session.json {
        session.print_json(&json!({
            "intact": verdict.broken.is_none(),
            "changes": verdict.n_changes, "revisions": verdict.n_revisions, "segments": verdict.n_segments, "head": verdict.head, "reached": verdict.reached,
            "broken": verdict.broken.as_ref().map(|b| json!({"revision": b.revision, "change": b.change, "record": b.record, "detail": b.detail})),
        }));
    } else if let Some(broken) = &verdict.broken {
        outln!(
            "{}",
            session.say_with(
                "cli-chain-broken",
                &[("where", broken.place().into()), ("detail", broken.detail.as_str().into())]
            )
        );
    } else {
        let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
        let args = [
            ("revisions", whole(verdict.n_revisions)),
            ("changes", whole(verdict.n_changes)),
            ("segments", whole(verdict.n_segments)),
            ("head", verdict.head.as_str().into()),
        ];
        outln!("{}", session.say_with("cli-chain-intact", &args));
        if let Some(change) = verdict.reached {
            outln!("{}", session.say_with("cli-chain-reached", &[("change", whole(change))]));
        }
    }
    if verdict.broken.is_some() { Err(Stop::Findings) } else { Ok(()) }
}
