//! Writing to PostgreSQL, where several programs may serve one register.

use register::{Checked, Committed};
use sqlx::PgPool;

use crate::{
    append::{LATER, chained, conflict, statements},
    dialect::Dialect,
    error::StoreError,
    open::Store,
    rows::HEAD,
    sql::{Sql, query_of},
};

impl Store {
    /// Writes in one transaction. The row of the head is its lock: whoever comes second waits and goes on from the
    /// head that the first one left. A transaction that is given up is rolled back by the database.
    pub(crate) async fn write_postgres(
        &self,
        pool: &PgPool,
        may_write: bool,
        checked: Checked,
        also: Option<Sql>,
    ) -> Result<Committed, StoreError> {
        if !may_write {
            return Err(StoreError::ReadOnly(self.path.clone()));
        }
        let fail = |e: sqlx::Error| self.fail(&e);
        let mut tx = pool.begin().await.map_err(fail)?;
        let locked = sqlx::AssertSqlSafe(format!("{HEAD} for update"));
        let head = sqlx::query_as(locked).fetch_one(&mut *tx).await.map_err(fail)?;
        let at = self.tip_from(&head)?;
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
        Ok(next.committed())
    }
}
