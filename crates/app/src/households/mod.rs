//! Household surveys on this node: loaded with a proposed codebook, checked, measured by rule sets, published into the register
//! as observations with their error.
//!
//! Microdata stay in the node's folder and are in no answer; what leaves are figures, and of those none that rests on too few rows.

mod codebook;
mod files;
mod load;
mod measure;
mod publish;
mod rules;

pub use codebook::{CodebookForm, CodebookView, ConceptAnswers, save_codebook, survey_codebook};
pub use engine::{household::HouseholdFigure, survey::Concept};
pub(crate) use files::assembled;
pub use files::survey_files_are_here;
pub(crate) use load::repeat;
pub use load::{NewSurvey, SurveyDraft, load_survey, sample_survey, survey_draft};
pub use measure::{SurveyFigures, SurveyQuestion, figures_json, groups_of, measure_survey, parse_groups};
pub use publish::{Publication, publish_survey, published_before};
pub use rules::{RuleSets, rule_sets};
