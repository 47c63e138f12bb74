//! Mail: where it is handed over, and the letters that carry a one-time link.
//!
//! A link is a secret that is kept nowhere, so its letter cannot be tried again later; whoever asked for it is told
//! that it did not leave, and an administrator still sees the link itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use model::value::Lang;
use post::{Letter, PATIENCE, PostError, Postbox};
use store::Person;

use crate::{
    App,
    error::AppError,
    people::{self, Profile},
};

/// Somebody who waits for a page waits at most this long for the mail server.
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// Letters with a new password that one account gets in an hour at most, however often they are asked for.
const MOST_FORGOTTEN: u32 = 3;

/// What the administrator says about mail.
#[derive(Clone)]
pub struct MailSettings {
    /// The mail server: `smtps://user:password@host:port`, see [`post::Settings::address`].
    pub server: String,
    /// Who letters come from: `Ekistics <plans@example.org>`.
    pub from: String,
    /// Certificate (PEM) of an authority that is not a public one.
    pub authority_pem: Option<String>,
    /// The address under which people reach the pages: `https://plans.example.org`. Links in letters begin with it, so
    /// it is never taken from a request, in which anybody may write anything.
    pub site: String,
    /// Hour of the day, in UTC, at which the daily letter is sent: 0 to 23.
    pub digest_hour: i8,
}

/// Mail as it is used: where letters are handed over, and what stands in all of them.
#[derive(Clone, Debug)]
pub struct Mail {
    pub(crate) postbox: Postbox,
    pub(crate) site: String,
    pub(crate) digest_hour: i8,
}

impl Mail {
    /// Understands the settings; asks nobody.
    ///
    /// # Errors
    /// [`AppError::Mail`] with what is wrong, without the password.
    pub fn open(settings: &MailSettings) -> Result<Self, AppError> {
        let site = settings.site.trim_end_matches('/');
        if !site.starts_with("https://") && !site.starts_with("http://") || site.contains(char::is_whitespace) {
            return Err(AppError::Mail(format!("the address of the pages, `{site}`, is none")));
        }
        if !(0..24).contains(&settings.digest_hour) {
            return Err(AppError::Mail(format!("{} is no hour of a day", settings.digest_hour)));
        }
        let postbox = Postbox::open(&post::Settings {
            address: settings.server.clone(),
            from: settings.from.clone(),
            authority_pem: settings.authority_pem.clone(),
            patience: PATIENCE,
        });
        let postbox = postbox.map_err(|e| AppError::Mail(e.to_string()))?;
        Ok(Mail { postbox, site: site.to_owned(), digest_hour: settings.digest_hour })
    }

    /// The address of a one-time link.
    pub fn link(&self, secret: &str) -> String {
        format!("{}/enter/{secret}", self.site)
    }
}

/// The language in which somebody gets letters.
pub(crate) fn lang_of(profile: &Profile) -> Lang {
    profile.lang.as_deref().and_then(Lang::parse).filter(|l| Lang::INTERFACE.contains(l)).unwrap_or(Lang::En)
}

/// Sends a person the link that was just made for him or her; whether it left. It is recorded when it did not.
pub async fn send_link(app: &App, mail: &Mail, code: &str, secret: &str, now: Timestamp) -> Result<bool, AppError> {
    let store = app.store()?;
    let Some(person) = store.person(code).await? else { return Ok(false) };
    let purpose = if person.state == "invited" { "invitation" } else { "reset" };
    match hand_over(mail, &person, purpose, secret).await {
        Ok(()) => Ok(true),
        Err(error) => {
            let detail = log(&error);
            store.audit(&store::Entry { detail, ..people::entry(now, "", "letter-not-sent", "person", code) }).await?;
            Ok(false)
        }
    }
}

async fn hand_over(mail: &Mail, person: &Person, purpose: &str, secret: &str) -> Result<(), PostError> {
    let lang = lang_of(&Profile::of(person));
    let hello = locale::say_with(lang, "people-letter-hello", &[("name", person.name.as_str().into())]);
    let what = locale::say(lang, &format!("people-letter-{purpose}"));
    let note = locale::say(lang, &format!("people-letter-{purpose}-note"));
    let letter = Letter {
        to: person.email.clone(),
        subject: locale::say(lang, &format!("people-letter-{purpose}-subject")),
        text: format!("{hello}\n\n{what}\n{}\n\n{note}\n", mail.link(secret)),
    };
    match tokio::time::timeout(LONGEST_WAIT, mail.postbox.send(&letter)).await {
        Ok(done) => done,
        Err(_) => Err(PostError::Unreachable(format!("no answer in {} seconds", LONGEST_WAIT.as_secs()))),
    }
}

/// Logs why a letter did not leave, and says it in a word that names nobody. What a server says about a recipient names
/// the recipient, so it is not repeated.
pub(crate) fn log(error: &PostError) -> &'static str {
    match error {
        PostError::Recipient(_) => "no address of mail",
        PostError::Refused(_) => {
            tracing::warn!("the mail server refuses a letter");
            "refused by the mail server"
        }
        PostError::Busy(_) => {
            tracing::info!("the mail server refuses a letter for now");
            "put off by the mail server"
        }
        error => {
            tracing::warn!(%error, "letters cannot be sent");
            "the mail server cannot be used"
        }
    }
}

/// Sends a link for a new password to somebody who asks for it at the sign-in page, if there is such a person; the
/// answer is the same and comes as fast when there is none. `Some` says how many seconds this network has to wait.
///
/// The letter is made and sent after the answer; one that does not leave is only recorded. Somebody who signs in at an
/// identity provider and has no password gets none.
pub async fn forgot_password(
    app: &App,
    mail: &Mail,
    typed: &str,
    address: Option<std::net::IpAddr>,
    now: Timestamp,
) -> Result<Option<u64>, AppError> {
    let asked = people::asked_before(app, "forgotten", typed, address, now).await?;
    let n_before = match asked {
        people::Asked::Wait(seconds) => return Ok(Some(seconds)),
        people::Asked::Before(n) => n,
    };
    let (app, mail, typed) = (app.clone(), mail.clone(), typed.to_owned());
    tokio::spawn(async move {
        if let Err(error) = send_forgotten(&app, &mail, &typed, n_before, now).await {
            tracing::warn!(%error, "a letter with a new password was not made");
        }
    });
    Ok(None)
}

async fn send_forgotten(app: &App, mail: &Mail, typed: &str, n_before: u32, now: Timestamp) -> Result<(), AppError> {
    let store = app.store()?;
    let person = match people::email_of(typed) {
        Some(email) => store.person_by_email(&email).await?.filter(|p| p.state == "active"),
        None => None,
    };
    let person = person.filter(|p| {
        let profile = Profile::of(p);
        profile.password.is_some() || profile.elsewhere.is_none()
    });
    let Some(person) = person.filter(|_| n_before < MOST_FORGOTTEN) else {
        return Ok(store.audit(&people::entry(now, "", "forgotten-password-refused", "", "")).await?);
    };
    let entry = people::entry(now, "", "forgotten-password", "person", &person.code);
    let secret = people::new_link(app, "reset", &person.code, now, SignedDuration::from_hours(1), &entry).await?;
    send_link(app, mail, &person.code, &secret, now).await?;
    Ok(())
}
