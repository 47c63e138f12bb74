//! Figures: values we computed, with their derivation. The types only; `engine` computes them, `report`
//! and the pages show them, so that every output shows the same figure.

use std::fmt;

use jiff::civil::Date;

use crate::{
    kinds::{Direction, Indicator, Judgement, Measure, Place, Plan, Project, Result, Scope, Target, Unit},
    value::{Breakdown, Id, Period},
};

/// What a figure answers: this indicator, in this scope, for this place (all places when empty), this
/// period and this group. Its text form is the figure's stable address, `explain` takes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureKey {
    /// The indicator.
    pub indicator: Id<Indicator>,
    /// Whose change.
    pub scope: Scope,
    /// The place; empty for all places that the scope covers.
    pub place: Option<Id<Place>>,
    /// The period.
    pub period: Period,
    /// The group.
    pub breakdown: Breakdown,
}

impl fmt::Display for FigureKey {
    /// `indicator~scope~place~period~breakdown`, an empty part for all places and for the total; the `/`
    /// of a span of years is written `_`, so that the text fits in a path.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.as_ref().map_or("", Id::as_str);
        let period = self.period.to_string().replace('/', "_");
        write!(f, "{}~{}~{place}~{period}~{}", self.indicator, self.scope, self.breakdown)
    }
}

impl FigureKey {
    /// Reads the text form back.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('~').collect();
        let [indicator, scope, place, period, breakdown] = parts[..] else { return None };
        Some(FigureKey {
            indicator: (!indicator.is_empty()).then(|| Id::new(indicator))?,
            scope: Scope::parse(scope)?,
            place: (!place.is_empty()).then(|| Id::new(place)),
            period: Period::parse(&period.replace('_', "/"))?,
            breakdown: Breakdown::parse(breakdown)?,
        })
    }
}

/// Why there is no number. The text is a message key suffix: `reason-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nothing was reported.
    NothingReported,
    /// Everything reported says: not applicable.
    NotApplicable,
    /// Everything reported says: not available.
    NotAvailable,
    /// It is not yet due.
    NotYetDue,
    /// It is withheld to protect people.
    Suppressed,
    /// A denominator or weight is missing, so a share or mean cannot be rolled up.
    NoDenominator,
    /// The denominator is zero.
    ZeroDenominator,
    /// The measure type has no such operation.
    IllegalRollUp,
    /// The places overlap, so a sum would count twice.
    PlacesOverlap,
    /// The groups do not partition the total.
    GroupsOverlap,
    /// Whether values are cumulative was never declared.
    ReportingUndeclared,
    /// The definition changed and no mapping joins the versions.
    NoMapping,
    /// Overlap between projects is unknown, so only bounds can be given.
    OverlapUnknown,
    /// A story is not a number.
    Story,
}

impl Reason {
    /// The code, for JSON and message keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Reason::NothingReported => "nothing-reported",
            Reason::NotApplicable => "not-applicable",
            Reason::NotAvailable => "not-available",
            Reason::NotYetDue => "not-yet-due",
            Reason::Suppressed => "suppressed",
            Reason::NoDenominator => "no-denominator",
            Reason::ZeroDenominator => "zero-denominator",
            Reason::IllegalRollUp => "illegal-roll-up",
            Reason::PlacesOverlap => "places-overlap",
            Reason::GroupsOverlap => "groups-overlap",
            Reason::ReportingUndeclared => "reporting-undeclared",
            Reason::NoMapping => "no-mapping",
            Reason::OverlapUnknown => "overlap-unknown",
            Reason::Story => "story",
        }
    }
    /// All reasons, for tests that loop over the messages.
    pub const ALL: [Reason; 14] = [
        Reason::NothingReported,
        Reason::NotApplicable,
        Reason::NotAvailable,
        Reason::NotYetDue,
        Reason::Suppressed,
        Reason::NoDenominator,
        Reason::ZeroDenominator,
        Reason::IllegalRollUp,
        Reason::PlacesOverlap,
        Reason::GroupsOverlap,
        Reason::ReportingUndeclared,
        Reason::NoMapping,
        Reason::OverlapUnknown,
        Reason::Story,
    ];
}

/// The answer: a number, bounds, a distribution over stages, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// One number in the indicator's unit.
    Value(f64),
    /// Bounds `[low, high]` with the reason why no single number can be given.
    Interval {
        /// Largest single contribution.
        low: f64,
        /// Sum of all.
        high: f64,
        /// Why.
        reason: Reason,
    },
    /// Number of bodies at each stage, in the order of the scale; zero stages included.
    Stages(Vec<(String, u32)>),
    /// No number.
    None(Reason),
}

impl Answer {
    /// The single number; the number of bodies for stages.
    pub fn value(&self) -> Option<f64> {
        match self {
            Answer::Value(v) => Some(*v),
            Answer::Stages(s) => Some(s.iter().map(|(_, n)| f64::from(*n)).sum()),
            _ => None,
        }
    }
}

/// How much of what should have been reported was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Contributors (projects, or places where there are no projects) that should have reported.
    pub n_expected: u32,
    /// Contributors that reported a value or a reason for its absence.
    pub n_reported: u32,
    /// Of these, contributors whose value is an estimate.
    pub n_estimated: u32,
    /// Of these, contributors that gave a reason instead of a value.
    pub n_without_value: u32,
}

/// One observation that a figure stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The row of the observation in the snapshot, for looking up the rest.
    pub row_idx: usize,
    /// What was taken from it.
    pub value: Option<f64>,
    /// Numerator, for shares.
    pub numerator: Option<f64>,
    /// Denominator or weight.
    pub denominator: Option<f64>,
    /// The change that brought it; `history` tells who and when.
    pub change: u64,
    /// Why it was left out of the sum, when it was: a message key suffix `left-out-<code>`
    /// (`superseded-period`, `shared`, `subset`, `duplicate-body`, `no-value`, `groups-incomplete`,
    /// `earlier-stage`, `no-body`, `unknown-stage`, `unmapped`); all are in `engine::LEFT_OUT`.
    pub left_out: Option<&'static str>,
}

/// How a figure was computed: the rule with its symbols, the observations, and the figures below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derivation {
    /// The rule: a message key suffix `rule-<code>`, e.g. `sum`, `last`, `distinct-union`,
    /// `ratio-of-sums`, `weighted-mean`, `stage-latest`, `interval-overlap`, `as-reported`, `mapped`; all are in `engine::RULES`.
    pub rule: &'static str,
    /// The symbols of the rule with their numbers, e.g. `numerator`, `denominator`.
    pub symbols: Vec<(&'static str, f64)>,
    /// The formula with numbers filled in, e.g. `12 + 30 + 7 = 49`.
    pub formula: String,
    /// Observations used and left out.
    pub inputs: Vec<Input>,
    /// Bodies counted, for distinct and stage counts: entity id and the projects that claim it.
    pub bodies: Vec<(String, Vec<String>)>,
    /// Figures that this one is made of.
    pub parts: Vec<(FigureKey, Answer)>,
}

/// A value we computed, with its derivation.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it answers; also its address.
    pub key: FigureKey,
    /// The answer.
    pub answer: Answer,
    /// The unit, from the indicator.
    pub unit: Option<String>,
    /// Standard error, when every input has one (independent inputs: root of the weighted sum of squares).
    pub standard_error: Option<f64>,
    /// How complete it is.
    pub completeness: Completeness,
    /// How it was computed.
    pub derivation: Derivation,
}

/// Progress towards a target, computed, never chosen by the reporter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Progress {
    /// The target is reached.
    Achieved,
    /// Not behind the path by more than the tolerance.
    OnTrack,
    /// Behind the path by more than the tolerance, at most three times the tolerance.
    AtRisk,
    /// Further behind, or moving the wrong way.
    OffTrack,
    /// There is no baseline.
    NoBaseline,
    /// There is no target.
    NoTarget,
    /// Baseline and target are there, but no value yet although one was due.
    NoData,
    /// The period has not begun or nothing is due yet.
    NotYetDue,
    /// The measure has no path: a story or a distribution.
    NotMeasured,
}

impl Progress {
    /// All, in the order in which they are shown.
    pub const ALL: [Progress; 9] = [
        Progress::Achieved,
        Progress::OnTrack,
        Progress::AtRisk,
        Progress::OffTrack,
        Progress::NoBaseline,
        Progress::NoTarget,
        Progress::NoData,
        Progress::NotYetDue,
        Progress::NotMeasured,
    ];
    /// The code, for JSON and message keys `progress-<code>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Progress::Achieved => "achieved",
            Progress::OnTrack => "on-track",
            Progress::AtRisk => "at-risk",
            Progress::OffTrack => "off-track",
            Progress::NoBaseline => "no-baseline",
            Progress::NoTarget => "no-target",
            Progress::NoData => "no-data",
            Progress::NotYetDue => "not-yet-due",
            Progress::NotMeasured => "not-measured",
        }
    }
}

/// Where an indicator stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The indicator.
    pub indicator: Id<Indicator>,
    /// The day.
    pub on: Date,
    /// The status.
    pub progress: Progress,
    /// Value expected on the path from baseline to target at the day of the latest figure.
    pub expected: Option<f64>,
    /// Latest figure on or before the day.
    pub actual: Option<Figure>,
    /// Baseline used.
    pub baseline: Option<Target>,
    /// Target used.
    pub target: Option<Target>,
    /// Share of the way from baseline to target that was made; 1 is the target, below 0 is the wrong way.
    pub achieved_share: Option<f64>,
    /// Share of the way that should have been made.
    pub expected_share: Option<f64>,
    /// Probability that the true value is not behind the path by more than the tolerance, when the figure has a standard error.
    pub probability: Option<f64>,
    /// Tolerance used, as a share of the way.
    pub tolerance: f64,
    /// Judgements of persons, beside the status.
    pub judgements: Vec<Judgement>,
}

/// One indicator of the tracking table.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackingRow {
    /// The indicator.
    pub indicator: Id<Indicator>,
    /// The result above it.
    pub result: Id<Result>,
    /// Group of this row; the total comes first, then each group that was reported or planned.
    pub breakdown: Breakdown,
    /// Scope of the figures.
    pub scope: Scope,
    /// Measure type.
    pub measure: Measure,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// Baseline.
    pub baseline: Option<Target>,
    /// Final target.
    pub target: Option<Target>,
    /// One cell for each period of the table.
    pub cells: Vec<TrackingCell>,
    /// Where it stands; for the total only.
    pub standing: Option<Standing>,
}

/// One period of one indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackingCell {
    /// The figure; `None` when nothing is due and nothing was reported.
    pub figure: Option<Figure>,
    /// Share of the way from baseline to target, as a percentage.
    pub percent: Option<f64>,
    /// Whether a value was due in this period.
    pub due: bool,
}

/// The tracking table of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracking {
    /// The plan.
    pub plan: Id<Plan>,
    /// The periods, one column each.
    pub periods: Vec<Period>,
    /// The rows, in the order of the results tree.
    pub rows: Vec<TrackingRow>,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyKind {
    /// A value of an indicator.
    Value,
    /// A report that a mandate asks for.
    Report,
    /// An evaluation.
    Evaluation,
    /// A task of a phase or a gate.
    Task,
    /// An output of a project.
    Output,
}

impl DutyKind {
    /// The code, for JSON and message keys `duty-<code>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            DutyKind::Value => "value",
            DutyKind::Report => "report",
            DutyKind::Evaluation => "evaluation",
            DutyKind::Task => "task",
            DutyKind::Output => "output",
        }
    }
}

/// State of something due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyState {
    /// Past its day and not met.
    Overdue,
    /// Due within 90 days.
    Due,
    /// Further in the future.
    Upcoming,
    /// Met.
    Met,
}

impl DutyState {
    /// The code, for JSON and message keys `duty-state-<code>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            DutyState::Overdue => "overdue",
            DutyState::Due => "due",
            DutyState::Upcoming => "upcoming",
            DutyState::Met => "met",
        }
    }
}

/// Something due, derived from cadences, never typed. (The money sense of "obligation" is another thing.)
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// What is due.
    pub kind: DutyKind,
    /// About which record: kind and id.
    pub about: diag::RecordRef,
    /// The plan it belongs to, when one.
    pub plan: Option<Id<Plan>>,
    /// For which period, when one.
    pub period: Option<Period>,
    /// By when.
    pub due_on: Date,
    /// Its state on the day asked about.
    pub state: DutyState,
    /// From whom.
    pub owner: Option<Id<Unit>>,
    /// The project that owes it, when one.
    pub project: Option<Id<Project>>,
}

/// One link of a series that runs through several plans.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesPart {
    /// The plan.
    pub plan: Id<Plan>,
    /// The result.
    pub result: Id<Result>,
    /// The indicator, when this plan measures it.
    pub indicator: Option<Id<Indicator>>,
    /// How this part follows from the one before: the crosswalk's relation and confidence.
    pub link: Option<(crate::kinds::CrosswalkRelation, crate::kinds::Confidence)>,
    /// Figures by period.
    pub figures: Vec<Figure>,
    /// Target at the end of the plan.
    pub target: Option<Target>,
}

/// A trend through several plan cycles.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The result that was asked about.
    pub result: Id<Result>,
    /// The parts, oldest first.
    pub parts: Vec<SeriesPart>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_key_reads_back_equal() {
        for text in
            ["I-1~delivered~~2016~", "I-1~global~KEN~2014_2015~age=15-24;sex=female", "I-1~supported~NBO~2016-S1~"]
        {
            let key = FigureKey::parse(text);
            assert_eq!(key.map(|k| k.to_string()).as_deref(), Some(text));
        }
        assert_eq!(FigureKey::parse("I-1~delivered"), None);
    }
}
