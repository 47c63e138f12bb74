//! A register copied from one database to another, hash by hash.

use model::Kind;
use register::{Change, Log, Revision, Upto, Verifier};
use sqlx::Connection;

use crate::{
    append::{Tip, heads, logged, put, tip},
    error::StoreError,
    open::{Backend, Store},
    rows::{HEAD, HeadRow},
    sql::{MOST_PARAMETERS, query_of},
};

/// Revisions read at once.
const BATCH: u32 = 5_000;

/// What was copied, and seen to be equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Changes.
    pub n_changes: u64,
    /// Revisions.
    pub n_revisions: u64,
    /// Head of both chains.
    pub head: [u8; 32],
}

/// Fills the tables of the target within a transaction of it.
macro_rules! fill {
    ($from:expr, $target:expr, $tx:expr, $end:expr, $progress:expr) => {{
        let (from, target, tx, end): (&Store, &Store, _, Tip) = ($from, $target, $tx, $end);
        let fail = |e: sqlx::Error| target.fail(&e);
        let head: HeadRow = sqlx::query_as(HEAD).fetch_one(&mut **tx).await.map_err(fail)?;
        if head.number != 0 {
            return Err(StoreError::NotEmpty(target.path.clone()));
        }
        let mut chain = Chain::default();
        while chain.n_taken < end.n_revisions {
            let (changes, revisions) = chain.next(from, end).await?;
            for chunk in changes.chunks(MOST_PARAMETERS / 8) {
                query_of!(heads(target.dialect(), chunk)).execute(&mut **tx).await.map_err(fail)?;
            }
            for chunk in revisions.chunks(MOST_PARAMETERS / 9) {
                query_of!(logged(target.dialect(), chunk)).execute(&mut **tx).await.map_err(fail)?;
            }
            $progress(chain.n_taken, end.n_revisions);
        }
        chain.finish(from, end)?;
        let records = from.folded(Upto::Change(end.number)).await?.records;
        for kind in Kind::REGISTER {
            let rows: Vec<_> = records.rows(*kind).collect();
            for chunk in rows.chunks((MOST_PARAMETERS / (kind.def().columns.len() + 1)).max(1)) {
                let statement = put(target.dialect(), *kind, chunk.iter().map(|(id, row)| (*id, &row[..])));
                query_of!(statement).execute(&mut **tx).await.map_err(fail)?;
            }
        }
        query_of!(tip(target.dialect(), end)).execute(&mut **tx).await.map_err(fail)?;
    }};
}

/// A chain that is read and verified piece by piece.
#[derive(Default)]
struct Chain {
    verifier: Verifier,
    n_taken: u64,
    last_change: u64,
}

impl Chain {
    /// The next revisions, and the changes that begin with them.
    async fn next(&mut self, from: &Store, end: Tip) -> Result<(Vec<Change>, Vec<Revision>), StoreError> {
        let mut batch = from.read(self.n_taken + 1, BATCH).await?;
        batch.truncate(usize::try_from(end.n_revisions - self.n_taken).unwrap_or(usize::MAX));
        if batch.is_empty() {
            return Err(from.corrupt(&format!("revision {} is missing", self.n_taken + 1)));
        }
        let (mut changes, mut revisions) = (Vec::new(), Vec::with_capacity(batch.len()));
        for (change, revision) in batch {
            self.verifier.take(&change, &revision).map_err(|broken| from.corrupt(&broken.to_string()))?;
            self.n_taken += 1;
            if change.number != self.last_change {
                self.last_change = change.number;
                changes.push(change);
            }
            revisions.push(revision);
        }
        Ok((changes, revisions))
    }
    fn finish(self, of: &Store, end: Tip) -> Result<(), StoreError> {
        let whole = self.verifier.finish(end.n_revisions, &end.hash);
        whole.map(|_| ()).map_err(|broken| of.corrupt(&broken.to_string()))
    }
}

impl Store {
    /// Copies the register, as it is at this moment, into one that has no change yet: all of it or nothing. The chain
    /// is recomputed while it is read here and once more as it then stands there.
    ///
    /// Errors: the target has changes ([`StoreError::NotEmpty`]) or is only read, one of the chains is broken.
    pub async fn copy_to(&self, target: &Store, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Copied, StoreError> {
        let end = self.end().await?;
        let fail = |e: sqlx::Error| target.fail(&e);
        match &target.backend {
            Backend::Sqlite { writer: Some(writer), .. } => {
                let mut writer = writer.lock().await;
                writer.forget();
                let read_only = || StoreError::ReadOnly(target.path.clone());
                let connection = writer.connection.as_mut().ok_or_else(read_only)?;
                let mut tx = connection.begin_with("begin immediate").await.map_err(fail)?;
                fill!(self, target, &mut tx, end, progress);
                tx.commit().await.map_err(fail)?;
            }
            Backend::Postgres { pool, may_write: true, .. } => {
                let mut tx = pool.begin().await.map_err(fail)?;
                // Nobody appends in between.
                sqlx::query("lock table head in exclusive mode").execute(&mut *tx).await.map_err(fail)?;
                fill!(self, target, &mut tx, end, progress);
                tx.commit().await.map_err(fail)?;
            }
            _ => return Err(StoreError::ReadOnly(target.path.clone())),
        }
        let mut chain = Chain::default();
        while chain.n_taken < end.n_revisions {
            chain.next(target, end).await?;
        }
        chain.finish(target, end)?;
        Ok(Copied { n_changes: end.number, n_revisions: end.n_revisions, head: end.hash })
    }
}
