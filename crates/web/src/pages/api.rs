//! Read-only JSON with the figures of the pages.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::{failure::Failure, site::Site};

/// Whether the program and its register answer.
pub async fn health(State(site): State<Site>) -> Result<Json<Value>, Failure> {
    let world = site.app.world().await?;
    Ok(Json(json!({"ok": true, "position": world.snapshot().position})))
}
