//! A register copied from one database to another: its log hash by hash, and what stands beside it.

use register::Log as _;
use tokio::sync::mpsc;

use crate::{
    error::{Passing, StoreError},
    open::Store,
    restore::Item,
    tables::{LogEnd, TableLine},
};

/// Revisions read at once.
const BATCH: u32 = 5_000;
/// Lines of tables handed over at once.
const LINES: usize = 500;

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

/// Hands the source over piece by piece: the log, then the tables beside it.
struct Source<'a> {
    from: &'a Store,
    end: LogEnd,
    n_taken: u64,
    last_change: u64,
    lines: mpsc::Receiver<TableLine>,
    /// A line that was taken and not handed over yet.
    held: Option<TableLine>,
    progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl Source<'_> {
    async fn next(&mut self) -> Result<Option<Item>, StoreError> {
        if self.n_taken < self.end.n_revisions {
            return self.log().await.map(Some);
        }
        let mut lines = Vec::new();
        while let Some(line) = match self.held.take() {
            Some(line) => Some(line),
            None => self.lines.recv().await,
        } {
            match line {
                TableLine::Begin(name) if lines.is_empty() => return Ok(Some(Item::Table(name))),
                TableLine::Begin(_) => {
                    self.held = Some(line);
                    break;
                }
                TableLine::Line(text) => lines.push(text),
            }
            if lines.len() == LINES {
                break;
            }
        }
        Ok((!lines.is_empty()).then_some(Item::Lines(lines)))
    }

    async fn log(&mut self) -> Result<Item, StoreError> {
        let mut batch = self.from.read(self.n_taken + 1, BATCH).await?;
        batch.truncate(usize::try_from(self.end.n_revisions - self.n_taken).unwrap_or(usize::MAX));
        if batch.is_empty() {
            return Err(self.from.corrupt(&format!("revision {} is missing", self.n_taken + 1)));
        }
        let (mut changes, mut revisions) = (Vec::new(), Vec::with_capacity(batch.len()));
        for (change, revision) in batch {
            self.n_taken += 1;
            if change.number != self.last_change {
                self.last_change = change.number;
                changes.push(change);
            }
            revisions.push(revision);
        }
        (self.progress)(self.n_taken, self.end.n_revisions);
        Ok(Item::Log { changes, revisions })
    }
}

impl Store {
    /// Copies the register, as it is at this moment, into one in which nobody has worked yet: all of it or nothing. The
    /// log goes hash by hash and is recomputed before and after; persons, proposals, the audit and what else stands
    /// beside it go with it, sessions and links do not.
    ///
    /// Errors: somebody has worked in the target ([`StoreError::NotEmpty`]), it is only read, one of the chains is broken,
    /// the source was written to meanwhile ([`StoreError::Busy`]).
    pub async fn copy_to(&self, target: &Store, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Copied, StoreError> {
        let before = self.end().await?;
        let (send, lines) = mpsc::channel(LINES);
        let schema = crate::schema::newest(self.dialect());
        let end = LogEnd { n_changes: before.number, n_revisions: before.n_revisions, head: before.hash, schema };
        let dump = async move {
            // Whoever receives the lines has failed when it is gone, and says why.
            let dumped = self.dump(async |line| send.send(line).await.map_err(|_| ())).await;
            match dumped {
                Ok(at) if (at.n_changes, at.head) != (end.n_changes, end.head) => {
                    Err(StoreError::Busy(self.path.clone()))
                }
                Ok(_) | Err(Passing::Outside(())) => Ok(()),
                Err(Passing::Store(error)) => Err(error),
            }
        };
        let mut dump = Box::pin(dump);
        let mut source = Source { from: self, end, n_taken: 0, last_change: 0, lines, held: None, progress };
        let mut is_dumped = false;
        let filled = target
            .restore(end, async || {
                // Both go on together: what is dumped waits to be taken.
                let next = source.next();
                tokio::pin!(next);
                loop {
                    tokio::select! {
                        item = &mut next => return item,
                        dumped = &mut dump, if !is_dumped => {
                            is_dumped = true;
                            dumped?;
                        }
                    }
                }
            })
            .await;
        match filled {
            Ok(()) => Ok(Copied { n_changes: end.n_changes, n_revisions: end.n_revisions, head: end.head }),
            Err(Passing::Store(error) | Passing::Outside(error)) => Err(error),
        }
    }
}
