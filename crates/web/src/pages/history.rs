//! Who changed what, when and why: one record's history, the list of changes, one change and its undoing.

use app::view::{ChangeLine, DiffLine, HistoryStep};
use askama::Template;
use axum::{
    extract::{Form, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{Kind, value::Value};

use crate::{
    caller::Who,
    failure::Failure,
    html::{Html, escaped},
    site::Site,
    visit::{Visit, page},
};

/// Changes on one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage<'a> {
    v: &'a Visit,
    title: String,
    kind: Kind,
    id: String,
    name: Html,
    steps: Vec<HistoryStep>,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage<'a> {
    v: &'a Visit,
    title: String,
    lines: Vec<ChangeLine>,
    /// Where the next page begins.
    before: Option<u64>,
}

#[derive(Template)]
#[template(path = "change.html")]
struct ChangePage<'a> {
    v: &'a Visit,
    title: String,
    line: ChangeLine,
    diff: Vec<DiffLine>,
}

impl HistoryPage<'_> {
    fn fields(&self, fields: &[(String, Value, Value)]) -> Html {
        diff(self.v, fields)
    }
}
impl ChangePage<'_> {
    fn fields(&self, fields: &[(String, Value, Value)]) -> Html {
        diff(self.v, fields)
    }
}

/// The history of one record.
pub async fn record(v: Visit, Path((kind, id)): Path<(String, String)>) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or_else(Failure::not_found)?;
    if !v.audience().sees(kind) {
        return Err(Failure::not_found());
    }
    let steps = app::history(&v.site.app, kind, &id).await?;
    let steps: Vec<_> = steps.into_iter().map(|s| s.seen_by(kind, v.audience())).collect();
    if steps.is_empty() {
        return Err(Failure::not_found());
    }
    let name = v.record_name(kind.name(), &id);
    page(&v, &HistoryPage { title: format!("{} – {id}", v.say("page-history")), kind, id, name, steps, v: &v })
}

/// The changes, newest first.
pub async fn changes(v: Visit) -> Result<Response, Failure> {
    let before = v.ask("before").parse().ok();
    let lines = app::changes(&v.site.app, before, PAGE).await?;
    let lines: Vec<_> = lines.into_iter().map(|l| l.seen_by(v.audience())).collect();
    let before = (lines.len() == PAGE).then(|| lines.last().map(|l| l.number)).flatten();
    page(&v, &ChangesPage { title: v.say("page-nav-changes"), lines, before, v: &v })
}

/// One change with what it did.
pub async fn change(v: Visit, Path(number): Path<u64>) -> Result<Response, Failure> {
    let (line, diff) = app::change(&v.site.app, number).await?.ok_or_else(Failure::not_found)?;
    let line = line.seen_by(v.audience());
    let diff = diff.into_iter().filter_map(|d| d.seen_by(v.audience())).collect();
    let title = v.say_with("page-change-n", [("n", number.to_string().into())]);
    page(&v, &ChangePage { title, line, diff, v: &v })
}

/// Why a change is taken back.
#[derive(serde::Deserialize)]
pub struct UndoForm {
    reason: String,
}

/// Takes a whole change back, by a new change; the history keeps both.
pub async fn undo(
    State(site): State<Site>,
    who: Who,
    Path(number): Path<u64>,
    Form(form): Form<UndoForm>,
) -> Result<Response, Failure> {
    let reason = form.reason.trim();
    let done = app::undo(&site.app, number, who.actor(), reason, site.now()).await?;
    match done {
        Ok(written) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}

/// Columns with old and new value.
pub(crate) fn diff(v: &Visit, fields: &[(String, Value, Value)]) -> Html {
    let mut out = String::from("<dl class=\"diff\">");
    for (column, old, new) in fields {
        out.push_str(&format!("<div><dt><code>{}</code></dt><dd>", escaped(column)));
        if !old.is_null() {
            out.push_str(&format!(
                "<del class=\"removed\"><span class=\"unseen\">{} </span>{}</del>",
                escaped(&v.say("page-old")),
                escaped(&old.to_text())
            ));
        }
        if !old.is_null() && !new.is_null() {
            out.push_str(" <span aria-hidden=\"true\" class=\"arrow\"></span> ");
        }
        if !new.is_null() {
            out.push_str(&format!(
                "<ins class=\"added\"><span class=\"unseen\">{} </span>{}</ins>",
                escaped(&v.say("page-new")),
                escaped(&new.to_text())
            ));
        }
        out.push_str("</dd></div>");
    }
    out.push_str("</dl>");
    Html(out)
}
