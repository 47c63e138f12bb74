//! Coming in: signing in, out, and the one-time links of invitations and new passwords.

use std::net::{IpAddr, SocketAddr};

use app::people::{self, Attempt, Outcome};
use askama::Template;
use axum::{
    extract::{ConnectInfo, Form, FromRequestParts, Path, Query, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    caller::{Who, cookie, device_cookie, session_cookie},
    failure::Failure,
    html::query_value,
    pages::local,
    site::Site,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage<'a> {
    v: &'a Visit,
    title: String,
    next: String,
    email: String,
    /// What went wrong: a sentence.
    wrong: Option<String>,
    asks_code: bool,
    /// The provider's name as people know it, when there is one.
    elsewhere: Option<&'a str>,
    has_mail: bool,
}

impl<'a> SignInPage<'a> {
    fn new(v: &'a Visit, next: String, email: String, wrong: Option<String>, asks_code: bool) -> Self {
        let title = v.say("people-sign-in");
        let elsewhere = v.site.options.elsewhere.as_deref().map(|e| e.label());
        SignInPage { title, next, email, wrong, asks_code, elsewhere, has_mail: v.site.options.mail.is_some(), v }
    }
    fn elsewhere_path(&self) -> String {
        format!("/sign-in/elsewhere?next={}", query_value(&self.next))
    }
}

#[derive(Template)]
#[template(path = "enter.html")]
struct EnterPage<'a> {
    v: &'a Visit,
    title: String,
    secret: String,
    purpose: String,
    name: String,
    email: String,
    wrong: Option<String>,
}

/// Where a request came from, when the server knows.
pub struct From(pub Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for From {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(From(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip())))
    }
}

/// Where to go after signing in.
#[derive(serde::Deserialize)]
pub struct Next {
    #[serde(default)]
    pub(super) next: String,
}

/// The form.
pub async fn form(v: Visit, Query(next): Query<Next>) -> Result<Response, Failure> {
    let next = local(&next.next).to_owned();
    if v.who.person().is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    page(&v, &SignInPage::new(&v, next, String::new(), None, false))
}

/// What the form sends.
#[derive(serde::Deserialize)]
pub struct SignInForm {
    email: String,
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// Signs somebody in.
pub async fn enter(
    v: Visit,
    headers: HeaderMap,
    From(address): From,
    Form(form): Form<SignInForm>,
) -> Result<Response, Failure> {
    let site = &v.site;
    let agent = agent_of(&headers);
    let attempt = Attempt {
        email: &form.email,
        password: &form.password,
        code: &form.code,
        device: cookie(&headers, device_cookie(site)),
        address,
        agent: &agent,
    };
    let outcome = people::sign_in(&site.app, &attempt, site.options.limits, site.now()).await?;
    let (wrong, asks_code) = match outcome {
        Outcome::In { secret, device, .. } => {
            end_former(site, &headers).await?;
            return Ok(signed_in(site, &secret, &device, local(&form.next)));
        }
        Outcome::NeedsCode => (v.say("people-needs-code"), true),
        Outcome::Wrong => (v.say("people-wrong"), !form.code.is_empty()),
        Outcome::Wait(seconds) => {
            let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
            (v.say_with("people-wait", [("n", seconds.into())]), false)
        }
    };
    let next = local(&form.next).to_owned();
    let mut response = page(&v, &SignInPage::new(&v, next, form.email, Some(wrong), asks_code))?;
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

pub(super) fn agent_of(headers: &HeaderMap) -> String {
    headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
}

/// Ends the session that the browser carried until now: what was known of it before is worth nothing afterwards.
pub(super) async fn end_former(site: &Site, headers: &HeaderMap) -> Result<(), Failure> {
    if let Some(former) = cookie(headers, session_cookie(site)) {
        people::end_former(&site.app, former, site.now()).await?;
    }
    Ok(())
}

/// Sends the browser on, with its cookies. They are not for scripts, not for other sites, and end with the session.
pub(super) fn signed_in(site: &Site, secret: &str, device: &str, next: &str) -> Response {
    let secure = if site.options.secure { "; Secure" } else { "" };
    let seconds = site.options.limits.absolute.as_secs();
    let mut response = Redirect::to(next).into_response();
    for cookie in [
        format!("{}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", session_cookie(site)),
        format!("{}={device}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict{secure}", device_cookie(site)),
    ] {
        // Base64url and our own words are always a header's value.
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// Signs this browser out.
pub async fn leave(State(site): State<Site>, who: Who) -> Result<Response, Failure> {
    people::sign_out(&site.app, who.caller(), site.now()).await?;
    let secure = if site.options.secure { "; Secure" } else { "" };
    let gone = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}", session_cookie(&site));
    let mut response = Redirect::to("/sign-in").into_response();
    if let Ok(value) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(header::SET_COOKIE, value);
        // What the browser keeps of the pages goes too.
        response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    }
    Ok(response)
}

/// What a one-time link is for.
pub async fn by_link(v: Visit, Path(secret): Path<String>) -> Result<Response, Failure> {
    show_link(&v, secret, None).await
}

async fn show_link(v: &Visit, secret: String, wrong: Option<&'static str>) -> Result<Response, Failure> {
    let found = people::waiting_link(&v.site.app, &secret, v.site.now()).await?;
    let (purpose, name, email) = found.ok_or_else(|| Failure::gone("people-link-bad"))?;
    let is_wrong = wrong.is_some();
    let wrong = wrong.map(|key| v.say(key));
    let title = v.say(&format!("people-link-{purpose}"));
    let mut response = page(v, &EnterPage { title, secret, purpose, name, email, wrong, v })?;
    if is_wrong {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    // The address is a secret: nobody else is to learn it.
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What the form of a link sends.
#[derive(serde::Deserialize)]
pub struct LinkForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    password: String,
}

/// Uses a link, and signs in.
pub async fn take_link(
    v: Visit,
    Path(secret): Path<String>,
    headers: HeaderMap,
    From(address): From,
    Form(form): Form<LinkForm>,
) -> Result<Response, Failure> {
    let site = &v.site;
    let now = site.now();
    let entered = people::enter_by_link(&site.app, &secret, &form.name, &form.email, &form.password, now).await?;
    let code = match entered {
        Ok(entered) => entered.code,
        Err(taken) if taken.0 == "people-link-bad" => return Err(Failure::gone("people-link-bad")),
        Err(taken) => return show_link(&v, secret, Some(taken.0)).await,
    };
    let agent = agent_of(&headers);
    // Somebody who has a second factor proves it at the form, also after a new password.
    let account = people::own_account(&site.app, &code).await?;
    if account.is_some_and(|a| a.has_two_factor) {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    match people::sign_in_known(&site.app, &code, &agent, address, site.options.limits, now).await? {
        Outcome::In { secret, device, .. } => {
            end_former(site, &headers).await?;
            Ok(signed_in(site, &secret, &device, "/"))
        }
        _ => Ok(Redirect::to("/sign-in").into_response()),
    }
}
