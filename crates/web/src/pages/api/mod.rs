//! The programming interface: what the pages show, for programs. Reading only; every answer is made for its audience.

mod answer;
mod changes;
mod describe;
mod document;
mod figures;
mod kinds;
mod operations;
mod records;
mod schemas;
mod standing;

pub use changes::{change, changes, head};
pub(crate) use describe::examples;
pub use describe::page;
pub use document::{document, openapi};
pub use figures::{figure, figures};
pub use kinds::kinds;
pub use records::{record, record_history, records};
pub use standing::{check, duties, status, tracking};
