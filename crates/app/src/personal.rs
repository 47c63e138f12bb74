//! What is personal about records: set apart from what goes into the chain, told again to those who may see it, erased
//! on request.
//!
//! Invariant: the log, the typed tables and the edits of proposals hold marks; a world holds values. Whoever shows
//! something that was read from the log or from a proposal tells it first.

use jiff::Timestamp;
use model::{
    Kind, Records,
    publicity::{WITHHELD, personal_columns},
    record::Record as _,
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
    let of_others: FxHashMap<&str, (&str, &str, &str)> =
        held.iter().map(|p| (p.mark.as_str(), (p.kind.as_str(), p.record.as_str(), p.field.as_str()))).collect();
    let held: FxHashMap<_, String> = held.iter().map(|p| (key(p), p.mark.clone())).collect();
    let mut new = Vec::new();
    for edit in edits {
        let Edit::Put { kind, row, .. } = edit else { continue };
        let def = kind.def();
        let record = def.id_of(row);
        for at in personal_columns(*kind) {
            let (Some(column), Some(Value::Text(value))) = (def.columns.get(*at), row.get_mut(*at)) else { continue };
            // A mark comes back with what is undone. One of another place was typed by somebody who read it in the log, and
            // must not be told the value: it is a text like any other.
            let own = (kind.name(), record.as_str(), column.name.as_str());
            let is_own = is_mark(value) && of_others.get(value.as_str()).is_none_or(|place| *place == own);
            if value.is_empty() || value == WITHHELD || is_own {
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

/// The records that hold a mark. Asked after each change of all records there are, so no row is made of any of them; a
/// test compares the fields with the columns that are personal.
fn marked(records: &Records) -> Vec<(Kind, String)> {
    let Records { assessments, closures, waivers, .. } = records;
    let assessments = assessments.iter().filter(|a| is_mark(&a.by)).map(|a| (Kind::Assessment, a.id()));
    let closures = closures.iter().filter(|c| is_mark(&c.by)).map(|c| (Kind::Closure, c.id()));
    let waivers = waivers.iter().filter(|w| is_mark(&w.author)).map(|w| (Kind::Waiver, w.id()));
    assessments.chain(closures).chain(waivers).collect()
}

/// Records with values in the place of marks.
pub(crate) async fn told_records(app: &App, mut records: Records) -> Result<Records, AppError> {
    let marked = marked(&records);
    if marked.is_empty() {
        return Ok(records);
    }
    let told = Told::read(app).await?;
    for (kind, id) in marked {
        let Some(mut row) = records.row(kind, &id) else { continue };
        let origin = records.origin(kind, &id).cloned();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_personal_column_is_looked_at() {
        let mark = format!("{MARK}{}", "0".repeat(DIGITS));
        let samples: [(Kind, &[(&str, &str)]); 3] = [
            (Kind::Assessment, &[("indicator", "I"), ("criterion", "data"), ("grade", "met"), ("reason", "r")]),
            (Kind::Closure, &[("period", "2019"), ("closed_on", "2020-01-01")]),
            (
                Kind::Waiver,
                &[("id", "W"), ("code", "FIN001"), ("record_kind", "amount"), ("record", "F"), ("reason", "r")],
            ),
        ];
        let with_any: Vec<Kind> = Kind::REGISTER.iter().copied().filter(|k| !personal_columns(*k).is_empty()).collect();
        assert_eq!(with_any, samples.map(|(kind, _)| kind));
        for (kind, cells) in samples {
            for at in personal_columns(kind) {
                let mut body = serde_json::Map::new();
                body.extend(cells.iter().map(|(name, text)| ((*name).to_owned(), (*text).into())));
                body.insert("on".into(), "2020-01-01".into());
                body.insert("expires_on".into(), "2020-01-01".into());
                body.insert(kind.def().columns[*at].name.clone(), mark.clone().into());
                let mut records = Records::default();
                records.put(kind, &kind.def().row_from_json(&body), None).expect("a record");
                assert_eq!(marked(&records).len(), 1, "{}", kind.name());
            }
        }
    }
}
