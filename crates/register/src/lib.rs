//! The register: who said what, when and why. Changes are proposed, accepted by rules, chained, and only
//! ever added; current state is the fold of all of them.
//!
//! Invariant: nothing here opens a database or knows the time; a [`Checked`] change can only be made by [`accept`],
//! and nothing is updated or deleted: a correction is another change.

mod accept;
pub mod access;
mod chain;
mod change;
mod codes;
mod diff;
mod history;
pub mod lane;
mod log;
mod logfile;
mod undo;

pub use accept::{Checked, Link, accept, accept_observations};
pub use chain::{Broken, Verifier, seal};
pub use change::{Change, ChangeState, Edit, Op, Proposal, Revision, SegmentRef, applied};
pub use codes::{CODES, REG013};
pub use diff::{Changed, Diff, Draft, FieldChange, diff};
pub use history::{Step, history};
pub use log::{ChangeSummary, Committed, Folded, LiveSegment, Log, Upto};
pub use logfile::{LogLine, change_line, header_line, read_line, revision_line};
pub use undo::{Touched, invert};
