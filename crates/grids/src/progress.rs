//! How a long run tells how far it is and hears that it should stop.

use crate::Fault;

/// Somebody who watches a long run. Called from the thread that runs, at most a few times a second of work.
pub trait Progress: Sync {
    /// Takes the share of the work that is done (0 to 1) and the name of the stage; answers whether to go on.
    fn proceed(&self, share: f64, stage: &str) -> bool;
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct Quiet;

impl Progress for Quiet {
    fn proceed(&self, _share: f64, _stage: &str) -> bool {
        true
    }
}

impl<F: Fn(f64, &str) -> bool + Sync> Progress for F {
    fn proceed(&self, share: f64, stage: &str) -> bool {
        self(share, stage)
    }
}

/// Reports, and turns "stop" into the error that ends the run.
pub(crate) fn step(progress: &dyn Progress, share: f64, stage: &str) -> Result<(), Fault> {
    if progress.proceed(share, stage) { Ok(()) } else { Err(Fault::Stopped) }
}
