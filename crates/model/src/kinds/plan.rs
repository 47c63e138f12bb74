//! Plans, their levels, results and the links between cycles.

use jiff::civil::Date;

use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Id, Text},
};

use super::{Source, Unit};

code_list! {
    /// What sort of plan.
    PlanKind as "plan-kind" {
        /// A plan for several years that leads all others.
        StrategicPlan = "strategic_plan",
        /// A programme and budget for two years.
        BiennialProgramme = "biennial_programme",
        /// A programme and budget for one year.
        AnnualProgramme = "annual_programme",
        /// A phase of a plan.
        Phase = "phase",
        /// A strategy on one theme.
        ThematicStrategy = "thematic_strategy",
        /// A programme for one country.
        CountryProgramme = "country_programme",
        /// A process of internal change.
        ChangeProgramme = "change_programme",
        /// A framework agreed elsewhere, such as the Sustainable Development Goals.
        ExternalFramework = "external_framework",
    }
}

code_list! {
    /// State of a plan.
    PlanStatus as "plan-status" {
        /// Being written.
        Draft = "draft",
        /// Agreed by the permanent representatives.
        Endorsed = "endorsed",
        /// Approved by the governing body, not yet started.
        Approved = "approved",
        /// In force.
        InForce = "in_force",
        /// Replaced by a revision of itself.
        Superseded = "superseded",
        /// Ended.
        Closed = "closed",
    }
}

record! {
    /// A plan: one cycle, or a programme, phase or strategy inside it, or a framework agreed elsewhere.
    Plan as "plan" in "plans" {
        /// Code.
        own [id]: Id<Plan>,
        /// Name.
        [title]: Text,
        /// What sort of plan.
        [kind]: PlanKind,
        /// State.
        [status]: PlanStatus,
        /// First day.
        [starts_on]: Date,
        /// Last day; empty when it has no end.
        [ends_on]: Option<Date>,
        /// The plan before it in the same line.
        [predecessor]: Option<Id<Plan>>,
        /// The plan that it carries out.
        [part_of]: Option<Id<Plan>>,
        /// When the governing body adopted it.
        [adopted_on]: Option<Date>,
        /// When its results framework was finished.
        [framework_on]: Option<Date>,
        /// Its pledge to the checker: which rules of reporting it follows.
        [reporting_tiers]: Vec<Code>,
        /// Document.
        [source]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}

code_list! {
    /// What a level is in the results chain, whatever the plan calls it.
    LevelRole as "level-role" {
        /// A statement above the chain: vision, mission.
        Statement = "statement",
        /// Change in people's lives; indirect influence.
        Impact = "impact",
        /// A top result of the whole plan.
        StrategicResult = "strategic_result",
        /// An area or subprogramme.
        Area = "area",
        /// A lead or support area.
        Support = "support",
        /// A change in institutions or capacities; more direct influence.
        Outcome = "outcome",
        /// What the programme itself delivers; full control.
        Output = "output",
        /// A way of working: cluster, priority, strategy element, means.
        Means = "means",
        /// A task of a phase.
        Task = "task",
        /// A goal or target of an external framework.
        Goal = "goal",
    }
}

record! {
    /// A level of a plan's tree. The names of levels belong to the plan.
    Level as "level" in "levels" {
        /// The plan.
        key [plan]: Id<Plan>,
        /// Position from the top, from 1.
        key [position]: Whole<1, 99>,
        /// Name.
        [title]: Text,
        /// What it is in the results chain.
        [role]: LevelRole,
        /// Short code of the level.
        [code]: Option<Code>,
        /// Document.
        [source]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}

record! {
    /// A node of a plan's tree: an impact, an area, an outcome, an output.
    Result as "result" in "results" {
        /// Code, unique over all plans.
        own [id]: Id<Result>,
        /// The plan.
        [plan]: Id<Plan>,
        /// The result above it.
        [parent]: Option<Id<Result>>,
        /// Position of its level in the plan.
        [level]: Whole<1, 99>,
        /// Code within the plan, e.g. `FA4`.
        [code]: Code,
        /// Name.
        [title]: Text,
        /// The unit that answers for it.
        [owner]: Option<Id<Unit>>,
        /// Priority rank, 1 is first.
        [priority]: Option<Whole<1, 99>>,
        /// When it was added to the plan, if after its adoption.
        [added_on]: Option<Date>,
        /// Document.
        [source]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}

record! {
    /// An area of a plan, the subprogramme that carries it out and the unit that leads it, one to one to one.
    Alignment as "alignment" in "alignments" {
        /// The area of the strategic plan.
        key [area]: Id<Result>,
        /// The subprogramme of the programme.
        key [subprogramme]: Option<Id<Result>>,
        /// The unit.
        key [unit]: Option<Id<Unit>>,
        /// Whether it leads or helps.
        [role]: AlignmentRole,
        /// Where it is stated.
        [source_para]: Option<String>,
    }
}

code_list! {
    /// Part that a subprogramme takes in an area.
    AlignmentRole as "alignment-role" {
        /// It answers for the area.
        Lead = "lead",
        /// It helps.
        Support = "support",
    }
}

code_list! {
    /// What sort of task.
    TaskKind as "task-kind" {
        /// Must be done before the plan starts.
        Gate = "gate",
        /// A task of a phase.
        Task = "task",
    }
}

record! {
    /// A dated task of a plan or phase, or an item of its preparation gate.
    Task as "task" in "tasks" {
        /// Code.
        own [id]: Id<Task>,
        /// The plan or phase.
        [plan]: Id<Plan>,
        /// What sort of task.
        [kind]: TaskKind,
        /// What is to be done.
        [title]: Text,
        /// By when.
        [due_on]: Option<Date>,
        /// When it was done.
        [done_on]: Option<Date>,
        /// Who answers for it.
        [owner]: Option<Id<Unit>>,
        /// Proof that it was done.
        [evidence]: Option<String>,
        /// Where it is stated.
        [source_para]: Option<String>,
    }
}

code_list! {
    /// How a result of one plan stands to a result of another.
    CrosswalkRelation as "crosswalk-relation" {
        /// Goes on.
        Continues = "continues",
        /// Several become one.
        MergedInto = "merged_into",
        /// The same in other words.
        RestatedAs = "restated_as",
        /// Comes back after a gap.
        ReturnsAs = "returns_as",
        /// Closes a gap that was found.
        GapAnsweredBy = "gap_answered_by",
        /// The nearest there is.
        ClosestMatch = "closest_match",
        /// Carries out as leader.
        Leads = "leads",
        /// Helps to carry out.
        Supports = "supports",
        /// Contributes to a result of the same plan.
        ContributesTo = "contributes_to",
        /// Is in line with a result of an external framework.
        AlignedWith = "aligned_with",
        /// Ends on purpose.
        Ended = "ended",
    }
}

impl CrosswalkRelation {
    /// Whether a series runs on through this link.
    pub fn carries_series(self) -> bool {
        use CrosswalkRelation::*;
        matches!(self, Continues | MergedInto | RestatedAs | ReturnsAs | GapAnsweredBy)
    }
}

code_list! {
    /// How a statement is known.
    Confidence as "confidence" {
        /// The document says so.
        Stated = "stated",
        /// Worked out by subject.
        Derived = "derived",
    }
}

record! {
    /// A link between results of two plans, or between levels of one plan.
    Crosswalk as "crosswalk" in "crosswalk" {
        /// Code.
        own [id]: Id<Crosswalk>,
        /// From this result.
        [from_result]: Id<Result>,
        /// To this result; empty when the first one ends on purpose.
        [to_result]: Option<Id<Result>>,
        /// How they stand to each other.
        [relation]: CrosswalkRelation,
        /// Share of the first that goes into the second, 0 to 1.
        [share]: Option<f64>,
        /// Why.
        [basis]: Option<Text>,
        /// How it is known.
        [confidence]: Confidence,
        /// Document.
        [source]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}
