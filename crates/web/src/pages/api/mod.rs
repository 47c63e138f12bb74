//! The programming interface: what the pages show, for programs. Every answer is made for its audience; what is
//! sent takes the door of an imported file.

mod answer;
mod changes;
mod describe;
mod document;
mod figures;
mod kinds;
mod operations;
mod proposals;
mod records;
mod schemas;
mod sending;
mod standing;

pub use changes::{change, changes, head};
pub use describe::Example;
pub(crate) use describe::examples;
pub use describe::page;
pub use document::{document, openapi};
pub use figures::{figure, figures};
pub use kinds::kinds;
pub use proposals::{audit, proposal, proposals};
pub use records::{record, record_history, records};
pub(crate) use sending::CHANGE_BYTES;
pub use sending::send;
pub use standing::{check, duties, status, tracking};
