//! Writing to the tables that stand beside the log: one transaction, through the same door as the log itself.

use sqlx::SqliteConnection;

use crate::{
    error::StoreError,
    open::Store,
    sqlite::{Writer, roll_back},
};

impl Writer {
    /// Begins a transaction; what an earlier one left open is rolled back.
    pub async fn begin(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        self.forget_if_open().await;
        let connection = self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)?;
        // Noted before it is known: whoever waits for it may go away, and the transaction begin all the same.
        self.is_open = true;
        sqlx::query("begin immediate").execute(&mut *connection).await?;
        Ok(connection)
    }
    /// Ends it.
    pub async fn end(&mut self, how: End) -> Result<(), sqlx::Error> {
        let connection = self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)?;
        let done = match how {
            End::Commit => sqlx::query("commit").execute(&mut *connection).await.map(|_| ()),
            End::RollBack => Err(sqlx::Error::RowNotFound),
        };
        if done.is_err() {
            roll_back(connection).await;
        }
        self.is_open = false;
        match how {
            End::Commit => done,
            End::RollBack => Ok(()),
        }
    }
}

/// How a transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Commit,
    RollBack,
}

impl Store {
    pub(crate) fn read_only(&self) -> StoreError {
        StoreError::ReadOnly(self.path.clone())
    }
}

/// One body for both databases, in one transaction that writes. The body is an expression that answers a
/// `Result<_, sqlx::Error>` of its connection; on an error nothing stays.
macro_rules! within {
    ($store:expr, |$c:ident| $body:expr) => {{
        let store = $store;
        match &store.backend {
            $crate::open::Backend::Sqlite { writer, .. } => {
                let mut writer = writer.as_deref().ok_or_else(|| store.read_only())?.lock().await;
                let outcome = match writer.begin().await {
                    Ok($c) => $body,
                    Err(error) => Err(error),
                };
                let how = if outcome.is_ok() { $crate::aside::End::Commit } else { $crate::aside::End::RollBack };
                let ended = writer.end(how).await;
                drop(writer);
                outcome.and_then(|value| ended.map(|()| value)).map_err(|e| store.fail(&e))
            }
            $crate::open::Backend::Postgres { pool, may_write, .. } => {
                if !*may_write {
                    return Err(store.read_only());
                }
                let mut tx = pool.begin().await.map_err(|e| store.fail(&e))?;
                let outcome = {
                    let $c = &mut *tx;
                    $body
                };
                match outcome {
                    Ok(value) => tx.commit().await.map(|()| value).map_err(|e| store.fail(&e)),
                    Err(error) => Err(store.fail(&error)),
                }
            }
        }
    }};
}
pub(crate) use within;
