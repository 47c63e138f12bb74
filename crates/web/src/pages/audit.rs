//! Who did, saw and took out what.

use app::audit::{AuditFilter, Audited};
use askama::Template;
use axum::response::Response;

use crate::{
    failure::Failure,
    pages::files::download,
    visit::{Visit, page},
};

/// Entries on one page.
const PAGE: u32 = 100;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage<'a> {
    v: &'a Visit,
    title: String,
    entries: Vec<Audited>,
    before: Option<i64>,
}

fn filter(v: &Visit) -> AuditFilter {
    AuditFilter {
        who: v.ask("who").to_owned(),
        deed: v.ask("deed").to_owned(),
        kind: v.ask("kind").to_owned(),
        record: v.ask("record").to_owned(),
        before: v.ask("before").parse().ok(),
    }
}

/// The entries, newest first.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let entries = app::audit::audited(&v.site.app, v.who.actor(), &filter(&v), PAGE, v.site.now()).await?;
    let before = (entries.len() == PAGE as usize).then(|| entries.last().map(|e| e.seq)).flatten();
    page(&v, &AuditPage { title: v.say("people-audit"), entries, before, v: &v })
}

/// The entries as CSV. Taking them out is an entry of its own.
pub async fn csv(v: Visit) -> Result<Response, Failure> {
    let bytes = app::audit::audit_csv(&v.site.app, v.who.actor(), &filter(&v), v.site.now()).await?;
    Ok(download(bytes, "text/csv; charset=utf-8", "audit.csv"))
}
