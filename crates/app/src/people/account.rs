//! Accounts: the first administrator, invitations, passwords, the second factor, blocking and erasing.

use identity::{password, recovery, token::Secret, totp};
use jiff::{SignedDuration, Timestamp};
use model::{kinds::Role, value::Lang};
use register::access::{Actor, Deed, Subject};
use store::{Entry, Person};
use tokio::sync::Semaphore;

use super::{Profile, email_of, entry, give_role, new_code, random, require, sign_in};
use crate::{App, error::AppError};

/// A link to set up or to reset is good for a day, an invitation for a week.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
const A_WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Names at most this long, in bytes.
const LONGEST_NAME: usize = 200;
/// Passwords that are hashed at once, at most: each takes 19 MiB, and a flood of sign-ins must not take the machine.
const MOST_HASHES: usize = 4;
static HASHING: Semaphore = Semaphore::const_new(MOST_HASHES);

/// A person's account as its owner and administrators see it.
#[derive(Clone, Debug)]
pub struct Account {
    /// The person.
    pub code: String,
    /// Name; empty once erased.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// `invited`, `active`, `blocked` or `erased`.
    pub state: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Whether a second factor is needed.
    pub has_two_factor: bool,
    /// Recovery codes that are left.
    pub n_recovery: usize,
    /// Whether there is a password.
    pub has_password: bool,
    /// What the person likes.
    pub preferences: Preferences,
}

/// What a person likes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Language of letters.
    pub lang: Option<Lang>,
    /// `immediate`, `daily` or `never`.
    pub letters: String,
}

impl Account {
    pub(crate) fn of(person: &Person) -> Self {
        let profile = Profile::of(person);
        Account {
            code: person.code.clone(),
            name: person.name.clone(),
            email: person.email.clone(),
            state: person.state.clone(),
            created_at: person.created_at,
            has_two_factor: profile.totp.is_some(),
            n_recovery: profile.recovery.len(),
            has_password: profile.password.is_some(),
            preferences: Preferences {
                lang: profile.lang.as_deref().and_then(Lang::parse),
                letters: profile.letters.unwrap_or_else(|| "immediate".to_owned()),
            },
        }
    }
}

/// Why something about an account was not done; the text is a message key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken(pub &'static str);

/// A person who came in by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The person's code.
    pub code: String,
}

/// A second factor that was begun: shown once.
#[derive(Clone, Debug)]
pub struct TwoFactor {
    /// For typing.
    pub readable: String,
    /// For the telephone: `otpauth://…`.
    pub address: String,
    /// The same as the path of a picture, with its side in modules.
    pub picture: (String, usize),
}

/// How many notices a person has not seen.
pub async fn n_unread(app: &App, code: &str) -> Result<u64, AppError> {
    Ok(app.store()?.n_unread(code).await?)
}

/// Says that somebody has seen all notices up to one.
pub async fn read_notices(app: &App, by: &Actor, upto: i64, now: Timestamp) -> Result<(), AppError> {
    let code = by.person().ok_or(AppError::SignedOut)?;
    Ok(app.store()?.read_notices(code, upto, now).await?)
}

/// The account of somebody who has just proved who he or she is.
pub async fn own_account(app: &App, code: &str) -> Result<Option<Account>, AppError> {
    Ok(app.store()?.person(code).await?.as_ref().map(Account::of))
}

/// Whether there is a person who can sign in.
pub async fn any(app: &App) -> Result<bool, AppError> {
    match app.store() {
        Ok(store) => Ok(store.n_persons().await? > 0),
        Err(_) => Ok(false),
    }
}

/// The secret of the link that makes the first administrator; `None` once there is a person. An older link ends.
pub async fn setup_link(app: &App, now: Timestamp) -> Result<Option<String>, AppError> {
    let store = app.store()?;
    if store.n_persons().await? > 0 {
        return Ok(None);
    }
    new_link(app, "setup", "", now, A_DAY, &entry(now, "", "setup-link", "", "")).await.map(Some)
}

/// A new one-time link; its secret. An older one of the same purpose and person ends.
pub(crate) async fn new_link(
    app: &App,
    purpose: &str,
    person: &str,
    now: Timestamp,
    good_for: SignedDuration,
    entry: &Entry<'_>,
) -> Result<String, AppError> {
    let secret = Secret::new(random()?);
    let ends = now.checked_add(good_for).unwrap_or(now);
    app.store()?.add_link(&secret.fingerprint(), purpose, person, ends, entry).await?;
    Ok(secret.text())
}

/// What a link is for, and the name and address of the person it is for; `None` when it is not good (any more).
pub async fn waiting_link(
    app: &App,
    secret: &str,
    now: Timestamp,
) -> Result<Option<(String, String, String)>, AppError> {
    let Some(secret) = Secret::read(secret) else { return Ok(None) };
    let store = app.store()?;
    let Some(link) = store.link(&secret.fingerprint()).await?.filter(|l| l.is_good(now)) else { return Ok(None) };
    let person = store.person(&link.person).await?;
    let (name, email) = person.map(|p| (p.name, p.email)).unwrap_or_default();
    Ok(Some((link.purpose, name, email)))
}

/// Uses a link: makes the first administrator, takes up an invitation, or sets a new password. The first administrator
/// also gets the role of a planner, so that somebody can begin; both are grants like others.
pub async fn enter_by_link(
    app: &App,
    secret: &str,
    name: &str,
    email: &str,
    new_password: &str,
    now: Timestamp,
) -> Result<Result<Entered, Taken>, AppError> {
    let store = app.store()?;
    let Some(secret) = Secret::read(secret).map(|s| s.fingerprint()) else { return Ok(Err(Taken("people-link-bad"))) };
    let Some(link) = store.link(&secret).await?.filter(|l| l.is_good(now)) else {
        return Ok(Err(Taken("people-link-bad")));
    };
    let held = if link.person.is_empty() { None } else { store.person(&link.person).await? };
    let mut person = match held {
        Some(person) if person.state == "erased" || person.state == "blocked" => {
            return Ok(Err(Taken("people-link-bad")));
        }
        Some(person) => person,
        None if link.purpose == "setup" && store.n_persons().await? == 0 => Person {
            code: new_code()?,
            name: String::new(),
            email: String::new(),
            state: "invited".to_owned(),
            body: "{}".to_owned(),
            created_at: now,
            version: 0,
        },
        None => return Ok(Err(Taken("people-link-bad"))),
    };
    if link.purpose != "reset" {
        let name = name.trim();
        if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(is_of_a_name) {
            return Ok(Err(Taken("people-name-bad")));
        }
        person.name = name.to_owned();
        if person.email.is_empty() {
            let Some(email) = email_of(email) else { return Ok(Err(Taken("people-email-bad"))) };
            person.email = email;
        }
    }
    if let Err(weakness) = judged(new_password, &person) {
        return Ok(Err(weakness));
    }
    let mut profile = Profile::of(&person);
    profile.password = Some(hashed(new_password.to_owned()).await?);
    if link.purpose == "reset" {
        profile.devices.clear();
    }
    person.body = profile.into_body();
    person.state = "active".to_owned();
    if !store.use_link(&secret, now).await? {
        return Ok(Err(Taken("people-link-bad")));
    }
    let code = person.code.clone();
    let deed = match link.purpose.as_str() {
        "setup" => "first-administrator",
        "reset" => "new-password",
        _ => "join",
    };
    if !store.save_person(&person, &entry(now, &code, deed, "person", &code)).await? {
        return Ok(Err(Taken("people-email-taken")));
    }
    if link.purpose == "reset" {
        // Whoever was signed in with the old password is signed out.
        store.end_sessions(&code, &[], &entry(now, &code, "sign-out", "person", &code)).await?;
    }
    if link.purpose == "setup" {
        let local = Actor::Local { name: code.clone() };
        for role in [Role::Administrator, Role::Planner] {
            give_role(app, &local, &code, role, None, "first administrator", now).await?;
        }
    }
    Ok(Ok(Entered { code }))
}

/// Whether a character may stand in a name: none that controls, and none that turns the direction of what stands around
/// it, with which a name could be made to look like another one.
fn is_of_a_name(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn judged(new_password: &str, person: &Person) -> Result<(), Taken> {
    let local = person.email.split('@').next().unwrap_or_default();
    password::judge(new_password, &[&person.name, &person.email, local]).map_err(|weakness| {
        Taken(match weakness {
            password::Weakness::TooShort => "people-password-short",
            password::Weakness::TooLong => "people-password-long",
            password::Weakness::Common => "people-password-common",
            _ => "people-password-own",
        })
    })
}

/// Hashing takes a processor for a while, so it is not done where others wait.
async fn hashed(new_password: String) -> Result<String, AppError> {
    let salt = random()?;
    let _turn = HASHING.acquire().await.map_err(|e| AppError::Internal(e.to_string()))?;
    tokio::task::spawn_blocking(move || password::hash(&new_password, salt))
        .await
        .map_err(|e| AppError::Internal(e.to_string()))?
        .map_err(|e| AppError::Internal(e.to_string()))
}

/// Whether a password is a person's.
pub(super) async fn verified(typed: String, phc: Option<String>) -> Result<bool, AppError> {
    // Somebody who is not there takes as long as somebody who is.
    let there = phc.is_some();
    let phc = phc.unwrap_or_else(|| password::decoy().to_owned());
    let _turn = HASHING.acquire().await.map_err(|e| AppError::Internal(e.to_string()))?;
    let same = tokio::task::spawn_blocking(move || password::verify(&typed, &phc))
        .await
        .map_err(|e| AppError::Internal(e.to_string()))?;
    Ok(there && same)
}

/// Invites a person: the secret of the link, and the person's code.
pub async fn invite(
    app: &App,
    by: &Actor,
    name: &str,
    email: &str,
    now: Timestamp,
) -> Result<Result<(String, String), Taken>, AppError> {
    require(app, by, Deed::Administer, &Subject::organisation(), now).await?;
    let Some(email) = email_of(email) else { return Ok(Err(Taken("people-email-bad"))) };
    let person = Person {
        code: new_code()?,
        name: name.trim().chars().filter(|c| is_of_a_name(*c)).take(LONGEST_NAME).collect(),
        email,
        state: "invited".to_owned(),
        body: "{}".to_owned(),
        created_at: now,
        version: 0,
    };
    let code = person.code.clone();
    let entry = entry(now, by.author(), "invite", "person", &code);
    if !app.store()?.save_person(&person, &entry).await? {
        return Ok(Err(Taken("people-email-taken")));
    }
    let secret = new_link(app, "invitation", &code, now, A_WEEK, &entry).await?;
    Ok(Ok((secret, code)))
}

/// A new link for a person: an invitation for somebody who has not come yet, else one to set a new password.
pub async fn reset_link(app: &App, by: &Actor, code: &str, now: Timestamp) -> Result<Option<String>, AppError> {
    require(app, by, Deed::Administer, &Subject::organisation(), now).await?;
    let Some(person) = app.store()?.person(code).await? else { return Ok(None) };
    let (purpose, good_for) = match person.state.as_str() {
        "invited" => ("invitation", A_WEEK),
        "active" => ("reset", A_DAY),
        _ => return Ok(None),
    };
    let entry = entry(now, by.author(), "reset-link", "person", code);
    new_link(app, purpose, code, now, good_for, &entry).await.map(Some)
}

/// Everybody, by name. For administrators.
pub async fn persons(app: &App, by: &Actor, now: Timestamp) -> Result<Vec<Account>, AppError> {
    require(app, by, Deed::Administer, &Subject::Anywhere, now).await?;
    Ok(app.store()?.persons().await?.iter().map(Account::of).collect())
}

/// One account: one's own, or any for an administrator, which is recorded.
pub async fn account(app: &App, by: &Actor, code: &str, now: Timestamp) -> Result<Option<Account>, AppError> {
    if by.person() != Some(code) {
        require(app, by, Deed::Administer, &Subject::Anywhere, now).await?;
        app.store()?.audit(&entry(now, by.author(), "read-personal", "person", code)).await?;
    }
    Ok(app.store()?.person(code).await?.as_ref().map(Account::of))
}

/// The own person with the profile, for somebody who signed in.
async fn own(app: &App, by: &Actor) -> Result<(Person, Profile), AppError> {
    let code = by.person().ok_or(AppError::SignedOut)?;
    let person = app.store()?.person(code).await?.filter(|p| p.state == "active").ok_or(AppError::SignedOut)?;
    let profile = Profile::of(&person);
    Ok((person, profile))
}

/// Asks a person who is signed in for the password once more. Whoever found an open browser cannot guess it there either:
/// failures are counted as those of a browser that is known.
async fn proved(app: &App, person: &Person, typed: &str, now: Timestamp) -> Result<Result<(), Taken>, AppError> {
    let counted = format!("own {}", person.code);
    if sign_in::must_wait(app, &counted, now).await? {
        return Ok(Err(Taken("people-password-wait")));
    }
    if verified(typed.to_owned(), Profile::of(person).password).await? {
        app.store()?.forgive(&counted).await?;
        return Ok(Ok(()));
    }
    sign_in::count_failure(app, &[counted], now).await?;
    Ok(Err(Taken("people-password-wrong")))
}

async fn keep(
    app: &App,
    person: Person,
    profile: Profile,
    deed: &'static str,
    now: Timestamp,
) -> Result<Result<(), Taken>, AppError> {
    let code = person.code.clone();
    let person = Person { body: profile.into_body(), ..person };
    let done = app.store()?.save_person(&person, &entry(now, &code, deed, "person", &code)).await?;
    Ok(if done { Ok(()) } else { Err(Taken("people-again")) })
}

/// Changes one's own password; the old one is asked for, and all other browsers are signed out.
pub async fn change_password(
    app: &App,
    by: &Actor,
    old: &str,
    new: &str,
    this_session: &[u8],
    now: Timestamp,
) -> Result<Result<(), Taken>, AppError> {
    let (person, mut profile) = own(app, by).await?;
    if let Err(taken) = proved(app, &person, old, now).await? {
        return Ok(Err(taken));
    }
    if let Err(weakness) = judged(new, &person) {
        return Ok(Err(weakness));
    }
    profile.password = Some(hashed(new.to_owned()).await?);
    profile.devices.clear();
    let code = person.code.clone();
    let done = keep(app, person, profile, "new-password", now).await?;
    if done.is_ok() {
        app.store()?.end_sessions(&code, this_session, &entry(now, &code, "sign-out", "person", &code)).await?;
    }
    Ok(done)
}

/// Begins a second factor: it counts once a code of it was given. The password is asked for, where there is one: whoever
/// found an open browser cannot put a factor of his own in the place of the owner's.
pub async fn begin_two_factor(
    app: &App,
    by: &Actor,
    typed: &str,
    now: Timestamp,
) -> Result<Result<TwoFactor, Taken>, AppError> {
    let (person, mut profile) = own(app, by).await?;
    if profile.password.is_some()
        && let Err(taken) = proved(app, &person, typed, now).await?
    {
        return Ok(Err(taken));
    }
    let bytes: [u8; 20] = random()?;
    let secret: totp::Secret = bytes;
    profile.totp_begun = Some(crate::open::hex(&bytes));
    let address = totp::address(&secret, "Ekistics", &person.email);
    let picture = identity::qr::draw(&address).map_err(|e| AppError::Internal(e.to_string()))?;
    let shown = TwoFactor { readable: totp::readable(&secret), address, picture: (picture.path, picture.side) };
    Ok(keep(app, person, profile, "begin-two-factor", now).await?.map(|()| shown))
}

/// The secret of a second factor from its hexadecimal text.
pub(super) fn totp_secret(hex: &str) -> Option<totp::Secret> {
    let bytes: Vec<u8> =
        (0..hex.len() / 2).map(|i| u8::from_str_radix(hex.get(2 * i..2 * i + 2)?, 16).ok()).collect::<Option<_>>()?;
    bytes.try_into().ok()
}

/// Ends the beginning of a second factor with a code of it; the recovery codes, shown once.
pub async fn confirm_two_factor(
    app: &App,
    by: &Actor,
    typed: &str,
    now: Timestamp,
) -> Result<Result<Vec<String>, Taken>, AppError> {
    let (person, mut profile) = own(app, by).await?;
    let begun = profile.totp_begun.take();
    let Some(secret) = begun.as_deref().and_then(totp_secret) else { return Ok(Err(Taken("people-code-wrong"))) };
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let Some(step) = totp::check(&secret, typed, seconds, None) else { return Ok(Err(Taken("people-code-wrong"))) };
    profile.totp = begun;
    profile.totp_step = Some(step);
    let codes = recovery::codes(&random()?);
    profile.recovery = fingerprints(&codes);
    Ok(keep(app, person, profile, "two-factor-on", now).await?.map(|()| codes))
}

fn fingerprints(codes: &[String]) -> Vec<String> {
    codes.iter().filter_map(|c| recovery::fingerprint(c)).map(|f| crate::open::hex(&f)).collect()
}

/// Makes new recovery codes, shown once; the old ones are void. The password is asked for.
pub async fn renew_recovery_codes(
    app: &App,
    by: &Actor,
    typed: &str,
    now: Timestamp,
) -> Result<Result<Vec<String>, Taken>, AppError> {
    let (person, mut profile) = own(app, by).await?;
    if let Err(taken) = proved(app, &person, typed, now).await? {
        return Ok(Err(taken));
    }
    let codes = recovery::codes(&random()?);
    profile.recovery = fingerprints(&codes);
    Ok(keep(app, person, profile, "new-recovery-codes", now).await?.map(|()| codes))
}

/// Takes the second factor away; the password is asked for.
pub async fn drop_two_factor(
    app: &App,
    by: &Actor,
    typed: &str,
    now: Timestamp,
) -> Result<Result<(), Taken>, AppError> {
    let (person, mut profile) = own(app, by).await?;
    if let Err(taken) = proved(app, &person, typed, now).await? {
        return Ok(Err(taken));
    }
    (profile.totp, profile.totp_begun, profile.totp_step) = (None, None, None);
    profile.recovery.clear();
    keep(app, person, profile, "two-factor-off", now).await
}

/// Writes down what a person likes.
pub async fn save_preferences(
    app: &App,
    by: &Actor,
    likes: &Preferences,
    now: Timestamp,
) -> Result<Result<(), Taken>, AppError> {
    let (person, mut profile) = own(app, by).await?;
    profile.lang = likes.lang.map(|l| l.code().to_owned());
    profile.letters = ["immediate", "daily", "never"].contains(&likes.letters.as_str()).then(|| likes.letters.clone());
    keep(app, person, profile, "preferences", now).await
}

/// Keeps a person out until further notice; open browsers are signed out, tokens no longer work.
pub async fn block_person(app: &App, by: &Actor, code: &str, now: Timestamp) -> Result<Result<(), Taken>, AppError> {
    set_state(app, by, code, ["active", "blocked"], now).await
}

/// Lets a person in again.
pub async fn unblock_person(app: &App, by: &Actor, code: &str, now: Timestamp) -> Result<Result<(), Taken>, AppError> {
    set_state(app, by, code, ["blocked", "active"], now).await
}

async fn set_state(
    app: &App,
    by: &Actor,
    code: &str,
    [from, to]: [&'static str; 2],
    now: Timestamp,
) -> Result<Result<(), Taken>, AppError> {
    require(app, by, Deed::Administer, &Subject::organisation(), now).await?;
    if by.person() == Some(code) {
        return Ok(Err(Taken("people-not-yourself")));
    }
    let store = app.store()?;
    let Some(person) = store.person(code).await?.filter(|p| p.state == from) else {
        return Ok(Err(Taken("people-again")));
    };
    let person = Person { state: to.to_owned(), ..person };
    let deed = if to == "blocked" { "block" } else { "unblock" };
    let done = store.save_person(&person, &entry(now, by.author(), deed, "person", code)).await?;
    if done && to == "blocked" {
        store.end_sessions(code, &[], &entry(now, by.author(), "sign-out", "person", code)).await?;
    }
    Ok(if done { Ok(()) } else { Err(Taken("people-again")) })
}

/// Forgets everything personal about a person, by the person's own wish or an administrator's. The code stays in the
/// log, and the log stays what it was.
pub async fn erase_person(app: &App, by: &Actor, code: &str, now: Timestamp) -> Result<Result<(), Taken>, AppError> {
    require(app, by, Deed::Administer, &Subject::organisation(), now).await?;
    if by.person() == Some(code) {
        return Ok(Err(Taken("people-not-yourself")));
    }
    let store = app.store()?;
    if store.person(code).await?.is_none_or(|p| p.state == "erased") {
        return Ok(Err(Taken("people-again")));
    }
    store.erase_person(code, &entry(now, by.author(), "erase", "person", code)).await?;
    app.forget_names();
    Ok(Ok(()))
}
