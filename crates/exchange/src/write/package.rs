//! The description of a folder of CSV files: Frictionless Data Package 2.0.

use std::collections::BTreeSet;

use model::{
    Kind,
    record::{Column, RecordDef},
    value::CellKind,
};
use serde_json::{Map, Value as Json, json};

use super::Meta;
use crate::{SCHEMA_NAME, SCHEMA_VERSION, csv::PREFIX};

/// A file of the package.
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) n_bytes: usize,
}

/// The bytes of `datapackage.json`.
pub(super) fn describe(parts: &[Part], meta: &Meta) -> Vec<u8> {
    let present: BTreeSet<Kind> = parts.iter().map(|p| p.kind).collect();
    let resources: Vec<Json> = parts
        .iter()
        .map(|part| {
            json!({
                "name": part.name,
                "path": part.path,
                "type": "table",
                "title": part.kind.sheet(),
                "description": part.kind.def().doc,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": part.n_bytes,
                "schema": schema(part.kind.def(), &present),
            })
        })
        .collect();
    let mut package = Map::new();
    package.insert("$schema".into(), "https://datapackage.org/profiles/2.0/datapackage.json".into());
    package.insert("name".into(), SCHEMA_NAME.into());
    package.insert("title".into(), meta.title.as_str().into());
    package.insert("created".into(), meta.created.to_string().into());
    package.insert("resources".into(), resources.into());
    let mut ours = |name: &str, value: Json| package.insert(format!("{PREFIX}{name}"), value);
    ours("schema", SCHEMA_NAME.into());
    ours("schema_version", SCHEMA_VERSION.into());
    ours("language", meta.language.code().into());
    if let Some(fingerprint) = &meta.fingerprint {
        ours("fingerprint", fingerprint.as_str().into());
    }
    if let Some(as_of) = meta.as_of {
        ours("as_of", as_of.to_string().into());
    }
    let mut bytes = serde_json::to_vec_pretty(&package).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn schema(def: &RecordDef, present: &BTreeSet<Kind>) -> Json {
    let fields: Vec<Json> = def.columns.iter().map(field).collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    });
    // A standard key may not be empty, and some parts of ours may (the total has no breakdown); such a
    // key is named under our own prefix instead.
    let keys: Vec<&Column> = def.key_columns().collect();
    let names: Vec<&str> = keys.iter().map(|c| c.name.as_str()).collect();
    let property = if keys.iter().all(|c| c.required) { "primaryKey".to_owned() } else { format!("{PREFIX}key") };
    schema[property] = json!(names);
    let foreign: Vec<Json> = def.columns.iter().filter_map(|c| foreign_key(c, def.kind, present)).collect();
    if !foreign.is_empty() {
        schema["foreignKeys"] = Json::Array(foreign);
    }
    schema
}

fn field(column: &Column) -> Json {
    let (kind, format) = match column.kind {
        CellKind::Whole(..) => ("integer", None),
        CellKind::Number => ("number", None),
        CellKind::Date => ("date", Some("default")),
        CellKind::YesNo => ("boolean", None),
        _ => ("string", None),
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.doc });
    if let Some(format) = format {
        field["format"] = format.into();
    }
    let mut rules = Map::new();
    if column.required {
        rules.insert("required".into(), true.into());
    }
    match column.kind {
        CellKind::Whole(low, high) => {
            rules.insert("minimum".into(), low.into());
            rules.insert("maximum".into(), high.into());
        }
        CellKind::OneOf(list, items) => {
            rules.insert("enum".into(), items.iter().map(|i| i.code).collect::<Vec<_>>().into());
            field[format!("{PREFIX}list")] = list.into();
        }
        CellKind::Period => {
            let pattern = r"\d{4}(-S[12]|-Q[1-4]|-(0[1-9]|1[0-2])|/\d{4})?";
            rules.insert("pattern".into(), pattern.into());
        }
        CellKind::Currency => {
            rules.insert("pattern".into(), "[A-Z]{3}".into());
        }
        CellKind::Refs(kind) => field[format!("{PREFIX}list_of")] = kind.sheet().into(),
        CellKind::TextIn(lang) => field[format!("{PREFIX}language")] = lang.code().into(),
        _ => {}
    }
    if !rules.is_empty() {
        field["constraints"] = Json::Object(rules);
    }
    field
}

/// A reference to a table of the same package whose key is one column.
fn foreign_key(column: &Column, own: Kind, present: &BTreeSet<Kind>) -> Option<Json> {
    let CellKind::Ref(kind) = column.kind else { return None };
    let mut keys = kind.def().key_columns();
    let key = keys.next()?;
    if keys.next().is_some() || !present.contains(&kind) {
        return None;
    }
    // A table names itself by the empty text.
    let resource = if kind == own { "" } else { kind.sheet() };
    Some(json!({ "fields": [column.name], "reference": { "resource": resource, "fields": [key.name] } }))
}
