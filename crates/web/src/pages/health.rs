//! What machines ask: whether the process lives, and whether it can answer. Neither tells anything about the data, and
//! both answer under any name of host, since a probe comes by address.

use std::{sync::Arc, time::Duration};

use app::Unready;
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{failure::OwnPage, site::Site, watch::Watch};

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether an address is one of these.
pub(crate) fn is_probe(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz")
}

/// The process lives. Asks nothing of the database: whoever ends a process that does not answer here would otherwise
/// end all of them when the database goes away for a minute.
pub async fn health() -> Json<serde_json::Value> {
    Json(json!({"ok": true}))
}

/// The process can answer: the register does, its schema is the one that we know, and the world is there. Else 503 with
/// a `reason`: `ending`, `database`, `schema` or `loading`. `forwarded` says which headers of a proxy arrived.
pub async fn ready(State(site): State<Site>, watch: Option<Extension<Arc<Watch>>>, headers: HeaderMap) -> Response {
    let forwarded = json!({
        "for": headers.contains_key("x-forwarded-for"),
        "proto": headers.get("x-forwarded-proto").and_then(|v| v.to_str().ok()),
        "host": headers.contains_key("x-forwarded-host"),
    });
    let not_yet = |reason: &str| {
        let body = Json(json!({"ok": false, "reason": reason, "forwarded": forwarded}));
        let mut response = (StatusCode::SERVICE_UNAVAILABLE, body).into_response();
        response.extensions_mut().insert(OwnPage);
        response
    };
    if watch.is_some_and(|w| w.is_ending()) {
        return not_yet("ending");
    }
    match tokio::time::timeout(PATIENCE, site.app.ready()).await {
        Ok(Ok((position, held))) => {
            Json(json!({"ok": true, "position": position, "world": held.position, "forwarded": forwarded}))
                .into_response()
        }
        Ok(Err(Unready::Loading)) => not_yet("loading"),
        Ok(Err(Unready::Schema { found, known })) => {
            tracing::warn!(schema.found = found, schema.known = known, "another version changed the schema");
            not_yet("schema")
        }
        Ok(Err(Unready::Database(error))) => {
            tracing::warn!(error = error.to_string(), "the database does not answer");
            not_yet("database")
        }
        Err(_) => {
            tracing::warn!(patience_s = PATIENCE.as_secs(), "the database does not answer in time");
            not_yet("database")
        }
    }
}
