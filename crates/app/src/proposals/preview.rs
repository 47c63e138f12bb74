//! The world as it would be with one's own proposals: for looking, never for figures that others see.

use std::sync::Arc;

use model::observations::Observations;
use register::{access::Actor, lane::CaseState};
use rustc_hash::FxHashSet;
use snapshot::Snapshot;

use super::Content;
use crate::{App, error::AppError, observed, personal, world::World};

/// Proposals taken in at most.
const MOST: u32 = 50;

/// The current world with the drafts, returned and submitted proposals of a person in it.
pub async fn world_with_drafts(app: &App, by: &Actor) -> Result<Arc<World>, AppError> {
    let world = app.world().await?;
    let store = app.store()?;
    let mut records = world.records().clone();
    let mut observations = world.snapshot().observations.clone();
    let mut any = false;
    for state in [CaseState::Draft, CaseState::Returned, CaseState::Submitted] {
        for p in store.proposals(state.as_str(), by.author(), by.author(), None, MOST).await?.iter().rev() {
            let Some(p) = store.proposal(p.number).await? else { continue };
            let content = Content::read(&p.edits)?;
            records = register::applied(&records, &personal::told_edits(app, content.edits()).await?);
            observations = Arc::new(with(&observations, &content.observations(app).await?));
            any = true;
        }
    }
    if !any {
        return Ok(world);
    }
    let snapshot = world.snapshot();
    Ok(Arc::new(World::new(Snapshot {
        position: snapshot.position,
        as_of: None,
        // What is printed from this world must not pass for what is in force.
        fingerprint: format!("draft-{}", snapshot.fingerprint),
        records,
        observations,
    })))
}

/// Observations with others in their places.
fn with(current: &Observations, new: &Observations) -> Observations {
    let gone: FxHashSet<usize> = observed::diff(current, new).changed.iter().map(|(_, held)| *held).collect();
    let mut all = Observations::default();
    for row in (0..current.len()).filter(|row| !gone.contains(row)) {
        all.push(&observed::new_row(current, row));
    }
    for row in 0..new.len() {
        all.push(&observed::new_row(new, row));
    }
    all
}
