//! Figures as JSON: one shape for the command line, the pages' interface and scripts.

use jiff::civil::Date;
use locale::answer_exact;
use model::{
    figure::{Answer, Figure, Standing},
    kinds::{Plan, Target},
    value::Id,
};
use serde_json::{Value as Json, json};

use crate::world::World;

/// A figure: value or bounds or stages or reason, standard error, completeness, and its derivation's address.
pub fn figure_json(figure: &Figure) -> Json {
    let c = figure.completeness;
    let mut body = json!({
        "derivation": figure.key.to_string(),
        "indicator": figure.key.indicator.as_str(),
        "scope": figure.key.scope.as_str(),
        "place": figure.key.place.as_ref().map(Id::as_str),
        "period": figure.key.period.to_string(),
        "breakdown": figure.key.breakdown.to_string(),
        "value": null,
        "interval": null,
        "stages": null,
        "reason": null,
        "answer": answer_exact(&figure.answer),
        "unit": figure.unit,
        "standard_error": figure.standard_error,
        "completeness": {
            "expected": c.n_expected, "reported": c.n_reported, "estimated": c.n_estimated, "without_value": c.n_without_value,
        },
        "rule": figure.derivation.rule,
        "formula": figure.derivation.formula,
    });
    match &figure.answer {
        Answer::Value(v) => body["value"] = json!(v),
        Answer::Interval { low, high, reason } => {
            body["interval"] = json!([low, high]);
            body["reason"] = json!(reason.as_str());
        }
        Answer::Stages(stages) => {
            body["stages"] = stages.iter().map(|(s, n)| json!({"stage": s, "count": n})).collect();
        }
        Answer::None(reason) => body["reason"] = json!(reason.as_str()),
    }
    body
}

fn target_json(target: &Target) -> Json {
    json!({"value": target.value, "on": target.on.map(|d| d.to_string()), "kind": target.kind.as_str()})
}

/// Where an indicator stands.
pub fn standing_json(standing: &Standing) -> Json {
    json!({
        "indicator": standing.indicator.as_str(),
        "on": standing.on.to_string(),
        "status": standing.progress.as_str(),
        "probability": standing.probability,
        "expected": standing.expected,
        "achieved_share": standing.achieved_share,
        "expected_share": standing.expected_share,
        "tolerance": standing.tolerance,
        "baseline": standing.baseline.as_ref().map(target_json),
        "target": standing.target.as_ref().map(target_json),
        "actual": standing.actual.as_ref().map(figure_json),
        "judgements": standing.judgements.iter().map(|j| json!({"by": j.by.0, "note": j.note, "view": j.view.map(|v| v.as_str())})).collect::<Vec<_>>(),
    })
}

/// Every indicator's standing and every figure of a plan, or of all plans that have indicators.
pub fn status_json(world: &World, plan: Option<&Id<Plan>>, on: Date) -> Json {
    let plans: Vec<Json> = world
        .records()
        .plans
        .iter()
        .filter(|p| plan.is_none_or(|wanted| *wanted == p.id))
        .filter(|p| plan.is_some() || !world.indicators_of(&p.id).is_empty())
        .map(|p| {
            let tracking = world.tracking(&p.id, on);
            let figures = tracking.rows.iter().flat_map(|row| {
                row.cells.iter().filter_map(|cell| {
                    let figure = cell.figure.as_ref()?;
                    let mut body = figure_json(figure);
                    body["percent"] = json!(cell.percent);
                    Some(body)
                })
            });
            json!({
                "plan": p.id.as_str(),
                "standings": world.indicators_of(&p.id).iter().map(|i| standing_json(&world.standing(&i.id, on))).collect::<Vec<_>>(),
                "figures": figures.collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "on": on.to_string(),
        "as_of": world.is_past().map(|t| t.to_string()),
        "position": world.snapshot().position,
        "fingerprint": world.snapshot().fingerprint,
        "plans": plans,
    })
}
