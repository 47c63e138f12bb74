//! Changes as proposals. Everything that somebody types, imports or takes back comes through [`submit`]: it is in
//! force at once where no lane takes it, and waits for others where one does. What meets a later change of somebody
//! else is kept as a draft, so that nothing that was typed is lost.

mod content;
mod decide;
mod drafts;
mod form;
mod merge;
mod preview;
mod queue;
mod remarks;
mod sent;
mod show;
mod simulate;
mod submit;

pub(crate) use content::Content;
pub use decide::{Done, decide, decide_many, overrule, withdraw};
pub use drafts::{draft, keep_draft};
pub use form::{FormCell, FormTable, is_long, mend_form, record_form, submit_form};
pub use merge::{Clash, ClashField, clashes};
pub use preview::world_with_drafts;
pub use queue::{Queue, QueueLine, queue};
pub use remarks::{Said, figure_remarks, record_remarks, remark};
pub use sent::{MOST_SENT, Repeated, Sending, Sent, SentRecord, Weighed, claim, send, standing_of, unclaim, weigh};
pub use show::{ProposalLine, ProposalView, StepView, proposal, proposals};
pub use simulate::{Simulated, SimulatedStep, simulate};
pub use submit::{Ready, Written, submit};
pub(crate) use submit::{in_force, write_checked};
