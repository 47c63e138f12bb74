//! Computes figures from a snapshot, and nothing else.
//!
//! Start at [`Prepared`], which indexes a snapshot once, and [`evaluate`], which answers one question.
//!
//! Invariant: there is no clock, file, network or randomness here; equal snapshots and days give equal figures.

/// Codes of one family, all of them errors, with the list of them.
macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $name:ident $slug:literal $($severity:ident)?,)+) => {
        $($(#[doc = $doc])+ pub static $name: diag::Code =
            diag::Code { id: stringify!($name), name: $slug, severity: error_codes!(@ $($severity)?), since: "0.2" };)+
        /// Every code of this family.
        pub static CODES: &[&diag::Code] = &[$(&$name,)+];
    };
    (@) => { diag::Severity::Error };
    (@ $severity:ident) => { diag::Severity::$severity };
}

/// Why a question of the observatory has no answer.
pub type Refusal = Box<diag::Diagnostic>;

mod ask;
pub mod cities;
mod completeness;
mod duties;
mod evaluate;
mod figures;
mod formula;
pub mod frameworks;
pub mod household;
pub mod index;
pub mod instrument;
pub mod investments;
mod measure;
pub mod outlook;
mod path;
mod peers;
mod prepared;
pub mod regions;
mod schedule;
mod select;
mod series;
mod standing;
pub mod survey;
mod tracking;
mod transitions;

pub use duties::{EVALUATED_ABOVE_USD, duties};
pub use evaluate::{evaluate, side_by_side};
pub use figures::figures;
pub use peers::{Peers, peers};
pub use prepared::Prepared;
pub use schedule::{GRACE_DAYS, NOTICE_DAYS};
pub use series::series;
pub use standing::{AT_RISK_TIMES, TOLERANCE, standing};
pub use tracking::tracking;
pub use transitions::{IllegalMove, Transitions, transitions};

/// The rules that a derivation can name; each has its words under `rule-<code>`.
pub const RULES: [&str; 12] = [
    "as-reported",
    "distinct-union",
    "interval-overlap",
    "mapped",
    "none",
    "only-value",
    "ratio-of-sums",
    "stage-latest",
    "story",
    "sum",
    "sum-of-latest",
    "weighted-mean",
];

/// Why an input can be left out; each has its words under `left-out-<code>`.
pub const LEFT_OUT: [&str; 10] = [
    "duplicate-body",
    "earlier-stage",
    "groups-incomplete",
    "no-body",
    "no-value",
    "shared",
    "subset",
    "superseded-period",
    "unknown-stage",
    "unmapped",
];
