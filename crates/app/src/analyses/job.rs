//! Jobs: computations that take long, with their progress, on this node.
//!
//! A job is a folder. Whoever computes holds its lock; a job that says that it runs while nobody holds its lock was interrupted,
//! and goes on where it stopped: every step leaves its answer in the folder when it ends. One job computes at a time.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use diag::Diagnostic;
use jiff::{Timestamp, tz::TimeZone};
use model::kinds::AnalysisMethod;
use register::access::{Actor, Deed, Subject, decide};
use serde::{Deserialize, Serialize};

use super::request::AnalysisRequest;
use crate::{
    App,
    error::AppError,
    space::codes::{self, GEO012, GEO013},
    world::World,
};

/// Jobs that are listed at most.
const MOST_LISTED: usize = 500;
/// How often progress is written down, and a waiting job looks whether it may begin.
pub(super) const EVERY: Duration = Duration::from_millis(200);

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Another computes.
    Waiting,
    /// It computes.
    Running,
    /// It ended with an answer.
    Done,
    /// It ended without one.
    Failed,
    /// Somebody ended it.
    Cancelled,
    /// Its program ended before it did.
    Interrupted,
}

impl JobState {
    /// Its word in tables of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }
    /// Whether somebody computes, or will.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
    /// Whether it can go on.
    pub fn can_resume(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled | Self::Interrupted)
    }
}

/// Why a job ended without an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobFault {
    /// The code of the finding.
    pub code: String,
    /// Its arguments by name.
    pub args: Vec<(String, String)>,
}

/// A job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    /// Its name, which becomes the code of the analysis.
    pub id: String,
    /// What is computed.
    pub request: AnalysisRequest,
    /// Who asked for it, by code.
    pub by: String,
    /// When it was asked for.
    pub begun_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How far it is.
    pub state: JobState,
    /// What is being done.
    pub stage: String,
    /// Which share of that is done, from 0 to 1.
    pub share: f64,
    /// Why it ended without an answer.
    pub faults: Vec<JobFault>,
}

/// The names of arguments that findings of jobs have.
const ARGUMENTS: [&str; 23] = [
    "detail",
    "role",
    "place",
    "definition",
    "job",
    "state",
    "file",
    "found",
    "most",
    "problem",
    "other",
    "n",
    "column",
    "known",
    "asked",
    "layer",
    "feature",
    "boundary",
    "key",
    "low",
    "high",
    "line",
    "at",
];

/// The findings that ended a job.
pub fn job_findings(job: &Job) -> Vec<Diagnostic> {
    let finding = |fault: &JobFault| {
        let code = codes::CODES.iter().find(|code| code.id == fault.code).copied().unwrap_or(&GEO012);
        let known = |name: &str| ARGUMENTS.iter().find(|known| **known == name).copied();
        let args = fault.args.iter().filter_map(|(name, value)| Some((known(name)?, value)));
        args.fold(Diagnostic::new(code), |found, (name, value)| found.arg(name, value))
    };
    job.faults.iter().map(finding).collect()
}

pub(super) fn faults(error: AppError) -> Vec<JobFault> {
    let text = |arg: &diag::Arg| match arg {
        diag::Arg::Text(text) => text.clone(),
        diag::Arg::Whole(n) => n.to_string(),
        diag::Arg::Number(n) => n.to_string(),
        diag::Arg::Words(words) => words.first().map_or_else(String::new, |(_, word)| word.clone()),
    };
    let fault = |found: &Diagnostic| JobFault {
        code: found.code.id.to_owned(),
        args: found.args.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect(),
    };
    match error {
        AppError::Refused(found) => found.iter().map(fault).collect(),
        other => {
            let args = vec![("role".to_owned(), "–".to_owned()), ("detail".to_owned(), other.to_string())];
            vec![JobFault { code: GEO012.id.to_owned(), args }]
        }
    }
}

/// Where a job's files lie.
pub(super) fn folder(app: &App, id: &str) -> Result<PathBuf, AppError> {
    let is_plain = !id.is_empty()
        && id.len() <= 200
        && !id.starts_with('.')
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    if !is_plain {
        return Err(AppError::Unknown);
    }
    Ok(all(app)?.join(id))
}

pub(super) fn all(app: &App) -> Result<PathBuf, AppError> {
    Ok(app.folder()?.space().join("jobs"))
}

/// Writes a file whole or not at all.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let half = path.with_extension("part");
    let write = || {
        let mut file = fs::File::create(&half)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&half, path)
    };
    write().map_err(|e: std::io::Error| AppError::file(path, &e))
}

pub(super) fn save(folder: &Path, job: &Job) -> Result<(), AppError> {
    let bytes = serde_json::to_vec_pretty(job).map_err(|e| AppError::Internal(e.to_string()))?;
    write(&folder.join("job.json"), &bytes)
}

/// A lock of a folder; none when somebody else has it.
pub(super) fn lock(path: &Path) -> Result<Option<fs::File>, AppError> {
    let file = fs::File::options().create(true).truncate(false).write(true).open(path);
    let file = file.map_err(|e| AppError::file(path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(e)) => Err(AppError::file(path, &e)),
    }
}

/// A lock, past those who only look whether it is held.
pub(super) fn patient_lock(path: &Path) -> Result<Option<fs::File>, AppError> {
    for _ in 0..5 {
        if let Some(file) = lock(path)? {
            return Ok(Some(file));
        }
        std::thread::sleep(EVERY / 10);
    }
    Ok(None)
}

/// A job as it stands now.
///
/// Errors: no such job, or one that cannot be read.
pub fn job(app: &App, id: &str) -> Result<Job, AppError> {
    read(&folder(app, id)?)
}

fn read(folder: &Path) -> Result<Job, AppError> {
    let held = load(folder)?;
    if !held.state.is_open() {
        return Ok(held);
    }
    // Whoever computes holds the lock. What it wrote before it let go is read while nobody can begin again.
    let Some(_lock) = lock(&folder.join("lock"))? else { return Ok(held) };
    let mut held = load(folder)?;
    if held.state.is_open() {
        held.state = JobState::Interrupted;
    }
    Ok(held)
}

/// A job as its file says.
pub(super) fn load(folder: &Path) -> Result<Job, AppError> {
    let path = folder.join("job.json");
    let bytes = fs::read(&path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => AppError::Unknown,
        _ => AppError::file(&path, &e),
    })?;
    serde_json::from_slice(&bytes).map_err(|e| AppError::File { path, detail: e.to_string() })
}

/// All jobs of this node, the newest first.
///
/// Errors: a folder that cannot be read.
pub fn jobs(app: &App) -> Result<Vec<Job>, AppError> {
    let path = all(app)?;
    let entries = match fs::read_dir(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|e| AppError::file(&path, &e))?,
    };
    let mut jobs: Vec<Job> = entries.flatten().filter_map(|entry| read(&entry.path()).ok()).collect();
    jobs.sort_by(|a, b| b.begun_at.cmp(&a.begun_at).then_with(|| a.id.cmp(&b.id)));
    jobs.truncate(MOST_LISTED);
    Ok(jobs)
}

/// Refuses whoever may not compute: whoever may write analyses may.
///
/// Errors: somebody who has not signed in, or lacks the right.
pub fn may_compute(world: &World, by: &Actor, now: Timestamp) -> Result<(), AppError> {
    let deed = Deed::Write(model::Kind::Analysis);
    let on = now.to_zoned(TimeZone::UTC).date();
    let decision = decide(world.records(), by, deed, &Subject::organisation(), on);
    match (decision.allowed, by) {
        (true, _) => Ok(()),
        (false, Actor::Public) => Err(AppError::SignedOut),
        (false, _) => Err(AppError::Forbidden(Box::new((deed, decision)))),
    }
}

/// Makes a job of a request. It does not compute yet.
///
/// Errors: somebody who may not, a folder that cannot be written.
pub fn start_job(
    app: &App,
    world: &World,
    request: AnalysisRequest,
    by: &Actor,
    now: Timestamp,
) -> Result<Job, AppError> {
    may_compute(world, by, now)?;
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let method = match request.method() {
        AnalysisMethod::Urbanisation => "degurba",
        AnalysisMethod::Land => "land",
        AnalysisMethod::Access => "access",
    };
    let base: String = format!("{method}-{}-{}", request.place, request.period).chars().map(plain).take(150).collect();
    let parent = all(app)?;
    fs::create_dir_all(&parent).map_err(|e| AppError::file(&parent, &e))?;
    for n in 1.. {
        let id = if n == 1 { base.clone() } else { format!("{base}-{n}") };
        let folder = parent.join(&id);
        if world.records().analyses.contains(&id) {
            continue;
        }
        match fs::create_dir(&folder) {
            Ok(()) => {
                let job = Job {
                    id,
                    request,
                    by: by.author().to_owned(),
                    begun_at: now,
                    ended_at: None,
                    state: JobState::Interrupted,
                    stage: String::new(),
                    share: 0.0,
                    faults: Vec::new(),
                };
                save(&folder, &job)?;
                return Ok(job);
            }
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(AppError::file(&folder, &e)),
        }
    }
    Err(AppError::Internal("no name is left".to_owned()))
}

pub(super) fn not_as_far(id: &str, state: JobState) -> AppError {
    AppError::Refused(vec![Diagnostic::new(&GEO013).arg("job", id).arg("state", state.as_str())])
}

/// Asks whoever computes to end. A job that is not computed stays as it is.
///
/// Errors: no such job, somebody who may not.
pub async fn cancel_job(app: &App, id: &str, by: &Actor, now: Timestamp) -> Result<(), AppError> {
    may_compute(&*app.world().await?, by, now)?;
    if job(app, id)?.state.is_open() {
        write(&folder(app, id)?.join("cancel"), b"")?;
    }
    Ok(())
}
