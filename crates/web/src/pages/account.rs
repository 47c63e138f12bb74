//! One's own account: what one likes, how one signs in, where one is signed in, tokens.

use app::{
    access::Scope,
    people::{self, Account, Outcome, Preferences, Taken, TwoFactor},
};
use askama::Template;
use axum::{
    extract::{Form, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use model::value::Lang;

use crate::{
    caller::Who,
    failure::Failure,
    html::Html,
    pages::sign_in::{From, agent_of, end_former, signed_in},
    site::Site,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    v: &'a Visit,
    title: String,
    a: Account,
    sessions: Vec<SessionLine>,
    tokens: Vec<TokenLine>,
    /// What went wrong, or was done: a sentence.
    said: Option<String>,
    is_wrong: bool,
    /// A new token, shown once.
    token: Option<String>,
    /// A second factor that was begun.
    factor: Option<TwoFactor>,
    /// New recovery codes, shown once.
    codes: Vec<String>,
}

struct SessionLine {
    id: String,
    agent: String,
    address: String,
    seen: Html,
    is_this: bool,
}

struct TokenLine {
    id: String,
    name: String,
    scopes: String,
    ends: Html,
    used: Option<Html>,
    is_over: bool,
}

/// What is shown once, beside the page.
#[derive(Default)]
struct Once {
    said: Option<&'static str>,
    is_wrong: bool,
    token: Option<String>,
    factor: Option<TwoFactor>,
    codes: Vec<String>,
}

/// The page.
pub async fn page_account(v: Visit) -> Result<Response, Failure> {
    let said = (v.ask("done") == "1").then_some("people-done");
    show(&v, Once { said, ..Once::default() }).await
}

async fn show(v: &Visit, once: Once) -> Result<Response, Failure> {
    let by = v.who.actor();
    let code = v.who.person().ok_or_else(Failure::not_found)?;
    let now = v.site.now();
    let a = people::account(&v.site.app, by, code, now).await?.ok_or_else(Failure::not_found)?;
    let sessions = people::sessions(&v.site.app, by).await?.into_iter().map(|s| SessionLine {
        id: s.id(),
        is_this: s.secret == v.who.caller().session,
        seen: v.instant(&s.seen_at()),
        agent: s.agent,
        address: s.address,
    });
    let sessions = sessions.collect();
    let tokens = people::tokens(&v.site.app, by).await?.into_iter().map(|t| TokenLine {
        is_over: t.is_revoked() || t.ends_at() <= now,
        ends: v.instant(&t.ends_at()),
        used: t.used_at().map(|at| v.instant(&at)),
        id: t.id,
        name: t.name,
        scopes: t.scopes,
    });
    let Once { said, is_wrong, token, factor, codes } = once;
    let template = AccountPage {
        title: v.say("people-account"),
        tokens: tokens.collect(),
        said: said.map(|key| v.say(key)),
        v,
        a,
        sessions,
        is_wrong,
        token,
        factor,
        codes,
    };
    let mut response = page(v, &template)?;
    if is_wrong {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Goes back to the page, or says what went wrong.
async fn answer(v: &Visit, done: Result<(), Taken>) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(Redirect::to("/account?done=1").into_response()),
        Err(taken) => show(v, Once { said: Some(taken.0), is_wrong: true, ..Once::default() }).await,
    }
}

/// What one likes.
#[derive(serde::Deserialize)]
pub struct PreferencesForm {
    lang: String,
    letters: String,
}

/// Keeps what one likes.
pub async fn preferences(v: Visit, Form(form): Form<PreferencesForm>) -> Result<Response, Failure> {
    let lang = Lang::parse(&form.lang).filter(|l| Lang::INTERFACE.contains(l));
    let likes = Preferences { lang, letters: form.letters };
    let done = people::save_preferences(&v.site.app, v.who.actor(), &likes, v.site.now()).await?;
    answer(&v, done).await
}

/// A new password.
#[derive(serde::Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
}

/// Changes the password; the browser gets a new session in the place of the one that it had.
pub async fn password(
    v: Visit,
    headers: HeaderMap,
    From(address): From,
    Form(form): Form<PasswordForm>,
) -> Result<Response, Failure> {
    let caller = v.who.caller();
    let done = people::change_password(&v.site.app, &caller.actor, &form.old, &form.new, &caller.session, v.site.now())
        .await?;
    let Some(code) = v.who.person().filter(|_| done.is_ok()) else { return answer(&v, done).await };
    let (site, now) = (&v.site, v.site.now());
    match people::sign_in_known(&site.app, code, &agent_of(&headers), address, site.options.limits, now).await? {
        Outcome::In { secret, device, .. } => {
            end_former(site, &headers).await?;
            Ok(signed_in(site, &secret, &device, "/account?done=1"))
        }
        _ => answer(&v, done).await,
    }
}

/// Begins a second factor.
pub async fn begin_two_factor(v: Visit, Form(form): Form<PasswordForm>) -> Result<Response, Failure> {
    match people::begin_two_factor(&v.site.app, v.who.actor(), &form.old, v.site.now()).await? {
        Ok(factor) => show(&v, Once { factor: Some(factor), ..Once::default() }).await,
        Err(taken) => answer(&v, Err(taken)).await,
    }
}

/// A code of the second factor.
#[derive(serde::Deserialize)]
pub struct CodeForm {
    code: String,
}

/// Ends the beginning of a second factor; shows the recovery codes.
pub async fn confirm_two_factor(v: Visit, Form(form): Form<CodeForm>) -> Result<Response, Failure> {
    match people::confirm_two_factor(&v.site.app, v.who.actor(), &form.code, v.site.now()).await? {
        Ok(codes) => show(&v, Once { codes, said: Some("people-two-factor-on"), ..Once::default() }).await,
        Err(taken) => answer(&v, Err(taken)).await,
    }
}

/// Takes the second factor away.
pub async fn drop_two_factor(v: Visit, Form(form): Form<PasswordForm>) -> Result<Response, Failure> {
    let done = people::drop_two_factor(&v.site.app, v.who.actor(), &form.old, v.site.now()).await?;
    answer(&v, done).await
}

/// Makes new recovery codes.
pub async fn recovery_codes(v: Visit, Form(form): Form<PasswordForm>) -> Result<Response, Failure> {
    match people::renew_recovery_codes(&v.site.app, v.who.actor(), &form.old, v.site.now()).await? {
        Ok(codes) => show(&v, Once { codes, ..Once::default() }).await,
        Err(taken) => answer(&v, Err(taken)).await,
    }
}

/// Which browser to sign out; all others when empty.
#[derive(serde::Deserialize)]
pub struct SessionForm {
    #[serde(default)]
    id: String,
}

/// Signs other browsers out.
pub async fn end_session(
    State(site): State<Site>,
    who: Who,
    Form(form): Form<SessionForm>,
) -> Result<Response, Failure> {
    if form.id.is_empty() {
        people::end_other_sessions(&site.app, who.caller(), site.now()).await?;
    } else {
        people::end_session(&site.app, who.actor(), &form.id, site.now()).await?;
    }
    Ok(Redirect::to("/account?done=1").into_response())
}

/// Makes a token, shown once.
pub async fn add_token(v: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Failure> {
    let get = |name: &str| pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    let scopes: Vec<Scope> = pairs.iter().filter(|(k, _)| k == "scope").filter_map(|(_, v)| Scope::parse(v)).collect();
    let days = get("days").parse().unwrap_or(90);
    match people::add_token(&v.site.app, v.who.actor(), get("name"), &scopes, days, v.site.now()).await? {
        Some(token) => show(&v, Once { token: Some(token), ..Once::default() }).await,
        None => answer(&v, Err(Taken("people-token-bad"))).await,
    }
}

/// Takes a token back.
pub async fn revoke_token(
    State(site): State<Site>,
    who: Who,
    Form(form): Form<SessionForm>,
) -> Result<Response, Failure> {
    people::revoke_token(&site.app, who.actor(), &form.id, site.now()).await?;
    Ok(Redirect::to("/account?done=1").into_response())
}

/// Up to which notice.
#[derive(serde::Deserialize)]
pub struct NoticesForm {
    upto: i64,
}

/// Says that all notices were seen.
pub async fn notices(State(site): State<Site>, who: Who, Form(form): Form<NoticesForm>) -> Result<Response, Failure> {
    people::read_notices(&site.app, who.actor(), form.upto, site.now()).await?;
    Ok(Redirect::to("/").into_response())
}
