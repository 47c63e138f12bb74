//! Typing changes: a form for a record, and for what was returned. What was typed takes the same door, and meets the
//! same rules, as an imported file.

use std::sync::Arc;

use diag::Diagnostic;
use exchange::NamedBytes;
use jiff::Timestamp;
use model::{
    Kind,
    record::Column,
    value::{CellKind, Value},
};
use register::{Edit, access::Actor};

use super::{Content, Ready, Written, decide::is_open_to, submit};
use crate::{App, error::AppError, import, personal};

/// A table to type into.
#[derive(Clone, Debug)]
pub struct FormTable {
    /// The kind of its records.
    pub kind: Kind,
    /// The columns.
    pub columns: Vec<&'static Column>,
    /// A row a record: its id, and its cells.
    pub rows: Vec<(String, Vec<FormCell>)>,
}

/// A cell to type into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormCell {
    /// The column.
    pub column: String,
    /// What stands there.
    pub text: String,
}

/// Rows of one kind, each with the code of its record.
type RowsById = Vec<(String, Vec<Value>)>;

/// Rows of a form at most.
const MOST_ROWS: usize = 200;

/// The form of a record: its row, or an empty one for a new record.
pub fn record_form(records: &model::Records, kind: Kind, id: Option<&str>) -> Option<FormTable> {
    if kind == Kind::Observation {
        return None;
    }
    let row = match id {
        Some(id) => records.row(kind, id)?,
        None => vec![Value::Null; kind.def().columns.len()],
    };
    Some(table(kind, vec![(id.unwrap_or_default().to_owned(), row)]))
}

fn table(kind: Kind, rows: RowsById) -> FormTable {
    let columns: Vec<&'static Column> = kind.def().columns.iter().collect();
    let cells = |row: Vec<Value>| {
        let texts = row.iter().map(Value::to_text).collect::<Vec<_>>();
        columns.iter().zip(texts).map(|(c, text)| FormCell { column: c.name.clone(), text }).collect()
    };
    FormTable { kind, rows: rows.into_iter().map(|(id, row)| (id, cells(row))).collect(), columns }
}

/// What a proposal of one's own holds, to be mended.
pub async fn mend_form(app: &App, by: &Actor, number: i64) -> Result<Vec<FormTable>, AppError> {
    let p = app.store()?.proposal(number).await?.filter(|p| is_open_to(&p.case, by)).ok_or(AppError::Unknown)?;
    let content = Content::read(&p.edits)?;
    let mut tables: Vec<FormTable> = Vec::new();
    let mut by_kind: Vec<(Kind, RowsById)> = Vec::new();
    let mut add = |kind: Kind, id: String, row: Vec<Value>| match by_kind.iter_mut().find(|(k, _)| *k == kind) {
        Some((_, rows)) => rows.push((id, row)),
        None => by_kind.push((kind, vec![(id, row)])),
    };
    for edit in personal::told_edits(app, content.edits()).await? {
        if let Edit::Put { kind, row, .. } = edit {
            add(kind, kind.def().id_of(&row), row);
        }
    }
    let sent = content.observations(app).await?;
    for (at, row) in exchange::observation_rows(&sent).rows.enumerate() {
        add(Kind::Observation, sent.row(at).id(), row);
    }
    for (kind, mut rows) in by_kind {
        rows.truncate(MOST_ROWS);
        tables.push(table(kind, rows));
    }
    Ok(tables)
}

/// Submits what was typed: `tables` are names of kinds with the typed rows; `removed` are records to remove; `against` is
/// the position that the form was made of; `again` the proposal that is mended. A proposal too long for a form keeps the
/// rows that were not shown.
#[expect(clippy::too_many_arguments, reason = "a form has that many parts")]
pub async fn submit_form(
    app: &App,
    by: &Actor,
    tables: &[(Kind, Vec<Vec<FormCell>>)],
    removed: &[(Kind, String)],
    reason: &str,
    against: u64,
    again: Option<i64>,
    now: Timestamp,
) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
    let files: Vec<NamedBytes> = tables.iter().map(|(kind, rows)| csv(*kind, rows)).collect();
    let world = app.world().await?;
    let (judged, found) = tokio::task::block_in_place(|| import::judge_files(&world, files, now));
    let errors: Vec<Diagnostic> = found.into_iter().filter(Diagnostic::blocks).collect();
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let mut edits = judged.0;
    edits.extend(removed.iter().map(|(kind, id)| Edit::Remove { kind: *kind, id: id.clone() }));
    let mut observed = judged.1;
    if let Some(number) = again {
        let p = app.store()?.proposal(number).await?.filter(|p| is_open_to(&p.case, by)).ok_or(AppError::Unknown)?;
        let content = Content::read(&p.edits)?;
        for edit in content.edits() {
            match &edit {
                Edit::Remove { .. } | Edit::RetractSegment(_) => edits.push(edit),
                Edit::Put { kind, row, .. } => {
                    let id = kind.def().id_of(row);
                    let n_shown = content.records.iter().filter(|r| r.kind == kind.name()).take(MOST_ROWS);
                    if !n_shown.into_iter().any(|r| r.id == id) {
                        edits.push(edit);
                    }
                }
                _ => {}
            }
        }
        let sent = content.observations(app).await?;
        for row in MOST_ROWS..sent.len() {
            observed.push(&crate::observed::new_row(&sent, row));
        }
    }
    if edits.is_empty() && observed.is_empty() {
        return Ok(Err(Vec::new()));
    }
    let ready =
        Ready { reason: reason.to_owned(), edits, observed: Arc::new(observed), against, again, ..Ready::default() };
    submit(app, by, ready, now).await
}

/// Typed rows as the file that they might have been.
pub(super) fn csv(kind: Kind, rows: &[Vec<FormCell>]) -> NamedBytes {
    let columns: Vec<&str> = kind.def().columns.iter().map(|c| c.name.as_str()).collect();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut out = columns.join(",");
    for row in rows {
        out.push_str("\r\n");
        let cells: Vec<String> = columns
            .iter()
            .map(|name| quoted(row.iter().find(|c| c.column == *name).map_or("", |c| c.text.as_str())))
            .collect();
        out.push_str(&cells.join(","));
    }
    out.push_str("\r\n");
    NamedBytes { name: format!("{}.csv", kind.sheet()), bytes: out.into_bytes() }
}

/// Whether a cell wants a long text.
pub fn is_long(column: &Column) -> bool {
    matches!(column.kind, CellKind::Text | CellKind::TextIn(_))
}
