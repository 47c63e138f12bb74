//! Evaluations, stories and the lines of reports.

use jiff::civil::Date;

use crate::{
    code_list, record,
    record::Whole,
    value::{Id, Money, Period, Text},
};

use super::{Indicator, Output, Place, Plan, Project, Result};

code_list! {
    /// What sort of evaluation.
    EvaluationKind as "evaluation-kind" {
        /// At the middle of a plan.
        MidTerm = "mid_term",
        /// At the end of a plan.
        Final = "final",
        /// Of an area, subprogramme or theme.
        Area = "area",
        /// Of a project at its end.
        Project = "project",
        /// Of impact.
        Impact = "impact",
    }
}

record! {
    /// An evaluation, planned or done.
    Evaluation as "evaluation" in "evaluations" {
        /// Code.
        own [id]: Id<Evaluation>,
        /// Name.
        [title]: Text,
        /// What sort of evaluation.
        [kind]: EvaluationKind,
        /// The plan.
        [plan]: Option<Id<Plan>>,
        /// The result.
        [result]: Option<Id<Result>>,
        /// The project.
        [project]: Option<Id<Project>>,
        /// By when.
        [planned_on]: Option<Date>,
        /// When it was done.
        [done_on]: Option<Date>,
        /// Whether outsiders did it.
        [external]: Option<bool>,
        /// When it was published.
        [published_on]: Option<Date>,
        /// Cost.
        [cost]: Option<Money>,
    }
}

record! {
    /// A case story: qualitative evidence linked to a result, a place and people who agreed to be named.
    Story as "story" in "stories" {
        /// Code.
        own [id]: Id<Story>,
        /// The result.
        [result]: Id<Result>,
        /// The indicator it stands beside.
        [indicator]: Option<Id<Indicator>>,
        /// Where.
        [place]: Option<Id<Place>>,
        /// When.
        [period]: Option<Period>,
        /// Name.
        [title]: Text,
        /// The story.
        [body]: Option<Text>,
        /// Whether the people in it agreed.
        [consent]: bool,
        /// File or address of the evidence.
        [evidence]: Option<String>,
    }
}

record! {
    /// A line of a report to a governing body. A line must attach to a result; outputs only support it.
    ReportLine as "report_line" in "report_lines" {
        /// The plan or programme reported on.
        key [plan]: Id<Plan>,
        /// The period.
        key [period]: Period,
        /// Position in the report.
        key [position]: Whole<1, 9999>,
        /// The result.
        [result]: Option<Id<Result>>,
        /// The output.
        [output]: Option<Id<Output>>,
        /// What is reported.
        [body]: Text,
    }
}
