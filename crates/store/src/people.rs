//! Persons: what is personal about them stands here and nowhere else, so that it can be erased.

use jiff::Timestamp;
use sqlx::FromRow;

use crate::{
    aside::within,
    audit::{Entry, add_entry},
    error::StoreError,
    open::{Store, on},
};

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The code under which the person stands in the log. It says nothing about the person.
    pub code: String,
    /// Name, as others see it; empty once erased.
    pub name: String,
    /// E-mail address in small letters; empty once erased.
    pub email: String,
    /// `invited`, `active`, `blocked` or `erased`.
    pub state: String,
    /// Everything else, as JSON: how the person signs in and what the person likes.
    pub body: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Counts the writings, so that two writers notice each other.
    pub version: i64,
}

#[derive(FromRow)]
struct PersonRow {
    code: String,
    name: String,
    email: String,
    state: String,
    body: String,
    created_at: i64,
    version: i64,
}

impl PersonRow {
    fn read(self) -> Person {
        let PersonRow { code, name, email, state, body, created_at, version } = self;
        Person { code, name, email, state, body, created_at: instant(created_at), version }
    }
}

/// Microseconds since 1970 as an instant.
pub(crate) fn instant(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).unwrap_or(Timestamp::UNIX_EPOCH)
}

const PERSON: &str = "select code, name, email, state, body, created_at, version from person where code = $1";
const BY_EMAIL: &str =
    "select code, name, email, state, body, created_at, version from person where email = $1 and email <> ''";
const PERSONS: &str = "select code, name, email, state, body, created_at, version from person order by name, code";

impl Store {
    /// A person by code.
    pub async fn person(&self, code: &str) -> Result<Option<Person>, StoreError> {
        self.one_person(PERSON, code).await
    }

    /// A person by e-mail address.
    pub async fn person_by_email(&self, email: &str) -> Result<Option<Person>, StoreError> {
        self.one_person(BY_EMAIL, &email.to_lowercase()).await
    }

    async fn one_person(&self, sql: &'static str, by: &str) -> Result<Option<Person>, StoreError> {
        let row: Option<PersonRow> =
            on!(self, |pool| sqlx::query_as(sql).bind(by.to_owned()).fetch_optional(pool).await)
                .map_err(|e| self.fail(&e))?;
        Ok(row.map(PersonRow::read))
    }

    /// All persons by name.
    pub async fn persons(&self) -> Result<Vec<Person>, StoreError> {
        let rows: Vec<PersonRow> =
            on!(self, |pool| sqlx::query_as(PERSONS).fetch_all(pool).await).map_err(|e| self.fail(&e))?;
        Ok(rows.into_iter().map(PersonRow::read).collect())
    }

    /// How many persons there are who can sign in, or could before.
    pub async fn n_persons(&self) -> Result<u64, StoreError> {
        let sql = "select count(*) from person where state <> 'invited'";
        let n: i64 = on!(self, |pool| sqlx::query_scalar(sql).fetch_one(pool).await).map_err(|e| self.fail(&e))?;
        Ok(n as u64)
    }

    /// Adds a person, or writes what has changed about one; whether it was done: not when somebody else has written
    /// since the person was read, and not when the address is another's.
    pub async fn save_person(&self, person: &Person, entry: &Entry<'_>) -> Result<bool, StoreError> {
        let (code, name, email) = (person.code.clone(), person.name.clone(), person.email.to_lowercase());
        let taken = "select count(*) from person where email = $1 and email <> '' and code <> $2";
        let add = "insert into person (code, name, email, state, body, created_at, version) \
                   values ($1, $2, $3, $4, $5, $6, 1)";
        let change = "update person set name = $2, email = $3, state = $4, body = $5, version = version + 1 \
                      where code = $1 and version = $6";
        let sql = if person.version == 0 { add } else { change };
        let last = if person.version == 0 { person.created_at.as_microsecond() } else { person.version };
        within!(self, |c| {
            async {
                let n: i64 =
                    sqlx::query_scalar(taken).bind(email.clone()).bind(code.clone()).fetch_one(&mut *c).await?;
                if n > 0 {
                    return Ok(false);
                }
                let query = sqlx::query(sql).bind(code).bind(name).bind(email).bind(person.state.clone());
                let done = query.bind(person.body.clone()).bind(last).execute(&mut *c).await?.rows_affected() == 1;
                if done {
                    add_entry!(c, entry);
                }
                Ok(done)
            }
            .await
        })
    }

    /// Forgets everything personal about a person: name, address, how the person signs in, sessions, tokens, drafts.
    /// The code stays, and with it every change that the person made. It is recorded.
    pub async fn erase_person(&self, code: &str, entry: &Entry<'_>) -> Result<(), StoreError> {
        within!(self, |c| {
            async {
                for sql in [
                    "update person set name = '', email = '', state = 'erased', body = '{}', version = version + 1 \
                     where code = $1",
                    "delete from sign_in where person = $1",
                    "delete from token where person = $1",
                    "delete from link where person = $1",
                    "delete from draft where person = $1",
                    "delete from notice where person = $1",
                    "delete from answered where person = $1",
                ] {
                    sqlx::query(sql).bind(code.to_owned()).execute(&mut *c).await?;
                }
                add_entry!(c, entry);
                Ok(())
            }
            .await
        })
    }
}
