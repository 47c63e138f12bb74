//! The codes of findings made while accepting a change.

use diag::{Code, Severity};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $slug:literal $severity:ident,)+) => {
        $($(#[doc = $doc])+ pub static $name: Code =
            Code { id: stringify!($name), name: $slug, severity: Severity::$severity, since: "0.1" };)+
        /// Every code of this crate.
        pub static CODES: &[&Code] = &[$(&$name,)+];
    };
}

codes! {
    /// A required column is empty.
    REG001 "required-empty" Error,
    /// A reference points to a record that is not there.
    REG002 "reference-dangling" Error,
    /// A removal leaves references dangling.
    REG003 "removal-still-referenced" Error,
    /// Parents form a circle.
    REG004 "cycle" Error,
    /// A proposal names one record twice.
    REG005 "record-twice" Error,
    /// A result's parent lies in another plan.
    REG006 "parent-in-another-plan" Error,
    /// A result's level is not defined in its plan.
    REG007 "level-undefined" Error,
    /// A share lies outside of 0 to 1.
    REG008 "share-out-of-range" Error,
    /// Something ends before it starts.
    REG009 "ends-before-start" Error,
    /// A breakdown names a dimension or category that is not there.
    REG010 "breakdown-unknown" Error,
    /// A later change touched a record of the change to be taken back.
    REG011 "undo-conflict" Error,
    /// A change was taken back before.
    REG012 "already-undone" Error,
    /// There is no such change.
    REG013 "change-unknown" Error,
    /// A record to be removed is not there.
    REG014 "record-unknown" Error,
    /// Coordinates lie outside of the globe.
    REG015 "coordinates-out-of-range" Error,
    /// An observation has a value and a status that has none, or the other way round.
    REG020 "status-against-value" Error,
    /// A numerator is greater than its denominator.
    REG021 "numerator-above-denominator" Error,
    /// A count is negative.
    REG022 "count-negative" Error,
    /// A stage is missing or not on the indicator's scale.
    REG023 "stage-unknown" Error,
    /// A body is missing where bodies are counted.
    REG024 "body-missing" Error,
    /// An observation falls into a closed period.
    REG025 "period-closed" Error,
    /// A standard error is negative.
    REG026 "standard-error-negative" Error,
    /// Delivered by no project.
    REG027 "delivered-without-project" Warning,
    /// A version of a questionnaire that was answered.
    REG028 "questionnaire-answered" Error,
    /// A member of a functional area where one of both is of the wrong sort.
    REG029 "area-of-wrong-sort" Error,
    /// A place lies in a functional area by its parent.
    REG030 "parent-is-area" Error,
    /// More money is agreed than an investment costs, or in another currency.
    REG031 "secured-above-cost" Error,
    /// A percentage lies outside of 0 to 100.
    REG032 "percent-out-of-range" Error,
}
