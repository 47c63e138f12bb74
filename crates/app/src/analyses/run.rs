//! A job that computes: step by step, each kept where it ended.

use std::{
    fs,
    path::PathBuf,
    sync::Mutex,
    time::{Duration, Instant},
};

use diag::Diagnostic;
use jiff::Timestamp;
use model::kinds::AnalysisMethod;
use register::access::Actor;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    access,
    found::Found,
    job::{
        EVERY, Job, JobFault, JobState, all, faults, folder, job, job_findings, load, lock, may_compute, not_as_far,
        patient_lock, save, write,
    },
    land,
    request::AnalysisRequest,
    told::GivenNames,
    urbanisation,
};
use crate::{
    App,
    error::AppError,
    space::{Watch, codes::GEO004},
    world::World,
};

/// Where a job works, and who is told how far it is.
pub(super) struct Bench<'a> {
    /// The register and the node's folder.
    pub app: &'a App,
    /// Places and boundaries.
    pub world: &'a World,
    /// The job's folder.
    pub folder: PathBuf,
    /// What is asked.
    pub request: AnalysisRequest,
    /// Told what is being done and which share of it is; answers whether to go on.
    pub watch: Watch<'a>,
}

impl Bench<'_> {
    /// The files of a role, by their paths.
    pub fn paths(&self, role: &str) -> Result<Vec<PathBuf>, AppError> {
        self.request.of_role(role).into_iter().map(|input| super::inputs::path(self.app, input)).collect()
    }

    /// The answer of a step: read where the step ended before for the same `of`, else computed and kept. `of` says what it
    /// rests on beside the request: a boundary that moved between two runs makes another step.
    pub fn step<T: Serialize + DeserializeOwned>(
        &self,
        name: &str,
        of: &[String],
        compute: impl FnOnce() -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        if let Some(answer) = self.held(name, of) {
            return Ok(answer);
        }
        if !(self.watch)(name, 0.0) {
            return Err(AppError::Refused(vec![Diagnostic::new(&GEO004)]));
        }
        let answer = compute()?;
        self.keep(name, of, &answer)?;
        Ok(answer)
    }

    /// The answer of a step that ended before for the same `of`.
    pub fn held<T: DeserializeOwned>(&self, name: &str, of: &[String]) -> Option<T> {
        let kept: Step<T> = serde_json::from_slice(&fs::read(self.step_file(name)).ok()?).ok()?;
        (kept.of == step_of(of)).then_some(kept.answer)
    }

    /// Keeps the answer of a step.
    pub fn keep<T: Serialize>(&self, name: &str, of: &[String], answer: &T) -> Result<(), AppError> {
        let step = Step { of: step_of(of), answer };
        let bytes = serde_json::to_vec(&step).map_err(|e| AppError::Internal(e.to_string()))?;
        write(&self.step_file(name), &bytes)
    }

    fn step_file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("step-{name}.json"))
    }
}

/// What a step rests on: another version of the program may find something else.
fn step_of(of: &[String]) -> Vec<String> {
    of.iter().cloned().chain([env!("CARGO_PKG_VERSION").to_owned()]).collect()
}

/// A step that ended.
#[derive(Serialize, Deserialize)]
struct Step<T> {
    of: Vec<String>,
    answer: T,
}

/// Computes a job here and now, from where it stopped; `watch` is told beside what the job's file says, and may end it.
///
/// Errors: no such job, one that somebody computes already, what its method refuses. The job says so too.
pub fn run_job(
    app: &App,
    world: &World,
    id: &str,
    clock: fn() -> Timestamp,
    watch: Watch<'_>,
) -> Result<Found, AppError> {
    let folder = folder(app, id)?;
    load(&folder)?;
    let Some(_lock) = patient_lock(&folder.join("lock"))? else {
        return Err(not_as_far(id, JobState::Running));
    };
    let mut held = load(&folder)?;
    // What was found, and perhaps published, stays as it is.
    if held.state == JobState::Done {
        return Err(not_as_far(id, held.state));
    }
    let cancel = folder.join("cancel");
    // Whoever asked for an end before asked the former run.
    let _ = fs::remove_file(&cancel);
    held.faults.clear();
    held.ended_at = None;
    held.state = JobState::Waiting;
    save(&folder, &held)?;
    let goes_on = |stage: &str, share: f64| watch(stage, share) && !cancel.exists();
    let stopped = || AppError::Refused(vec![Diagnostic::new(&GEO004)]);
    let end = |mut job: Job, state, faults| {
        job.state = state;
        job.faults = faults;
        job.ended_at = Some(clock());
        save(&folder, &job)
    };
    let turn = all(app)?.join(".turn");
    let _turn = loop {
        if !goes_on("waiting", 0.0) {
            end(held, JobState::Cancelled, Vec::new())?;
            return Err(stopped());
        }
        match lock(&turn)? {
            Some(turn) => break turn,
            None => std::thread::sleep(EVERY),
        }
    };
    held.state = JobState::Running;
    save(&folder, &held)?;
    let told = Mutex::new((held.clone(), Instant::now()));
    let progress = |stage: &str, share: f64| {
        // A thread that finds the state taken has nothing to add.
        if let Ok(mut told) = told.try_lock()
            && (told.1.elapsed() >= EVERY || told.0.stage != stage)
        {
            told.0.stage = stage.to_owned();
            told.0.share = share.clamp(0.0, 1.0);
            told.1 = Instant::now();
            // A state that could not be written says less than the work that goes on.
            let _ = save(&folder, &told.0);
        }
        goes_on(stage, share)
    };
    let names = GivenNames::of(app, &folder, &held.request);
    let bench = Bench { app, world, folder: folder.clone(), request: held.request.clone(), watch: &progress };
    let found = match held.request.method() {
        AnalysisMethod::Urbanisation => urbanisation::compute(&bench),
        AnalysisMethod::Land => land::compute(&bench),
        AnalysisMethod::Access => access::compute(&bench),
    };
    let found = found.and_then(|mut found| {
        found.request = Some(held.request.clone());
        found.warnings = found.warnings.iter().map(|text| names.say(text)).collect();
        found.program = env!("CARGO_PKG_VERSION").to_owned();
        let bytes = serde_json::to_vec_pretty(&found).map_err(|e| AppError::Internal(e.to_string()))?;
        write(&folder.join("results.json"), &bytes)?;
        Ok(found)
    });
    held.stage = told.into_inner().map(|(job, _)| job.stage).unwrap_or_default();
    match found {
        Ok(found) => {
            held.share = 1.0;
            end(held, JobState::Done, Vec::new())?;
            Ok(found)
        }
        Err(error) => {
            let is_stopped = matches!(&error, AppError::Refused(found) if found.iter().any(|f| f.code.id == GEO004.id));
            let state = if is_stopped { JobState::Cancelled } else { JobState::Failed };
            let kept: Vec<JobFault> = faults(error).into_iter().map(|fault| names.fault(fault)).collect();
            end(held.clone(), state, if is_stopped { Vec::new() } else { kept.clone() })?;
            let job = Job { faults: kept, ..held };
            Err(AppError::Refused(job_findings(&job)))
        }
    }
}

/// Lets a job compute in the background, from where it stopped.
///
/// Errors: no such job, one that computes already or is done, somebody who may not.
pub async fn resume_job(app: &App, id: &str, by: &Actor, clock: fn() -> Timestamp) -> Result<(), AppError> {
    let world = app.world().await?;
    may_compute(&world, by, clock())?;
    let held = job(app, id)?;
    if !held.state.can_resume() {
        return Err(not_as_far(id, held.state));
    }
    let (app, id) = (app.clone(), id.to_owned());
    let (told, begun) = std::sync::mpsc::channel();
    // A thread of its own: a server that ends does not wait for it, and the job can be resumed.
    std::thread::spawn(move || {
        let watch = |_: &str, _: f64| {
            let _ = told.send(());
            true
        };
        if let Err(error) = run_job(&app, &world, &id, clock, &watch) {
            tracing::warn!(%error, job = id, "a computation ended without an answer");
        }
    });
    // The page that comes next shows a job that computes.
    let _ = tokio::task::block_in_place(|| begun.recv_timeout(Duration::from_secs(2)));
    Ok(())
}
