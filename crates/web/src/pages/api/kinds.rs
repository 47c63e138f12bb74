//! The kinds of record with their columns, for whoever writes a question.

use app::publicity;
use axum::Json;
use model::{Kind, record::Column, value::CellKind};
use query::{operators, type_word};
use serde_json::{Value as Json_, json};

use super::answer;
use crate::{failure::Failure, visit::Visit};

/// All kinds, those that are hidden from the visitor too: their definition is in the documentation anyway.
pub async fn kinds(v: Visit) -> Result<Json<Json_>, Failure> {
    answer::only(&v, &["as_of"])?;
    let kinds: Vec<Json_> = Kind::ALL.iter().map(|kind| kind_json(&v, *kind)).collect();
    Ok(Json(json!({"position": v.world.snapshot().position, "items": kinds})))
}

fn kind_json(v: &Visit, kind: Kind) -> Json_ {
    let def = kind.def();
    let sees = v.audience().sees(kind);
    let n = match kind {
        Kind::Observation => v.world.snapshot().observations.len(),
        kind => v.records().count(kind),
    };
    json!({
        "kind": def.name,
        "list": def.sheet,
        "doc": def.doc,
        "readable": sees,
        "count": sees.then_some(n),
        "columns": def.columns.iter().map(|c| column_json(v, kind, c)).collect::<Vec<_>>(),
    })
}

fn column_json(v: &Visit, kind: Kind, column: &Column) -> Json_ {
    let mut out = json!({
        "name": column.name,
        "type": type_word(column.kind),
        "required": column.required,
        "key": column.key,
        "doc": column.doc,
        "publicity": publicity(kind.name(), &column.name).as_str(),
        "readable": v.audience().sees_column(kind, &column.name),
        "operators": operators(column.kind).iter().map(|o| o.as_str()).collect::<Vec<_>>(),
        "language": null, "refers_to": null, "minimum": null, "maximum": null, "codes": null,
    });
    match column.kind {
        CellKind::TextIn(lang) => out["language"] = json!(lang.code()),
        CellKind::Ref(to) | CellKind::Refs(to) => out["refers_to"] = json!(to.name()),
        CellKind::Whole(low, high) => {
            out["minimum"] = json!(low);
            out["maximum"] = json!(high);
        }
        CellKind::OneOf(list, items) => {
            let item = |code: &str| json!({"code": code, "label": locale::list_item(v.lang, list, code)});
            out["codes"] = items.iter().map(|i| item(i.code)).collect();
        }
        _ => {}
    }
    out
}
