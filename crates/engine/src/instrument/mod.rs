//! Questionnaires: whether one is sound, what is asked, what answers score, what is advised, what changed, and where
//! several respondents disagree.
//!
//! Start at [`Questionnaire`], which reads and checks one, and [`score`].

mod change;
mod check;
pub mod codes;
mod form;
mod questionnaire;
mod reply;
mod respondents;
mod score;

pub use change::{Change, SectionChange, change};
pub use form::{FromForm, from_form};
pub use questionnaire::Questionnaire;
pub use reply::{Answers, Given, NONE_OF_THESE, Reply, faults, offers_none, read_reply};
pub use respondents::{DISAGREEMENT, Spread, Views, agreed, views};
pub use score::{Advised, QuestionScore, Scored, SectionScore, Standing, Verdict, score};

#[cfg(test)]
mod tests;
