//! Writing to SQLite: one connection, and few words.

use register::{Change, Checked, Committed, Link, Revision};
use sqlx::SqliteConnection;
use tokio::sync::Mutex;

use crate::{
    append::{LATER, Tip, WRITTEN_AT, chained, conflict, statements},
    dialect::Dialect,
    error::StoreError,
    open::Store,
    rows::HEAD,
    sql::{MOST_PARAMETERS, Sql, query_of},
};

/// The one connection that writes, with the end of the chain as it last saw it.
#[derive(Debug)]
pub(crate) struct Writer {
    /// `None` once closed.
    pub connection: Option<SqliteConnection>,
    tip: Option<Tip>,
    /// A transaction was begun and its end was not seen: whoever waited for it went away.
    pub is_open: bool,
}

impl Writer {
    pub fn new(connection: SqliteConnection) -> Self {
        Writer { connection: Some(connection), tip: None, is_open: false }
    }
    /// Forgets the end of the chain, because somebody else is going to move it.
    pub fn forget(&mut self) {
        self.tip = None;
    }
    /// Rolls back what was left open, and the end of the chain with it.
    pub async fn forget_if_open(&mut self) {
        if let Some(connection) = self.connection.as_mut().filter(|_| self.is_open) {
            roll_back(connection).await;
            (self.tip, self.is_open) = (None, false);
        }
    }
}

/// Begins to write: whoever else wants to waits.
const BEGIN: &str = "begin immediate;";

/// Why a change was not written.
enum Unwritten {
    /// Its number, or something else that is there once, was there.
    Taken(StoreError),
    /// Anything else.
    Failed(StoreError),
}

impl From<StoreError> for Unwritten {
    fn from(error: StoreError) -> Self {
        Unwritten::Failed(error)
    }
}

impl Store {
    /// Writes in one transaction. Each statement that is sent and waited for costs two changes of thread, more than
    /// the statement itself, so a small change is sent whole, on top of the remembered tip. If another program has
    /// moved the tip, the number of the change is taken and nothing is written. Then it starts anew behind the lock: a
    /// program that writes all the time would take the next number, too, before it is used here.
    pub(crate) async fn write_sqlite(
        &self,
        writer: Option<&Mutex<Writer>>,
        checked: Checked,
        also: Vec<Sql>,
    ) -> Result<Committed, StoreError> {
        let mut writer = writer.ok_or_else(|| StoreError::ReadOnly(self.path.clone()))?.lock().await;
        let mut is_locked = false;
        loop {
            writer.forget_if_open().await;
            match self.write_once(&mut writer, is_locked, &checked, &also).await {
                Ok(committed) => return Ok(committed),
                Err(Unwritten::Taken(_)) if !is_locked => is_locked = true,
                Err(Unwritten::Taken(error) | Unwritten::Failed(error)) => {
                    writer.forget_if_open().await;
                    return Err(error);
                }
            }
        }
    }

    /// Writes on top of the tip as it is remembered, or as it is once the lock is had. A transaction may stay open.
    async fn write_once(
        &self,
        writer: &mut Writer,
        is_locked: bool,
        checked: &Checked,
        also: &[Sql],
    ) -> Result<Committed, Unwritten> {
        let Writer { connection, tip, is_open } = writer;
        let connection = connection.as_mut().ok_or_else(|| StoreError::ReadOnly(self.path.clone()))?;
        let fail = |e: sqlx::Error| self.fail(&e);
        if is_locked {
            *is_open = true;
            sqlx::raw_sql(BEGIN).execute(&mut *connection).await.map_err(fail)?;
        }
        let at = match *tip {
            Some(at) => at,
            None => *tip.insert(self.tip_of(connection).await?),
        };
        let against = checked.proposal().against;
        if against < at.number {
            // Without the lock another program may write between this look and the writing; then the number is taken.
            let later = sqlx::query_as(LATER).bind(against as i64).fetch_all(&mut *connection).await;
            conflict(checked.links(), &later.map_err(fail)?)?;
        }
        let (change, revisions, next) = chained(at, checked);
        *is_open = true;
        let begin = if is_locked { "" } else { BEGIN };
        match send(connection, begin, &change, &revisions, checked.links(), next, also).await {
            Ok(()) => {
                (*tip, *is_open) = (Some(next), false);
                Ok(next.committed(&change))
            }
            Err(error) if error.as_database_error().is_some_and(|e| e.is_unique_violation()) => {
                Err(Unwritten::Taken(fail(error)))
            }
            Err(error) => Err(Unwritten::Failed(fail(error))),
        }
    }

    async fn tip_of(&self, connection: &mut SqliteConnection) -> Result<Tip, StoreError> {
        let head = sqlx::query_as(HEAD).fetch_one(&mut *connection).await.map_err(|e| self.fail(&e))?;
        let mut tip = self.tip_from(&head)?;
        let at = sqlx::query_scalar(WRITTEN_AT).bind(tip.number as i64).fetch_optional(connection).await;
        tip.at = at.map_err(|e| self.fail(&e))?.and_then(|at: String| at.parse().ok());
        Ok(tip)
    }
}

/// Undoes what was begun. Fails when nothing was, or when the database has done it already; both are fine.
pub(crate) async fn roll_back(connection: &mut SqliteConnection) {
    sqlx::query("rollback").execute(connection).await.ok();
}

/// Begins unless that was done, writes and commits. On an error the transaction may still be open.
async fn send(
    connection: &mut SqliteConnection,
    begin: &str,
    change: &Change,
    revisions: &[Revision],
    links: &[Link],
    next: Tip,
    also: &[Sql],
) -> Result<(), sqlx::Error> {
    // The statements of one record come again and again, those of a whole import do not.
    let is_usual = links.len() == 1;
    let mut batch = Sql::new(Dialect::Sqlite, begin);
    for statement in statements(Dialect::Sqlite, change, revisions, links, next).chain(also.iter().cloned()) {
        if batch.params.len() + statement.params.len() > MOST_PARAMETERS {
            let full = std::mem::replace(&mut batch, Sql::new(Dialect::Sqlite, ""));
            query_of!(full).persistent(is_usual).execute(&mut *connection).await?;
        }
        batch.append(statement);
    }
    batch.push("commit");
    query_of!(batch).persistent(is_usual).execute(connection).await.map(|_| ())
}
