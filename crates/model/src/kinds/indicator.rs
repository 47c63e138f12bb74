//! Indicators: what is measured, how it may be rolled up, where it starts and where it should go.

use jiff::civil::Date;

use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Breakdown, Id, Period, Text},
};

use super::{EntityKind, Place, Result, Source, Unit};

code_list! {
    /// The type of a measure. Each type has its only legal operations over time, place, contributor and breakdown.
    Measure as "measure" {
        /// An amount per period; sums over time, place, contributor and breakdown.
        Flow = "flow",
        /// A level at a moment; the last one over time, sums over disjoint places.
        Stock = "stock",
        /// Distinct bodies; a set union over time, place and contributor.
        DistinctCount = "distinct_count",
        /// Bodies at each stage of a scale; the last stage of each body.
        StageCount = "stage_count",
        /// A share; sum of numerators over sum of denominators.
        Share = "share",
        /// A mean; weighted by its denominator, never summed.
        Mean = "mean",
        /// An index; weighted, never summed.
        Index = "index",
        /// A score or grade; weighted, never summed.
        Score = "score",
        /// A story; never aggregated, always linked.
        Story = "story",
    }
}

code_list! {
    /// Which way is better.
    Direction as "direction" {
        /// More is better.
        Increase = "increase",
        /// Less is better.
        Decrease = "decrease",
        /// It should stay where it is.
        Maintain = "maintain",
    }
}

code_list! {
    /// How often it is reported.
    Cadence as "cadence" {
        /// Every month.
        Monthly = "monthly",
        /// Every three months.
        Quarterly = "quarterly",
        /// Every six months.
        HalfYearly = "half_yearly",
        /// Every year.
        Yearly = "yearly",
        /// Every two years.
        Biennial = "biennial",
        /// Twice in a plan: at its middle and at its end.
        TwicePerPlan = "twice_per_plan",
        /// Every four years.
        FourYearly = "four_yearly",
        /// By the calendar of a global framework; nothing is due to the plan.
        External = "external",
    }
}

code_list! {
    /// State of an indicator.
    IndicatorStatus as "indicator-status" {
        /// Proposed.
        Candidate = "candidate",
        /// In the plan's set.
        Confirmed = "confirmed",
        /// No longer used.
        Retired = "retired",
    }
}

code_list! {
    /// How reported values add up over a plan.
    Reporting as "reporting" {
        /// Each value covers its own period only.
        Incremental = "incremental",
        /// Each value covers everything since the start.
        Cumulative = "cumulative",
    }
}

record! {
    /// How a result is measured.
    Indicator as "indicator" in "indicators" {
        /// Code.
        own [id]: Id<Indicator>,
        /// The result that it measures.
        [result]: Id<Result>,
        /// Name.
        [title]: Text,
        /// What exactly is counted or measured, and what is not.
        [definition]: Option<Text>,
        /// Type of measure.
        [measure]: Measure,
        /// Unit, e.g. `percent`, `authority`, `person`, `USD`.
        [unit]: Option<Code>,
        /// Which way is better.
        [direction]: Option<Direction>,
        /// Whether values are cumulative; must be declared where values are added over time.
        [reporting]: Option<Reporting>,
        /// Scale of stages, for stage counts.
        [scale]: Option<Code>,
        /// What sort of body is counted, for distinct and stage counts.
        [counts]: Option<EntityKind>,
        /// What the numerator is, for shares.
        [numerator]: Option<String>,
        /// What the denominator or weight is, for shares, means, indices and scores.
        [denominator]: Option<String>,
        /// Dimensions by which it is broken down.
        [dimensions]: Vec<Id<Dimension>>,
        /// How often it is reported.
        [cadence]: Option<Cadence>,
        /// Where the data come from.
        [source]: Option<Id<Source>>,
        /// How a value can be verified.
        [verification]: Option<String>,
        /// The unit that answers for it.
        [owner]: Option<Id<Unit>>,
        /// State.
        [status]: IndicatorStatus,
        /// Global framework it was taken from or is linked to, e.g. `SDG:11.1.1`, `UMF:…`, `NUA:…`.
        [frameworks]: Vec<Code>,
        /// Why a new indicator was needed, when it is not taken from a global framework.
        [reason_new]: Option<String>,
        /// Smallest possible value.
        [minimum]: Option<f64>,
        /// Largest possible value.
        [maximum]: Option<f64>,
        /// Tolerance of the progress status, as a share of the distance from baseline to target; 0.1 when empty.
        [tolerance]: Option<f64>,
        /// The same measure of the world as it is, to stand beside what the programme delivers.
        [world_indicator]: Option<Id<Indicator>>,
        /// When it joined the set, if after the plan's start.
        [added_on]: Option<Date>,
        /// Document.
        [origin]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}

record! {
    /// A dimension by which values are broken down, such as sex or age.
    Dimension as "dimension" in "dimensions" {
        /// Code, e.g. `sex`.
        own [id]: Id<Dimension>,
        /// Name.
        [title]: Text,
        /// Whether the categories are disjoint and together make the total.
        [partition]: bool,
    }
}

record! {
    /// A category of a dimension, such as female.
    Category as "category" in "categories" {
        /// The dimension.
        key [dimension]: Id<Dimension>,
        /// Code, e.g. `female`.
        key [code]: Code,
        /// Name.
        [title]: Text,
    }
}

record! {
    /// A stage of a scale, such as "adopted"; stages are ordered.
    Stage as "stage" in "stages" {
        /// The scale.
        key [scale]: Code,
        /// Code, e.g. `adopted`.
        key [code]: Code,
        /// Order, from 0.
        [position]: Whole<0, 99>,
        /// Name.
        [title]: Text,
        /// Stages that may follow directly; empty means any higher one.
        [next]: Vec<Code>,
    }
}

code_list! {
    /// How large a change of a definition is.
    ChangeClass as "change-class" {
        /// Wording or documentation.
        Minor = "minor",
        /// What is measured.
        Major = "major",
    }
}

record! {
    /// A version of an indicator's definition with the day from which it holds.
    Definition as "definition" in "definitions" {
        /// The indicator.
        key [indicator]: Id<Indicator>,
        /// Version, from 1.
        key [version]: Whole<1, 999>,
        /// First day.
        [effective_on]: Date,
        /// How large the change is.
        [change]: ChangeClass,
        /// Unit in this version.
        [unit]: Option<Code>,
        /// Factor that turns a value of the version before into this one's unit.
        [factor]: Option<f64>,
        /// What changed and why.
        [note]: Option<Text>,
    }
}

code_list! {
    /// How categories of one version become those of the next.
    MappingRelation as "mapping-relation" {
        /// One becomes several.
        Split = "split",
        /// Several become one.
        Merge = "merge",
        /// The same under another code.
        Rename = "rename",
    }
}

record! {
    /// How a category of a dimension in one version of an indicator becomes a category of the next.
    Mapping as "mapping" in "mappings" {
        /// The indicator.
        key [indicator]: Id<Indicator>,
        /// The version that begins.
        key [version]: Whole<1, 999>,
        /// The dimension.
        key [dimension]: Id<Dimension>,
        /// The category before.
        key [from_code]: Code,
        /// The category after.
        key [to_code]: Code,
        /// How they stand to each other.
        [relation]: MappingRelation,
        /// Share of the old category that becomes the new one, for splits; 0 to 1.
        [share]: Option<f64>,
    }
}

code_list! {
    /// What a planned value is.
    TargetKind as "target-kind" {
        /// Where it started.
        Baseline = "baseline",
        /// Where it should be on the way.
        Milestone = "milestone",
        /// Where it should arrive.
        Target = "target",
    }
}

record! {
    /// A baseline, milestone or target of an indicator.
    Target as "target" in "targets" {
        /// The indicator.
        key [indicator]: Id<Indicator>,
        /// What it is.
        key [kind]: TargetKind,
        /// The day it is measured or due; a target without a day is a finding.
        key [on]: Option<Date>,
        /// The place; empty for the whole programme.
        key [place]: Option<Id<Place>>,
        /// The group; empty for the total.
        key [breakdown]: Breakdown,
        /// Value.
        [value]: f64,
        /// Unit in which it is stated; the indicator's when empty.
        [unit]: Option<Code>,
        /// Standard error, when it is an estimate.
        [standard_error]: Option<f64>,
        /// When it was set, if known.
        [set_on]: Option<Date>,
        /// Where it comes from.
        [source]: Option<Id<Source>>,
        /// Note.
        [note]: Option<String>,
    }
}

code_list! {
    /// The five SMART items and the five further selection criteria of the 2026–2029 plan.
    Criterion as "criterion" {
        /// It names one thing precisely.
        Specific = "specific",
        /// It has a unit and a way to measure it.
        Measurable = "measurable",
        /// The target can be reached.
        Achievable = "achievable",
        /// It measures the result it stands under.
        Relevant = "relevant",
        /// It says by when.
        TimeBound = "time_bound",
        /// The set stays manageable in scope and coverage.
        Manageable = "manageable",
        /// Change can fairly be ascribed to the work.
        Attributable = "attributable",
        /// Data are at hand or there is a clear path to them, with source, reliability and quality assurance.
        Data = "data",
        /// Cost and skill fit the capacity.
        Capacity = "capacity",
        /// The evidence can be checked and observed.
        Verifiable = "verifiable",
    }
}

code_list! {
    /// How well a criterion is met.
    Grade as "grade" {
        /// Met.
        Met = "met",
        /// Met in part.
        Partly = "partly",
        /// Not met.
        NotMet = "not_met",
        /// Nobody can tell from what is recorded.
        Unknown = "unknown",
    }
}

record! {
    /// A reviewer's grade of an indicator on one criterion.
    Assessment as "assessment" in "assessments" {
        /// The indicator.
        key [indicator]: Id<Indicator>,
        /// The criterion.
        key [criterion]: Criterion,
        /// The grade.
        [grade]: Grade,
        /// Why.
        [reason]: String,
        /// Who graded.
        [by]: String,
        /// When.
        [on]: Date,
    }
}

record! {
    /// A person's judgement of progress, shown beside the computed status, never in its place.
    Judgement as "judgement" in "judgements" {
        /// The indicator.
        key [indicator]: Id<Indicator>,
        /// The period judged.
        key [period]: Period,
        /// Who judges.
        key [by]: Code,
        /// The judgement in words.
        [note]: String,
        /// Status that the person would give.
        [view]: Option<JudgedStatus>,
        /// When.
        [on]: Date,
    }
}

code_list! {
    /// A status that a person may give.
    JudgedStatus as "judged-status" {
        /// On track.
        OnTrack = "on_track",
        /// At risk.
        AtRisk = "at_risk",
        /// Off track.
        OffTrack = "off_track",
    }
}

record! {
    /// A closed reporting period: no observation may enter it without reopening.
    Closure as "closure" in "closures" {
        /// The period.
        key [period]: Period,
        /// When it was closed.
        [closed_on]: Date,
        /// Who closed it.
        [by]: String,
        /// When it was opened again; empty while closed.
        [reopened_on]: Option<Date>,
        /// Why.
        [reason]: Option<String>,
    }
}
