//! Changes that a program sends: records with the columns that they set, and observations. They take the door of an
//! imported file, meet the same rules and the same lanes, and are refused as a whole.

use std::sync::Arc;

use diag::Diagnostic;
use jiff::{Timestamp, civil::Date};
use model::{Kind, Records, value::Value};
use register::{
    Edit,
    access::{Actor, subjects},
    lane::{CaseState, lane_for},
};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use store::{Answered, Beside, RequestKey};

use super::{
    FormCell, Ready, Written,
    form::csv,
    merge, show, submit,
    submit::{allowed, day, judged},
};
use crate::{App, error::AppError, import, view::DiffLine, world::World};

/// Records and observations of one request at most; more belong into a file.
pub const MOST_SENT: usize = 10_000;

/// A change as a program sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// Why; stands in the history.
    pub reason: String,
    /// The position that it was made of: what was changed later by others is refused. The present when left out.
    #[serde(default)]
    pub against: Option<u64>,
    /// Records.
    #[serde(default)]
    pub records: Vec<SentRecord>,
    /// Observations: names of columns with their values.
    #[serde(default)]
    pub observations: Vec<Map<String, Json>>,
}

/// A record as a program sends it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentRecord {
    /// Its kind.
    pub kind: String,
    /// Its id; may be left out of a new record whose key columns are set.
    #[serde(default)]
    pub id: Option<String>,
    /// Columns with their new values; null empties one. Columns that are not named keep what they hold.
    #[serde(default)]
    pub set: Map<String, Json>,
    /// Whether it goes.
    #[serde(default)]
    pub remove: bool,
}

/// What a change would do, when nothing is written.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The lane that it would have to go.
    pub lane: Option<String>,
    /// What it changes, the first of each.
    pub lines: Vec<DiffLine>,
    /// How many records and observations it changes.
    pub n_changed: usize,
    /// What the checker would say and does not say now.
    pub effect: Vec<Diagnostic>,
}

/// What became of a change that a program sent.
#[derive(Clone, Debug)]
pub enum Sending {
    /// It was taken.
    Taken(Written),
    /// Everything in it is there already.
    Nothing,
    /// It cannot be taken; each finding has the path of the value in its field (`records[0].set.unit`).
    Refused(Vec<Diagnostic>),
}

/// What became of a request with a key that was used before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// In force as this change.
    Change(u64),
    /// Kept as this proposal.
    Proposal(i64),
}

/// Says what a change would do and writes nothing.
pub async fn weigh(
    app: &App,
    by: &Actor,
    sent: &Sent,
    on: Date,
    now: Timestamp,
) -> Result<Result<Weighed, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let (places, ready) = match read(app, &world, sent, now).await? {
        Ok(read) => read,
        Err(found) => return Ok(Err(found)),
    };
    let touched = subjects(world.records(), &ready.edits, &ready.observed);
    allowed(world.records(), by, &touched, now)?;
    let refused = judged(&world, &ready, by, now);
    if !refused.is_empty() {
        return Ok(Err(places.found(refused)));
    }
    let lane = lane_for(world.records(), &ready.edits, &touched, day(now)).map(|lane| lane.id.to_string());
    let (lines, n_changed) = show::lines(&world, &ready.edits, &ready.observed);
    let effect = show::effect(&world, &ready.edits, &ready.observed, on);
    Ok(Ok(Weighed { lane, lines, n_changed, effect }))
}

/// Carries out a change that a program sends. Nothing is kept of a refused one. What others changed since `against` is a
/// conflict.
pub async fn send(
    app: &App,
    by: &Actor,
    sent: &Sent,
    key: Option<RequestKey>,
    now: Timestamp,
) -> Result<Sending, AppError> {
    let world = app.world().await?;
    let (places, ready) = match read(app, &world, sent, now).await? {
        Ok(read) => read,
        Err(found) => return Ok(Sending::Refused(found)),
    };
    if ready.edits.is_empty() && ready.observed.is_empty() {
        return Ok(Sending::Nothing);
    }
    match submit(app, by, Ready { beside: Beside { key, ..Beside::default() }, ..ready }, now).await? {
        Ok(written) => Ok(Sending::Taken(written)),
        Err(found) => Ok(Sending::Refused(places.found(found))),
    }
}

/// Claims a key for a request: `None` when it has to be carried out now. Errors: another request had the key, or this one
/// is still being carried out.
pub async fn claim(app: &App, key: &RequestKey, request: &[u8], now: Timestamp) -> Result<Option<Repeated>, AppError> {
    let request = blake3::hash(request);
    let request = request.as_bytes();
    let Some(Answered { request: former, status, body }) = app.store()?.claim_key(key, request, now).await? else {
        return Ok(None);
    };
    if former != request {
        return Err(AppError::KeyOfAnother);
    }
    match (status, body.parse::<u64>()) {
        (store::IN_FORCE, Ok(number)) => Ok(Some(Repeated::Change(number))),
        (store::WAITING, Ok(number)) => Ok(Some(Repeated::Proposal(number as i64))),
        _ => Err(AppError::KeyInUse),
    }
}

/// Where a proposal stands, and the change that it became.
pub async fn standing_of(app: &App, number: i64) -> Result<(CaseState, Option<u64>), AppError> {
    let p = app.store()?.proposal(number).await?.ok_or(AppError::Unknown)?;
    Ok((p.case.state, p.change))
}

/// Gives a key back after a request that wrote nothing.
pub async fn unclaim(app: &App, key: &RequestKey) -> Result<(), AppError> {
    Ok(app.store()?.forget_key(key).await?)
}

/// Where in the request each record of the change stands.
#[derive(Default)]
struct Places {
    /// Of each table, by the name of its sheet: the place in the request of each of its rows.
    rows: FxHashMap<&'static str, Vec<String>>,
    /// By kind and id.
    records: FxHashMap<(&'static str, String), String>,
}

impl Places {
    /// Findings with the path of the value in place of a cell.
    fn found(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.into_iter().map(|d| self.placed(d)).collect()
    }
    fn placed(&self, mut d: Diagnostic) -> Diagnostic {
        let by_row = d.pointer.sheet.as_deref().zip(d.pointer.row).and_then(|(sheet, row)| {
            // The header is row 1.
            self.rows.get(sheet)?.get(usize::try_from(row).ok()?.checked_sub(2)?)
        });
        let by_record = || d.record.as_ref().and_then(|r| self.records.get(&(r.kind, r.id.clone())));
        if let Some(place) = by_row.or_else(by_record) {
            d.field = Some(match d.field.as_deref() {
                Some(field) if place.starts_with("records") => format!("{place}.set.{field}"),
                Some(field) => format!("{place}.{field}"),
                None => place.clone(),
            });
            d.pointer = diag::Pointer::default();
        }
        d
    }
}

/// A request as a change that is ready to be submitted.
async fn read(
    app: &App,
    world: &World,
    sent: &Sent,
    now: Timestamp,
) -> Result<Result<(Places, Ready), Vec<Diagnostic>>, AppError> {
    let n = sent.records.len() + sent.observations.len();
    if n > MOST_SENT {
        return Err(AppError::TooLong);
    }
    if sent.reason.trim().is_empty() {
        return Ok(Err(vec![query::parameter_fault("reason", "", "Yearly figures of 2025")]));
    }
    let (mut tables, mut removed, mut wrong) = (Vec::<(Kind, Vec<Vec<FormCell>>)>::new(), Vec::new(), Vec::new());
    let mut places = Places::default();
    let mut add = |kind: Kind, cells: Vec<FormCell>, place: String| {
        places.rows.entry(kind.sheet()).or_default().push(place);
        match tables.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, rows)) => rows.push(cells),
            None => tables.push((kind, vec![cells])),
        }
    };
    let mut known = FxHashMap::default();
    for (i, record) in sent.records.iter().enumerate() {
        let place = format!("records[{i}]");
        let Some(kind) = Kind::parse(&record.kind).filter(|k| *k != Kind::Observation) else {
            let nearest = query::nearest(&record.kind, Kind::REGISTER.iter().map(|k| k.name()));
            wrong.push(query::parameter_fault(&format!("{place}.kind"), &record.kind, &nearest));
            continue;
        };
        match row_of(world.records(), kind, record, &place) {
            Err(found) => wrong.extend(found),
            Ok((id, cells)) => {
                known.insert((kind.name(), id.clone()), place.clone());
                match record.remove {
                    true => removed.push(Edit::Remove { kind, id }),
                    false => add(kind, cells, place),
                }
            }
        }
    }
    for (i, columns) in sent.observations.iter().enumerate() {
        let place = format!("observations[{i}]");
        match cells_of(Kind::Observation, None, columns, &place) {
            Err(found) => wrong.extend(found),
            Ok(cells) => add(Kind::Observation, cells, place),
        }
    }
    places.records = known;
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let files = tables.iter().map(|(kind, rows)| csv(*kind, rows)).collect();
    let (judged, found) = tokio::task::block_in_place(|| import::judge_files(world, files, now));
    let errors: Vec<Diagnostic> = found.into_iter().filter(Diagnostic::blocks).collect();
    if !errors.is_empty() {
        return Ok(Err(places.found(errors)));
    }
    let (mut edits, observed) = judged;
    edits.extend(removed);
    let position = world.snapshot().position;
    let ready = Ready {
        reason: sent.reason.trim().to_owned(),
        edits,
        observed: Arc::new(observed),
        against: sent.against.unwrap_or(position).min(position),
        ..Ready::default()
    };
    match merge::first_later(app, world, &ready).await? {
        Some((record, change)) => Err(AppError::Conflict { record, change }),
        None => Ok(Ok((places, ready))),
    }
}

/// The id of a sent record, and its row: what it holds, with the columns that are set.
fn row_of(
    records: &Records,
    kind: Kind,
    record: &SentRecord,
    place: &str,
) -> Result<(String, Vec<FormCell>), Vec<Diagnostic>> {
    let def = kind.def();
    let fault = |part: &str, value: &str, example: &str| {
        vec![query::parameter_fault(&format!("{place}.{part}"), value, example)]
    };
    let held = record.id.as_deref().and_then(|id| records.row(kind, id));
    if record.remove {
        return match (&record.id, &held) {
            (Some(id), Some(_)) if record.set.is_empty() => Ok((id.clone(), Vec::new())),
            (Some(_), Some(_)) => Err(fault("set", "{…}", "{}")),
            (id, _) => Err(fault("id", id.as_deref().unwrap_or_default(), &example(records, kind))),
        };
    }
    let cells = cells_of(kind, held.as_deref(), &record.set, &format!("{place}.set"))?;
    let key = |name: &str| cells.iter().find(|c| c.column == name).map_or("", |c| c.text.as_str());
    let id = def.key_columns().map(|c| key(&c.name)).collect::<Vec<_>>().join("/");
    let id = id.trim_end_matches('/').to_owned();
    match &record.id {
        // The key of a record is what others refer to; it does not change.
        Some(given) if *given != id => Err(fault("id", given, &id)),
        _ => Ok((id, cells)),
    }
}

/// An id that is there.
fn example(records: &Records, kind: Kind) -> String {
    records.rows(kind).next().map_or_else(|| "A-1".to_owned(), |(id, _)| id.to_owned())
}

/// A row as cells: what is held, with the columns that are set.
fn cells_of(
    kind: Kind,
    held: Option<&[Value]>,
    set: &Map<String, Json>,
    place: &str,
) -> Result<Vec<FormCell>, Vec<Diagnostic>> {
    let columns = &kind.def().columns;
    let mut cells: Vec<FormCell> = columns
        .iter()
        .enumerate()
        .map(|(i, c)| {
            let text = held.and_then(|row| row.get(i)).map(Value::to_text).unwrap_or_default();
            FormCell { column: c.name.clone(), text }
        })
        .collect();
    let mut wrong = Vec::new();
    for (name, value) in set {
        match (cells.iter_mut().find(|c| c.column == *name), text_of(value)) {
            (Some(cell), Some(text)) => cell.text = text,
            (Some(_), None) => {
                wrong.push(query::parameter_fault(&format!("{place}.{name}"), &value.to_string(), "\"text\""));
            }
            (None, _) => {
                let known = columns.iter().map(|c| c.name.as_str());
                wrong.push(query::unknown_column(kind.sheet(), &format!("{place}.{name}"), name, known));
            }
        }
    }
    if wrong.is_empty() { Ok(cells) } else { Err(wrong) }
}

/// A value as the text of a cell; none of what no cell holds.
fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::Null => Some(String::new()),
        Json::String(text) => Some(text.clone()),
        Json::Bool(yes) => Some(yes.to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(|i| i.as_str().map(|t| t.replace(';', "\\;"))).collect();
            items.map(|items| items.join(";"))
        }
        Json::Object(_) => None,
    }
}
