//! Work that one of the servers does, once; and answers that are given twice.

use jiff::{SignedDuration, Timestamp};
use register::{Checked, Committed};

use crate::{
    aside::within,
    dialect::Dialect,
    error::StoreError,
    open::{Store, on},
    people::instant,
    personal::{Beside, keep},
    sql::{Param, Sql},
};

/// How long answers are kept under their keys.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Longer than any request may take.
const LONGEST_REQUEST: SignedDuration = SignedDuration::from_mins(20);
/// Status of an answer whose body is the number of a change.
pub const IN_FORCE: i64 = 201;
/// Status of an answer whose body is the number of a proposal.
pub const WAITING: i64 = 202;

/// A key by which somebody who sends a request again says that it is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    /// Whose key it is; others may use the same.
    pub person: String,
    /// The key.
    pub key: String,
}

/// An answer that was given to a request with a key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Answered {
    /// Fingerprint of the request, so that a key is not used for another one.
    pub request: Vec<u8>,
    /// [`IN_FORCE`], [`WAITING`], or 0 while it is being made.
    pub status: i64,
    /// The number of the change, or of the proposal.
    pub body: String,
}

impl Store {
    /// Takes a job that is due, for so long; whether it is ours. Of several servers one gets it, and another one may
    /// have it when the time is over and nobody finished it.
    pub async fn take_job(&self, name: &str, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
        let there =
            "insert into job (name, due_at, taken_until, outcome) values ($1, $2, 0, '') on conflict (name) do nothing";
        let take = "update job set taken_until = $3 where name = $1 and due_at <= $2 and taken_until <= $2";
        let now = now.as_microsecond();
        within!(self, |c| {
            async {
                sqlx::query(there).bind(name.to_owned()).bind(now).execute(&mut *c).await?;
                let query = sqlx::query(take).bind(name.to_owned()).bind(now).bind(until.as_microsecond());
                Ok(query.execute(&mut *c).await?.rows_affected() == 1)
            }
            .await
        })
    }

    /// Says that a job was done, how, and when it is due again.
    pub async fn finish_job(
        &self,
        name: &str,
        now: Timestamp,
        due: Timestamp,
        outcome: &str,
    ) -> Result<(), StoreError> {
        let sql = "update job set due_at = $2, taken_until = 0, ran_at = $3, outcome = $4 where name = $1";
        within!(self, |c| {
            let query = sqlx::query(sql).bind(name.to_owned()).bind(due.as_microsecond());
            query.bind(now.as_microsecond()).bind(outcome.to_owned()).execute(c).await.map(|_| ())
        })
    }

    /// Holds a job that was taken until `held` for longer; whether it was still ours. Nobody else can have taken it
    /// until the same instant, unless both began within one microsecond.
    pub async fn hold_job(&self, name: &str, held: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
        let sql = "update job set taken_until = $3 where name = $1 and taken_until = $2";
        within!(self, |c| {
            let query = sqlx::query(sql).bind(name.to_owned()).bind(held.as_microsecond());
            query.bind(until.as_microsecond()).execute(c).await.map(|done| done.rows_affected() == 1)
        })
    }

    /// Says when a job is due that nobody has taken, whether it was there before or not.
    pub async fn put_off_job(&self, name: &str, due: Timestamp, outcome: &str) -> Result<(), StoreError> {
        let sql = "insert into job (name, due_at, taken_until, outcome) values ($1, $2, 0, $3) \
                   on conflict (name) do update set due_at = excluded.due_at, outcome = excluded.outcome";
        within!(self, |c| {
            let query = sqlx::query(sql).bind(name.to_owned()).bind(due.as_microsecond());
            query.bind(outcome.to_owned()).execute(c).await.map(|_| ())
        })
    }

    /// When a job is due, and how it went the last time; `None` for one that never was.
    pub async fn job(&self, name: &str) -> Result<Option<(Timestamp, String)>, StoreError> {
        let sql = "select due_at, outcome from job where name = $1";
        let row: Option<(i64, String)> =
            on!(self, |pool| sqlx::query_as(sql).bind(name.to_owned()).fetch_optional(pool).await)
                .map_err(|e| self.fail(&e))?;
        Ok(row.map(|(due, outcome)| (instant(due), outcome)))
    }

    /// Claims a key for a request: `None` when it is new, else what was answered before. Keys are forgotten after a week.
    /// What a request wrote and its answer are one transaction, so a claim without an answer for longer than a request
    /// may take belongs to one that wrote nothing, and is claimed again.
    pub async fn claim_key(
        &self,
        key: &RequestKey,
        request: &[u8; 32],
        at: Timestamp,
    ) -> Result<Option<Answered>, StoreError> {
        let old = "delete from answered where at < $1";
        let claim = "insert into answered (person, idempotency_key, request, at, status, body) \
                     values ($1, $2, $3, $4, 0, '') on conflict (person, idempotency_key) do update \
                     set request = excluded.request, at = excluded.at where answered.status = 0 and answered.at < $5";
        let before = |age: SignedDuration| at.checked_sub(age).unwrap_or(Timestamp::MIN).as_microsecond();
        let is_new = within!(self, |c| {
            async {
                sqlx::query(old).bind(before(KEPT)).execute(&mut *c).await?;
                let query = sqlx::query(claim).bind(key.person.clone()).bind(key.key.clone()).bind(request.to_vec());
                let query = query.bind(at.as_microsecond()).bind(before(LONGEST_REQUEST));
                query.execute(&mut *c).await.map(|done| done.rows_affected() == 1)
            }
            .await
        })?;
        if is_new {
            return Ok(None);
        }
        let sql = "select request, status, body from answered where person = $1 and idempotency_key = $2";
        on!(self, |pool| {
            sqlx::query_as(sql).bind(key.person.clone()).bind(key.key.clone()).fetch_optional(pool).await
        })
        .map_err(|e| self.fail(&e))
    }

    /// Forgets a claim that came to nothing, so that the key can be used again. An answer stays.
    pub async fn forget_key(&self, key: &RequestKey) -> Result<(), StoreError> {
        let sql = "delete from answered where person = $1 and idempotency_key = $2 and status = 0";
        within!(self, |c| {
            sqlx::query(sql).bind(key.person.clone()).bind(key.key.clone()).execute(c).await.map(|_| ())
        })
    }

    /// Writes a change and, with it, what stands apart from it and its number as the answer under a key.
    pub async fn append_with(&self, checked: Checked, beside: &Beside) -> Result<Committed, StoreError> {
        let mut also: Vec<Sql> = beside.personal.iter().map(|p| keep(self.dialect(), p)).collect();
        also.extend(beside.key.as_ref().map(|key| answered(self.dialect(), key)));
        self.write_with(checked, also).await
    }
}

/// The number of the change that was just written as the answer under a key.
fn answered(dialect: Dialect, key: &RequestKey) -> Sql {
    let mut sql = Sql::new(dialect, "update answered set status = ");
    sql.bind(Param::Whole(Some(IN_FORCE)))
        .push(", body = cast((select number from head where id = 1) as text) where person = ");
    sql.bind(Param::Text(Some(key.person.clone()))).push(" and idempotency_key = ");
    sql.bind(Param::Text(Some(key.key.clone())));
    sql
}
