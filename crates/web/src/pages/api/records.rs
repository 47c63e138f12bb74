//! Records of any kind: lists, one of them, its history.

use std::sync::Arc;

use app::Listing;
use axum::{
    Json,
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use model::{Kind, record::json_of, value::Value};
use serde_json::{Map, Value as Json_, json};

use super::{
    answer::{self, Format},
    changes::line_json,
};
use crate::{failure::Failure, pages::files::off_thread, visit::Visit};

/// A kind that the visitor sees.
fn known(v: &Visit, name: &str) -> Result<Kind, Failure> {
    Kind::parse(name).filter(|kind| v.audience().sees(*kind)).ok_or_else(Failure::not_found)
}

/// Records of one kind.
pub async fn records(v: Visit, headers: HeaderMap, Path(kind): Path<String>) -> Result<Response, Failure> {
    let kind = known(&v, &kind)?;
    let format = answer::format(&v, &headers)?;
    let instant = v.as_of.as_deref().unwrap_or_default();
    let mut wrong = answer::common(&v);
    let question = query::parse(kind, v.audience(), &v.query, instant).map_err(|found| {
        wrong.extend(found);
        Failure::question(std::mem::take(&mut wrong))
    })?;
    if !wrong.is_empty() {
        return Err(Failure::question(wrong));
    }
    let world = answer::world_of(&v, question.cursor).await?;
    let (of, lang) = (world.clone(), v.lang);
    let listing = off_thread(move || Listing::new(of, question, lang)).await?.map_err(|d| answer::wrong(*d))?;
    let listing = Arc::new(listing);
    match format {
        Format::Json => answer::page_of(&v, &world, listing).await,
        Format::Csv | Format::Ndjson => Ok(answer::stream(&v, &world, listing, format)),
    }
}

/// One record with all its columns.
pub async fn record(v: Visit, Path((kind, id)): Path<(String, String)>) -> Result<Json<Json_>, Failure> {
    answer::only(&v, &["as_of"])?;
    let kind = known(&v, &kind)?;
    let columns = app::record(&v.world, kind, &id).ok_or_else(Failure::not_found)?;
    let mut item: Map<String, Json_> = columns.iter().map(|(n, x)| ((*n).to_owned(), json_of(x))).collect();
    item.insert("id".into(), id.into());
    Ok(Json(json!({"kind": kind.name(), "position": v.world.snapshot().position, "item": item})))
}

/// Who changed a record, newest first. Of an observation, the change that brought its present value.
pub async fn record_history(v: Visit, Path((kind, id)): Path<(String, String)>) -> Result<Response, Failure> {
    answer::only(&v, &["as_of"])?;
    let kind = known(&v, &kind)?;
    let steps: Vec<Json_> = match kind {
        Kind::Observation => {
            let row = app::observation_row(&v.world, &id).ok_or_else(Failure::not_found)?;
            let number = v.world.snapshot().observations.change.get(row).copied().unwrap_or_default();
            let lines = app::changes(&v.site.app, Some(number.saturating_add(1)), 1).await?;
            let columns = app::record(&v.world, kind, &id).unwrap_or_default();
            let fields = columns.into_iter().filter(|(_, value)| !value.is_null());
            let fields: Vec<(String, Value, Value)> = fields.map(|(n, x)| (n.to_owned(), Value::Null, x)).collect();
            lines.iter().map(|line| step(line_json(&line.clone().seen_by(v.audience())), false, &fields)).collect()
        }
        kind => {
            let steps = app::history(&v.site.app, kind, &id).await?;
            let steps = steps.into_iter().map(|s| s.seen_by(kind, v.audience()));
            steps.map(|s| step(line_json(&s.change), s.removed, &s.fields)).collect()
        }
    };
    if steps.is_empty() {
        return Err(Failure::not_found());
    }
    Ok(Json(json!({"kind": kind.name(), "id": id, "items": steps})).into_response())
}

fn step(change: Json_, removed: bool, fields: &[(String, Value, Value)]) -> Json_ {
    json!({"change": change, "removed": removed, "fields": fields_json(fields)})
}

/// Columns with their value before and after.
pub(super) fn fields_json(fields: &[(String, Value, Value)]) -> Vec<Json_> {
    let field = |(column, before, after): &(String, Value, Value)| json!({"column": column, "before": json_of(before), "after": json_of(after)});
    fields.iter().map(field).collect()
}
