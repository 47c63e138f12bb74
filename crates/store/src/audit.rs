//! The audit: who did, saw and took out what. Each entry is bound to the one before, like the log.

use jiff::Timestamp;
use sqlx::FromRow;

use crate::{
    append::hash_of,
    aside::within,
    error::StoreError,
    open::{Store, on},
    people::instant,
};

/// What is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// When.
    pub at: Timestamp,
    /// Who: a person's code, the name of the machine's user, or empty for somebody who has not signed in.
    pub who: &'a str,
    /// What was done: `sign-in`, `export`, `read-personal`, …
    pub deed: &'a str,
    /// The kind of record, or `person`, `proposal`, …; empty when none is meant.
    pub kind: &'a str,
    /// The record.
    pub record: &'a str,
    /// More, for an auditor; never a name, an address or a secret.
    pub detail: &'a str,
}

/// An entry as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Audited {
    /// Its number, from 1.
    pub seq: i64,
    at: i64,
    /// Who.
    pub who: String,
    /// What.
    pub deed: String,
    /// The kind of record.
    pub kind: String,
    /// The record.
    pub record: String,
    /// More.
    pub detail: String,
    hash: Vec<u8>,
}

impl Audited {
    /// When.
    pub fn at(&self) -> Timestamp {
        instant(self.at)
    }
}

/// Which entries.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Only this person's.
    pub who: String,
    /// Only this deed.
    pub deed: String,
    /// Only about records of this kind.
    pub kind: String,
    /// Only about this record.
    pub record: String,
    /// Below this number.
    pub before: Option<i64>,
}

/// The hash of an entry: BLAKE3 over the hash before it and its parts, each preceded by its length.
pub(crate) fn seal(previous: &[u8; 32], seq: i64, entry: &Entry<'_>) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    let (seq, at) = (seq.to_string(), entry.at.as_microsecond().to_string());
    for part in [&seq, &at, entry.who, entry.deed, entry.kind, entry.record, entry.detail] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// The last entry. On PostgreSQL the table is locked first, since two that are written at once must not both follow
/// the same one; on SQLite there is one writer.
pub(crate) const LAST: &str = "select seq, hash from audit order by seq desc limit 1";

pub(crate) const ADD: &str =
    "insert into audit (seq, at, who, deed, kind, record, detail, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// The hash and number that follow.
pub(crate) fn next(last: Option<(i64, Vec<u8>)>, entry: &Entry<'_>) -> (i64, [u8; 32]) {
    let (seq, hash) = last.unwrap_or((0, Vec::new()));
    let previous = hash_of(&hash).unwrap_or_default();
    (seq + 1, seal(&previous, seq + 1, entry))
}

/// Adds an entry within a transaction that writes something else.
macro_rules! add_entry {
    ($c:ident, $entry:expr) => {{
        let entry: &$crate::audit::Entry<'_> = $entry;
        sqlx::query($crate::audit::Locking::lock_audit(&*$c)).execute(&mut *$c).await?;
        let last: Option<(i64, Vec<u8>)> = sqlx::query_as($crate::audit::LAST).fetch_optional(&mut *$c).await?;
        let (seq, hash) = $crate::audit::next(last, entry);
        sqlx::query($crate::audit::ADD)
            .bind(seq)
            .bind(entry.at.as_microsecond())
            .bind(entry.who.to_owned())
            .bind(entry.deed.to_owned())
            .bind(entry.kind.to_owned())
            .bind(entry.record.to_owned())
            .bind(entry.detail.to_owned())
            .bind(hash.to_vec())
            .execute(&mut *$c)
            .await?;
    }};
}
pub(crate) use add_entry;

/// What locks the audit until the transaction ends.
pub(crate) trait Locking {
    fn lock_audit(&self) -> &'static str;
}
impl Locking for sqlx::SqliteConnection {
    fn lock_audit(&self) -> &'static str {
        "select 1"
    }
}
impl Locking for sqlx::PgConnection {
    fn lock_audit(&self) -> &'static str {
        "lock table audit in share row exclusive mode"
    }
}

const COLUMNS: &str = "select seq, at, who, deed, kind, record, detail, hash from audit \
    where ($1 = '' or who = $1) and ($2 = '' or deed = $2) and ($3 = '' or kind = $3) and ($4 = '' or record = $4) \
    and seq < $5 order by seq desc limit $6";

impl Store {
    /// Writes an entry down.
    pub async fn audit(&self, entry: &Entry<'_>) -> Result<(), StoreError> {
        within!(self, |c| {
            async {
                add_entry!(c, entry);
                Ok(())
            }
            .await
        })
    }

    /// Entries, newest first.
    pub async fn audited(&self, filter: &AuditFilter, limit: u32) -> Result<Vec<Audited>, StoreError> {
        let f = filter.clone();
        on!(self, |pool| {
            sqlx::query_as(COLUMNS)
                .bind(f.who)
                .bind(f.deed)
                .bind(f.kind)
                .bind(f.record)
                .bind(f.before.unwrap_or(i64::MAX))
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await
        })
        .map_err(|e| self.fail(&e))
    }

    /// Recomputes the chain of the audit; the number of its entries, or the first that is not what was written.
    pub async fn verify_audit(&self) -> Result<Result<u64, i64>, StoreError> {
        const BATCH: i64 = 10_000;
        let sql =
            "select seq, at, who, deed, kind, record, detail, hash from audit where seq > $1 order by seq limit $2";
        let (mut seq, mut hash) = (0, [0; 32]);
        loop {
            let rows: Vec<Audited> = on!(self, |pool| sqlx::query_as(sql).bind(seq).bind(BATCH).fetch_all(pool).await)
                .map_err(|e| self.fail(&e))?;
            for row in &rows {
                let entry = Entry {
                    at: row.at(),
                    who: &row.who,
                    deed: &row.deed,
                    kind: &row.kind,
                    record: &row.record,
                    detail: &row.detail,
                };
                if row.seq != seq + 1 || seal(&hash, row.seq, &entry)[..] != row.hash[..] {
                    return Ok(Err(seq + 1));
                }
                (seq, hash) = (row.seq, seal(&hash, row.seq, &entry));
            }
            if (rows.len() as i64) < BATCH {
                return Ok(Ok(seq as u64));
            }
        }
    }
}
