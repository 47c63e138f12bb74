//! A register filled from a backup: all of it or nothing.

use model::Kind;
use register::{Change, Revision, Upto, Verifier};
use sqlx::{AssertSqlSafe, Connection};

use crate::{
    append::{Tip, heads, logged, put, tip},
    error::{Passing, StoreError},
    fold::fold_in,
    open::{Backend, Store},
    read::pair,
    rows::{HEAD, HeadRow, PairRow},
    sql::{MOST_PARAMETERS, query_of},
    tables::{Column, LogEnd, columns_of, decode, insert, quoted, tables_in},
};

/// Rows in these mean that somebody works here, even before the first change.
const WORKED_IN: &[&str] = &["person", "proposal"];

/// Revisions read at once when the chain is recomputed.
const BATCH: i64 = 5_000;

/// What a backup hands over, in this order: the log, then table by table.
#[derive(Clone, Debug)]
pub enum Item {
    /// The next revisions, with the changes that begin among them.
    Log {
        /// The changes.
        changes: Vec<Change>,
        /// The revisions.
        revisions: Vec<Revision>,
    },
    /// The lines of this table follow: its header first, then its rows.
    Table(String),
    /// Lines of the table.
    Lines(Vec<String>),
}

/// Takes items until there are no more, within a transaction of the target.
macro_rules! take {
    ($store:expr, $tx:expr, $end:expr, $next:expr) => {{
        let (store, tx, end): (&Store, _, LogEnd) = ($store, $tx, $end);
        let fail = |e: sqlx::Error| store.fail(&e);
        let head: HeadRow = sqlx::query_as(HEAD).fetch_one(&mut **tx).await.map_err(fail)?;
        let tables = tables_in!(store, &mut *tx);
        let mut is_empty = head.number == 0;
        for (name, _) in tables.iter().filter(|(name, _)| WORKED_IN.contains(&name.as_str())) {
            let sql = AssertSqlSafe(format!("select count(*) from {}", quoted(name)));
            let n: i64 = sqlx::query_scalar(sql).fetch_one(&mut **tx).await.map_err(fail)?;
            is_empty &= n == 0;
        }
        if !is_empty {
            return Err(StoreError::NotEmpty(store.path.clone()).into());
        }
        // Tables come in the order of their names, and one may refer to another that comes later.
        let references: Vec<(String, String)> =
            sqlx::query_as(store.dialect().references()).fetch_all(&mut **tx).await.map_err(fail)?;
        let deferred = |how: &str| -> Vec<String> {
            let of = |(table, name): &(String, String)| {
                format!("alter table {} alter constraint {} {how}", quoted(table), quoted(name))
            };
            references.iter().map(of).collect()
        };
        let begin = [store.dialect().defer_references().to_owned()];
        for sql in begin.into_iter().chain(deferred("deferrable initially deferred")) {
            sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await.map_err(fail)?;
        }

        let (mut chain, mut filling) = (Chain::default(), None::<Filling>);
        let mut filled: Vec<(String, Vec<Column>)> = Vec::new();
        while let Some(item) = $next().await.map_err(Passing::Outside)? {
            match item {
                Item::Log { changes, revisions } => {
                    chain.take(store, &changes, &revisions)?;
                    for chunk in changes.chunks(MOST_PARAMETERS / 8) {
                        query_of!(heads(store.dialect(), chunk)).execute(&mut **tx).await.map_err(fail)?;
                    }
                    for chunk in revisions.chunks(MOST_PARAMETERS / 9) {
                        query_of!(logged(store.dialect(), chunk)).execute(&mut **tx).await.map_err(fail)?;
                    }
                }
                Item::Table(name) => {
                    let (_, there) = tables
                        .iter()
                        .find(|(known, _)| *known == name)
                        .ok_or_else(|| store.corrupt(&format!("this program knows no table {name}")))?;
                    // What a migration put there is in the backup too, as it was then.
                    let sql = AssertSqlSafe(format!("delete from {}", quoted(&name)));
                    sqlx::query(sql).execute(&mut **tx).await.map_err(fail)?;
                    filling = Some(Filling { name, there: there.clone(), columns: None });
                }
                Item::Lines(lines) => {
                    let mut lines = lines.into_iter();
                    let Some(Filling { name, there, columns }) = &mut filling else {
                        return Err(store.corrupt("rows of no table").into());
                    };
                    let wrong = |detail: String| store.corrupt(&format!("table {name}: {detail}"));
                    if columns.is_none()
                        && let Some(header) = lines.next()
                    {
                        let found = columns_of(&header, there).map_err(wrong)?;
                        filled.push((name.clone(), found.clone()));
                        *columns = Some(found);
                    }
                    let columns = columns.as_deref().unwrap_or_default();
                    let rows =
                        lines.map(|line| decode(&line, columns)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
                    for chunk in rows.chunks((MOST_PARAMETERS / columns.len().max(1)).max(1)) {
                        let statement = insert(store.dialect(), name, columns, chunk.to_vec());
                        query_of!(statement).execute(&mut **tx).await.map_err(fail)?;
                    }
                }
            }
        }
        chain.finish(store, end)?;
        let at = Tip { number: end.n_changes, n_revisions: end.n_revisions, hash: end.head, at: None };
        query_of!(tip(store.dialect(), at)).execute(&mut **tx).await.map_err(fail)?;

        let records = fold_in!(store, &mut *tx, Upto::Change(end.n_changes)).records;
        for kind in Kind::REGISTER {
            let rows: Vec<_> = records.rows(*kind).collect();
            for chunk in rows.chunks((MOST_PARAMETERS / (kind.def().columns.len() + 1)).max(1)) {
                let statement = put(store.dialect(), *kind, chunk.iter().map(|(id, row)| (*id, &row[..])));
                query_of!(statement).execute(&mut **tx).await.map_err(fail)?;
            }
        }
        drop(records);

        for (table, columns) in &filled {
            for column in columns {
                let counter: Option<String> = sqlx::query_scalar(store.dialect().counter())
                    .bind(quoted(table))
                    .bind(column.name.clone())
                    .fetch_one(&mut **tx)
                    .await
                    .map_err(fail)?;
                if let Some(counter) = counter {
                    // The next row gets the number after the last one.
                    let (table, column) = (quoted(table), quoted(&column.name));
                    let sql = format!(
                        "select setval($1::regclass, coalesce(max({column}), 1), max({column}) is not null)::text from {table}"
                    );
                    sqlx::query(AssertSqlSafe(sql)).bind(counter).execute(&mut **tx).await.map_err(fail)?;
                }
            }
        }
        let end_deferring = [store.dialect().check_references().to_owned()];
        for sql in end_deferring.into_iter().chain(deferred("not deferrable")) {
            sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await.map_err(fail)?;
        }

        // Once more, from what now stands there.
        let mut chain = Chain::default();
        while chain.n_taken < end.n_revisions {
            let rows: Vec<PairRow> = sqlx::query_as(pair!("where r.seq >= $1 order by r.seq limit $2"))
                .bind(chain.n_taken as i64 + 1)
                .bind(BATCH)
                .fetch_all(&mut **tx)
                .await
                .map_err(fail)?;
            if rows.is_empty() {
                break;
            }
            for (change, revision) in rows.into_iter().map(PairRow::read) {
                chain.one(store, &change, &revision)?;
            }
        }
        chain.finish(store, end)?;
    }};
}

/// A table that is being filled.
struct Filling {
    name: String,
    there: Vec<Column>,
    columns: Option<Vec<Column>>,
}

/// The chain as far as it was taken.
#[derive(Default)]
struct Chain {
    verifier: Verifier,
    n_taken: u64,
    current: Option<Change>,
}

impl Chain {
    fn take(&mut self, of: &Store, changes: &[Change], revisions: &[Revision]) -> Result<(), StoreError> {
        let mut changes = changes.iter().peekable();
        for revision in revisions {
            if let Some(change) = changes.next_if(|c| c.number == revision.change) {
                self.current = Some(change.clone());
            }
            let Some(change) = self.current.take() else {
                return Err(of.corrupt(&format!("revision {} has no change", revision.seq)));
            };
            self.one(of, &change, revision)?;
            self.current = Some(change);
        }
        match changes.next() {
            Some(change) => Err(of.corrupt(&format!("change {} has no revision", change.number))),
            None => Ok(()),
        }
    }
    fn one(&mut self, of: &Store, change: &Change, revision: &Revision) -> Result<(), StoreError> {
        self.verifier.take(change, revision).map_err(|broken| of.corrupt(&broken.to_string()))?;
        self.n_taken += 1;
        Ok(())
    }
    fn finish(self, of: &Store, end: LogEnd) -> Result<(), StoreError> {
        let whole = self.verifier.finish(end.n_revisions, &end.head);
        whole.map(|_| ()).map_err(|broken| of.corrupt(&broken.to_string()))
    }
}

impl Store {
    /// Refuses a register in which somebody has worked.
    pub async fn refuse_unless_empty(&self) -> Result<(), StoreError> {
        let (n_changes, _) = register::Log::head(self).await?;
        if n_changes == 0 { Ok(()) } else { Err(StoreError::NotEmpty(self.path.clone())) }
    }

    /// Fills a register that has no change and no person yet from a backup, up to `end`: all of it or nothing. The chain
    /// is recomputed while it comes and once more as it then stands there, before it is in force. Typed tables are filled
    /// from the log. Memory: one item, and the records at the end.
    ///
    /// Errors: the register is not empty or is only read, the backup is of a newer schema, the chain is broken or does
    /// not end where `end` says, whatever `next` says.
    pub async fn restore<E>(
        &self,
        end: LogEnd,
        mut next: impl AsyncFnMut() -> Result<Option<Item>, E>,
    ) -> Result<(), Passing<E>> {
        let known = crate::schema::newest(self.dialect());
        if end.schema > known {
            return Err(StoreError::Newer { path: self.path.clone(), found: end.schema, known }.into());
        }
        let fail = |e: sqlx::Error| self.fail(&e);
        match &self.backend {
            Backend::Sqlite { writer: Some(writer), .. } => {
                let mut writer = writer.lock().await;
                writer.forget_if_open().await;
                writer.forget();
                let connection = writer.connection.as_mut().ok_or_else(|| self.read_only())?;
                let mut tx = connection.begin_with("begin immediate").await.map_err(fail)?;
                take!(self, &mut tx, end, next);
                tx.commit().await.map_err(fail)?;
            }
            Backend::Postgres { pool, may_write: true, .. } => {
                let mut tx = pool.begin().await.map_err(fail)?;
                // Nobody appends in between.
                sqlx::query("lock table head in exclusive mode").execute(&mut *tx).await.map_err(fail)?;
                take!(self, &mut tx, end, next);
                tx.commit().await.map_err(fail)?;
            }
            _ => return Err(self.read_only().into()),
        }
        Ok(())
    }
}
