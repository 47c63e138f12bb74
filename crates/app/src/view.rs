//! What the faces get to see: answers of use cases, ready to be shown, with no sentence and no mark-up.

use diag::{Diagnostic, Pointer, RecordRef};
use jiff::{Timestamp, civil::Date};
use model::{
    Audience, Kind,
    figure::{Duty, Figure, FigureKey, Progress, Standing},
    kinds::{Indicator, Plan, Result as PlanResult, Scope},
    value::{Breakdown, Id, Period, Value},
};
use serde::Serialize;

/// One plan in a list of plans.
#[derive(Clone, Debug)]
pub struct PlanCard {
    /// The plan.
    pub plan: Plan,
    /// Results in it.
    pub n_results: usize,
    /// Indicators in it.
    pub n_indicators: usize,
    /// Indicators by progress, in the order of `Progress::ALL`.
    pub progress: Vec<(Progress, usize)>,
}

/// The overview of a plan.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The plan and its counts.
    pub card: PlanCard,
    /// Its programmes, phases and strategies.
    pub programmes: Vec<Plan>,
    /// Plan before and after it.
    pub predecessor: Option<Plan>,
    /// Plan after it.
    pub successor: Option<Plan>,
    /// The tree with statuses.
    pub tree: Vec<ResultNode>,
    /// What is overdue or due, soonest first.
    pub duties: Vec<Duty>,
    /// Findings about the plan by severity: errors, warnings, notes, waived.
    pub findings: FindingCounts,
    /// The first findings, errors first.
    pub first_findings: Vec<Diagnostic>,
    /// Projects that work for the plan.
    pub n_projects: usize,
}

/// How many findings of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FindingCounts {
    /// Errors without a waiver.
    pub errors: usize,
    /// Warnings without a waiver.
    pub warnings: usize,
    /// Notes without a waiver.
    pub notes: usize,
    /// Findings that a waiver covers.
    pub waived: usize,
}

/// A result with what hangs on it, in tree order.
#[derive(Clone, Debug)]
pub struct ResultNode {
    /// The result.
    pub result: PlanResult,
    /// Depth in the tree, from 0.
    pub depth: usize,
    /// Name of its level in this plan.
    pub level: model::value::Text,
    /// Its indicators with their standing.
    pub indicators: Vec<(Indicator, Standing)>,
    /// The worst status among its indicators that have one.
    pub worst: Option<Progress>,
    /// Number of children.
    pub n_children: usize,
}

/// Everything the page of an indicator shows.
#[derive(Clone, Debug)]
pub struct IndicatorSheet {
    /// The indicator.
    pub indicator: Indicator,
    /// Results above it, from the top.
    pub path: Vec<PlanResult>,
    /// Its plan.
    pub plan: Plan,
    /// Where it stands.
    pub standing: Standing,
    /// Baselines, milestones and targets.
    pub targets: Vec<model::kinds::Target>,
    /// Figures by period for each scope that has any.
    pub scopes: Vec<(Scope, Vec<Figure>)>,
    /// Figures by group of the latest period: breakdown and figure.
    pub groups: Vec<Figure>,
    /// Latest figures by country, for the map.
    pub places: Vec<PlaceFigure>,
    /// Grades on the SMART and selection criteria.
    pub grades: Vec<CriterionGrade>,
    /// Findings about it.
    pub findings: Vec<Diagnostic>,
    /// Versions of its definition.
    pub definitions: Vec<model::kinds::Definition>,
    /// Stories beside it.
    pub stories: Vec<model::kinds::Story>,
    /// Bodies that moved between stages in the last two periods: from, to, count.
    pub transitions: Vec<(String, String, u32)>,
    /// Sources named by its observations: id, title, number of observations.
    pub sources: Vec<(model::kinds::Source, usize)>,
    /// Number of observations.
    pub n_observations: usize,
}

/// A figure of one place, for maps and tables.
#[derive(Clone, Debug)]
pub struct PlaceFigure {
    /// The place.
    pub place: model::kinds::Place,
    /// Its latest figure.
    pub figure: Figure,
}

/// A computed grade on one criterion, with its reasons and a reviewer's grade if there is one.
#[derive(Clone, Debug)]
pub struct CriterionGrade {
    /// The criterion.
    pub criterion: model::kinds::Criterion,
    /// The computed grade.
    pub grade: model::kinds::Grade,
    /// Message keys with arguments that say why.
    pub reasons: Vec<(String, Vec<(&'static str, diag::Arg)>)>,
    /// What a reviewer recorded.
    pub reviewer: Option<model::kinds::Assessment>,
}

/// A figure opened up: down to observations, who recorded them and when.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The figure with its derivation.
    pub figure: Figure,
    /// The indicator.
    pub indicator: Indicator,
    /// The observations it stands on, in the order of the derivation's inputs (at most 500).
    pub inputs: Vec<ExplainedInput>,
    /// Number of inputs in all.
    pub n_inputs: usize,
    /// The same question in the three scopes: side by side, never mixed.
    pub side_by_side: Vec<Figure>,
}

/// One observation below a figure.
#[derive(Clone, Debug)]
pub struct ExplainedInput {
    /// Id of the observation.
    pub id: String,
    /// Place, period, group, project, body as text.
    pub place: String,
    /// Period.
    pub period: Period,
    /// Group.
    pub breakdown: Breakdown,
    /// Project, empty when none.
    pub project: String,
    /// Body, empty when none.
    pub entity: String,
    /// Stage, empty when none.
    pub stage: String,
    /// Value taken.
    pub value: Option<f64>,
    /// Numerator and denominator taken.
    pub ratio: Option<(f64, f64)>,
    /// Status code.
    pub status: &'static str,
    /// Why it was left out, as message key suffix.
    pub left_out: Option<&'static str>,
    /// Source title, if the source is known.
    pub source: Option<model::kinds::Source>,
    /// Evidence.
    pub evidence: String,
    /// Comment.
    pub comment: String,
    /// The change that brought it.
    pub change: ChangeLine,
}

/// A change of the register in one line.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLine {
    /// Number.
    pub number: u64,
    /// Who.
    pub author: String,
    /// When.
    #[serde(serialize_with = "as_text")]
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The change that it takes back, if any.
    pub undoes: Option<u64>,
    /// The change that took it back, if any.
    pub undone_by: Option<u64>,
    /// Records added, changed, removed; observation rows.
    pub n_records: u64,
    /// Observation rows in it.
    pub n_observations: u64,
}

impl ChangeLine {
    /// The line as an audience sees it: who changed something and why is withheld from the public.
    #[must_use]
    pub fn seen_by(mut self, audience: Audience) -> Self {
        for (part, text) in [("author", &mut self.author), ("reason", &mut self.reason)] {
            if !audience.sees_of_change(part) {
                text.clear();
            }
        }
        self
    }
}

fn as_text<S: serde::Serializer>(at: &Timestamp, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(&at.to_string())
}

/// One step in the history of a record.
#[derive(Clone, Debug)]
pub struct HistoryStep {
    /// The change.
    pub change: ChangeLine,
    /// `put` or `remove`.
    pub removed: bool,
    /// Fields that changed: column, before, after.
    pub fields: Vec<(String, Value, Value)>,
}

impl HistoryStep {
    /// The step as an audience sees it.
    #[must_use]
    pub fn seen_by(mut self, kind: Kind, audience: Audience) -> Self {
        self.change = self.change.seen_by(audience);
        self.fields.retain(|(column, ..)| audience.sees_column(kind, column));
        self
    }
}

/// What a diff does to one record.
#[derive(Clone, Debug)]
pub struct DiffLine {
    /// The kind.
    pub kind: Kind,
    /// The record.
    pub id: String,
    /// Where it stands in the file.
    pub pointer: Pointer,
    /// Columns with old and new value; all columns with a value for an addition.
    pub fields: Vec<(String, Value, Value)>,
}

impl DiffLine {
    /// The line as an audience sees it; `None` when it does not see the kind.
    #[must_use]
    pub fn seen_by(mut self, audience: Audience) -> Option<Self> {
        self.fields.retain(|(column, ..)| audience.sees_column(self.kind, column));
        audience.sees(self.kind).then_some(self)
    }
}

/// Counts of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportCounts {
    /// New records and observations.
    pub added: usize,
    /// Records and observations with a new value.
    pub changed: usize,
    /// Rows equal to what is there.
    pub unchanged: usize,
    /// Rows refused.
    pub rejected: usize,
}

/// An import before anything is written.
#[derive(Clone, Debug)]
pub struct ImportPreview {
    /// Name for confirming it; valid for an hour.
    pub token: String,
    /// The files' name.
    pub name: String,
    /// Counts over all kinds.
    pub counts: ImportCounts,
    /// Counts by kind.
    pub by_kind: Vec<(Kind, ImportCounts)>,
    /// Additions, the first 200.
    pub added: Vec<DiffLine>,
    /// Changes, the first 200.
    pub changed: Vec<DiffLine>,
    /// Findings, grouped; errors refuse the whole import.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings of error severity, ungrouped.
    pub n_errors: usize,
    /// Findings of the plan checker that the import would add, and those it would end.
    pub new_findings: Vec<Diagnostic>,
    /// Findings that it would end.
    pub n_ended_findings: usize,
    /// Whether it may be confirmed: no error and at least one addition or change.
    pub can_confirm: bool,
}

/// One hit of the search.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The record.
    pub record: RecordRef,
    /// Its name in the language asked for, or its id.
    pub title: String,
    /// The text that matched, when it is not the title.
    pub context: Option<String>,
    /// The plan it belongs to.
    pub plan: Option<Id<Plan>>,
}

/// One row of the entry grid.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// The indicator.
    pub indicator: Indicator,
    /// The place.
    pub place: String,
    /// The group.
    pub breakdown: Breakdown,
    /// The scope.
    pub scope: Scope,
    /// The project, empty when none.
    pub project: String,
    /// The body, empty when none.
    pub entity: String,
    /// One cell for each period of the grid.
    pub cells: Vec<EntryCell>,
}

/// One cell of the entry grid.
#[derive(Clone, Debug, Default)]
pub struct EntryCell {
    /// Value there is.
    pub value: Option<f64>,
    /// Status code; empty when there is no observation.
    pub status: String,
    /// State code.
    pub state: String,
    /// Comment.
    pub comment: String,
    /// Evidence.
    pub evidence: String,
    /// Stage.
    pub stage: String,
    /// The period is closed.
    pub closed: bool,
}

/// The entry grid.
#[derive(Clone, Debug)]
pub struct EntryGrid {
    /// The periods.
    pub periods: Vec<Period>,
    /// The rows.
    pub rows: Vec<EntryRow>,
    /// Rows in all; the grid holds the first 500.
    pub n_rows: usize,
}

/// The address of a figure on the pages.
pub fn figure_path(key: &FigureKey) -> String {
    format!("/figures/{key}")
}

/// The answer to "who are you, how far are you".
#[derive(Clone, Debug, Serialize)]
pub struct Vital {
    /// Number of the last change.
    pub position: u64,
    /// Head of the chain.
    pub fingerprint: String,
    /// Records in all.
    pub n_records: usize,
    /// Observations in all.
    pub n_observations: usize,
    /// Instant of the last change.
    pub changed_at: Option<String>,
    /// Day for which statuses are computed.
    #[serde(serialize_with = "day_as_text")]
    pub on: Date,
}

fn day_as_text<S: serde::Serializer>(on: &Date, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(&on.to_string())
}
