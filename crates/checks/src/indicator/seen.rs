//! An indicator in use with what it stands under, and how its findings are put: one by one, or once for a plan.

use diag::Arg;
use jiff::civil::Date;
use model::{
    Records,
    kinds::{Indicator, IndicatorStatus, LevelRole, Measure, Plan, PlanKind, Result, Target, TargetKind},
};
use rustc_hash::FxHashMap;

use super::wording;
use crate::{Code, Context, Diagnostic, Severity, context::title};

/// From this number on, indicators of a plan that all lack the same thing are one finding on the plan: sixty
/// equal lines hide the one that differs.
const MANY: usize = 5;

/// An indicator in use with the result and the plan that it stands under.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The result; `None` when there is no such result.
    pub result: Option<&'a Result>,
    /// The plan of the result.
    pub plan: Option<&'a Plan>,
    /// What the result is in the results chain.
    pub role: Option<LevelRole>,
}

/// Indicators in use, plan by plan in order of insertion. Retired ones and those of frameworks agreed elsewhere are
/// left out: nobody here can change them.
pub(crate) fn seen_by_plan<'a>(
    records: &'a Records,
    roles: &FxHashMap<(&'a str, i64), LevelRole>,
) -> Vec<Vec<Seen<'a>>> {
    let mut at: FxHashMap<&str, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<Seen<'a>>> = Vec::new();
    for indicator in records.indicators.iter().filter(|i| i.status != IndicatorStatus::Retired) {
        let result = records.results.of(&indicator.result);
        let plan = result.and_then(|r| records.plans.of(&r.plan));
        if plan.is_some_and(|p| p.kind == PlanKind::ExternalFramework) {
            continue;
        }
        let role = result.and_then(|r| roles.get(&(r.plan.as_str(), r.level.0)).copied());
        let group = *at.entry(plan.map_or("", |p| p.id.as_str())).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(group) {
            group.push(Seen { indicator, result, plan, role });
        }
    }
    groups
}

impl<'a> Seen<'a> {
    /// An indicator with what it stands under, in any state and of any plan.
    pub fn of(context: &Context<'a>, indicator: &'a Indicator) -> Self {
        let result = context.records.results.of(&indicator.result);
        let role = result.and_then(|r| context.role(r));
        Seen { indicator, result, plan: result.and_then(|r| context.plan_of(r)), role }
    }
    /// Whether it is in the plan's set.
    pub fn is_confirmed(self) -> bool {
        self.indicator.status == IndicatorStatus::Confirmed
    }
    /// Whether it is a number; a story is none.
    pub fn is_number(self) -> bool {
        self.indicator.measure != Measure::Story
    }
    /// The severity for a confirmed indicator; of a candidate the same is only worth knowing.
    pub fn severity(self, confirmed: Severity) -> Severity {
        if self.is_confirmed() { confirmed } else { Severity::Note }
    }
    /// What must be there before the plan starts: an error once it has started, a warning before, a note of a candidate.
    pub fn by_start(self, on: Date) -> Severity {
        let has_started = self.plan.is_none_or(|p| p.starts_on <= on);
        self.severity(if has_started { Severity::Error } else { Severity::Warning })
    }
    /// Whether people are counted: the unit is people, or it is a share whose numerator is.
    pub fn counts_people(self) -> bool {
        let i = self.indicator;
        let unit = i.unit.as_ref().map_or("", |u| u.0.as_str());
        let by_unit = wording::counts_people(&unit.replace('_', " "));
        let by_numerator = || i.numerator.as_deref().is_some_and(wording::counts_people);
        let by_title = || i.numerator.is_none() && i.title.iter().any(|(_, t)| wording::counts_people(t));
        i.counts.is_none() && (by_unit || (i.measure == Measure::Share && (by_numerator() || by_title())))
    }
    /// Whether it measures an outcome or something higher, where results are promised, not work.
    pub fn is_result(self) -> bool {
        use LevelRole::*;
        matches!(self.role, Some(Impact | StrategicResult | Area | Outcome | Goal))
    }
    /// A finding on the indicator, with its name.
    pub fn finding(self, code: &'static Code) -> Diagnostic {
        let finding = Diagnostic::new(code).on("indicator", self.indicator.id.as_str());
        finding.arg("indicator", title(&self.indicator.title))
    }
    /// The name of its plan; empty when there is none.
    pub fn plan_name(self) -> Arg {
        self.plan.map_or_else(none, |p| title(&p.title))
    }
    /// Baselines, milestones and targets of one kind.
    pub fn planned(self, context: &Context<'a>, kind: TargetKind) -> impl Iterator<Item = &'a Target> + use<'a> {
        let all: Vec<&'a Target> =
            context.targets.of(&self.indicator.id).iter().copied().filter(|t| t.kind == kind).collect();
        all.into_iter()
    }
    /// The last baseline of the same place and group as a target, not later than the target.
    pub fn baseline_of(self, context: &Context<'a>, target: &Target) -> Option<&'a Target> {
        self.planned(context, TargetKind::Baseline)
            .filter(|b| b.place == target.place && b.breakdown == target.breakdown)
            .filter(|b| target.on.is_none() || b.on <= target.on)
            .max_by_key(|b| b.on)
    }
}

/// No name.
pub(crate) fn none() -> Arg {
    Arg::from("")
}

/// What a look at one indicator says.
pub(crate) enum Look {
    /// The question does not arise.
    NotAsked,
    /// It has what is asked for.
    Fine,
    /// It lacks it.
    Lacks(Severity),
}

impl Look {
    /// Fine when it is there.
    pub fn at(is_there: bool, severity: Severity) -> Self {
        if is_there { Look::Fine } else { Look::Lacks(severity) }
    }
}

impl<'a> Context<'a> {
    /// Indicators in use, plan by plan.
    pub(crate) fn all_seen(&self) -> impl Iterator<Item = Seen<'a>> {
        self.seen.iter().flatten().copied()
    }
    /// Speaks of the plan once when five or more of its indicators are asked and all lack something, else of each
    /// indicator that does, at a field unless that is empty. Arguments: `whole` (`plan` or `one`), `indicator`, `plan`, `n`.
    pub(crate) fn each_or_plan(
        &self,
        code: &'static Code,
        field: &'static str,
        look: impl Fn(Seen<'a>) -> Look,
        out: &mut Vec<Diagnostic>,
    ) {
        for group in &self.seen {
            let mut n_asked = 0;
            let mut lacking: Vec<(Seen<'a>, Severity)> = Vec::new();
            for seen in group {
                match look(*seen) {
                    Look::NotAsked => {}
                    Look::Fine => n_asked += 1,
                    Look::Lacks(severity) => {
                        n_asked += 1;
                        lacking.push((*seen, severity));
                    }
                }
            }
            let all = lacking.len() == n_asked && n_asked >= MANY;
            match (all, lacking.first().and_then(|(seen, _)| seen.plan)) {
                (true, Some(plan)) => out.push(once(code, plan, &lacking)),
                _ => out.extend(lacking.into_iter().map(|(seen, severity)| {
                    let mut finding = seen.finding(code).severity(severity);
                    finding.field = (!field.is_empty()).then(|| field.to_owned());
                    finding.arg("whole", "one").arg("n", 1usize).arg("plan", seen.plan_name())
                })),
            }
        }
    }
}

fn once(code: &'static Code, plan: &Plan, lacking: &[(Seen<'_>, Severity)]) -> Diagnostic {
    let severity = lacking.iter().map(|(_, s)| *s).max().unwrap_or(code.severity);
    let mut finding = Diagnostic::new(code).severity(severity).on("plan", plan.id.as_str());
    finding = finding.arg("whole", "plan").arg("n", lacking.len()).arg("plan", title(&plan.title));
    finding = finding.arg("indicator", lacking.first().map_or_else(none, |(s, _)| title(&s.indicator.title)));
    finding.n_more = lacking.len().saturating_sub(1);
    lacking.iter().fold(finding, |finding, (seen, _)| finding.related("indicator", seen.indicator.id.as_str()))
}
