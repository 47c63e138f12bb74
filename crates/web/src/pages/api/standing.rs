//! Where things stand: statuses, findings, the tracking table and what is due, in the shape that the command line writes too.

use axum::{Json, extract::Path, http::HeaderMap, response::Response};
use diag::Waived;
use model::{
    Kind,
    figure::{Duty, DutyState},
    kinds::Plan,
    value::Id,
};
use serde_json::{Value, json};

use super::answer;
use crate::{failure::Failure, visit::Visit};

/// Where every indicator stands, and every figure; `?plan=` for one plan.
pub async fn status(v: Visit) -> Result<Json<Value>, Failure> {
    answer::only(&v, &["plan", "on", "as_of"])?;
    let plan = answer::named(&v, "plan", Kind::Plan)?;
    Ok(Json(app::status_json(&v.world, plan.as_ref(), v.on)))
}

/// The findings; `?plan=` for one plan.
pub async fn check(v: Visit) -> Result<Json<Value>, Failure> {
    answer::only(&v, &["plan", "on", "as_of"])?;
    let report = app::findings(&v.world, answer::named(&v, "plan", Kind::Plan)?.as_ref(), v.on);
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
                "waived": d.waived.as_ref().map(waived_json),
            })
        })
        .collect();
    let summary = json!({
        "error": report.n_errors, "warning": report.n_warnings, "note": report.n_notes, "waived": report.n_waived,
    });
    Ok(Json(json!({"summary": summary, "diagnostics": found})))
}

/// Who waived a finding and why; null for those who do not see it.
fn waived_json(waived: &Waived) -> Value {
    let seen = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    json!({
        "reason": seen(&waived.reason), "author": seen(&waived.author), "expires_on": seen(&waived.expires_on),
    })
}

/// What is due; `?plan=` for one plan, `?state=` for one state.
pub async fn duties(v: Visit, headers: HeaderMap) -> Result<Response, Failure> {
    let asked = answer::asked(&v, &headers, &["plan", "state", "on"])?;
    let states = [DutyState::Overdue, DutyState::Due, DutyState::Upcoming, DutyState::Met];
    let state = match v.query.iter().find(|(k, _)| k == "state").map(|(_, word)| word.as_str()) {
        None => None,
        Some(word) => Some(
            states
                .into_iter()
                .find(|s| s.as_str() == word)
                .ok_or_else(|| answer::wrong(query::parameter_fault("state", word, "overdue, due, upcoming, met")))?,
        ),
    };
    let world = answer::world_of(&v, asked.cursor).await?;
    let plan = answer::named(&v, "plan", Kind::Plan)?;
    let mut due = app::duties(&world, plan.as_ref(), v.on);
    due.retain(|d| state.is_none_or(|s| s == d.state));
    due.sort_by(|a, b| (a.due_on, &a.about).cmp(&(b.due_on, &b.about)));
    let items: Vec<Value> = due.iter().map(duty_json).collect();
    let columns = ["kind", "about_kind", "about", "plan", "period", "due_on", "state", "owner", "project"];
    answer::hold_and_answer(&v, &world, &asked, &columns, items, json!({"on": v.on.to_string()})).await
}

fn duty_json(duty: &Duty) -> Value {
    json!({
        "kind": duty.kind.as_str(),
        "about_kind": duty.about.kind,
        "about": duty.about.id,
        "plan": duty.plan.as_ref().map(Id::as_str),
        "period": duty.period.map(|p| p.to_string()),
        "due_on": duty.due_on.to_string(),
        "state": duty.state.as_str(),
        "owner": duty.owner.as_ref().map(Id::as_str),
        "project": duty.project.as_ref().map(Id::as_str),
    })
}

/// The tracking table of a plan.
pub async fn tracking(v: Visit, Path(plan): Path<String>) -> Result<Json<Value>, Failure> {
    answer::only(&v, &["on", "as_of"])?;
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
                .map(|c| json!({"figure": c.figure.as_ref().map(app::figure_json), "percent": c.percent, "due": c.due}))
                .collect();
            json!({
                "indicator": row.indicator.as_str(),
                "result": row.result.as_str(),
                "breakdown": row.breakdown.to_string(),
                "scope": row.scope.as_str(),
                "standing": row.standing.as_ref().map(app::standing_json),
                "cells": cells,
            })
        })
        .collect();
    let periods: Vec<String> = table.periods.iter().map(ToString::to_string).collect();
    Ok(Json(json!({"plan": plan, "on": v.on.to_string(), "periods": periods, "rows": rows})))
}
