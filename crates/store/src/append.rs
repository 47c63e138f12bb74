//! A change as statements: its head, its revisions in the chain, the current state, the tip.

use jiff::Timestamp;
use model::{
    Kind,
    value::{CellKind, Value},
};
use register::{Change, ChangeState, Checked, Committed, Link, Op, Revision, seal};
use rustc_hash::FxHashSet;

use crate::{
    dialect::Dialect,
    error::StoreError,
    open::{Backend, Store},
    rows::HeadRow,
    sql::{MOST_PARAMETERS, Param, Sql},
};

/// The end of the chain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tip {
    pub number: u64,
    pub n_revisions: u64,
    pub hash: [u8; 32],
    /// When the last change was written; `None` before the first, or where nobody asked.
    pub at: Option<Timestamp>,
}

impl Tip {
    /// The change that the tip is of, as it is committed.
    pub fn committed(self, change: &Change) -> Committed {
        Committed { number: change.number, at: change.at, head: self.hash }
    }
}

/// What was written after a change: kind, record, change. Ordered by the columns of an index, or SQLite reads the whole log
/// for the sake of the order.
pub(crate) const LATER: &str = "select kind, record, change from revision where change > $1 order by change, seq";

/// When a change was written.
pub(crate) const WRITTEN_AT: &str = "select at from change where number = $1";

impl Store {
    pub(crate) async fn write(&self, checked: Checked) -> Result<Committed, StoreError> {
        self.write_with(checked, Vec::new()).await
    }

    /// Writes a change and, in the same transaction, other statements after it.
    pub(crate) async fn write_with(&self, checked: Checked, also: Vec<Sql>) -> Result<Committed, StoreError> {
        match &self.backend {
            Backend::Sqlite { writer, .. } => self.write_sqlite(writer.as_deref(), checked, also).await,
            Backend::Postgres { pool, writers, may_write } => {
                self.write_postgres(pool, writers, *may_write, checked, also).await
            }
        }
    }

    pub(crate) fn tip_from(&self, head: &HeadRow) -> Result<Tip, StoreError> {
        let whole = |n: i64| -> Result<u64, StoreError> {
            u64::try_from(n).map_err(|_| self.corrupt("the head counts below zero"))
        };
        let hash = hash_of(&head.hash).ok_or_else(|| self.corrupt("the head has no hash"))?;
        Ok(Tip { number: whole(head.number)?, n_revisions: whole(head.n_revisions)?, hash, at: None })
    }

    pub(crate) fn corrupt(&self, detail: &str) -> StoreError {
        StoreError::Corrupt { path: self.path.clone(), detail: detail.to_owned() }
    }
}

pub(crate) fn hash_of(bytes: &[u8]) -> Option<[u8; 32]> {
    bytes.try_into().ok()
}

/// Refuses when a change after the one that the proposal was made against touched one of its records. `later` is what
/// was touched since then.
pub(crate) fn conflict(links: &[Link], later: &[(String, String, i64)]) -> Result<(), StoreError> {
    if later.is_empty() {
        return Ok(());
    }
    let ours: FxHashSet<(&str, &str)> = links.iter().map(|l| (l.kind_name(), l.record.as_str())).collect();
    match later.iter().find(|(kind, record, _)| ours.contains(&(kind.as_str(), record.as_str()))) {
        Some((kind, record, change)) => {
            Err(StoreError::Conflict { record: format!("{kind}/{record}"), change: *change as u64 })
        }
        None => Ok(()),
    }
}

/// A checked proposal as the change after a tip, with its revisions, each sealed onto the one before, and the tip then.
pub(crate) fn chained(tip: Tip, checked: &Checked) -> (Change, Vec<Revision>, Tip) {
    let proposal = checked.proposal();
    let change = Change {
        number: tip.number + 1,
        author: proposal.author.clone(),
        at: proposal.at_after(tip.at),
        reason: proposal.reason.clone(),
        state: ChangeState::Accepted,
        undoes: proposal.undoes,
        sheets: checked.sheets().to_vec(),
    };
    let mut next = Tip { number: change.number, at: Some(change.at), ..tip };
    let revisions = checked.links().iter().map(|link| {
        next.n_revisions += 1;
        let mut revision = Revision {
            seq: next.n_revisions,
            change: change.number,
            kind: link.kind_name().to_owned(),
            record: link.record.clone(),
            op: link.op,
            body: link.body.clone(),
            origin: link.origin,
            hash: [0; 32],
        };
        next.hash = seal(&next.hash, &change, &revision);
        revision.hash = next.hash;
        revision
    });
    let revisions = revisions.collect();
    (change, revisions, next)
}

/// The statements of a change in order, made one by one: an import may be large.
pub(crate) fn statements<'a>(
    dialect: Dialect,
    change: &'a Change,
    revisions: &'a [Revision],
    links: &'a [Link],
    next: Tip,
) -> impl Iterator<Item = Sql> + 'a {
    let begun = std::iter::once_with(move || heads(dialect, std::slice::from_ref(change)));
    let logged = revisions.chunks(MOST_PARAMETERS / 9).map(move |chunk| logged(dialect, chunk));
    let current = links.chunk_by(|a, b| a.kind == b.kind && a.op == b.op).flat_map(move |group| {
        let kind = group.first().and_then(|l| l.kind);
        let is_removal = group.first().is_some_and(|l| l.op == Op::Remove);
        let n_each = kind.filter(|_| !is_removal).map_or(1, |k| k.def().columns.len() + 1);
        group.chunks((MOST_PARAMETERS / n_each).max(1)).filter_map(move |chunk| {
            Some(if is_removal {
                removal(dialect, kind?, chunk)
            } else {
                put(dialect, kind?, chunk.iter().map(|l| (l.record.as_str(), &l.row[..])))
            })
        })
    });
    begun.chain(logged).chain(current).chain(std::iter::once_with(move || tip(dialect, next)))
}

fn text(text: impl Into<String>) -> Param {
    Param::Text(Some(text.into()))
}

fn whole(number: u64) -> Param {
    Param::Whole(Some(number as i64))
}

pub(crate) fn heads(dialect: Dialect, changes: &[Change]) -> Sql {
    let mut sql = Sql::new(dialect, "insert into change (number, author, at, at_us, reason, state, undoes, sheets) ");
    sql.rows(changes.iter().map(|change| {
        let sheets = if change.sheets.is_empty() {
            String::new()
        } else {
            serde_json::to_string(&change.sheets).unwrap_or_default()
        };
        [
            whole(change.number),
            text(&change.author),
            text(change.at.to_string()),
            Param::Whole(Some(change.at.as_microsecond())),
            text(&change.reason),
            text(change.state.as_str()),
            Param::Whole(change.undoes.map(|u| u as i64)),
            text(sheets),
        ]
    }));
    sql
}

pub(crate) fn logged(dialect: Dialect, revisions: &[Revision]) -> Sql {
    let mut sql =
        Sql::new(dialect, "insert into revision (seq, change, kind, record, op, body, sheet, sheet_row, hash) ");
    sql.rows(revisions.iter().map(|r| {
        [
            whole(r.seq),
            whole(r.change),
            text(&r.kind),
            text(&r.record),
            text(r.op.as_str()),
            text(&r.body),
            Param::Whole(r.origin.map(|(sheet, _)| i64::from(sheet))),
            Param::Whole(r.origin.map(|(_, row)| i64::from(row))),
            Param::Bytes(Some(r.hash.to_vec())),
        ]
    }));
    sql
}

fn removal(dialect: Dialect, kind: Kind, links: &[Link]) -> Sql {
    let mut sql = Sql::new(dialect, &format!("delete from \"{}\" where record_id in (", kind.name()));
    sql.list(links.iter().map(|link| text(&link.record))).push(")");
    sql
}

/// Brings the kind's own table up to date: records by id.
pub(crate) fn put<'a>(dialect: Dialect, kind: Kind, records: impl Iterator<Item = (&'a str, &'a [Value])>) -> Sql {
    let def = kind.def();
    let names: Vec<String> = def.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
    let updates: Vec<String> = names.iter().map(|n| format!("{n} = excluded.{n}")).collect();
    let mut sql = Sql::new(dialect, &format!("insert into \"{}\" (\"record_id\", {}) ", def.name, names.join(", ")));
    sql.rows(records.map(|(id, row)| {
        let cells = row.iter().zip(&def.columns).map(|(value, column)| cell(column.kind, value));
        std::iter::once(text(id)).chain(cells)
    }));
    sql.push(&format!(" on conflict (\"record_id\") do update set {}", updates.join(", ")));
    sql
}

/// A value in the type of its column, which is the one of the schema.
pub(crate) fn cell(kind: CellKind, value: &Value) -> Param {
    match (kind, value) {
        (CellKind::Number, Value::Number(n)) => Param::Number(Some(*n)),
        (CellKind::Number, Value::Whole(n)) => Param::Number(Some(*n as f64)),
        (CellKind::Number, _) => Param::Number(None),
        (CellKind::Whole(..), Value::Whole(n)) => Param::Whole(Some(*n)),
        (CellKind::Whole(..), _) => Param::Whole(None),
        (CellKind::YesNo, Value::Bool(b)) => Param::Whole(Some(i64::from(*b))),
        (CellKind::YesNo, _) => Param::Whole(None),
        (_, Value::Null) => Param::Text(None),
        (_, other) => text(other.to_text()),
    }
}

pub(crate) fn tip(dialect: Dialect, tip: Tip) -> Sql {
    let mut sql = Sql::new(dialect, "update head set number = ");
    sql.bind(whole(tip.number)).push(", n_revisions = ").bind(whole(tip.n_revisions));
    sql.push(", hash = ").bind(Param::Bytes(Some(tip.hash.to_vec()))).push(" where id = 1");
    sql
}

#[cfg(test)]
mod tests {
    use sqlx::{Connection, Row as _, SqliteConnection};

    use super::*;
    use crate::{fold::HASH, fold_from, read::TOUCHED_SINCE, schema};

    /// What is asked at every writing and reading costs what was written since then, not what is in the log.
    #[tokio::test]
    async fn nothing_asked_of_the_log_reads_all_of_it() {
        let mut db = SqliteConnection::connect("sqlite::memory:").await.expect("opens");
        schema::migrate_sqlite(&mut db, "memory".as_ref()).await.expect("a schema");
        for sql in [LATER, WRITTEN_AT, HASH, TOUCHED_SINCE, fold_from::END, fold_from::SINCE] {
            let plan = sqlx::query(sqlx::AssertSqlSafe(format!("explain query plan {sql}"))).fetch_all(&mut db).await;
            let steps: Vec<String> = plan.expect("a plan").iter().map(|row| row.get("detail")).collect();
            assert!(steps.iter().all(|step| step.starts_with("SEARCH")), "{sql}: {steps:?}");
        }
    }
}
