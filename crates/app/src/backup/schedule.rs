//! Backups that a server makes by itself, beside answering. Of several servers one makes each.

use std::{fs, pin::pin, time::Duration};

use jiff::{SignedDuration, Timestamp};
use vault::{Keep, Vault, Whom};

use super::{BackedUp, back_up};
use crate::{App, error::AppError};

const JOB: &str = "backup";
/// For so long the job is held, and held anew while the run goes on: a server that died holds it no longer than that.
const HELD: SignedDuration = SignedDuration::from_mins(10);
/// How often it is held anew.
const HOLDING: Duration = Duration::from_secs(180);
/// When a run is tried again that failed.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// Where, for whom and how often.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// A folder, or `s3://bucket/prefix`.
    pub to: String,
    /// Whom runs are encrypted to.
    pub whom: Whom,
    /// Which runs stay; all, where nothing is said.
    pub keep: Option<Keep>,
    /// From the beginning of one run to that of the next.
    pub every: SignedDuration,
}

/// Makes a run when one is due. One that somebody made by hand counts as well. After a failure it is tried again in ten
/// minutes.
///
/// # Errors
/// Those of [`back_up`], and a place that cannot be opened.
pub async fn back_up_when_due(
    app: &App,
    schedule: &Schedule,
    clock: fn() -> Timestamp,
) -> Result<Option<BackedUp>, AppError> {
    let store = app.store()?;
    let now = clock();
    let mut held = later(now, HELD);
    if !store.take_job(JOB, now, held).await? {
        return Ok(None);
    }
    if let Some(next) = last_of(app)?.map(|last| later(last, schedule.every)).filter(|next| *next > now) {
        store.finish_job(JOB, now, next, "").await?;
        return Ok(None);
    }
    let mut running = pin!(run(app, schedule, now));
    let done = loop {
        tokio::select! {
            done = &mut running => break done,
            () = tokio::time::sleep(HOLDING) => {
                let until = later(clock(), HELD);
                if store.hold_job(JOB, held, until).await? {
                    held = until;
                }
            }
        }
    };
    let due = if done.is_ok() { schedule.every } else { AGAIN };
    store.finish_job(JOB, now, later(now, due), "").await?;
    done.map(Some)
}

async fn run(app: &App, schedule: &Schedule, now: Timestamp) -> Result<BackedUp, AppError> {
    let vault = Vault::open(&schedule.to)?;
    back_up(app, &vault, &schedule.whom, schedule.keep, now, &|_, _| {}).await
}

/// When the last run was made from this folder, as it is noted there.
fn last_of(app: &App) -> Result<Option<Timestamp>, AppError> {
    let noted = fs::read_to_string(app.folder()?.last_backup()).ok();
    Ok(noted.and_then(|text| text.lines().next()?.trim().parse().ok()))
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// Makes runs as they fall due, until `stop` ends. A run that goes on then is given up: those before it stay as they are,
/// and a server makes it ten minutes later. A failure is logged.
pub async fn run_backups(
    app: App,
    schedule: Schedule,
    look: Duration,
    clock: fn() -> Timestamp,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    loop {
        let made = tokio::select! {
            () = &mut stop => break,
            made = back_up_when_due(&app, &schedule, clock) => made,
        };
        match made {
            Ok(None) => {}
            Ok(Some(done)) => tracing::info!(
                backup.run = done.manifest.run,
                backup.changes = done.manifest.n_changes,
                backup.bytes = done.n_bytes,
                "a backup was made"
            ),
            Err(error) => tracing::error!(%error, backup.to = schedule.to, "a backup was not made"),
        }
        tokio::select! {
            () = &mut stop => break,
            () = tokio::time::sleep(look) => {}
        }
    }
}
