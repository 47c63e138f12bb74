//! Read-only JSON with the figures of the pages, in the shape that the command line writes too.

use axum::{Json, extract::Path};
use model::{figure::FigureKey, kinds::Plan, value::Id};
use serde_json::{Value, json};

use crate::{failure::Failure, visit::Visit};

/// Where every indicator stands, and every figure; `?plan=` for one plan.
pub async fn status(v: Visit) -> Result<Json<Value>, Failure> {
    Ok(Json(app::status_json(&v.world, asked_plan(&v).as_ref(), v.on)))
}

/// The findings; `?plan=` for one plan.
pub async fn check(v: Visit) -> Result<Json<Value>, Failure> {
    let report = app::findings(&v.world, asked_plan(&v).as_ref(), v.on);
    let found: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|d| {
            let words = locale::explained(v.lang, d);
            json!({
                "code": d.code.id,
                "severity": d.severity,
                "record": d.record,
                "field": d.field,
                "source": {"file": d.pointer.file, "sheet": d.pointer.sheet, "cell": d.pointer.cell()},
                "message": words.message,
                "why": words.why,
                "remedy": words.remedy,
                "waived": d.waived,
            })
        })
        .collect();
    let summary = json!({
        "error": report.n_errors, "warning": report.n_warnings, "note": report.n_notes, "waived": report.n_waived,
    });
    Ok(Json(json!({"summary": summary, "diagnostics": found})))
}

fn asked_plan(v: &Visit) -> Option<Id<Plan>> {
    Some(v.ask("plan")).filter(|p| !p.is_empty()).map(Id::new)
}

/// One figure with its derivation, down to observations.
pub async fn figure(v: Visit, Path(key): Path<String>) -> Result<Json<Value>, Failure> {
    let key = FigureKey::parse(&key).ok_or_else(Failure::not_found)?;
    let e = app::explain(&v.site.app, &v.world, &key).await?.ok_or_else(Failure::not_found)?;
    let inputs: Vec<Value> = e
        .inputs
        .iter()
        .map(|x| {
            json!({
                "id": x.id, "place": x.place, "period": x.period.to_string(), "value": x.value, "ratio": x.ratio,
                "status": x.status, "left_out": x.left_out, "source": x.source.as_ref().map(|s| s.id.to_string()),
                "change": x.change,
            })
        })
        .collect();
    let parts = e.figure.derivation.parts.iter();
    let parts: Vec<Value> =
        parts.map(|(k, a)| json!({"derivation": k.to_string(), "answer": locale::answer_exact(a)})).collect();
    let mut out = app::figure_json(&e.figure);
    if let Some(map) = out.as_object_mut() {
        map.insert("n_inputs".into(), json!(e.n_inputs));
        map.insert("inputs".into(), json!(inputs));
        map.insert("parts".into(), json!(parts));
    }
    Ok(Json(out))
}

/// The tracking table of a plan.
pub async fn tracking(v: Visit, Path(plan): Path<String>) -> Result<Json<Value>, Failure> {
    let id: Id<Plan> = Id::new(&plan);
    v.records().plans.of(&id).ok_or_else(Failure::not_found)?;
    let table = app::tracking(&v.world, &id, v.on);
    let is_inside = v.is_inside();
    // Judgements are internal.
    let seen = |mut standing: Value| {
        if let Some(fields) = standing.as_object_mut().filter(|_| !is_inside) {
            fields.remove("judgements");
        }
        standing
    };
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<Value> = row
                .cells
                .iter()
                .map(|c| json!({"figure": c.figure.as_ref().map(app::figure_json), "percent": c.percent, "due": c.due}))
                .collect();
            json!({
                "indicator": row.indicator.as_str(),
                "result": row.result.as_str(),
                "breakdown": row.breakdown.to_string(),
                "scope": row.scope.as_str(),
                "standing": row.standing.as_ref().map(app::standing_json).map(seen),
                "cells": cells,
            })
        })
        .collect();
    let periods: Vec<String> = table.periods.iter().map(ToString::to_string).collect();
    Ok(Json(json!({"plan": plan, "on": v.on.to_string(), "periods": periods, "rows": rows})))
}
