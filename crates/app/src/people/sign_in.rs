//! Signing in and out: passwords with a second factor, browsers, tokens.

use std::net::IpAddr;

use identity::{
    recovery,
    throttle::{self, Failures, Recent, Verdict},
    token::{PersonalToken, Secret, same},
    totp,
};
use jiff::{SignedDuration, Timestamp};
use register::access::{Actor, Scope};
use store::{Person, SignedIn, Token};
use tokio::sync::Semaphore;

use super::{
    Profile,
    account::{totp_secret, verified},
    email_of, entry, random,
};
use crate::{App, error::AppError, open::hex};

/// How long somebody stays signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Without doing anything.
    pub idle: SignedDuration,
    /// At most.
    pub absolute: SignedDuration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { idle: SignedDuration::from_mins(60), absolute: SignedDuration::from_hours(12) }
    }
}

/// Browsers that an account remembers.
const MOST_DEVICES: usize = 20;
/// A browser's use is written down at most this often.
const TOUCH: SignedDuration = SignedDuration::from_secs(60);
/// Tokens are good for a year at most.
const LONGEST_TOKEN_DAYS: i64 = 366;
/// Tokens of one person.
const MOST_TOKENS: usize = 50;

/// Attempts that are judged at once, at most. Each looks at the failures before it when its turn has come, so that a
/// thousand attempts in one moment are not all judged as if they were the first.
const MOST_JUDGED: usize = 4;
static JUDGING: Semaphore = Semaphore::const_new(MOST_JUDGED);
/// Whoever has no turn after this time is told to come again.
const LONGEST_QUEUE: std::time::Duration = std::time::Duration::from_secs(20);

/// What somebody typed to sign in, and from where.
#[derive(Clone, Debug)]
pub struct Attempt<'a> {
    /// E-mail address.
    pub email: &'a str,
    /// Password.
    pub password: &'a str,
    /// Code of the second factor, or a recovery code; empty when not asked for yet.
    pub code: &'a str,
    /// The cookie of an earlier success.
    pub device: Option<&'a str>,
    /// Where from.
    pub address: Option<IpAddr>,
    /// The browser, as it names itself.
    pub agent: &'a str,
}

/// How an attempt ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Signed in: the value of the cookie, that of the device, and when it ends at the latest.
    In {
        /// Value of the session's cookie.
        secret: String,
        /// Value of the device's cookie.
        device: String,
        /// When it ends at the latest.
        ends_at: Timestamp,
        /// Who it is.
        code: String,
    },
    /// The password is right; a code of the second factor is needed.
    NeedsCode,
    /// Address, password or code are wrong; it is not said which.
    Wrong,
    /// Too many failures: nothing was looked at, try again in so many seconds.
    Wait(u64),
}

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person, and what a token allows.
    pub actor: Actor,
    /// Name, to greet.
    pub name: String,
    /// Fingerprint of the session's secret; empty for a token.
    pub session: Vec<u8>,
}

/// Signs somebody in. Waits where the throttle says so, answers in the same time for somebody who is not there.
pub async fn sign_in(app: &App, attempt: &Attempt<'_>, limits: Limits, now: Timestamp) -> Result<Outcome, AppError> {
    let store = app.store()?;
    let person = match email_of(attempt.email) {
        Some(email) => store.person_by_email(&email).await?.filter(|p| p.state == "active"),
        None => None,
    };
    let profile = person.as_ref().map(Profile::of).unwrap_or_default();
    let device = attempt.device.and_then(Secret::read).map(|s| hex(&s.fingerprint()));
    let device = device.filter(|d| profile.devices.contains(d));
    // What is counted carries no address and no name in the clear.
    let account = format!("account {}", blake3_of(&attempt.email.trim().to_lowercase()));
    let network = attempt.address.map(|a| format!("network {}", blake3_of(&throttle::network(a).to_string())));
    let known = device.as_ref().map(|d| format!("device {} {d}", person.as_ref().map_or("", |p| &p.code)));
    match verdict(app, &account, network.as_deref(), known.as_deref(), now).await? {
        Verdict::Judge => {}
        Verdict::JudgeAfter(seconds) => tokio::time::sleep(std::time::Duration::from_secs(seconds)).await,
        Verdict::Refuse(seconds) => return Ok(Outcome::Wait(seconds)),
    }
    let Ok(Ok(turn)) = tokio::time::timeout(LONGEST_QUEUE, JUDGING.acquire()).await else {
        return Ok(Outcome::Wait(LONGEST_QUEUE.as_secs()));
    };
    if let Verdict::Refuse(seconds) = verdict(app, &account, network.as_deref(), known.as_deref(), now).await? {
        return Ok(Outcome::Wait(seconds));
    }
    let code = person.as_ref().map_or("", |p| p.code.as_str()).to_owned();
    let is_right = verified(attempt.password.to_owned(), profile.password.clone()).await?;
    let judged = match person.filter(|_| is_right) {
        None => None,
        Some(person) => second_factor(app, person, profile, attempt.code, now).await?,
    };
    match judged {
        Some(Second::Missing) => Ok(Outcome::NeedsCode),
        Some(Second::Right(person)) => {
            drop(turn);
            if let Some(known) = &known {
                store.forgive(known).await?;
            }
            let agent = attempt.agent;
            start(app, *person, device, agent, attempt.address, limits, "sign-in", now).await
        }
        None => {
            let counted = match known {
                Some(known) => vec![known],
                None => std::iter::once(account).chain(network).collect(),
            };
            count_failure(app, &counted, now).await?;
            // By code: an address or a password typed into the wrong field must not stand in a log.
            tracing::warn!(person.code = code, "a sign-in failed");
            Ok(Outcome::Wrong)
        }
    }
}

/// How often something was asked for before that anybody may ask for.
pub(crate) enum Asked {
    /// So often for this account within the window.
    Before(u32),
    /// Too often from this network: to be asked again in so many seconds.
    Wait(u64),
}

/// Counts that something was asked for about an account, and says how often it was before. Counted apart from failures
/// to sign in, so that asking keeps nobody from signing in.
pub(crate) async fn asked_before(
    app: &App,
    what: &str,
    email: &str,
    address: Option<IpAddr>,
    now: Timestamp,
) -> Result<Asked, AppError> {
    let account = format!("{what} account {}", blake3_of(&email.trim().to_lowercase()));
    let network = address.map(|a| format!("{what} network {}", blake3_of(&throttle::network(a).to_string())));
    let before = failures(app, &account, now).await?;
    let from_here = match &network {
        Some(network) => failures(app, network, now).await?,
        None => Failures::default(),
    };
    // The account itself is never refused here: that would tell whether somebody asked for it.
    let recent = Recent { account: Failures::default(), address: from_here, device: None };
    if let Verdict::Refuse(seconds) = throttle::verdict(&recent) {
        return Ok(Asked::Wait(seconds));
    }
    let counted: Vec<String> = std::iter::once(account).chain(network).collect();
    let window = SignedDuration::from_secs(throttle::WINDOW_SECONDS as i64);
    app.store()?.failed(&counted, now, now.checked_sub(window).unwrap_or(now)).await?;
    Ok(Asked::Before(before.count))
}

fn blake3_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

async fn verdict(
    app: &App,
    account: &str,
    network: Option<&str>,
    known: Option<&str>,
    now: Timestamp,
) -> Result<Verdict, AppError> {
    Ok(throttle::verdict(&Recent {
        account: failures(app, account, now).await?,
        address: match network {
            Some(network) => failures(app, network, now).await?,
            None => Failures::default(),
        },
        device: match known {
            Some(known) => Some(failures(app, known, now).await?),
            None => None,
        },
    }))
}

/// Whether something that is counted as a known browser is has failed too often of late.
pub(super) async fn must_wait(app: &App, counted: &str, now: Timestamp) -> Result<bool, AppError> {
    let none = Failures::default();
    let recent = Recent { account: none, address: none, device: Some(failures(app, counted, now).await?) };
    Ok(matches!(throttle::verdict(&recent), Verdict::Refuse(_)))
}

/// Counts a failure under each of some names.
pub(super) async fn count_failure(app: &App, counted: &[String], now: Timestamp) -> Result<(), AppError> {
    let window = SignedDuration::from_secs(throttle::WINDOW_SECONDS as i64);
    Ok(app.store()?.failed(counted, now, now.checked_sub(window).unwrap_or(now)).await?)
}

async fn failures(app: &App, what: &str, now: Timestamp) -> Result<Failures, AppError> {
    let window = SignedDuration::from_secs(throttle::WINDOW_SECONDS as i64);
    let found = app.store()?.failures(what, now.checked_sub(window).unwrap_or(now)).await?;
    Ok(Failures {
        count: u32::try_from(found.len()).unwrap_or(u32::MAX),
        seconds_since_last: found.last().map_or(0, |at| u64::try_from(now.duration_since(*at).as_secs()).unwrap_or(0)),
    })
}

enum Second {
    Missing,
    Right(Box<Person>),
}

/// Looks at the second factor, where there is one. A code and a step are used once: the account is written before the
/// answer is given, and of two who use one at once the second is refused.
async fn second_factor(
    app: &App,
    person: Person,
    mut profile: Profile,
    typed: &str,
    now: Timestamp,
) -> Result<Option<Second>, AppError> {
    let Some(secret) = profile.totp.as_deref().and_then(totp_secret) else {
        return Ok(Some(Second::Right(Box::new(person))));
    };
    if typed.trim().is_empty() {
        return Ok(Some(Second::Missing));
    }
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let deed = if let Some(step) = totp::check(&secret, typed, seconds, profile.totp_step) {
        profile.totp_step = Some(step);
        "two-factor-code"
    } else {
        let Some(print) = recovery::fingerprint(typed).map(|f| hex(&f)) else { return Ok(None) };
        let before = profile.recovery.len();
        profile.recovery.retain(|r| *r != print);
        if profile.recovery.len() == before {
            return Ok(None);
        }
        "recovery-code"
    };
    let used = Person { body: profile.into_body(), ..person };
    let code = used.code.clone();
    if !app.store()?.save_person(&used, &entry(now, &code, deed, "person", &code)).await? {
        return Ok(None);
    }
    Ok(app.store()?.person(&code).await?.map(|p| Second::Right(Box::new(p))))
}

#[expect(clippy::too_many_arguments, reason = "what a session is made of")]
async fn start(
    app: &App,
    person: Person,
    device: Option<String>,
    agent: &str,
    address: Option<IpAddr>,
    limits: Limits,
    deed: &'static str,
    now: Timestamp,
) -> Result<Outcome, AppError> {
    let store = app.store()?;
    // A new secret at each sign-in: nobody can prepare a session for somebody else.
    let secret = Secret::new(random()?);
    let new_device = Secret::new(random()?);
    let mut profile = Profile::of(&person);
    profile.devices.retain(|d| Some(d) != device.as_ref());
    profile.devices.push(hex(&new_device.fingerprint()));
    let too_many = profile.devices.len().saturating_sub(MOST_DEVICES);
    profile.devices.drain(..too_many);
    let code = person.code.clone();
    let ends_at = now.checked_add(limits.absolute).unwrap_or(now);
    let person = Person { body: profile.into_body(), ..person };
    // Two sign-ins at once: the second browser is not remembered, which costs it nothing but patience later.
    store.save_person(&person, &entry(now, &code, "remember-browser", "person", &code)).await?;
    let agent: String = agent.chars().filter(|c| !c.is_control()).take(200).collect();
    let address = address.map_or_else(String::new, |a| a.to_string());
    let entry = entry(now, &code, deed, "person", &code);
    store.start_session(&secret.fingerprint(), &code, ends_at, &agent, &address, &entry).await?;
    Ok(Outcome::In { secret: secret.text(), device: new_device.text(), ends_at, code })
}

/// Signs in a person who proved elsewhere who he or she is: by a link, or at an identity provider.
pub async fn sign_in_known(
    app: &App,
    code: &str,
    agent: &str,
    address: Option<IpAddr>,
    limits: Limits,
    now: Timestamp,
) -> Result<Outcome, AppError> {
    match app.store()?.person(code).await?.filter(|p| p.state == "active") {
        Some(person) => start(app, person, None, agent, address, limits, "sign-in", now).await,
        None => Ok(Outcome::Wrong),
    }
}

/// Who a browser's cookie stands for; `None` when it ended, idled too long, or its person may not come in any more.
pub async fn caller_of_session(
    app: &App,
    cookie: &str,
    limits: Limits,
    now: Timestamp,
) -> Result<Option<Caller>, AppError> {
    let Some(secret) = Secret::read(cookie) else { return Ok(None) };
    let store = app.store()?;
    let print = secret.fingerprint();
    let Some(session) = store.session(&print).await? else { return Ok(None) };
    let idle_ends = session.seen_at().checked_add(limits.idle).unwrap_or(now);
    if now >= session.ends_at() || now >= idle_ends {
        return Ok(None);
    }
    let Some(person) = store.person(&session.person).await?.filter(|p| p.state == "active") else { return Ok(None) };
    if now.duration_since(session.seen_at()) >= TOUCH {
        store.touch_session(&print, now).await?;
    }
    let actor = Actor::Person { code: person.code, scopes: None };
    Ok(Some(Caller { actor, name: person.name, session: print.to_vec() }))
}

/// Who a token stands for; `None` when it is none of ours, ended or was taken back.
pub async fn caller_of_token(app: &App, text: &str, now: Timestamp) -> Result<Option<Caller>, AppError> {
    let Some(token) = PersonalToken::read(text) else { return Ok(None) };
    let store = app.store()?;
    let Some(held) = store.token(&token.id).await? else { return Ok(None) };
    let Ok(print) = <[u8; 32]>::try_from(held.secret.as_slice()) else { return Ok(None) };
    if !same(&print, &token.secret.fingerprint()) || held.is_revoked() || now >= held.ends_at() {
        return Ok(None);
    }
    let Some(person) = store.person(&held.person).await?.filter(|p| p.state == "active") else { return Ok(None) };
    if held.used_at().is_none_or(|at| now.duration_since(at) >= TOUCH) {
        store.touch_token(&held.id, now).await?;
    }
    let scopes = held.scopes.split(' ').filter_map(Scope::parse).collect();
    let actor = Actor::Person { code: person.code, scopes: Some(scopes) };
    Ok(Some(Caller { actor, name: person.name, session: Vec::new() }))
}

/// Ends the session that a browser still carried when it got a new one.
pub async fn end_former(app: &App, cookie: &str, now: Timestamp) -> Result<(), AppError> {
    let Some(print) = Secret::read(cookie).map(|s| s.fingerprint()) else { return Ok(()) };
    if let Some(session) = app.store()?.session(&print).await? {
        let code = session.person;
        app.store()?.end_session(&print, &code, &entry(now, &code, "sign-out", "person", &code)).await?;
    }
    Ok(())
}

/// Signs this browser out.
pub async fn sign_out(app: &App, caller: &Caller, now: Timestamp) -> Result<(), AppError> {
    if let Some(code) = caller.actor.person() {
        app.store()?.end_session(&caller.session, code, &entry(now, code, "sign-out", "person", code)).await?;
    }
    Ok(())
}

/// The browsers in which a person is signed in.
pub async fn sessions(app: &App, by: &Actor) -> Result<Vec<SignedIn>, AppError> {
    let code = by.person().ok_or(AppError::SignedOut)?;
    Ok(app.store()?.sessions_of(code).await?)
}

/// Signs another browser of one's own out, by the name that [`SignedIn::id`] gives.
pub async fn end_session(app: &App, by: &Actor, id: &str, now: Timestamp) -> Result<bool, AppError> {
    let code = by.person().ok_or(AppError::SignedOut)?;
    let found = sessions(app, by).await?.into_iter().find(|s| s.id() == id);
    match found {
        Some(session) => {
            let entry = entry(now, code, "sign-out", "person", code);
            Ok(app.store()?.end_session(&session.secret, code, &entry).await?)
        }
        None => Ok(false),
    }
}

/// Signs all other browsers of one's own out.
pub async fn end_other_sessions(app: &App, caller: &Caller, now: Timestamp) -> Result<(), AppError> {
    let code = caller.actor.person().ok_or(AppError::SignedOut)?;
    app.store()?.end_sessions(code, &caller.session, &entry(now, code, "sign-out", "person", code)).await?;
    Ok(())
}

/// The tokens of a person.
pub async fn tokens(app: &App, by: &Actor) -> Result<Vec<Token>, AppError> {
    let code = by.person().ok_or(AppError::SignedOut)?;
    Ok(app.store()?.tokens_of(code).await?)
}

/// Makes a token, shown once. A token cannot make another one.
pub async fn add_token(
    app: &App,
    by: &Actor,
    name: &str,
    scopes: &[Scope],
    days: i64,
    now: Timestamp,
) -> Result<Option<String>, AppError> {
    let Actor::Person { code, scopes: None } = by else { return Err(AppError::SignedOut) };
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(100).collect();
    let held = app.store()?.tokens_of(code).await?;
    if name.is_empty() || scopes.is_empty() || held.iter().filter(|t| !t.is_revoked()).count() >= MOST_TOKENS {
        return Ok(None);
    }
    let days = days.clamp(1, LONGEST_TOKEN_DAYS);
    let token = PersonalToken { id: hex(&random::<6>()?), secret: Secret::new(random()?) };
    let ends_at = now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(now);
    let codes: Vec<&str> = scopes.iter().map(|s| s.as_str()).collect();
    let entry = entry(now, code, "add-token", "token", &token.id);
    let print = token.secret.fingerprint();
    app.store()?.add_token(&token.id, &print, code, &name, &codes.join(" "), ends_at, &entry).await?;
    Ok(token.text())
}

/// Takes one of one's own tokens back.
pub async fn revoke_token(app: &App, by: &Actor, id: &str, now: Timestamp) -> Result<bool, AppError> {
    let code = by.person().ok_or(AppError::SignedOut)?;
    Ok(app.store()?.revoke_token(id, code, &entry(now, code, "revoke-token", "token", id)).await?)
}
