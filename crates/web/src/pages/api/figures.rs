//! Figures: a list of them, and one opened up.

use app::FigureFilter;
use axum::{Json, extract::Path, http::HeaderMap, response::Response};
use model::{Kind, figure::FigureKey, kinds::Scope, value::Period};
use serde_json::{Value as Json_, json};

use super::{answer, changes::line_json};
use crate::{failure::Failure, pages::files::off_thread, visit::Visit};

/// Figures of plans, an indicator, a place, a period.
pub async fn figures(v: Visit, headers: HeaderMap) -> Result<Response, Failure> {
    let asked = answer::asked(&v, &headers, &["plan", "indicator", "place", "period", "scope", "on"])?;
    let some = |name: &str| v.query.iter().find(|(k, _)| k == name).map(|(_, text)| text.as_str());
    let period = some("period")
        .map(|text| {
            Period::parse(text).ok_or_else(|| {
                answer::wrong(query::parameter_fault("period", text, "2016, 2016-S1, 2016-Q2, 2016-03, 2014/2015"))
            })
        })
        .transpose()?;
    let scope = some("scope")
        .map(|text| {
            Scope::parse(text)
                .ok_or_else(|| answer::wrong(query::parameter_fault("scope", text, "global, supported, delivered")))
        })
        .transpose()?;
    let filter = FigureFilter {
        plan: answer::named(&v, "plan", Kind::Plan)?,
        indicator: answer::named(&v, "indicator", Kind::Indicator)?,
        place: answer::named(&v, "place", Kind::Place)?,
        period,
        scope,
    };
    let world = answer::world_of(&v, asked.cursor).await?;
    let (of, on) = (world.clone(), v.on);
    let items = off_thread(move || app::figures(&of, &filter, on).iter().map(app::figure_json).collect()).await?;
    let columns = [
        "derivation",
        "indicator",
        "scope",
        "place",
        "period",
        "breakdown",
        "value",
        "answer",
        "unit",
        "reason",
        "standard_error",
        "rule",
    ];
    answer::hold_and_answer(&v, &world, &asked, &columns, items, json!({"on": v.on.to_string()})).await
}

/// One figure with its derivation, down to observations.
pub async fn figure(v: Visit, Path(key): Path<String>) -> Result<Json<Json_>, Failure> {
    answer::only(&v, &["as_of"])?;
    let key = FigureKey::parse(&key).ok_or_else(Failure::not_found)?;
    let e = app::explain(&v.site.app, &v.world, &key).await?.ok_or_else(Failure::not_found)?;
    let inputs: Vec<Json_> = e
        .inputs
        .iter()
        .map(|x| {
            json!({
                "id": x.id, "place": x.place, "period": x.period.to_string(), "value": x.value, "ratio": x.ratio,
                "status": x.status, "left_out": x.left_out, "source": x.source.as_ref().map(|s| s.id.to_string()),
                "change": line_json(&x.change),
            })
        })
        .collect();
    let parts = e.figure.derivation.parts.iter();
    let parts: Vec<Json_> =
        parts.map(|(k, a)| json!({"derivation": k.to_string(), "answer": locale::answer_exact(a)})).collect();
    let mut out = app::figure_json(&e.figure);
    if let Some(map) = out.as_object_mut() {
        map.insert("n_inputs".into(), json!(e.n_inputs));
        map.insert("inputs".into(), json!(inputs));
        map.insert("parts".into(), json!(parts));
    }
    Ok(Json(out))
}
