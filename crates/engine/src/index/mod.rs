//! Composite indices: a tree of parts over indicators, its scores for many cities, and what other choices would have made
//! of them.

pub mod codes;
mod definition;
mod scores;
mod trial;

pub use crate::Refusal;

pub use definition::{Child, Index, Leaf, Part, ROOT, mean_of, scale_of};
pub use scores::{Scores, Units, level};
pub use trial::{Explained, Factor, Trial, TrialResult, UnitTrial, WeightRule, sobol, try_choices};
