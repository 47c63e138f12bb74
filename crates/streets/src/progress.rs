//! How far a long computation is, told to a callback that can end it.

use crate::error::StreetsError;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Settings, boundary and tables are read.
    Tables,
    /// The ways of the extract are read.
    Ways,
    /// The nodes of the extract are read.
    Nodes,
    /// The network is put together and pruned.
    Network,
    /// Points are put on the network.
    Snapping,
    /// Distances are computed.
    Distances,
    /// Areas are counted and drawn.
    Areas,
    /// Open space is measured.
    OpenSpace,
    /// Streets are measured.
    Streets,
}

/// Whether to go on.
pub type Flow = std::ops::ControlFlow<()>;

/// Is told where the computation stands (the stage; bytes done of bytes in all while a file is read, else 0 of 0) and
/// answers whether to go on. It is called from several threads.
pub type Progress<'a> = &'a (dyn Fn(Stage, u64, u64) -> Flow + Sync);

/// Goes on, always.
pub fn unwatched(_: Stage, _: u64, _: u64) -> Flow {
    Flow::Continue(())
}

/// Tells the callback; an error when it wants an end.
pub(crate) fn tell(progress: Progress<'_>, stage: Stage, done: u64, all: u64) -> Result<(), StreetsError> {
    match progress(stage, done, all) {
        Flow::Continue(()) => Ok(()),
        Flow::Break(()) => Err(StreetsError::Stopped { stage }),
    }
}
