//! Records of one kind as somebody asked for them: page by page, or all of them piece by piece.

use std::sync::{Arc, PoisonError};

use diag::Diagnostic;
use model::{
    Kind,
    value::{Id, Lang, Value},
};
use query::{Plan, Question, Source};

use crate::{App, error::AppError, world::World};

/// An answer that is walked. It holds its world, so that it stays the same however long its reader takes.
pub struct Listing {
    world: Arc<World>,
    question: Question,
    plan: Plan,
    lang: Lang,
}

/// One stretch of an answer.
pub struct Stretch {
    /// The rows, each with the question's fields in their order.
    pub rows: Vec<Vec<Value>>,
    /// Where to go on; `None` at the end.
    pub next: Option<usize>,
}

impl Listing {
    /// Prepares an answer; a finding says when the question cannot be answered.
    pub fn new(world: Arc<World>, question: Question, lang: Lang) -> Result<Listing, Box<Diagnostic>> {
        let plan = Plan::new(&question, source(&world, question.kind))?;
        Ok(Listing { world, question, plan, lang })
    }
    /// What was asked.
    pub fn question(&self) -> &Question {
        &self.question
    }
    /// Names of the fields.
    pub fn names(&self) -> Vec<&'static str> {
        self.question.fields.iter().map(|f| self.question.name(*f)).collect()
    }
    /// At most `most` rows from a place on.
    pub fn stretch(&self, from: usize, most: usize) -> Stretch {
        let source = source(&self.world, self.question.kind);
        let walked = self.plan.walk(source, from, most);
        let rows = walked.slots.iter().filter_map(|slot| source.fields(&self.question, *slot, self.lang)).collect();
        Stretch { rows, next: walked.next }
    }
    /// How many rows there are in all.
    pub fn count(&self) -> usize {
        self.plan.count(source(&self.world, self.question.kind))
    }
}

fn source(world: &World, kind: Kind) -> Source<'_> {
    Source::new(kind, world.records(), &world.snapshot().observations)
}

/// One record of any kind with the columns that the world's audience sees, empty ones too; `None` when there is none.
pub fn record(world: &World, kind: Kind, id: &str) -> Option<Vec<(&'static str, Value)>> {
    let row = match kind {
        Kind::Observation => world.snapshot().observations.row(observation_row(world, id)?).cells(),
        kind => world.records().row(kind, id)?,
    };
    let columns = &kind.def().columns;
    let seen = world.audience().columns(kind);
    Some(
        columns
            .iter()
            .zip(row)
            .enumerate()
            .filter(|(i, _)| seen.contains(i))
            .map(|(_, (c, v))| (c.name.as_str(), v))
            .collect(),
    )
}

/// The row of an observation by its id. The id begins with the indicator's, which may hold a `/` itself.
pub fn observation_row(world: &World, id: &str) -> Option<usize> {
    let all = &world.snapshot().observations;
    id.match_indices('/')
        .flat_map(|(at, _)| world.rows_of(&Id::new(id.get(..at).unwrap_or_default())))
        .copied()
        .find(|row| all.row(*row).id() == id)
}

/// Where the register ends: what is published so that others can prove later that nothing was altered.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Head {
    /// Number of the last change.
    pub position: u64,
    /// Revisions in the chain.
    pub n_revisions: u64,
    /// Head of the chain, in hexadecimal.
    pub head: String,
}

/// Where the register ends. Asked again while somebody writes between the two questions.
pub async fn head(app: &App) -> Result<Head, AppError> {
    use register::Log;
    for _ in 0..100 {
        let (n_revisions, hash) = app.store()?.tip().await?;
        let (position, again) = app.store()?.head().await?;
        if hash == again {
            return Ok(Head { position, n_revisions, head: crate::open::hex(&hash) });
        }
    }
    Err(AppError::Internal("the register moves faster than it can be read".to_owned()))
}

/// Former worlds that are held for those who are paging through them.
const MOST_HELD: usize = 4;
/// Observations that all of them may have together; one world is held however large it is.
const MOST_ROWS_HELD: usize = 4_000_000;

/// Worlds that cursors point to, the oldest first.
pub(crate) type Paged = Vec<Arc<World>>;

/// Adds a world and lets the oldest go.
fn hold(held: &mut Paged, world: Arc<World>) {
    held.retain(|w| w.snapshot().position != world.snapshot().position);
    held.push(world);
    let rows = |held: &Paged| held.iter().map(|w| w.snapshot().observations.len()).sum::<usize>();
    while held.len() > 1 && (held.len() > MOST_HELD || rows(held) > MOST_ROWS_HELD) {
        held.remove(0);
    }
}

impl App {
    /// Holds the current world, because a cursor to it was given out. It stays until newer ones crowd it out.
    pub async fn hold_for_paging(&self, position: u64) -> Result<(), AppError> {
        let world = self.world().await?;
        if world.snapshot().position == position {
            hold(&mut self.paged().lock().unwrap_or_else(PoisonError::into_inner), world);
        }
        Ok(())
    }
    /// The world at a position that a cursor names: the current one, or one that is still held.
    pub async fn world_for_paging(&self, position: u64) -> Result<Option<Arc<World>>, AppError> {
        let current = self.world().await?;
        if current.snapshot().position == position {
            return Ok(Some(current));
        }
        let held = self.paged().lock().unwrap_or_else(PoisonError::into_inner);
        Ok(held.iter().find(|w| w.snapshot().position == position).cloned())
    }
}

#[cfg(test)]
mod tests {
    use snapshot::Snapshot;

    use super::*;

    #[test]
    fn the_latest_worlds_are_held_within_bounds() {
        let world = |position| Arc::new(World::new(Snapshot { position, ..Snapshot::default() }));
        let mut held = Paged::new();
        for position in [1, 2, 2, 3, 4, 5] {
            hold(&mut held, world(position));
        }
        let positions: Vec<u64> = held.iter().map(|w| w.snapshot().position).collect();
        assert_eq!(positions, [2, 3, 4, 5]);
    }
}
