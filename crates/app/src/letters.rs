//! Notices that become letters: at once, once a day, or never, as each person likes.
//!
//! One server at a time sends: it takes the job `letters` for a short time and holds it from letter to letter, so a
//! server that dies is soon followed by another. A notice is marked as soon as its letter is handed over; only a server
//! that dies between the two sends a letter twice.
//! A daily letter needs no job of its own: at a person's turn it holds what happened before the latest digest hour, so
//! there is one a day, whichever server sends it, and one that could not be sent at the hour is sent when it can be.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use model::value::Lang;
use post::{Again, Letter, PATIENCE, PostError};
use store::{Notice, Person};

use crate::{
    App,
    error::AppError,
    mail::{Mail, lang_of, log},
    people::{self, Names, Profile},
};

const JOB: &str = "letters";
/// How long the job is held without a sign of life: longer than one letter may take.
const HELD: SignedDuration = SignedDuration::from_secs(2 * PATIENCE.as_secs() as i64 + 30);
/// When the job is due again after a run that went well.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);
/// The first wait after a failure, and the longest; each is twice the one before.
const FIRST_WAIT_SECONDS: i64 = 30;
const LONGEST_WAIT_SECONDS: i64 = 60 * 60;
/// What happened longer ago than this is no news: mail was off, or nothing could be delivered for so long.
const NEWS: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Notices that one letter tells; the page has the rest.
const MOST_LINES: usize = 40;
/// Notices that are read at once.
const AT_ONCE: u32 = 1000;

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Letters that were handed over.
    pub letters: usize,
    /// Notices in them.
    pub notices: usize,
    /// Notices that need no letter: seen already, not wanted, too old, or of somebody who cannot sign in.
    pub unneeded: usize,
    /// Persons whose letter was refused for good; each has an entry in the audit.
    pub refused: usize,
    /// Persons whose letter is tried again later.
    pub later: usize,
}

/// Sends what is due. Does nothing when another server does it, or when it was put off after a failure.
///
/// # Errors
/// Of the register only; what a mail server says is in the answer, the log and the audit.
pub async fn send_letters(app: &App, mail: &Mail, now: Timestamp) -> Result<Sent, AppError> {
    let store = app.store()?;
    let begun = tokio::time::Instant::now();
    let mut until = after(now, HELD);
    // What was put off says in its outcome how often.
    let failed_before = store.job(JOB).await?.map_or(0, |(_, outcome)| outcome.parse().unwrap_or(0));
    if !store.take_job(JOB, now, until).await? {
        return Ok(Sent::default());
    }
    let mut sent = Sent::default();
    let mut is_broken = false;
    for (code, notices) in waiting(app).await? {
        match to_person(app, mail, &code, notices, &mut sent, now).await? {
            Outcome::Nothing => continue,
            Outcome::Done => {}
            Outcome::ServerFails => {
                is_broken = true;
                break;
            }
        }
        let later = after(after(now, elapsed(begun)), HELD);
        if !store.hold_job(JOB, until, later).await? {
            // We were too slow, and another server goes on.
            return Ok(sent);
        }
        until = later;
    }
    let n_failed = if is_broken { failed_before + 1 } else { 0 };
    let due = if is_broken { after(now, wait(n_failed)) } else { after(now, PAUSE) };
    store.finish_job(JOB, now, due, &n_failed.to_string()).await?;
    Ok(sent)
}

/// Notices that wait, by person.
async fn waiting(app: &App) -> Result<BTreeMap<String, Vec<Notice>>, AppError> {
    let mut by_person: BTreeMap<String, Vec<Notice>> = BTreeMap::new();
    let mut last = 0;
    loop {
        let some = app.store()?.unmailed(last, AT_ONCE).await?;
        let Some(latest) = some.last() else { return Ok(by_person) };
        last = latest.id;
        for notice in some {
            by_person.entry(notice.person.clone()).or_default().push(notice);
        }
    }
}

enum Outcome {
    /// No letter was due.
    Nothing,
    /// The server was asked, and answered for this letter.
    Done,
    /// The server cannot be used now by anybody.
    ServerFails,
}

async fn to_person(
    app: &App,
    mail: &Mail,
    code: &str,
    notices: Vec<Notice>,
    sent: &mut Sent,
    now: Timestamp,
) -> Result<Outcome, AppError> {
    let store = app.store()?;
    let person = store.person(code).await?.filter(|p| p.state == "active" && !p.email.is_empty());
    let likes = person.as_ref().and_then(|p| Profile::of(p).letters).unwrap_or_else(|| "immediate".to_owned());
    let wants = person.is_some() && likes != "never";
    let oldest = after(now, -NEWS);
    let (due, unneeded): (Vec<Notice>, Vec<Notice>) =
        notices.into_iter().partition(|n| wants && !n.is_read() && n.at() >= oldest);
    if !unneeded.is_empty() {
        sent.unneeded += unneeded.len();
        store.mailed(&ids(&unneeded), now, None).await?;
    }
    let upto = if likes == "daily" { latest_hour(now, mail.digest_hour) } else { now };
    let due: Vec<Notice> = due.into_iter().filter(|n| n.at() <= upto).collect();
    let Some(person) = person.filter(|_| !due.is_empty()) else { return Ok(Outcome::Nothing) };

    // Somebody whose mailbox is full is asked less and less often, and holds nobody else up.
    let own_job = format!("{JOB} {code}");
    let put_off = store.job(&own_job).await?;
    if put_off.as_ref().is_some_and(|(at, _)| *at > now) {
        sent.later += 1;
        return Ok(Outcome::Nothing);
    }
    let names = people::names(app).await?;
    let done = mail.postbox.send(&letter(mail, &person, &likes, &due, &names)).await;
    let Err(error) = done else {
        store.mailed(&ids(&due), now, None).await?;
        if put_off.is_some() {
            store.put_off_job(&own_job, now, "0").await?;
        }
        (sent.letters, sent.notices) = (sent.letters + 1, sent.notices + due.len());
        return Ok(Outcome::Done);
    };
    let detail = log(&error);
    if error.again() == Again::Never {
        let entry = store::Entry { detail, ..people::entry(now, "", "letter-refused", "person", code) };
        store.mailed(&ids(&due), now, Some(&entry)).await?;
        sent.refused += 1;
        return Ok(Outcome::Done);
    }
    let n_failed = put_off.map_or(0, |(_, outcome)| outcome.parse().unwrap_or(0)) + 1;
    store.put_off_job(&own_job, after(now, wait(n_failed)), &n_failed.to_string()).await?;
    sent.later += 1;
    // A server that is busy for one may have room for another.
    Ok(if matches!(error, PostError::Busy(_)) { Outcome::Done } else { Outcome::ServerFails })
}

fn ids(notices: &[Notice]) -> Vec<i64> {
    notices.iter().map(|n| n.id).collect()
}

fn after(at: Timestamp, time: SignedDuration) -> Timestamp {
    at.checked_add(time).unwrap_or(at)
}

fn elapsed(begun: tokio::time::Instant) -> SignedDuration {
    SignedDuration::try_from(begun.elapsed()).unwrap_or(SignedDuration::ZERO)
}

/// How long to wait after so many failures in a row.
fn wait(n_failed: u32) -> SignedDuration {
    let doublings = n_failed.saturating_sub(1).min(20);
    SignedDuration::from_secs((FIRST_WAIT_SECONDS << doublings).min(LONGEST_WAIT_SECONDS))
}

/// The latest instant up to now at which an hour of the day began, in UTC.
fn latest_hour(now: Timestamp, hour: i8) -> Timestamp {
    let today = now.to_zoned(TimeZone::UTC).date();
    let at = |day: jiff::civil::Date| day.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).map(|z| z.timestamp()).ok();
    let days = [Some(today), today.yesterday().ok()];
    days.into_iter().flatten().filter_map(at).find(|at| *at <= now).unwrap_or(now)
}

/// The letter that tells a person what happened, newest last.
fn letter(mail: &Mail, person: &Person, likes: &str, notices: &[Notice], names: &Names) -> Letter {
    let lang = lang_of(&Profile::of(person));
    let say = |key| locale::say(lang, key);
    let hello = locale::say_with(lang, "people-letter-hello", &[("name", person.name.as_str().into())]);
    let mut text = format!("{hello}\n");
    let n_left = notices.len().saturating_sub(MOST_LINES);
    if n_left > 0 {
        let left = locale::say_with(lang, "people-letter-more", &[("n", n_left.into())]);
        text.push_str(&format!("\n{left}\n{}/\n", mail.site));
    }
    for notice in &notices[n_left..] {
        let sentence = sentence(lang, notice, names);
        text.push_str(&format!("\n{sentence}\n{}{}\n", mail.site, address(&notice.link)));
    }
    text.push_str(&format!("\n{}\n{}/account\n", say("people-letter-why"), mail.site));
    let subject = match notices {
        [one] if likes != "daily" => sentence(lang, one, names),
        many => locale::say_with(lang, "people-letter-subject", &[("n", many.len().into())]),
    };
    Letter { to: person.email.clone(), subject, text }
}

/// What happened, in one line. Persons are named; nothing else about them is told.
fn sentence(lang: Lang, notice: &Notice, names: &Names) -> String {
    let args: BTreeMap<String, String> = serde_json::from_str(&notice.args).unwrap_or_default();
    let get = |name: &str| args.get(name).map(String::as_str).unwrap_or_default();
    let who = match names.of(get("who")) {
        Some(name) => name.to_owned(),
        None if names.is_person(get("who")) => locale::say(lang, "people-erased"),
        None => get("who").to_owned(),
    };
    let args = [("number", get("number").into()), ("title", get("title").into()), ("who", who.into())];
    let text = locale::say_with(lang, &format!("people-notice-{}", notice.what), &args);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address of ours as it can stand in a line of text.
fn address(link: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~#?=&%:@!$'()*+,;".contains(&b);
    link.bytes().map(|b| if is_plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_digest_hour() {
        let check = |now: &str, hour, expected: &str| {
            let now: Timestamp = now.parse().expect("an instant");
            assert_eq!(latest_hour(now, hour).to_string(), expected, "{now} {hour}");
        };
        check("2026-03-01T06:00:00Z", 6, "2026-03-01T06:00:00Z");
        check("2026-03-01T05:59:59Z", 6, "2026-02-28T06:00:00Z");
        check("2026-03-01T23:00:00Z", 0, "2026-03-01T00:00:00Z");
        check("2026-03-01T22:00:00Z", 23, "2026-02-28T23:00:00Z");
    }

    #[test]
    fn waits_double_up_to_an_hour() {
        let seconds: Vec<i64> = [1, 2, 3, 7, 8, 40].into_iter().map(|n| wait(n).as_secs()).collect();
        assert_eq!(seconds, [30, 60, 120, 1920, 3600, 3600]);
    }

    #[test]
    fn an_address_is_one_word() {
        assert_eq!(address("/records/place/a b\n#remark-1"), "/records/place/a%20b%0A#remark-1");
        assert_eq!(address("/proposals/1"), "/proposals/1");
        assert_eq!(address("/records/place/王"), "/records/place/%E7%8E%8B");
    }
}
