//! How persons sign in: browsers that are signed in, tokens, one-time links, failed attempts. Secrets are kept as
//! fingerprints only.

use jiff::Timestamp;
use sqlx::FromRow;

use crate::{
    aside::within,
    audit::{Entry, add_entry},
    error::StoreError,
    open::{Store, on},
    people::instant,
};

/// Sign-ins elsewhere that wait at once. Whoever begins more than this many in ten minutes is no person.
const MOST_PENDING: i64 = 10_000;

/// The fingerprint of a secret.
pub type Fingerprint = [u8; 32];

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SignedIn {
    /// Fingerprint of the secret in the cookie.
    pub secret: Vec<u8>,
    /// The person.
    pub person: String,
    started_at: i64,
    seen_at: i64,
    ends_at: i64,
    /// The browser, as it names itself.
    pub agent: String,
    /// Where from.
    pub address: String,
}

impl SignedIn {
    /// Since when.
    pub fn started_at(&self) -> Timestamp {
        instant(self.started_at)
    }
    /// When it was last used.
    pub fn seen_at(&self) -> Timestamp {
        instant(self.seen_at)
    }
    /// When it ends at the latest.
    pub fn ends_at(&self) -> Timestamp {
        instant(self.ends_at)
    }
    /// A name for it that tells nothing of the secret.
    pub fn id(&self) -> String {
        self.secret.iter().take(8).map(|b| format!("{b:02x}")).collect()
    }
}

/// A personal token.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Token {
    /// Its public part.
    pub id: String,
    /// Fingerprint of its secret part.
    pub secret: Vec<u8>,
    /// Whose.
    pub person: String,
    /// What for, in the person's words.
    pub name: String,
    /// Codes of scopes with spaces between.
    pub scopes: String,
    created_at: i64,
    ends_at: i64,
    used_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl Token {
    /// Since when.
    pub fn created_at(&self) -> Timestamp {
        instant(self.created_at)
    }
    /// Until when.
    pub fn ends_at(&self) -> Timestamp {
        instant(self.ends_at)
    }
    /// When it was last used.
    pub fn used_at(&self) -> Option<Timestamp> {
        self.used_at.map(instant)
    }
    /// Whether it was taken back.
    pub fn is_revoked(&self) -> bool {
        self.revoked_at.is_some()
    }
}

/// A one-time link.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Link {
    /// Fingerprint of its secret.
    pub secret: Vec<u8>,
    /// What it is for: `setup`, `invitation` or `reset`.
    pub purpose: String,
    /// Whom it is for; empty for the first administrator.
    pub person: String,
    ends_at: i64,
    used_at: Option<i64>,
}

impl Link {
    /// Whether it can still be used.
    pub fn is_good(&self, at: Timestamp) -> bool {
        self.used_at.is_none() && at.as_microsecond() < self.ends_at
    }
}

impl Store {
    /// Remembers a browser that signed in.
    pub async fn start_session(
        &self,
        secret: &Fingerprint,
        person: &str,
        ends_at: Timestamp,
        agent: &str,
        address: &str,
        entry: &Entry<'_>,
    ) -> Result<(), StoreError> {
        let sql = "insert into sign_in (secret, person, started_at, seen_at, ends_at, agent, address) \
                   values ($1, $2, $3, $3, $4, $5, $6)";
        let old = "delete from sign_in where ends_at < $1";
        let at = entry.at.as_microsecond();
        within!(self, |c| {
            async {
                sqlx::query(old).bind(at).execute(&mut *c).await?;
                let query = sqlx::query(sql).bind(secret.to_vec()).bind(person.to_owned()).bind(at);
                let query = query.bind(ends_at.as_microsecond()).bind(agent.to_owned()).bind(address.to_owned());
                query.execute(&mut *c).await?;
                add_entry!(c, entry);
                Ok(())
            }
            .await
        })
    }

    /// The browser with a secret, if it is signed in.
    pub async fn session(&self, secret: &Fingerprint) -> Result<Option<SignedIn>, StoreError> {
        let sql = "select secret, person, started_at, seen_at, ends_at, agent, address from sign_in where secret = $1";
        on!(self, |pool| sqlx::query_as(sql).bind(secret.to_vec()).fetch_optional(pool).await)
            .map_err(|e| self.fail(&e))
    }

    /// Remembers that a browser was used.
    pub async fn touch_session(&self, secret: &Fingerprint, at: Timestamp) -> Result<(), StoreError> {
        let sql = "update sign_in set seen_at = $2 where secret = $1";
        within!(self, |c| {
            sqlx::query(sql).bind(secret.to_vec()).bind(at.as_microsecond()).execute(c).await.map(|_| ())
        })
    }

    /// Signs a browser out.
    pub async fn end_session(&self, secret: &[u8], person: &str, entry: &Entry<'_>) -> Result<bool, StoreError> {
        let sql = "delete from sign_in where secret = $1 and person = $2";
        self.recorded(sql, Bound::Bytes(secret), person, entry).await
    }

    /// Signs all browsers of a person out but one.
    pub async fn end_sessions(&self, person: &str, but: &[u8], entry: &Entry<'_>) -> Result<bool, StoreError> {
        let sql = "delete from sign_in where secret <> $1 and person = $2";
        self.recorded(sql, Bound::Bytes(but), person, entry).await
    }

    /// The browsers of a person, the latest first.
    pub async fn sessions_of(&self, person: &str) -> Result<Vec<SignedIn>, StoreError> {
        let sql = "select secret, person, started_at, seen_at, ends_at, agent, address from sign_in \
                   where person = $1 order by seen_at desc";
        on!(self, |pool| sqlx::query_as(sql).bind(person.to_owned()).fetch_all(pool).await).map_err(|e| self.fail(&e))
    }

    /// Adds a token.
    #[expect(clippy::too_many_arguments, reason = "the columns of the table")]
    pub async fn add_token(
        &self,
        id: &str,
        secret: &Fingerprint,
        person: &str,
        name: &str,
        scopes: &str,
        ends_at: Timestamp,
        entry: &Entry<'_>,
    ) -> Result<(), StoreError> {
        let sql = "insert into token (id, secret, person, name, scopes, created_at, ends_at) \
                   values ($1, $2, $3, $4, $5, $6, $7)";
        within!(self, |c| {
            async {
                let query = sqlx::query(sql).bind(id.to_owned()).bind(secret.to_vec()).bind(person.to_owned());
                let query = query.bind(name.to_owned()).bind(scopes.to_owned()).bind(entry.at.as_microsecond());
                query.bind(ends_at.as_microsecond()).execute(&mut *c).await?;
                add_entry!(c, entry);
                Ok(())
            }
            .await
        })
    }

    /// A token by its public part.
    pub async fn token(&self, id: &str) -> Result<Option<Token>, StoreError> {
        let sql = "select id, secret, person, name, scopes, created_at, ends_at, used_at, revoked_at from token where id = $1";
        on!(self, |pool| sqlx::query_as(sql).bind(id.to_owned()).fetch_optional(pool).await).map_err(|e| self.fail(&e))
    }

    /// The tokens of a person.
    pub async fn tokens_of(&self, person: &str) -> Result<Vec<Token>, StoreError> {
        let sql = "select id, secret, person, name, scopes, created_at, ends_at, used_at, revoked_at from token \
                   where person = $1 order by created_at desc";
        on!(self, |pool| sqlx::query_as(sql).bind(person.to_owned()).fetch_all(pool).await).map_err(|e| self.fail(&e))
    }

    /// Remembers that a token was used.
    pub async fn touch_token(&self, id: &str, at: Timestamp) -> Result<(), StoreError> {
        let sql = "update token set used_at = $2 where id = $1";
        within!(self, |c| {
            sqlx::query(sql).bind(id.to_owned()).bind(at.as_microsecond()).execute(c).await.map(|_| ())
        })
    }

    /// Takes a token back.
    pub async fn revoke_token(&self, id: &str, person: &str, entry: &Entry<'_>) -> Result<bool, StoreError> {
        let sql = "update token set revoked_at = created_at where id = $1 and person = $2 and revoked_at is null";
        self.recorded(sql, Bound::Text(id), person, entry).await
    }

    /// Adds a one-time link; older ones of the same purpose and person end.
    pub async fn add_link(
        &self,
        secret: &Fingerprint,
        purpose: &str,
        person: &str,
        ends_at: Timestamp,
        entry: &Entry<'_>,
    ) -> Result<(), StoreError> {
        let old = "delete from link where purpose = $1 and person = $2";
        let sql = "insert into link (secret, purpose, person, created_at, ends_at) values ($1, $2, $3, $4, $5)";
        within!(self, |c| {
            async {
                sqlx::query(old).bind(purpose.to_owned()).bind(person.to_owned()).execute(&mut *c).await?;
                let query = sqlx::query(sql).bind(secret.to_vec()).bind(purpose.to_owned()).bind(person.to_owned());
                let query = query.bind(entry.at.as_microsecond()).bind(ends_at.as_microsecond());
                query.execute(&mut *c).await?;
                add_entry!(c, entry);
                Ok(())
            }
            .await
        })
    }

    /// A one-time link by its secret.
    pub async fn link(&self, secret: &Fingerprint) -> Result<Option<Link>, StoreError> {
        let sql = "select secret, purpose, person, ends_at, used_at from link where secret = $1";
        on!(self, |pool| sqlx::query_as(sql).bind(secret.to_vec()).fetch_optional(pool).await)
            .map_err(|e| self.fail(&e))
    }

    /// Uses a link up; whether it was good. Of two who use it at once one gets it.
    pub async fn use_link(&self, secret: &Fingerprint, at: Timestamp) -> Result<bool, StoreError> {
        let sql = "update link set used_at = $2 where secret = $1 and used_at is null and ends_at > $2";
        within!(self, |c| {
            let query = sqlx::query(sql).bind(secret.to_vec()).bind(at.as_microsecond());
            query.execute(c).await.map(|done| done.rows_affected() == 1)
        })
    }

    /// Ends the one-time links of a person that were not used.
    pub async fn end_links(&self, person: &str) -> Result<(), StoreError> {
        let sql = "delete from link where person = $1 and person <> '' and used_at is null";
        within!(self, |c| sqlx::query(sql).bind(person.to_owned()).execute(c).await.map(|_| ()))
    }

    /// Keeps a sign-in that was begun elsewhere. Those whose time is over go, and the oldest when there are too many.
    pub async fn add_pending(
        &self,
        secret: &Fingerprint,
        body: &str,
        at: Timestamp,
        ends_at: Timestamp,
    ) -> Result<(), StoreError> {
        let over = "delete from pending where ends_at <= $1";
        let many = "delete from pending where secret in \
                    (select secret from pending order by ends_at desc limit 1000000 offset $1)";
        let sql = "insert into pending (secret, ends_at, body) values ($1, $2, $3)";
        within!(self, |c| {
            async {
                sqlx::query(over).bind(at.as_microsecond()).execute(&mut *c).await?;
                sqlx::query(many).bind(MOST_PENDING - 1).execute(&mut *c).await?;
                let query = sqlx::query(sql).bind(secret.to_vec()).bind(ends_at.as_microsecond());
                query.bind(body.to_owned()).execute(&mut *c).await.map(|_| ())
            }
            .await
        })
    }

    /// Takes a sign-in that was begun elsewhere; of two who ask for it at once one gets it.
    pub async fn take_pending(&self, secret: &Fingerprint, at: Timestamp) -> Result<Option<String>, StoreError> {
        let sql = "delete from pending where secret = $1 returning ends_at, body";
        let row: Option<(i64, String)> =
            within!(self, |c| sqlx::query_as(sql).bind(secret.to_vec()).fetch_optional(c).await)?;
        Ok(row.filter(|(ends_at, _)| at.as_microsecond() < *ends_at).map(|(_, body)| body))
    }

    /// Counts a failed attempt under each of some names.
    pub async fn failed(&self, whats: &[String], at: Timestamp, forget_before: Timestamp) -> Result<(), StoreError> {
        let old = "delete from failure where at < $1";
        let sql = "insert into failure (what, at) values ($1, $2)";
        within!(self, |c| {
            async {
                sqlx::query(old).bind(forget_before.as_microsecond()).execute(&mut *c).await?;
                for what in whats {
                    sqlx::query(sql).bind(what.clone()).bind(at.as_microsecond()).execute(&mut *c).await?;
                }
                Ok(())
            }
            .await
        })
    }

    /// Instants of the failed attempts under a name since an instant, oldest first; at most a hundred.
    pub async fn failures(&self, what: &str, since: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
        let sql = "select at from failure where what = $1 and at >= $2 order by at desc limit 100";
        let mut rows: Vec<i64> = on!(self, |pool| {
            sqlx::query_scalar(sql).bind(what.to_owned()).bind(since.as_microsecond()).fetch_all(pool).await
        })
        .map_err(|e| self.fail(&e))?;
        rows.reverse();
        Ok(rows.into_iter().map(instant).collect())
    }

    /// Forgets the failed attempts under a name.
    pub async fn forgive(&self, what: &str) -> Result<(), StoreError> {
        let sql = "delete from failure where what = $1";
        within!(self, |c| sqlx::query(sql).bind(what.to_owned()).execute(c).await.map(|_| ()))
    }

    /// A statement about something of a person, and its entry, if it did something.
    async fn recorded(
        &self,
        sql: &'static str,
        what: Bound<'_>,
        person: &str,
        entry: &Entry<'_>,
    ) -> Result<bool, StoreError> {
        within!(self, |c| {
            async {
                let query = match what {
                    Bound::Bytes(bytes) => sqlx::query(sql).bind(bytes.to_vec()),
                    Bound::Text(text) => sqlx::query(sql).bind(text.to_owned()),
                };
                let done = query.bind(person.to_owned()).execute(&mut *c).await?.rows_affected() > 0;
                if done {
                    add_entry!(c, entry);
                }
                Ok(done)
            }
            .await
        })
    }
}

/// What a statement is about.
#[derive(Clone, Copy)]
enum Bound<'a> {
    Bytes(&'a [u8]),
    Text(&'a str),
}
