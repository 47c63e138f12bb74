//! How a running program is: the world it holds, its connections, whether it can answer, and how it ends.

use std::{
    sync::PoisonError,
    time::{Duration, Instant},
};

use model::Kind;
use register::Log;
use store::Connections;

use crate::{App, World, error::AppError};

/// The current world of a running program, and what it cost.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The position of the register that it holds.
    pub position: u64,
    /// Its records.
    pub n_records: usize,
    /// Its observations.
    pub n_observations: usize,
    /// When it was made, on the stopwatch and not on the clock.
    pub made: Instant,
    /// Worlds that were made since the program began, this one included.
    pub n_folds: u64,
    /// What making this one took.
    pub last_fold: Duration,
    /// What making all of them took.
    pub all_folds: Duration,
}

impl Held {
    /// A world that was just made.
    pub(crate) fn of(world: &World, began: Instant, before: Option<Held>) -> Held {
        let (n_folds, all_folds) = before.map_or((0, Duration::ZERO), |b| (b.n_folds, b.all_folds));
        let last_fold = began.elapsed();
        Held {
            position: world.snapshot().position,
            n_records: Kind::REGISTER.iter().map(|k| world.records().count(*k)).sum(),
            n_observations: world.snapshot().observations.len(),
            made: Instant::now(),
            n_folds: n_folds + 1,
            last_fold,
            all_folds: all_folds + last_fold,
        }
    }
}

/// Why a program cannot answer yet, or any more.
#[derive(Debug)]
pub enum Unready {
    /// The database does not answer.
    Database(AppError),
    /// The database has another schema: another version of the program has been there.
    Schema {
        /// What it has.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// No world was made yet.
    Loading,
}

impl App {
    /// The world that is held; `None` until somebody asked for one. Waits for nobody.
    pub fn held(&self) -> Option<Held> {
        *self.held_slot().lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connections to the database.
    pub fn connections(&self) -> Result<Connections, AppError> {
        Ok(self.store()?.connections())
    }

    /// The position of the register, asked of the database.
    pub async fn position(&self) -> Result<u64, AppError> {
        Ok(self.store()?.head().await?.0)
    }

    /// The position of the register and the world that is held, or why nothing can be answered. Makes no world: whoever
    /// asks every few seconds must not start work.
    pub async fn ready(&self) -> Result<(u64, Held), Unready> {
        let position = self.position().await.map_err(Unready::Database)?;
        let schema = async { Ok(self.store()?.schema().await?) };
        let (found, known) = schema.await.map_err(Unready::Database)?;
        if found != known {
            return Err(Unready::Schema { found, known });
        }
        self.held().map(|held| (position, held)).ok_or(Unready::Loading)
    }

    /// Closes the database, so that the journal is folded into its file. Requests that come later fail.
    pub async fn close(&self) {
        if let Ok(store) = self.store() {
            store.close().await;
        }
    }
}
