//! Writing to PostgreSQL, where several programs may serve one register.

use register::{Checked, Committed};
use sqlx::PgPool;
use tokio::sync::Semaphore;

use crate::{
    append::{LATER, WRITTEN_AT, chained, conflict, statements},
    dialect::Dialect,
    error::StoreError,
    open::{PATIENCE, Store},
    rows::HEAD,
    sql::{Sql, query_of},
};

impl Store {
    /// Writes in one transaction. The row of the head is its lock: whoever comes second waits and goes on from the
    /// head that the first one left. A transaction that is given up is rolled back by the database.
    ///
    /// Of this program's writers, one writes and one waits for the lock; the others queue before they take a
    /// connection, or waiting writers would hold all of them and readers wait behind.
    pub(crate) async fn write_postgres(
        &self,
        pool: &PgPool,
        writers: &Semaphore,
        may_write: bool,
        checked: Checked,
        also: Vec<Sql>,
    ) -> Result<Committed, StoreError> {
        if !may_write {
            return Err(StoreError::ReadOnly(self.path.clone()));
        }
        let fail = |e: sqlx::Error| self.fail(&e);
        let turn = tokio::time::timeout(PATIENCE, writers.acquire()).await;
        let _turn = turn.map_err(|_| StoreError::Busy(self.path.clone()))?;
        let mut tx = pool.begin().await.map_err(fail)?;
        let locked = sqlx::AssertSqlSafe(format!("{HEAD} for update"));
        let head = sqlx::query_as(locked).fetch_one(&mut *tx).await.map_err(fail)?;
        let mut at = self.tip_from(&head)?;
        // A statement of its own: one that waited for the lock sees other tables as they were before it waited.
        let before = sqlx::query_scalar(WRITTEN_AT).bind(at.number as i64).fetch_optional(&mut *tx).await;
        at.at = before.map_err(fail)?.and_then(|at: String| at.parse().ok());
        let against = checked.proposal().against;
        if against < at.number {
            let later = sqlx::query_as(LATER).bind(against as i64).fetch_all(&mut *tx).await.map_err(fail)?;
            conflict(checked.links(), &later)?;
        }
        let (change, revisions, next) = chained(at, &checked);
        let is_usual = checked.links().len() == 1;
        for statement in statements(Dialect::Postgres, &change, &revisions, checked.links(), next).chain(also) {
            query_of!(statement).persistent(is_usual).execute(&mut *tx).await.map_err(fail)?;
        }
        tx.commit().await.map_err(fail)?;
        Ok(next.committed(&change))
    }
}
