//! Indicators over a survey's people and households, in terms of concepts: what answers mean, rules made of them, figures with
//! their error, and what must be withheld so that nobody is found in them.

mod category;
mod codebook;
mod disclosure;
mod measure;
mod rules;
pub mod wealth;

pub use category::{categories, holds_words, propose_category};
pub use codebook::{Codebook, Concepts, Unread};
pub use disclosure::{Published, protect};
pub use measure::{Band, Figures, Group, HouseholdFigure, Out, Question, Withheld, bands_of, measure};
pub use rules::{Ready, RuleSet};
