//! What is personal about records: set apart from what goes into the chain, told again to those who may see it, erased
//! on request.
//!
//! Invariant: the log, the typed tables and the edits of proposals hold marks; a world holds values. Whoever shows
//! something that was read from the log or from a proposal tells it first.

use jiff::Timestamp;
use model::{
    Kind, Records,
    publicity::{WITHHELD, personal_columns},
    value::Value,
};
use register::{
    Edit,
    access::{Actor, Deed, Subject},
};
use rustc_hash::FxHashMap;
use store::Personal;

use crate::{
    App,
    error::AppError,
    people::{entry, random, require},
};

/// How a mark begins. It is a code like any other, so that it fits wherever a text or a code does.
const MARK: &str = "pd-";
/// Hexadecimal digits of a mark.
const DIGITS: usize = 32;

fn is_mark(text: &str) -> bool {
    text.strip_prefix(MARK).is_some_and(|d| d.len() == DIGITS && d.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_marked(value: &Value) -> bool {
    matches!(value, Value::Text(text) if is_mark(text))
}

/// Puts marks in the place of what is personal in edits; what has to be kept for them. A value that a record has already
/// keeps its mark, so that nothing changes in the log that does not change for people.
pub(crate) async fn apart(app: &App, edits: &mut [Edit]) -> Result<Vec<Personal>, AppError> {
    let concerned = |edit: &Edit| matches!(edit, Edit::Put { kind, .. } if !personal_columns(*kind).is_empty());
    if !edits.iter().any(concerned) {
        return Ok(Vec::new());
    }
    let held = app.store()?.personal().await?;
    let key = |p: &Personal| (p.kind.clone(), p.record.clone(), p.field.clone(), p.value.clone());
    let held: FxHashMap<_, String> = held.iter().map(|p| (key(p), p.mark.clone())).collect();
    let mut new = Vec::new();
    for edit in edits {
        let Edit::Put { kind, row, .. } = edit else { continue };
        let def = kind.def();
        let record = def.id_of(row);
        for at in personal_columns(*kind) {
            let (Some(column), Some(Value::Text(value))) = (def.columns.get(*at), row.get_mut(*at)) else { continue };
            if value.is_empty() || value == WITHHELD || is_mark(value) {
                continue;
            }
            let place = (kind.name().to_owned(), record.clone(), column.name.clone(), value.clone());
            let mark = match held.get(&place) {
                Some(mark) => mark.clone(),
                None => {
                    let salt = random::<16>()?.to_vec();
                    let hash = blake3::Hasher::new().update(&salt).update(value.as_bytes()).finalize().to_hex();
                    let mark = format!("{MARK}{}", hash.get(..DIGITS).unwrap_or_default());
                    let (kind, record, field, value) = place;
                    new.push(Personal { mark: mark.clone(), kind, record, field, salt, value });
                    mark
                }
            };
            *value = mark;
        }
    }
    Ok(new)
}

/// Values by mark.
pub(crate) struct Told(FxHashMap<String, String>);

impl Told {
    /// Reads them.
    async fn read(app: &App) -> Result<Told, AppError> {
        let held = app.store()?.personal().await?;
        Ok(Told(held.into_iter().map(|p| (p.mark, p.value)).collect()))
    }
    /// Puts the value in the place of its mark; a sign in the place of what was erased.
    fn tell(&self, value: &mut Value) {
        if let Value::Text(text) = value
            && is_mark(text)
        {
            *text = self.0.get(text.as_str()).map_or(WITHHELD, String::as_str).to_owned();
        }
    }
}

/// Records with values in the place of marks.
pub(crate) async fn told_records(app: &App, mut records: Records) -> Result<Records, AppError> {
    let mut marked = Vec::new();
    for kind in Kind::REGISTER.iter().copied() {
        let columns = personal_columns(kind);
        if columns.is_empty() {
            continue;
        }
        let is_of_it = |row: &Vec<Value>| columns.iter().filter_map(|at| row.get(*at)).any(is_marked);
        let rows = records.rows(kind).filter(|(_, row)| is_of_it(row));
        marked.extend(rows.map(|(id, row)| (kind, row, records.origin(kind, id).cloned())));
    }
    if marked.is_empty() {
        return Ok(records);
    }
    let told = Told::read(app).await?;
    for (kind, mut row, origin) in marked {
        row.iter_mut().for_each(|value| told.tell(value));
        // It was a record before; a text in the place of a text leaves it one.
        if let Err(missing) = records.put(kind, &row, origin) {
            tracing::error!(record.kind = kind.name(), ?missing, "a record lost a column");
        }
    }
    Ok(records)
}

/// Edits with values in the place of marks.
pub(crate) async fn told_edits(app: &App, mut edits: Vec<Edit>) -> Result<Vec<Edit>, AppError> {
    let has_mark = |edit: &Edit| matches!(edit, Edit::Put { row, .. } if row.iter().any(is_marked));
    if !edits.iter().any(has_mark) {
        return Ok(edits);
    }
    let told = Told::read(app).await?;
    for edit in &mut edits {
        if let Edit::Put { row, .. } = edit {
            row.iter_mut().for_each(|value| told.tell(value));
        }
    }
    Ok(edits)
}

/// Fields before and after, of several records, with values in the place of marks.
pub(crate) async fn told_fields(app: &App, fields: &mut [&mut Vec<(String, Value, Value)>]) -> Result<(), AppError> {
    let has_mark = fields.iter().flat_map(|f| f.iter()).any(|(_, before, after)| is_marked(before) || is_marked(after));
    if !has_mark {
        return Ok(());
    }
    let told = Told::read(app).await?;
    for (_, before, after) in fields.iter_mut().flat_map(|f| f.iter_mut()) {
        told.tell(before);
        told.tell(after);
    }
    Ok(())
}

/// Erases a name or another personal value from all records, present and past; at how many places. The chain stays
/// whole; the audit says that something was erased and at how many places, not what. What somebody wrote into a reason or
/// another text that is not personal by its column is not found.
pub async fn erase_value(app: &App, by: &Actor, value: &str, now: Timestamp) -> Result<u64, AppError> {
    require(app, by, Deed::Administer, &Subject::organisation(), now).await?;
    Ok(app.store()?.erase_personal(value.trim(), &entry(now, by.author(), "erase", "personal", "")).await?)
}
