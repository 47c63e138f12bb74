//! What people tell each other, and who is told.

use jiff::Timestamp;
use model::Records;
use register::{
    access::{Actor, Deed, Subject, decide},
    lane::Step,
};
use serde_json::json;
use store::{Proposed, Remark};

use super::submit::day;
use crate::{App, error::AppError, people};

/// Remarks are at most this long, in characters.
const LONGEST: usize = 4_000;
/// The name of what is remarked on at most this long, in bytes.
const LONGEST_NAME: usize = 1_000;

/// A remark as it is shown.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its number.
    pub id: i64,
    /// On which kind of record; empty for a proposal as a whole.
    pub kind: String,
    /// On which record.
    pub record: String,
    /// On which field; empty for the whole record.
    pub field: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub body: String,
    /// Whether what it asks for was done.
    pub is_settled: bool,
}

impl Said {
    pub(super) fn of(r: Remark) -> Self {
        let (at, is_settled) = (r.at(), r.is_settled());
        let Remark { id, kind, record, field, author, body, .. } = r;
        Said { id, kind, record, field, author, at, body, is_settled }
    }
}

/// Says something about a proposal (with its number), a record, a field of it, or a figure (kind `figure`). Persons who
/// are named with `@` and their name are told, and so is the author of the proposal.
#[expect(clippy::too_many_arguments, reason = "a remark is about a field of a record of a kind in a proposal")]
pub async fn remark(
    app: &App,
    by: &Actor,
    number: Option<i64>,
    kind: &str,
    record: &str,
    field: &str,
    body: &str,
    now: Timestamp,
) -> Result<Option<i64>, AppError> {
    people::require(app, by, Deed::ReadInternal, &Subject::Anywhere, now).await?;
    if kind.len() + record.len() + field.len() > LONGEST_NAME {
        return Err(AppError::TooLong);
    }
    let body: String = body.trim().chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST).collect();
    if body.is_empty() {
        return Ok(None);
    }
    let store = app.store()?;
    let of = match number {
        None => None,
        Some(number) => {
            let p = store.proposal(number).await?.ok_or(AppError::Unknown)?;
            super::show::may_see(app, by, &p, now).await?;
            Some(p)
        }
    };
    let names = people::names(app).await?;
    let mut told: Vec<&str> = names
        .all()
        .filter(|(_, name)| !name.is_empty() && body.contains(&format!("@{name}")))
        .map(|(code, _)| code)
        .collect();
    told.sort_unstable();
    let new = Remark {
        proposal: number,
        kind: kind.to_owned(),
        record: record.to_owned(),
        field: field.to_owned(),
        author: by.author().to_owned(),
        mentions: told.join(" "),
        body,
        ..Remark::default()
    };
    let id = store.add_remark(&new, now).await?;
    let author = of.as_ref().map(|p| p.case.author.as_str()).filter(|a| *a != by.author());
    let link = match number {
        Some(number) => format!("/proposals/{number}#remark-{id}"),
        None if kind == "figure" => format!("/figures/{record}#remark-{id}"),
        None => format!("/records/{kind}/{record}#remark-{id}"),
    };
    let args = args(number.unwrap_or(0), of.as_ref().map_or(record, |p| &p.title), by.author());
    let mut notices: Vec<(String, &str, String, String)> = told
        .iter()
        .filter(|code| **code != by.author())
        .map(|code| ((*code).to_owned(), "mentioned", link.clone(), args.clone()))
        .collect();
    if let Some(author) = author.filter(|a| !told.contains(a) && names.is_person(a)) {
        notices.push((author.to_owned(), "remarked", link, args));
    }
    store.notify(now, &notices).await?;
    Ok(Some(id))
}

/// Remarks on a record, oldest first. For those who read what is internal.
pub async fn record_remarks(
    app: &App,
    by: &Actor,
    kind: &str,
    record: &str,
    now: Timestamp,
) -> Result<Vec<Said>, AppError> {
    people::require(app, by, Deed::ReadInternal, &Subject::Anywhere, now).await?;
    Ok(app.store()?.remarks_on(kind, record).await?.into_iter().map(Said::of).collect())
}

/// Remarks on a figure.
pub async fn figure_remarks(app: &App, by: &Actor, key: &str, now: Timestamp) -> Result<Vec<Said>, AppError> {
    record_remarks(app, by, "figure", key, now).await
}

fn args(number: i64, title: &str, who: &str) -> String {
    json!({"number": number.to_string(), "title": title, "who": who}).to_string()
}

/// The persons who can decide in a step, without the author and without those who did already: those who have the role
/// in the step's unit, and where these are too few, in the nearest units above. So a headquarters' reviewer is not asked
/// for every country's figures, and nothing waits for ever where a small office has no reviewer.
pub(super) fn who_can(records: &Records, p: &Proposed, step: &Step, now: Timestamp) -> Vec<String> {
    let on = day(now);
    let mut codes: Vec<&str> = records.grants.iter().map(|g| g.person.0.as_str()).collect();
    codes.extend(records.deputies.iter().map(|d| d.deputy.0.as_str()));
    codes.sort_unstable();
    codes.dedup();
    let subject = step.subject();
    let mut found: Vec<(usize, &str)> = codes
        .into_iter()
        .filter(|code| *code != p.case.author && !p.case.has_decided(code, None))
        .filter_map(|code| {
            let actor = Actor::Person { code: code.to_owned(), scopes: None };
            let decision = decide(records, &actor, Deed::Agree(step.role()), &subject, on);
            let for_others = decision.allowed && decision.on_behalf().any(|name| name != p.case.author);
            for_others.then(|| Some((decision.nearest(records, &subject)?, code)))?
        })
        .collect();
    found.sort_unstable();
    let needed = step.n_persons as usize;
    let farthest = found.get(needed.max(1) - 1).or(found.last()).map_or(0, |(distance, _)| *distance);
    found.into_iter().filter(|(distance, _)| *distance <= farthest).map(|(_, code)| code.to_owned()).collect()
}

pub(super) async fn tell_those_who_can_agree(
    app: &App,
    records: &Records,
    p: &Proposed,
    now: Timestamp,
) -> Result<(), AppError> {
    let mut told: Vec<String> = p.case.open_steps().flat_map(|s| who_can(records, p, s, now)).collect();
    told.sort_unstable();
    told.dedup();
    let link = format!("/proposals/{}", p.number);
    let args = args(p.number, &p.title, &p.case.author);
    let notices: Vec<_> = told.into_iter().map(|code| (code, "to-review", link.clone(), args.clone())).collect();
    Ok(app.store()?.notify(now, &notices).await?)
}

pub(super) async fn tell_author(
    app: &App,
    p: &Proposed,
    what: &'static str,
    by: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    let names = people::names(app).await?;
    if !names.is_person(&p.case.author) || p.case.author == by {
        return Ok(());
    }
    let link = format!("/proposals/{}", p.number);
    let notice = (p.case.author.clone(), what, link, args(p.number, &p.title, by));
    Ok(app.store()?.notify(now, &[notice]).await?)
}
