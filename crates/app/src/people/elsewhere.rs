//! Persons who sign in at an identity provider of their organisation. The provider is believed in who somebody is; what
//! somebody may do is decided here as ever.
//!
//! A person is known by issuer and subject. Only the first time is somebody found by the e-mail address, and only by one
//! that the provider has verified. Whoever signs in there is not asked for a second factor here: that is the provider's.

use identity::token::Secret;
use jiff::{SignedDuration, Timestamp};
use store::Person;

use super::{Profile, Taken, email_of, entry, new_code, random};
use crate::{App, error::AppError};

/// How long a sign-in elsewhere may take.
pub const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// Names at most this long, in characters.
const LONGEST_NAME: usize = 100;

/// Who somebody is by the word of a provider that was asked.
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere<'a> {
    /// The provider.
    pub issuer: &'a str,
    /// The person's lasting name there.
    pub subject: &'a str,
    /// Address of mail, when the provider says one.
    pub email: Option<&'a str>,
    /// Whether the provider knows the address to be the person's.
    pub email_verified: bool,
    /// Name for display.
    pub name: Option<&'a str>,
}

/// Keeps what belongs to a sign-in that begins elsewhere; the secret for the browser that is sent there. Any of several
/// servers can take the browser back.
pub async fn begin_elsewhere(app: &App, body: &str, now: Timestamp) -> Result<String, AppError> {
    let secret = Secret::new(random()?);
    let ends = now.checked_add(PATIENCE).unwrap_or(now);
    app.store()?.add_pending(&secret.fingerprint(), body, now, ends).await?;
    Ok(secret.text())
}

/// What was kept for the browser that comes back, once; `None` when it came too late, twice, or never went from here.
pub async fn back_from_elsewhere(app: &App, secret: &str, now: Timestamp) -> Result<Option<String>, AppError> {
    let Some(secret) = Secret::read(secret) else { return Ok(None) };
    Ok(app.store()?.take_pending(&secret.fingerprint(), now).await?)
}

/// The code of the person who signed in elsewhere: known from before, or found by a verified address, or, with an address
/// of one of `new_from` (domains), made as a person without any role. Nobody is made before there is an administrator.
pub async fn person_elsewhere(
    app: &App,
    who: &Elsewhere<'_>,
    new_from: &[String],
    now: Timestamp,
) -> Result<Result<String, Taken>, AppError> {
    let found = find(app, who, new_from, now).await?;
    if let Err(Taken(why)) = &found {
        let entry = store::Entry { detail: why, ..entry(now, "", "sign-in-elsewhere-refused", "", "") };
        app.store()?.audit(&entry).await?;
    }
    Ok(found)
}

async fn find(
    app: &App,
    who: &Elsewhere<'_>,
    new_from: &[String],
    now: Timestamp,
) -> Result<Result<String, Taken>, AppError> {
    let store = app.store()?;
    let key = (who.issuer.to_owned(), who.subject.to_owned());
    let known = store.persons().await?.into_iter().find(|p| Profile::of(p).elsewhere.as_ref() == Some(&key));
    if let Some(person) = known {
        return Ok(if person.state == "active" { Ok(person.code) } else { Err(Taken("people-elsewhere-unknown")) });
    }
    let Some(email) = who.email.and_then(email_of) else { return Ok(Err(Taken("people-elsewhere-unknown"))) };
    if !who.email_verified {
        return Ok(Err(Taken("people-elsewhere-unverified")));
    }
    let person = match store.person_by_email(&email).await? {
        Some(person) => person,
        None => {
            let domain = email.split_once('@').map_or("", |(_, domain)| domain);
            let is_ours = new_from.iter().any(|d| d.eq_ignore_ascii_case(domain));
            if !is_ours || store.n_persons().await? == 0 {
                return Ok(Err(Taken("people-elsewhere-unknown")));
            }
            Person {
                code: new_code()?,
                name: String::new(),
                email,
                state: "invited".to_owned(),
                body: "{}".to_owned(),
                created_at: now,
                version: 0,
            }
        }
    };
    let mut profile = Profile::of(&person);
    if profile.elsewhere.is_some() {
        // The address was given to somebody else there, or the provider was changed: an administrator has to look.
        return Ok(Err(Taken("people-elsewhere-another")));
    }
    let deed = match (person.state.as_str(), person.version) {
        ("invited", 0) => "join-elsewhere-new",
        ("invited", _) => "join-elsewhere",
        ("active", _) => "bind-elsewhere",
        _ => return Ok(Err(Taken("people-elsewhere-unknown"))),
    };
    profile.elsewhere = Some(key);
    let mut person = Person { state: "active".to_owned(), body: profile.into_body(), ..person };
    if person.name.is_empty() {
        let name = who.name.unwrap_or_default().trim();
        let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        // A person without a name would look erased.
        person.name = if name.is_empty() { person.email.clone() } else { name };
    }
    let code = person.code.clone();
    if !store.save_person(&person, &entry(now, &code, deed, "person", &code)).await? {
        return Ok(Err(Taken("people-again")));
    }
    // An invitation that was not used would set a password for somebody who is here already.
    store.end_links(&code).await?;
    app.forget_names();
    Ok(Ok(code))
}
