//! Read-only JSON with the figures of the pages: equal values, equal keys.

use axum::{
    Json,
    extract::{Path, State},
};
use model::{
    figure::{Answer, Figure, FigureKey, Standing},
    kinds::{Plan, Target},
    value::Id,
};
use serde_json::{Value, json};

use crate::{failure::Failure, site::Site, visit::Visit};

/// Whether the program and its register answer.
pub async fn health(State(site): State<Site>) -> Result<Json<Value>, Failure> {
    let world = site.app.world().await?;
    Ok(Json(json!({"ok": true, "position": world.snapshot().position})))
}

/// Where every indicator stands; `?plan=` for one plan.
pub async fn status(v: Visit) -> Result<Json<Value>, Failure> {
    let asked = v.ask("plan");
    let plans = app::plans(&v.world, v.on);
    let mut out = Vec::new();
    for card in plans.iter().filter(|c| asked.is_empty() || c.plan.id.as_str() == asked) {
        for node in app::tree(&v.world, &card.plan.id, v.on) {
            for (indicator, standing) in &node.indicators {
                out.push(standing_json(&card.plan.id, indicator.id.as_str(), standing));
            }
        }
    }
    Ok(Json(json!({"on": v.on.to_string(), "position": v.world.snapshot().position, "indicators": out})))
}

/// The findings; `?plan=` for one plan.
pub async fn check(v: Visit) -> Result<Json<Value>, Failure> {
    let plan = Some(v.ask("plan")).filter(|p| !p.is_empty()).map(Id::<Plan>::new);
    let report = app::findings(&v.world, plan.as_ref(), v.on);
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
    let summary = json!({"errors": report.n_errors, "warnings": report.n_warnings, "notes": report.n_notes, "waived": report.n_waived});
    Ok(Json(json!({"summary": summary, "diagnostics": found})))
}

/// One figure with its derivation.
pub async fn figure(v: Visit, Path(key): Path<String>) -> Result<Json<Value>, Failure> {
    let key = FigureKey::parse(&key).ok_or_else(Failure::not_found)?;
    let e = app::explain(&v.site.app, &v.world, &key).await?.ok_or_else(Failure::not_found)?;
    let d = &e.figure.derivation;
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
    let parts: Vec<Value> =
        d.parts.iter().map(|(k, a)| json!({"key": k.to_string(), "exact": locale::answer_exact(a)})).collect();
    let mut out = figure_json(&e.figure);
    if let Some(map) = out.as_object_mut() {
        map.insert("rule".into(), json!(d.rule));
        map.insert("formula".into(), json!(d.formula));
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
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<Value> = row
                .cells
                .iter()
                .map(|c| json!({"figure": c.figure.as_ref().map(figure_json), "percent": c.percent, "due": c.due}))
                .collect();
            json!({
                "indicator": row.indicator.as_str(), "result": row.result.as_str(), "breakdown": row.breakdown.to_string(),
                "scope": row.scope.as_str(), "baseline": target_json(row.baseline.as_ref()),
                "target": target_json(row.target.as_ref()),
                "status": row.standing.as_ref().map(|s| s.progress.as_str()), "cells": cells,
            })
        })
        .collect();
    let periods: Vec<String> = table.periods.iter().map(ToString::to_string).collect();
    Ok(Json(json!({"plan": plan, "on": v.on.to_string(), "periods": periods, "rows": rows})))
}

fn standing_json(plan: &Id<Plan>, indicator: &str, s: &Standing) -> Value {
    json!({
        "plan": plan.as_str(), "indicator": indicator, "status": s.progress.as_str(), "expected": s.expected,
        "actual": s.actual.as_ref().map(figure_json), "baseline": target_json(s.baseline.as_ref()),
        "target": target_json(s.target.as_ref()), "achieved_share": s.achieved_share,
        "expected_share": s.expected_share, "probability": s.probability, "tolerance": s.tolerance,
    })
}

fn target_json(target: Option<&Target>) -> Value {
    target.map_or(Value::Null, |t| json!({"value": t.value, "on": t.on.map(|d| d.to_string())}))
}

fn figure_json(f: &Figure) -> Value {
    let (interval, reason) = match &f.answer {
        Answer::Interval { low, high, reason } => (Some([*low, *high]), Some(reason.as_str())),
        Answer::None(reason) => (None, Some(reason.as_str())),
        _ => (None, None),
    };
    let stages = match &f.answer {
        Answer::Stages(stages) => Some(stages),
        _ => None,
    };
    json!({
        "key": f.key.to_string(), "exact": locale::answer_exact(&f.answer), "value": f.answer.value(),
        "interval": interval, "stages": stages, "reason": reason, "unit": f.unit, "standard_error": f.standard_error,
        "completeness": {
            "expected": f.completeness.n_expected, "reported": f.completeness.n_reported,
            "estimated": f.completeness.n_estimated, "without_value": f.completeness.n_without_value,
        },
    })
}
