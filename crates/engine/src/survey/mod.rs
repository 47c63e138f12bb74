//! Answers questions about a survey: conditions on its variables, designs from its columns, estimates with their error.

mod answer;
mod calibrated;
pub mod codes;
mod describe;
mod expression;
mod factors;
mod gather;
mod made;
mod publish;
mod sample;
mod sums;

pub use crate::Refusal;

pub use answer::{Answer, AnswerRow, GroupValue, answer};
pub use calibrated::CalibrationTold;
pub(crate) use describe::has_word;
pub use describe::{Concept, Described, Proposal, describe, propose};
pub use expression::Expression;
pub(crate) use expression::unknown;
pub use gather::{Gathered, Gathering, needed};
pub use made::MadeReplicates;
pub use publish::{Mark, Publish, judge};
pub use sample::Sample;
