//! The urban observatory's files of questions: composite indices, outlooks, samples of cities.

mod cities;
mod index;
mod outlook;
mod samples;
mod shipped;
mod slums;
mod tables;

pub use cities::evaluate_city_samples;
pub use index::evaluate_index;
pub use outlook::evaluate_outlooks;
pub use samples::{DrawnSample, MeasuredIn, SampleRequest, compare_samples, draw_sample, estimate_sample};
pub use shipped::{IndexCard, evaluate_shipped_index, explore_index, index_card, index_cards};
pub use slums::{
    BesidePoint, SlumBeside, SlumChoices, SlumGroups, SlumQuestion, SlumSeries, beside_choices, people_of,
    slum_choices, slum_groups, slum_groups_json, slum_name, slum_series, slum_series_json, slum_years, slums_beside,
};
pub(crate) use tables::{numbers, table, texts};

use diag::{Code, Diagnostic};
use model::value::Lang;
use serde_json::{Value as Json, json};

/// A number, or null where it is none.
pub(crate) fn number(n: f64) -> Json {
    if n.is_finite() { n.into() } else { Json::Null }
}

/// A number, or null without.
fn maybe(n: Option<f64>) -> Json {
    n.map_or(Json::Null, number)
}

/// What is wrong with one question, as scripts read it.
pub(crate) fn error_json(found: &Diagnostic, lang: Lang) -> Json {
    let message = locale::explained(lang, found);
    json!({"code": found.code.id, "message": message.message, "remedy": message.remedy})
}

/// That a file is not what it should be.
fn unreadable(code: &'static Code, detail: impl ToString) -> Vec<Diagnostic> {
    vec![Diagnostic::new(code).arg("detail", detail.to_string())]
}
