//! Signing in at the identity provider: away, and back.
//!
//! The browser that is sent away carries a secret in a cookie; what belongs to it stands in the register and is taken
//! out once. So an answer that another browser brings, or the same one twice, is refused before the provider is asked.

use std::sync::Arc;

use app::people::{self, Outcome};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use sso::{Callback, Identity, Pending, SsoError};

use crate::{
    caller::{cookie, elsewhere_cookie},
    elsewhere::Elsewhere,
    failure::Failure,
    pages::{
        local,
        sign_in::{From, Next, agent_of, signed_in},
    },
    site::Site,
};

/// What is kept until the browser comes back.
#[derive(Serialize, Deserialize)]
struct Begun {
    pending: Pending,
    next: String,
}

fn configured(site: &Site) -> Result<Arc<Elsewhere>, Failure> {
    site.options.elsewhere.clone().ok_or_else(Failure::not_found)
}

/// Sends the browser to the provider.
pub async fn begin(State(site): State<Site>, Query(next): Query<Next>) -> Result<Response, Failure> {
    let provider = configured(&site)?.provider().await.map_err(failed)?;
    let (url, pending) = provider.begin();
    let begun = Begun { pending, next: local(&next.next).to_owned() };
    let body = serde_json::to_string(&begun).map_err(|e| Failure::internal(&e))?;
    let secret = people::begin_elsewhere(&site.app, &body, site.now()).await?;
    let seconds = people::PATIENCE.as_secs();
    Ok(with_cookie(&site, Redirect::to(url.as_str()).into_response(), &secret, seconds))
}

/// Takes the browser back, and signs the person in.
pub async fn callback(
    State(site): State<Site>,
    headers: HeaderMap,
    From(address): From,
    Query(callback): Query<Callback>,
) -> Result<Response, Failure> {
    let elsewhere = configured(&site)?;
    let now = site.now();
    let secret = cookie(&headers, elsewhere_cookie(&site)).unwrap_or_default();
    let kept = people::back_from_elsewhere(&site.app, secret, now).await?;
    let begun: Option<Begun> = kept.as_deref().and_then(|body| serde_json::from_str(body).ok());
    let Begun { pending, next } = begun.ok_or_else(|| Failure::gone("people-elsewhere-stale"))?;
    let provider = elsewhere.provider().await.map_err(failed)?;
    let identity = provider.finish(pending, callback).await.map_err(failed)?;
    let Identity { issuer, subject, email, email_verified, name } = &identity;
    let who = people::Elsewhere {
        issuer,
        subject,
        email: email.as_deref(),
        email_verified: *email_verified,
        name: name.as_deref(),
    };
    let found = people::person_elsewhere(&site.app, &who, elsewhere.new_from(), now).await?;
    let code = found.map_err(|taken| Failure::refused(taken.0))?;
    let agent = agent_of(&headers);
    match people::sign_in_known(&site.app, &code, &agent, address, site.options.limits, now).await? {
        Outcome::In { secret, device, .. } => {
            Ok(with_cookie(&site, signed_in(&site, &secret, &device, local(&next)), "", 0))
        }
        _ => Err(Failure::refused("people-elsewhere-unknown")),
    }
}

/// The cookie by which the browser is known when it comes back. A redirect from the provider is a top-level visit, to
/// which browsers add it although it begins elsewhere.
fn with_cookie(site: &Site, mut response: Response, secret: &str, seconds: i64) -> Response {
    let secure = if site.options.secure { "; Secure" } else { "" };
    let name = elsewhere_cookie(site);
    let set = format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&set) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What a reader is told. What exactly went wrong is for the log; it carries no code, token or secret.
fn failed(error: SsoError) -> Failure {
    match &error {
        SsoError::Refused { error, .. } if error == "access_denied" => Failure::refused("people-elsewhere-cancelled"),
        SsoError::WrongState | SsoError::CodeRefused(_) => {
            tracing::info!(%error, "a sign-in elsewhere was not finished");
            Failure::gone("people-elsewhere-stale")
        }
        error if error.is_temporary() => {
            tracing::warn!(%error, "the identity provider does not answer");
            Failure::later("people-elsewhere-down")
        }
        _ => {
            tracing::warn!(%error, "a sign-in elsewhere was refused");
            Failure::refused("people-elsewhere-refused")
        }
    }
}
