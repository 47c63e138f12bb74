//! What every check is given: the snapshot, the day, and the indexes that several checks need, built once.

use diag::Arg;
use jiff::civil::Date;
use model::{
    Kind, Record, Records,
    kinds::{
        Alignment, Amount, Assessment, Assignment, Category, Crosswalk, Definition, Evaluation, Fact, Followup,
        Indicator, Level, LevelRole, Marker, Output, Plan, PlanKind, PlanStatus, Project, Result, Stage, Story, Target,
        Task,
    },
    table::Table,
    value::Text,
};
use rustc_hash::{FxHashMap, FxHashSet};
use snapshot::{Observations, Snapshot};

use crate::{
    indicator::{
        seen::{Seen, seen_by_plan},
        smart::Misses,
    },
    observation::series::SeriesIndex,
};

/// Records of one kind grouped by a text that they name, in order of insertion.
pub struct Groups<'a, T>(FxHashMap<&'a str, Vec<&'a T>>);

impl<'a, T> Groups<'a, T> {
    /// Groups records by all texts that they name.
    pub fn by<I: IntoIterator<Item = &'a str>>(
        records: impl Iterator<Item = &'a T>,
        names: impl Fn(&'a T) -> I,
    ) -> Self {
        let mut groups: FxHashMap<&'a str, Vec<&'a T>> = FxHashMap::default();
        for record in records {
            for name in names(record) {
                groups.entry(name).or_default().push(record);
            }
        }
        Groups(groups)
    }
    /// The records that name this; none is an empty slice.
    pub fn of(&self, name: impl AsRef<str>) -> &[&'a T] {
        self.0.get(name.as_ref()).map_or(&[], Vec::as_slice)
    }
    /// Whether any record names this.
    pub fn any(&self, name: impl AsRef<str>) -> bool {
        !self.of(name).is_empty()
    }
    /// The groups, sorted by the text, so that findings come in a steady order.
    pub fn sorted(&self) -> Vec<(&'a str, &[&'a T])> {
        let mut all: Vec<_> = self.0.iter().map(|(k, v)| (*k, v.as_slice())).collect();
        all.sort_unstable_by_key(|(k, _)| *k);
        all
    }
}

/// What every check is given.
pub struct Context<'a> {
    /// The snapshot.
    pub snapshot: &'a Snapshot,
    /// Its records.
    pub records: &'a Records,
    /// Its observations.
    pub observations: &'a Observations,
    /// The day on which the check is made.
    pub on: Date,
    /// Results by plan.
    pub results: Groups<'a, Result>,
    /// Results by the result above them.
    pub children: Groups<'a, Result>,
    /// Levels by plan, from the top.
    pub levels: Groups<'a, Level>,
    /// Programmes, phases and strategies by the plan that they carry out.
    pub programmes: Groups<'a, Plan>,
    /// Plans by their predecessor.
    pub successors: Groups<'a, Plan>,
    /// Alignments by area.
    pub alignments: Groups<'a, Alignment>,
    /// Tasks by plan.
    pub tasks: Groups<'a, Task>,
    /// Links by the result that they come from.
    pub links_from: Groups<'a, Crosswalk>,
    /// Links by the result that they lead to.
    pub links_to: Groups<'a, Crosswalk>,
    /// Indicators by result.
    pub indicators: Groups<'a, Indicator>,
    /// Baselines, milestones and targets by indicator.
    pub targets: Groups<'a, Target>,
    /// Versions by indicator, the first first.
    pub definitions: Groups<'a, Definition>,
    /// What reviewers graded, by indicator.
    pub assessments: Groups<'a, Assessment>,
    /// Stages by scale, the lowest first.
    pub stages: Groups<'a, Stage>,
    /// Categories by dimension.
    pub categories: Groups<'a, Category>,
    /// Projects by the indicator that they report on.
    pub reporters: Groups<'a, Project>,
    /// Projects by result.
    pub projects: Groups<'a, Project>,
    /// Projects by the project that they are a part of.
    pub subprojects: Groups<'a, Project>,
    /// Outputs by project.
    pub outputs: Groups<'a, Output>,
    /// Markers by project.
    pub markers: Groups<'a, Marker>,
    /// Assignments by project.
    pub assignments: Groups<'a, Assignment>,
    /// Evaluations by plan.
    pub evaluations: Groups<'a, Evaluation>,
    /// Stories by result.
    pub stories: Groups<'a, Story>,
    /// Amounts by fund.
    pub amounts: Groups<'a, Amount>,
    /// Amounts by the total that they are a part of.
    pub amount_parts: Groups<'a, Amount>,
    /// Follow-ups by mandate.
    pub followups: Groups<'a, Followup>,
    /// Facts by subject.
    pub facts: Groups<'a, Fact>,
    /// Rows of the observations by indicator.
    pub rows: FxHashMap<&'a str, Vec<usize>>,
    /// Indicators in use with what they stand under, plan by plan.
    pub(crate) seen: Vec<Vec<Seen<'a>>>,
    /// How many indicators in use each unit answers for.
    pub(crate) n_owned: FxHashMap<&'a str, usize>,
    /// Observations as series, made when first asked for.
    pub(crate) series: SeriesIndex,
    /// The criteria that indicators miss, graded when first asked for.
    pub(crate) misses: Misses,
    /// Roles of levels by plan and position.
    roles: FxHashMap<(&'a str, i64), LevelRole>,
}

impl<'a> Context<'a> {
    /// Builds the indexes; linear in the number of records and observations.
    pub fn new(snapshot: &'a Snapshot, on: Date) -> Self {
        let r = &snapshot.records;
        let o = &snapshot.observations;
        let mut by_code: Vec<Vec<usize>> = vec![Vec::new(); o.dict.texts().len()];
        for (idx, code) in o.indicator.iter().enumerate() {
            if let Some(rows) = by_code.get_mut(*code as usize) {
                rows.push(idx);
            }
        }
        let rows = by_code.into_iter().enumerate().filter(|(_, rows)| !rows.is_empty());
        let mut levels = Groups::by(r.levels.iter(), |l| [l.plan.as_str()]);
        levels.0.values_mut().for_each(|group| group.sort_by_key(|l| l.position.0));
        let mut definitions = Groups::by(r.definitions.iter(), |x| [x.indicator.as_str()]);
        definitions.0.values_mut().for_each(|group| group.sort_by_key(|d| d.version.0));
        let mut stages = Groups::by(r.stages.iter(), |x| [x.scale.0.as_str()]);
        stages.0.values_mut().for_each(|group| group.sort_by_key(|s| s.position.0));
        let roles = r.levels.iter().map(|l| ((l.plan.as_str(), l.position.0), l.role)).collect();
        let seen = seen_by_plan(r, &roles);
        let mut n_owned: FxHashMap<&'a str, usize> = FxHashMap::default();
        for owner in seen.iter().flatten().filter_map(|s| s.indicator.owner.as_ref()) {
            *n_owned.entry(owner.as_str()).or_default() += 1;
        }
        Context {
            snapshot,
            records: r,
            observations: o,
            on,
            results: Groups::by(r.results.iter(), |x| [x.plan.as_str()]),
            children: Groups::by(r.results.iter(), |x| x.parent.as_ref().map(|p| p.as_str())),
            levels,
            programmes: Groups::by(r.plans.iter(), |x| x.part_of.as_ref().map(|p| p.as_str())),
            successors: Groups::by(r.plans.iter(), |x| x.predecessor.as_ref().map(|p| p.as_str())),
            alignments: Groups::by(r.alignments.iter(), |x| [x.area.as_str()]),
            tasks: Groups::by(r.tasks.iter(), |x| [x.plan.as_str()]),
            links_from: Groups::by(r.crosswalk.iter(), |x| [x.from_result.as_str()]),
            links_to: Groups::by(r.crosswalk.iter(), |x| x.to_result.as_ref().map(|t| t.as_str())),
            indicators: Groups::by(r.indicators.iter(), |x| [x.result.as_str()]),
            targets: Groups::by(r.targets.iter(), |x| [x.indicator.as_str()]),
            definitions,
            assessments: Groups::by(r.assessments.iter(), |x| [x.indicator.as_str()]),
            stages,
            categories: Groups::by(r.categories.iter(), |x| [x.dimension.as_str()]),
            reporters: Groups::by(r.projects.iter(), |x| x.indicators.iter().map(|i| i.as_str())),
            projects: Groups::by(r.projects.iter(), |x| x.results.iter().map(|i| i.as_str())),
            subprojects: Groups::by(r.projects.iter(), |x| x.parent.as_ref().map(|p| p.as_str())),
            outputs: Groups::by(r.outputs.iter(), |x| [x.project.as_str()]),
            markers: Groups::by(r.markers.iter(), |x| [x.project.as_str()]),
            assignments: Groups::by(r.assignments.iter(), |x| [x.project.as_str()]),
            evaluations: Groups::by(r.evaluations.iter(), |x| x.plan.as_ref().map(|p| p.as_str())),
            stories: Groups::by(r.stories.iter(), |x| [x.result.as_str()]),
            amounts: Groups::by(r.amounts.iter(), |x| [x.fund.as_str()]),
            amount_parts: Groups::by(r.amounts.iter(), |x| x.part_of.as_ref().map(|p| p.as_str())),
            followups: Groups::by(r.followups.iter(), |x| [x.mandate.as_str()]),
            facts: Groups::by(r.facts.iter(), |x| x.subject.as_ref().map(|s| s.0.as_str())),
            rows: rows.map(|(code, rows)| (o.dict.text(code as u32), rows)).collect(),
            seen,
            n_owned,
            series: SeriesIndex::default(),
            misses: Misses::default(),
            roles,
        }
    }

    /// What a result is in the results chain; `None` when its level is not defined.
    pub fn role(&self, result: &Result) -> Option<LevelRole> {
        self.roles.get(&(result.plan.as_str(), result.level.0)).copied()
    }
    /// The plan of a result.
    pub fn plan_of(&self, result: &Result) -> Option<&'a Plan> {
        self.records.plans.of(&result.plan)
    }
    /// The plan that an indicator belongs to.
    pub fn plan_of_indicator(&self, indicator: &Indicator) -> Option<&'a Plan> {
        self.plan_of(self.records.results.of(&indicator.result)?)
    }
    /// The results of a plan with this role.
    pub fn with_role(&self, plan: &Plan, role: LevelRole) -> Vec<&'a Result> {
        self.results.of(&plan.id).iter().copied().filter(|r| self.role(r) == Some(role)).collect()
    }
    /// The results above a result, the nearest first. A chain that turns in a circle ends where it meets itself.
    pub fn ancestors(&self, result: &Result) -> Vec<&'a Result> {
        let mut found: Vec<&'a Result> = Vec::new();
        let mut next = result.parent.as_ref();
        while let Some(above) = next.and_then(|p| self.records.results.of(p)) {
            if above.id == result.id || found.iter().any(|f| f.id == above.id) {
                break;
            }
            found.push(above);
            next = above.parent.as_ref();
        }
        found
    }
    /// Whether a result is this one or stands below it.
    pub fn is_below(&self, result: &Result, above: &str) -> bool {
        result.id.as_str() == above || self.ancestors(result).iter().any(|r| r.id.as_str() == above)
    }
    /// The rows of the observations of an indicator.
    pub fn rows_of(&self, indicator: impl AsRef<str>) -> &[usize] {
        self.rows.get(indicator.as_ref()).map_or(&[], Vec::as_slice)
    }
    /// A plan and all programmes, phases and strategies that carry it out, at any depth.
    pub fn with_programmes(&self, plan: &str) -> FxHashSet<&'a str> {
        let mut found = FxHashSet::default();
        let mut open: Vec<&'a str> = self.records.plans.get(plan).map(|p| p.id.as_str()).into_iter().collect();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.programmes.of(id).iter().map(|p| p.id.as_str()));
            }
        }
        found
    }
    /// The plans that a record belongs to; none for a record of no plan, such as a fund.
    pub fn plans_of(&self, kind: Kind, id: &str) -> Vec<&'a str> {
        let r = self.records;
        let of_result = |id: &str| r.results.get(id).map(|x| x.plan.as_str());
        let of_indicator = |id: &str| r.indicators.get(id).and_then(|i| of_result(i.result.as_str()));
        let of_project = |id: &str| -> Vec<&'a str> {
            r.projects
                .get(id)
                .map(|p| p.results.iter().filter_map(|x| of_result(x.as_str())).collect())
                .unwrap_or_default()
        };
        fn named<'a, T: Record>(
            table: &'a Table<T>,
            id: &str,
            name: impl Fn(&'a T) -> Option<&'a str>,
        ) -> Option<&'a str> {
            table.get(id).and_then(name)
        }
        let one = match kind {
            Kind::Plan => r.plans.get(id).map(|p| p.id.as_str()),
            Kind::Level => named(&r.levels, id, |x| Some(x.plan.as_str())),
            Kind::Result => of_result(id),
            Kind::Alignment => named(&r.alignments, id, |x| Some(x.area.as_str())).and_then(of_result),
            Kind::Task => named(&r.tasks, id, |x| Some(x.plan.as_str())),
            Kind::Crosswalk => named(&r.crosswalk, id, |x| Some(x.from_result.as_str())).and_then(of_result),
            Kind::Indicator => of_indicator(id),
            Kind::Definition => named(&r.definitions, id, |x| Some(x.indicator.as_str())).and_then(of_indicator),
            Kind::Mapping => named(&r.mappings, id, |x| Some(x.indicator.as_str())).and_then(of_indicator),
            Kind::Target => named(&r.targets, id, |x| Some(x.indicator.as_str())).and_then(of_indicator),
            Kind::Assessment => named(&r.assessments, id, |x| Some(x.indicator.as_str())).and_then(of_indicator),
            Kind::Judgement => named(&r.judgements, id, |x| Some(x.indicator.as_str())).and_then(of_indicator),
            Kind::Allotment => named(&r.allotments, id, |x| Some(x.plan.as_str())),
            Kind::Story => named(&r.stories, id, |x| Some(x.result.as_str())).and_then(of_result),
            Kind::ReportLine => named(&r.report_lines, id, |x| Some(x.plan.as_str())),
            // An indicator's id may itself hold a slash, so the longest prefix that is one counts.
            Kind::Observation => id
                .rmatch_indices('/')
                .map(|(at, _)| &id[..at])
                .find(|i| r.indicators.contains(i))
                .and_then(of_indicator),
            Kind::Project => return of_project(id),
            Kind::Output => return r.outputs.get(id).map(|x| of_project(x.project.as_str())).unwrap_or_default(),
            Kind::Marker => return r.markers.get(id).map(|x| of_project(x.project.as_str())).unwrap_or_default(),
            Kind::Assignment => {
                return r.assignments.get(id).map(|x| of_project(x.project.as_str())).unwrap_or_default();
            }
            Kind::Mandate => {
                let results = r.mandates.get(id).map(|m| m.results.iter());
                return results.into_iter().flatten().filter_map(|x| of_result(x.as_str())).collect();
            }
            Kind::Evaluation => {
                let Some(e) = r.evaluations.get(id) else { return Vec::new() };
                if let Some(project) = &e.project {
                    return of_project(project.as_str());
                }
                e.plan.as_ref().map(|p| p.as_str()).or_else(|| e.result.as_ref().and_then(|x| of_result(x.as_str())))
            }
            _ => None,
        };
        one.into_iter().collect()
    }
}

/// Whether a plan is one of the organisation's own (not a framework agreed elsewhere).
pub(crate) fn is_own(plan: &Plan) -> bool {
    plan.kind != PlanKind::ExternalFramework
}

/// Whether a plan is a strategic plan that has been adopted in some form: draft plans are still being written.
pub(crate) fn is_strategic(plan: &Plan) -> bool {
    plan.kind == PlanKind::StrategicPlan && plan.status != PlanStatus::Superseded
}

/// Text folded for comparison: lower case, without what stands in brackets, words parted by single spaces.
pub(crate) fn folded(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A name for a message, in all its languages: the reader's is chosen when the message is.
pub(crate) fn title(text: &Text) -> Arg {
    Arg::Words(text.iter().map(|(lang, text)| (lang.code(), text.to_owned())).collect())
}
