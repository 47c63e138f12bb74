//! Answers questions about a survey: conditions on its variables, designs from its columns, estimates with their error.

mod answer;
pub mod codes;
mod describe;
mod expression;
mod gather;
mod sample;
mod sums;

pub use crate::Refusal;

pub use answer::{Answer, AnswerRow, GroupValue, answer};
pub(crate) use describe::has_word;
pub use describe::{Concept, Described, Proposal, describe, propose};
pub use expression::Expression;
pub use gather::{Gathered, Gathering, needed};
pub use sample::Sample;
