//! Work that one of the servers does, once; and answers that are given twice.

use jiff::Timestamp;

use crate::{
    aside::within,
    error::StoreError,
    open::{Store, on},
    people::instant,
};

/// An answer that was given to a request with a key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Answered {
    /// Fingerprint of the request, so that a key is not used for another one.
    pub request: Vec<u8>,
    /// Status of the answer; 0 while it is being made.
    pub status: i64,
    /// The answer.
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

    /// Claims a person's key for a request: `None` when it is new, else what was answered before.
    pub async fn claim_key(
        &self,
        person: &str,
        key: &str,
        request: &[u8; 32],
        at: Timestamp,
    ) -> Result<Option<Answered>, StoreError> {
        let claim = "insert into answered (person, idempotency_key, request, at, status, body) \
                     values ($1, $2, $3, $4, 0, '') on conflict (person, idempotency_key) do nothing";
        let is_new = within!(self, |c| {
            let query = sqlx::query(claim).bind(person.to_owned()).bind(key.to_owned()).bind(request.to_vec());
            query.bind(at.as_microsecond()).execute(c).await.map(|done| done.rows_affected() == 1)
        })?;
        if is_new {
            return Ok(None);
        }
        let sql = "select request, status, body from answered where person = $1 and idempotency_key = $2";
        on!(self, |pool| {
            sqlx::query_as(sql).bind(person.to_owned()).bind(key.to_owned()).fetch_optional(pool).await
        })
        .map_err(|e| self.fail(&e))
    }

    /// Keeps the answer under a key; status 0 forgets the key, so that the request can be tried again.
    pub async fn keep_answer(&self, person: &str, key: &str, status: u16, body: &str) -> Result<(), StoreError> {
        let keep = "update answered set status = $3, body = $4 where person = $1 and idempotency_key = $2";
        let forget = "delete from answered where person = $1 and idempotency_key = $2";
        within!(self, |c| {
            async {
                let query = sqlx::query(if status == 0 { forget } else { keep });
                let query = query.bind(person.to_owned()).bind(key.to_owned());
                let query = if status == 0 { query } else { query.bind(i64::from(status)).bind(body.to_owned()) };
                query.execute(&mut *c).await.map(|_| ())
            }
            .await
        })
    }
}
