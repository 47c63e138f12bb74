//! How far the register is, its changes, and what each of them did.

use app::view::ChangeLine;
use axum::{Json, extract::Path, http::HeaderMap, response::Response};
use query::Cursor;
use serde_json::{Value as Json_, json};

use super::{answer, records::fields_json};
use crate::{failure::Failure, visit::Visit};

/// Changes read at once while a list of all of them is made.
const BATCH: usize = 1_000;

/// Where the register ends.
pub async fn head(v: Visit) -> Result<Json<app::Head>, Failure> {
    answer::only(&v, &[])?;
    Ok(Json(app::head(&v.site.app).await?))
}

/// A change in one line; who and why are null for those who do not see it.
pub(super) fn line_json(line: &ChangeLine) -> Json_ {
    let seen = |text: &str| if text.is_empty() { Json_::Null } else { text.into() };
    json!({
        "number": line.number,
        "at": line.at.to_string(),
        "author": seen(&line.author),
        "reason": seen(&line.reason),
        "undoes": line.undoes,
        "undone_by": line.undone_by,
        "n_records": line.n_records,
        "n_observations": line.n_observations,
    })
}

/// The changes up to the position that is looked at, newest first.
pub async fn changes(v: Visit, headers: HeaderMap) -> Result<Response, Failure> {
    let asked = answer::asked(&v, &headers, &[])?;
    // Changes are only added, so a cursor's position tells where the list began; the world of that moment is not needed.
    let position = asked.cursor.map_or(v.world.snapshot().position, |c| c.position.min(v.world.snapshot().position));
    let from = asked.cursor.map_or(0, |c| c.at).min(position);
    let most = asked.most();
    let (mut items, mut before) = (Vec::new(), Some(position.saturating_sub(from).saturating_add(1)));
    while let Some(below) = before.filter(|_| items.len() < most) {
        let lines = app::changes(&v.site.app, Some(below), BATCH.min(most - items.len())).await?;
        before = lines.last().map(|l| l.number);
        items.extend(lines.into_iter().map(|l| line_json(&l.seen_by(v.audience()))));
    }
    let at = from.saturating_add(items.len() as u64);
    let next = (at < position).then_some(Cursor { position, question: asked.fingerprint, at });
    let columns = ["number", "at", "author", "reason", "undoes", "undone_by", "n_records", "n_observations"];
    answer::written(&v, position, &asked, &columns, &items, json!({}), next)
}

/// One change with what it did to each record.
pub async fn change(v: Visit, headers: HeaderMap, Path(number): Path<u64>) -> Result<Response, Failure> {
    let asked = answer::asked(&v, &headers, &[])?;
    let (line, lines) = app::change(&v.site.app, number).await?.ok_or_else(Failure::not_found)?;
    let lines = lines.into_iter().filter_map(|d| d.seen_by(v.audience()));
    let items: Vec<Json_> =
        lines.map(|d| json!({"kind": d.kind.name(), "id": d.id, "fields": fields_json(&d.fields)})).collect();
    let about = json!({"change": line_json(&line.seen_by(v.audience()))});
    // A change never changes, so any position of the register goes on with it.
    answer::computed(&v, number, &asked, &["kind", "id", "fields"], items, about)
}
