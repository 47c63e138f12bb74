//! Answers questions about a survey: conditions on its variables, designs from its columns, estimates with their error.

mod answer;
pub mod codes;
mod expression;
mod sample;

/// Why a question has no answer.
pub type Refusal = Box<diag::Diagnostic>;

pub use answer::{Answer, AnswerRow, GroupValue, answer};
pub use expression::Expression;
pub use sample::Sample;
