//! Writing a change: its head, its revisions in the chain, the current state, in one transaction.

use model::{Kind, value::Value};
use register::{Change, ChangeState, Checked, Committed, Link, Op, Revision, seal};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::{error::StoreError, open::Store};

/// SQLite takes 32,766 parameters; statements stay well below.
const MOST_PARAMETERS: usize = 12_000;

/// The one connection that writes, with the end of the chain as it last saw it.
#[derive(Debug)]
pub(crate) struct Writer {
    /// `None` once closed.
    pub connection: Option<SqliteConnection>,
    tip: Option<Tip>,
    /// A transaction was begun and its end was not seen: whoever waited for it went away.
    is_open: bool,
}

/// The end of the chain.
#[derive(Clone, Copy, Debug)]
struct Tip {
    number: u64,
    n_revisions: u64,
    hash: [u8; 32],
}

impl Writer {
    pub fn new(connection: SqliteConnection) -> Self {
        Writer { connection: Some(connection), tip: None, is_open: false }
    }
}

impl Store {
    /// Writes in one transaction. Each statement that is sent and waited for costs two changes of thread, more than
    /// the statement itself, so a small change is sent whole, on top of the remembered tip. If another program has
    /// moved the tip, the number of the change is taken: nothing is written, and it starts anew.
    pub(crate) async fn write(&self, checked: Checked) -> Result<Committed, StoreError> {
        let mut writer = self.writer()?.lock().await;
        let Writer { connection, tip, is_open } = &mut *writer;
        let connection = connection.as_mut().ok_or_else(|| StoreError::ReadOnly(self.path.clone()))?;
        loop {
            if *is_open {
                roll_back(connection).await;
                (*tip, *is_open) = (None, false);
            }
            let at = match *tip {
                Some(at) => at,
                None => *tip.insert(self.tip_of(connection).await?),
            };
            let proposal = checked.proposal();
            if proposal.against < at.number {
                // Between this look and the writing another program may write; then the number is taken.
                self.conflict(connection, proposal.against, checked.links()).await?;
            }
            let change = Change {
                number: at.number + 1,
                author: proposal.author.clone(),
                at: proposal.at,
                reason: proposal.reason.clone(),
                state: ChangeState::Accepted,
                undoes: proposal.undoes,
                sheets: checked.sheets().to_vec(),
            };
            let (revisions, next) = chain(at, &change, checked.links());
            *is_open = true;
            match send(connection, &change, &revisions, checked.links(), next).await {
                Ok(()) => {
                    (*tip, *is_open) = (Some(next), false);
                    return Ok(Committed { number: next.number, head: next.hash });
                }
                Err(error) => {
                    roll_back(connection).await;
                    (*tip, *is_open) = (None, false);
                    let is_taken = error.as_database_error().is_some_and(|e| e.is_unique_violation());
                    if !is_taken || self.tip_of(connection).await?.number == at.number {
                        return Err(self.fail(&error));
                    }
                }
            }
        }
    }

    async fn tip_of(&self, connection: &mut SqliteConnection) -> Result<Tip, StoreError> {
        let fail = |e: sqlx::Error| self.fail(&e);
        let sql = "select number, n_revisions, hash from head where id = 1";
        let head = sqlx::query(sql).fetch_one(connection).await.map_err(fail)?;
        let whole = |at: usize| -> Result<u64, StoreError> {
            let n: i64 = head.try_get(at).map_err(fail)?;
            u64::try_from(n).map_err(|_| self.corrupt("the head counts below zero"))
        };
        let hash = hash_of(&head.try_get::<Vec<u8>, _>(2).map_err(fail)?);
        let hash = hash.ok_or_else(|| self.corrupt("the head has no hash"))?;
        Ok(Tip { number: whole(0)?, n_revisions: whole(1)?, hash })
    }

    /// Refuses when a change after the one that the proposal was made against touched one of its records.
    async fn conflict(
        &self,
        connection: &mut SqliteConnection,
        against: u64,
        links: &[Link],
    ) -> Result<(), StoreError> {
        let touched: Vec<[&str; 2]> = links.iter().map(|link| [link.kind_name(), &link.record]).collect();
        let touched = serde_json::to_string(&touched).map_err(|e| self.corrupt(&e.to_string()))?;
        let sql = "select r.kind, r.record, r.change from json_each($1) as t cross join revision as r \
                   on r.kind = t.value ->> 0 and r.record = t.value ->> 1 and r.change > $2 \
                   order by r.seq limit 1";
        let later: Option<(String, String, i64)> = sqlx::query_as(sql)
            .bind(touched)
            .bind(against as i64)
            .fetch_optional(connection)
            .await
            .map_err(|e| self.fail(&e))?;
        match later {
            Some((kind, record, change)) => {
                Err(StoreError::Conflict { record: format!("{kind}/{record}"), change: change as u64 })
            }
            None => Ok(()),
        }
    }

    pub(crate) fn corrupt(&self, detail: &str) -> StoreError {
        StoreError::Corrupt { path: self.path.clone(), detail: detail.to_owned() }
    }
}

pub(crate) fn hash_of(bytes: &[u8]) -> Option<[u8; 32]> {
    bytes.try_into().ok()
}

/// Undoes what was begun. Fails when nothing was, or when the database has done it already; both are fine.
async fn roll_back(connection: &mut SqliteConnection) {
    sqlx::query("rollback").execute(connection).await.ok();
}

/// The revisions of a change, each sealed onto the one before, and the tip after them.
fn chain(tip: Tip, change: &Change, links: &[Link]) -> (Vec<Revision>, Tip) {
    let mut next = Tip { number: change.number, ..tip };
    let revisions = links.iter().map(|link| {
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
        next.hash = seal(&next.hash, change, &revision);
        revision.hash = next.hash;
        revision
    });
    (revisions.collect(), next)
}

/// Begins, writes and commits. On an error the transaction may still be open.
async fn send(
    connection: &mut SqliteConnection,
    change: &Change,
    revisions: &[Revision],
    links: &[Link],
    next: Tip,
) -> Result<(), sqlx::Error> {
    let mut batch = Batch::new(links.len() == 1);
    batch.sql.push("begin immediate;");
    batch.head(change);
    for chunk in revisions.chunks(MOST_PARAMETERS / 9) {
        batch.room(connection, chunk.len() * 9).await?;
        batch.revisions(chunk);
    }
    for group in links.chunk_by(|a, b| a.kind == b.kind && a.op == b.op) {
        let Some(kind) = group.first().and_then(|l| l.kind) else { continue };
        let is_removal = group.first().is_some_and(|l| l.op == Op::Remove);
        let n_each = if is_removal { 1 } else { kind.def().columns.len() + 1 };
        for chunk in group.chunks((MOST_PARAMETERS / n_each).max(1)) {
            batch.room(connection, chunk.len() * n_each).await?;
            if is_removal { batch.remove(kind, chunk) } else { batch.put(kind, chunk) }
        }
    }
    batch.room(connection, 3).await?;
    batch.tip(next);
    batch.sql.push("commit");
    batch.run(connection).await
}

/// Statements that are sent together, with the parameters of all of them in order.
struct Batch {
    sql: QueryBuilder<Sqlite>,
    n_parameters: usize,
    /// Whether the same statements come again and again: those of one record do, those of a whole import do not.
    is_usual: bool,
}

impl Batch {
    fn new(is_usual: bool) -> Self {
        Batch { sql: QueryBuilder::new(""), n_parameters: 0, is_usual }
    }
    /// Sends what there is when there is no room for more parameters.
    async fn room(&mut self, connection: &mut SqliteConnection, n: usize) -> Result<(), sqlx::Error> {
        if self.n_parameters + n > MOST_PARAMETERS {
            std::mem::replace(self, Batch::new(self.is_usual)).run(connection).await?;
        }
        self.n_parameters += n;
        Ok(())
    }
    async fn run(mut self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        self.sql.build().persistent(self.is_usual).execute(connection).await.map(|_| ())
    }
    fn head(&mut self, change: &Change) {
        let sheets = if change.sheets.is_empty() {
            String::new()
        } else {
            serde_json::to_string(&change.sheets).unwrap_or_default()
        };
        self.n_parameters += 8;
        self.sql.push("insert into change (number, author, at, at_us, reason, state, undoes, sheets) values (");
        let mut row = self.sql.separated(", ");
        row.push_bind(change.number as i64)
            .push_bind(change.author.clone())
            .push_bind(change.at.to_string())
            .push_bind(change.at.as_microsecond())
            .push_bind(change.reason.clone())
            .push_bind(change.state.as_str())
            .push_bind(change.undoes.map(|u| u as i64))
            .push_bind(sheets);
        self.sql.push(");");
    }
    fn revisions(&mut self, revisions: &[Revision]) {
        self.sql.push("insert into revision (seq, change, kind, record, op, body, sheet, sheet_row, hash) ");
        self.sql.push_values(revisions, |mut row, r| {
            row.push_bind(r.seq as i64)
                .push_bind(r.change as i64)
                .push_bind(r.kind.clone())
                .push_bind(r.record.clone())
                .push_bind(r.op.as_str())
                .push_bind(r.body.clone())
                .push_bind(r.origin.map(|(sheet, _)| i64::from(sheet)))
                .push_bind(r.origin.map(|(_, row)| i64::from(row)))
                .push_bind(r.hash.to_vec());
        });
        self.sql.push(";");
    }
    fn remove(&mut self, kind: Kind, links: &[Link]) {
        self.sql.push(format!("delete from \"{}\" where record_id in (", kind.name()));
        let mut ids = self.sql.separated(", ");
        for link in links {
            ids.push_bind(link.record.clone());
        }
        self.sql.push(");");
    }
    /// Brings the kind's own table up to date.
    fn put(&mut self, kind: Kind, links: &[Link]) {
        let def = kind.def();
        let names: Vec<String> = def.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
        let updates: Vec<String> = names.iter().map(|n| format!("{n} = excluded.{n}")).collect();
        self.sql.push(format!("insert into \"{}\" (\"record_id\", {}) ", def.name, names.join(", ")));
        self.sql.push_values(links, |mut row, link| {
            row.push_bind(link.record.clone());
            for value in &link.row {
                match value {
                    Value::Null => row.push_bind(None::<String>),
                    Value::Whole(n) => row.push_bind(*n),
                    Value::Number(n) => row.push_bind(*n),
                    Value::Bool(b) => row.push_bind(i64::from(*b)),
                    other => row.push_bind(other.to_text()),
                };
            }
        });
        self.sql.push(format!(" on conflict (\"record_id\") do update set {};", updates.join(", ")));
    }
    fn tip(&mut self, tip: Tip) {
        self.sql.push("update head set number = ").push_bind(tip.number as i64);
        self.sql.push(", n_revisions = ").push_bind(tip.n_revisions as i64);
        self.sql.push(", hash = ").push_bind(tip.hash.to_vec()).push(" where id = 1;");
    }
}
