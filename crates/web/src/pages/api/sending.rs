//! Changes that programs send: judged (`dry_run`), or carried out once, however often they are sent with one key.

use app::{
    AppError, RequestKey,
    lane::CaseState,
    proposals::{self, Repeated, Sending, Sent, Written},
};
use axum::{
    Json,
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value as Json_, json};

use super::{answer, records::fields_json};
use crate::{failure::Failure, problem, visit::Visit};

/// Bytes of a change at most.
pub(crate) const CHANGE_BYTES: usize = 16 << 20;
/// Characters of a key at most.
const LONGEST_KEY: usize = 200;

/// Takes a change, or says what it would do.
pub async fn send(v: Visit, headers: HeaderMap, body: Bytes) -> Result<Response, Failure> {
    answer::only(&v, &["dry_run"])?;
    let dry_run = v.query.iter().find(|(name, _)| name == "dry_run").map(|(_, value)| value.as_str());
    let is_dry = match dry_run {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => return Err(answer::wrong(query::parameter_fault("dry_run", other, "true, false"))),
    };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(Failure::media());
    }
    let key = key_of(&v, &headers)?;
    let sent: Sent = serde_json::from_slice(&body)
        .map_err(|e| Failure::bad("api-fail-body", &[("detail", e.to_string().into())]))?;
    if is_dry {
        return weigh(&v, &sent).await;
    }
    // Whoever hangs up does not stop a change half-way, and finds its answer under the key.
    let carried = tokio::spawn(async move { carry_out(&v, &sent, key, &body).await }).await;
    carried.map_err(|e| Failure::internal(&e))?
}

async fn weigh(v: &Visit, sent: &Sent) -> Result<Response, Failure> {
    let weighed = match proposals::weigh(&v.site.app, v.who.actor(), sent, v.on, v.site.now()).await? {
        Ok(weighed) => weighed,
        Err(found) => return Err(Failure::unacceptable(&found)),
    };
    let items =
        weighed.lines.iter().map(|d| json!({"kind": d.kind.name(), "id": d.id, "fields": fields_json(&d.fields)}));
    let body = json!({
        "state": "judged",
        "lane": weighed.lane,
        "n_changed": weighed.n_changed,
        "items": items.collect::<Vec<_>>(),
        "findings": problem::errors(v.lang, &weighed.effect),
    });
    Ok(Json(body).into_response())
}

async fn carry_out(v: &Visit, sent: &Sent, key: Option<RequestKey>, body: &[u8]) -> Result<Response, Failure> {
    let (app, now) = (&v.site.app, v.site.now());
    if let Some(key) = &key
        && let Some(done) = proposals::claim(app, key, body, now).await?
    {
        return match done {
            Repeated::Change(number) => Ok(taken(StatusCode::CREATED, CaseState::Accepted, Some(number), None)),
            Repeated::Proposal(number) => kept(v, number).await,
        };
    }
    let sending = proposals::send(app, v.who.actor(), sent, key.clone(), now).await;
    if let Some(key) = key.filter(|_| !matches!(sending, Ok(Sending::Taken(_)))) {
        proposals::unclaim(app, &key).await?;
    }
    match sending? {
        Sending::Taken(Written::InForce(line)) => {
            Ok(taken(StatusCode::CREATED, CaseState::Accepted, Some(line.number), None))
        }
        Sending::Taken(Written::Waiting(number)) => kept(v, number).await,
        Sending::Taken(Written::Clashes(number)) => Err(AppError::Clashes(number).into()),
        Sending::Nothing => Ok(Json(json!({"state": "unchanged", "change": null, "proposal": null})).into_response()),
        Sending::Refused(found) => Err(Failure::unacceptable(&found)),
    }
}

/// What a proposal that was kept has come to by now.
async fn kept(v: &Visit, number: i64) -> Result<Response, Failure> {
    match proposals::standing_of(&v.site.app, number).await? {
        (CaseState::Draft, _) => Err(AppError::Clashes(number).into()),
        (state, Some(change)) => Ok(taken(StatusCode::CREATED, state, Some(change), Some(number))),
        (state, None) => Ok(taken(StatusCode::ACCEPTED, state, None, Some(number))),
    }
}

fn taken(status: StatusCode, state: CaseState, change: Option<u64>, proposal: Option<i64>) -> Response {
    let location = match (change, proposal) {
        (Some(change), _) => format!("/api/v1/changes/{change}"),
        (None, proposal) => format!("/api/v1/proposals/{}", proposal.unwrap_or_default()),
    };
    let body: Json_ = json!({"state": state.as_str(), "change": change, "proposal": proposal});
    let mut response = (status, Json(body)).into_response();
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The key of a request, with or without the quotes that the standard's draft asks for.
fn key_of(v: &Visit, headers: &HeaderMap) -> Result<Option<RequestKey>, Failure> {
    let Some(given) = headers.get("idempotency-key") else { return Ok(None) };
    let key = given.to_str().unwrap_or_default().trim().trim_matches('"');
    if key.is_empty() || key.len() > LONGEST_KEY || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Failure::bad("api-fail-key", &[]));
    }
    Ok(Some(RequestKey { person: v.who.actor().author().to_owned(), key: key.to_owned() }))
}
