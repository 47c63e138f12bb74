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

impl Store {
    /// Writes in one transaction. Each statement that is sent and waited for costs two changes of thread, more than
    /// the statement itself, so a small change is sent whole, on top of the remembered tip. If another program has
    /// moved the tip, the number of the change is taken: nothing is written, and it starts anew.
    pub(crate) async fn write_sqlite(
        &self,
        writer: Option<&Mutex<Writer>>,
        checked: Checked,
        also: Vec<Sql>,
    ) -> Result<Committed, StoreError> {
        let read_only = || StoreError::ReadOnly(self.path.clone());
        let mut writer = writer.ok_or_else(read_only)?.lock().await;
        let Writer { connection, tip, is_open } = &mut *writer;
        let connection = connection.as_mut().ok_or_else(read_only)?;
        loop {
            if *is_open {
                roll_back(connection).await;
                (*tip, *is_open) = (None, false);
            }
            let at = match *tip {
                Some(at) => at,
                None => *tip.insert(self.tip_of(connection).await?),
            };
            let against = checked.proposal().against;
            if against < at.number {
                // Between this look and the writing another program may write; then the number is taken.
                let later = sqlx::query_as(LATER).bind(against as i64).fetch_all(&mut *connection).await;
                conflict(checked.links(), &later.map_err(|e| self.fail(&e))?)?;
            }
            let (change, revisions, next) = chained(at, &checked);
            *is_open = true;
            match send(connection, &change, &revisions, checked.links(), next, also.clone()).await {
                Ok(()) => {
                    (*tip, *is_open) = (Some(next), false);
                    return Ok(next.committed());
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

/// Begins, writes and commits. On an error the transaction may still be open.
async fn send(
    connection: &mut SqliteConnection,
    change: &Change,
    revisions: &[Revision],
    links: &[Link],
    next: Tip,
    also: Vec<Sql>,
) -> Result<(), sqlx::Error> {
    // The statements of one record come again and again, those of a whole import do not.
    let is_usual = links.len() == 1;
    let mut batch = Sql::new(Dialect::Sqlite, "begin immediate;");
    for statement in statements(Dialect::Sqlite, change, revisions, links, next).chain(also) {
        if batch.params.len() + statement.params.len() > MOST_PARAMETERS {
            let full = std::mem::replace(&mut batch, Sql::new(Dialect::Sqlite, ""));
            query_of!(full).persistent(is_usual).execute(&mut *connection).await?;
        }
        batch.append(statement);
    }
    batch.push("commit");
    query_of!(batch).persistent(is_usual).execute(connection).await.map(|_| ())
}
