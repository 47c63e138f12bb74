//! Who calls: the person behind a cookie or a token, the machine's own user, or somebody who has not signed in; and
//! whether the address is for them.

use std::sync::{Arc, atomic::Ordering};

use app::{
    access::{Actor, Deed, Subject, decide},
    people::{self, Caller},
};
use axum::{
    extract::{FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use model::Records;

use crate::{
    failure::Failure,
    html::query_value,
    pages::health::is_probe,
    routes::Access,
    site::{Reach, Site},
};

/// Who called, as every handler may ask.
#[derive(Clone, Debug)]
pub(crate) struct Who(Arc<Caller>);

impl Who {
    fn of(actor: Actor) -> Self {
        Who(Arc::new(Caller { actor, name: String::new(), session: Vec::new() }))
    }
    /// Whoever acts.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }
    /// The caller with name and session.
    pub fn caller(&self) -> &Caller {
        &self.0
    }
    /// The code of a person who signed in.
    pub fn person(&self) -> Option<&str> {
        self.0.actor.person()
    }
    /// Whether nobody signed in and it is not the machine's own user.
    pub fn is_public(&self) -> bool {
        self.0.actor == Actor::Public
    }
}

impl<S: Sync> FromRequestParts<S> for Who {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Who>().cloned().unwrap_or_else(|| Who::of(Actor::Public)))
    }
}

/// Name of the cookie of a session. The prefix makes browsers refuse it without TLS and for other hosts.
pub(crate) fn session_cookie(site: &Site) -> &'static str {
    if site.options.secure { "__Host-ekistics" } else { "ekistics" }
}
/// Name of the cookie of a browser that signed in before.
pub(crate) fn device_cookie(site: &Site) -> &'static str {
    if site.options.secure { "__Host-ekistics-browser" } else { "ekistics-browser" }
}

/// Name of the cookie of a browser that signs in elsewhere and will come back.
pub(crate) fn elsewhere_cookie(site: &Site) -> &'static str {
    if site.options.secure { "__Host-ekistics-elsewhere" } else { "ekistics-elsewhere" }
}

/// A cookie's value.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(k, _)| *k == name)
        .map(|(_, v)| v)
}

/// Finds out who calls, and keeps it with the request.
pub(crate) async fn identify(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let (headers, path) = (request.headers().clone(), request.uri().path().to_owned());
    if is_probe(&path) {
        return next.run(request).await;
    }
    let who = match find(&site, &headers, &path).await {
        Ok(who) => who,
        Err(failure) => return failure.into_response(),
    };
    let is_person = who.person().is_some();
    request.extensions_mut().insert(who);
    let mut response = next.run(request).await;
    if is_person {
        // What one person sees is not for a cache that others share.
        let cached = response.headers().get(header::CACHE_CONTROL).is_some_and(|v| v.as_bytes().starts_with(b"public"));
        if !cached {
            response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("private, no-store"));
        }
    }
    response
}

async fn find(site: &Site, headers: &HeaderMap, path: &str) -> Result<Who, Failure> {
    let now = site.now();
    let is_api = path.starts_with("/api/");
    if let Some(given) = headers.get(header::AUTHORIZATION).filter(|_| is_api) {
        let token = given.to_str().ok().and_then(|v| v.strip_prefix("Bearer "));
        let found = match token {
            Some(token) => people::caller_of_token(&site.app, token.trim(), now).await?,
            None => None,
        };
        // Somebody who shows a token wants to be known by it; a bad one is not passed over.
        return found.map(|c| Who(Arc::new(c))).ok_or_else(|| Failure::from(app::AppError::SignedOut));
    }
    if let Some(secret) = cookie(headers, session_cookie(site))
        && let Some(caller) = people::caller_of_session(&site.app, secret, site.options.limits, now).await?
    {
        return Ok(Who(Arc::new(caller)));
    }
    let is_open_house = site.options.reach == Reach::Loopback && !has_people(site).await?;
    Ok(Who::of(if is_open_house { Actor::Local { name: site.options.actor.clone() } } else { Actor::Public }))
}

/// Whether there are persons. Once there are, there always are.
pub(crate) async fn has_people(site: &Site) -> Result<bool, Failure> {
    if site.has_people.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let has = people::any(&site.app).await?;
    if has {
        site.has_people.store(true, Ordering::Relaxed);
    }
    Ok(has)
}

/// What an address says to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Come in.
    Yes,
    /// Sign in first.
    SignIn,
    /// Not for you.
    No,
}

/// Whether an address is for a caller. What the caller may do there in particular is decided where it is done.
pub fn admission(access: Access, actor: &Actor, records: &Records, on: Date, public_reading: bool) -> Admission {
    let needs = |deed: Deed| {
        let decision = decide(records, actor, deed, &Subject::Anywhere, on);
        match (decision.allowed, actor) {
            (true, _) => Admission::Yes,
            (false, Actor::Public) => Admission::SignIn,
            (false, _) => Admission::No,
        }
    };
    match access {
        Access::Open | Access::Enter => Admission::Yes,
        Access::Read | Access::Fetch if public_reading => Admission::Yes,
        Access::Read | Access::Fetch | Access::Inside | Access::Write => needs(Deed::ReadInternal),
        // A person without any role still has an account.
        Access::Own | Access::OwnWrite => match actor {
            Actor::Person { scopes: None, .. } => Admission::Yes,
            Actor::Public => Admission::SignIn,
            _ => Admission::No,
        },
        Access::Admin | Access::AdminWrite => needs(Deed::Administer),
        Access::Audit => needs(Deed::Audit),
    }
}

/// Lets in whom the address is for; sends others to sign in, or away.
pub(crate) async fn admit(
    State((site, access)): State<(Site, Access)>,
    who: Who,
    request: Request,
    next: Next,
) -> Response {
    // Whoever asks how the server is must not wait for its database.
    if is_probe(request.uri().path()) {
        return next.run(request).await;
    }
    let admission = match site.app.world().await {
        Ok(world) => admission(access, who.actor(), world.records(), site.day(), site.options.public_reading),
        // The pages that need no register can still be shown.
        Err(_) if access == Access::Open => Admission::Yes,
        Err(error) => return Failure::from(error).into_response(),
    };
    match admission {
        Admission::Yes => next.run(request).await,
        Admission::No => {
            let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
            tracing::warn!(person.code = who.person().unwrap_or_default(), request.route = route, "refused");
            Failure::refused("error-forbidden").into_response()
        }
        Admission::SignIn => {
            let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
            if request.method() == Method::GET && !path.starts_with("/api/") {
                Redirect::to(&format!("/sign-in?next={}", query_value(path))).into_response()
            } else {
                Failure::from(app::AppError::SignedOut).into_response()
            }
        }
    }
}
