//! A job goes away, with what nobody needs any more.

use std::fs;

use jiff::Timestamp;
use model::{kinds::Analysis, value::Id};
use register::access::Actor;

use super::{
    inputs,
    job::{self, Job, JobState, folder, load, may_compute, not_as_far, patient_lock},
    publish::record_of,
    request::Input,
};
use crate::{App, error::AppError, world::World};

/// What goes with a job.
#[derive(Clone, Debug)]
pub struct Removal {
    /// The job.
    pub job: Job,
    /// The analysis that was published of it, and stays.
    pub record: Option<Id<Analysis>>,
    /// Files that no other job and no analysis of the register needs: they go.
    pub files: Vec<Input>,
    /// Files that others need: they stay.
    pub n_files_kept: usize,
}

/// What would go with a job.
///
/// Errors: no such job, one that computes, one that cannot be read.
pub fn removal(app: &App, world: &World, id: &str) -> Result<Removal, AppError> {
    let held = job::job(app, id)?;
    if held.state.is_open() {
        return Err(not_as_far(id, held.state));
    }
    let others: Vec<Job> = job::jobs(app)?.into_iter().filter(|other| other.id != id).collect();
    let (files, kept): (Vec<&Input>, Vec<&Input>) =
        held.request.inputs.iter().partition(|input| is_free(world, &others, input));
    Ok(Removal {
        record: record_of(world, &held).map(|record| record.id.clone()),
        n_files_kept: kept.len(),
        files: files.into_iter().cloned().collect(),
        job: held,
    })
}

/// Whether nobody needs an input any more: an analysis of the register can be computed again as long as its files are here.
fn is_free(world: &World, others: &[Job], input: &Input) -> bool {
    let is_asked = others.iter().any(|job| job.request.inputs.iter().any(|of| of.fingerprint == input.fingerprint));
    let is_published = world.records().analyses.iter().any(|a| a.inputs.contains(input.short()));
    !is_asked && !is_published
}

/// Removes a job and what it found, and says how many input files went with it. What was published of it stays in the register.
///
/// Errors: no such job, one that computes, somebody who may not.
pub async fn remove_job(app: &App, id: &str, by: &Actor, now: Timestamp) -> Result<usize, AppError> {
    may_compute(&*app.world().await?, by, now)?;
    let folder = folder(app, id)?;
    let inputs = load(&folder)?.request.inputs;
    let Some(_lock) = patient_lock(&folder.join("lock"))? else {
        return Err(not_as_far(id, JobState::Running));
    };
    fs::remove_dir_all(&folder).map_err(|e| AppError::file(&folder, &e))?;
    let (world, held) = (app.world().await?, job::jobs(app)?);
    let free: Vec<&Input> = inputs.iter().filter(|input| is_free(&world, &held, input)).collect();
    free.iter().try_for_each(|input| inputs::forget(app, input))?;
    Ok(free.len())
}
