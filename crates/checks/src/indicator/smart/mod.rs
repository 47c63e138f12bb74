//! The scorecard of an indicator: the five SMART items and the five further criteria of selection, each graded
//! with its reasons from what is recorded. A reviewer's grade stands beside the computed one.
//!
//! A grade is computed where the record shows it, and `unknown` where it does not: whether a target can be reached is
//! seldom in the record, so a reviewer must say it. What is plainly missing cannot be graded away.

mod five;
mod selection;

pub(super) use five::focus;
pub(super) use selection::MOST_PER_RESULT;

use std::sync::OnceLock;

use diag::Arg;
use model::kinds::{Assessment, Criterion, Grade, Indicator, Plan};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::seen::Seen;
use crate::{Code, Context, Diagnostic, Severity, context::title};

/// Why a grade was given: a message key (`smart-…`) with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Message key.
    pub key: &'static str,
    /// Arguments of the message.
    pub args: Vec<(&'static str, Arg)>,
}

impl Reason {
    fn new(key: &'static str) -> Self {
        Reason { key, args: Vec::new() }
    }
    fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// The grade of an indicator on one criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded<'a> {
    /// The criterion.
    pub criterion: Criterion,
    /// The computed grade.
    pub grade: Grade,
    /// Why, the weightiest first; never empty.
    pub reasons: Vec<Reason>,
    /// What a reviewer says: the last assessment.
    pub by_reviewer: Option<&'a Assessment>,
}

impl Graded<'_> {
    /// The grade that counts: the computed one when it is `not_met`, else the reviewer's, else the computed one.
    pub fn counts(&self) -> Grade {
        match (self.grade, self.by_reviewer) {
            (Grade::NotMet, _) | (_, None) => self.grade,
            (_, Some(assessment)) => assessment.grade,
        }
    }
    /// Whether the indicator misses the criterion: not met, or nobody can tell.
    pub fn is_missed(&self) -> bool {
        matches!(self.counts(), Grade::NotMet | Grade::Unknown)
    }
}

/// The grades of an indicator on all ten criteria, in their order.
pub fn grade<'a>(context: &Context<'a>, indicator: &'a Indicator) -> Vec<Graded<'a>> {
    let seen = Seen::of(context, indicator);
    Criterion::ALL.iter().map(|criterion| grade_one(context, seen, *criterion)).collect()
}

/// The grade of an indicator on one criterion.
pub(super) fn grade_one<'a>(context: &Context<'a>, seen: Seen<'_>, criterion: Criterion) -> Graded<'a> {
    let verdict = match criterion {
        Criterion::Specific => five::specific(seen),
        Criterion::Measurable => five::measurable(context, seen),
        Criterion::Achievable => five::achievable(context, seen),
        Criterion::Relevant => five::relevant(context, seen),
        Criterion::TimeBound => five::time_bound(context, seen),
        Criterion::Manageable => selection::manageable(context, seen),
        Criterion::Attributable => selection::attributable(context, seen),
        Criterion::Data => selection::data(context, seen),
        Criterion::Capacity => selection::capacity(context, seen),
        Criterion::Verifiable => selection::verifiable(context, seen),
    };
    let assessments = context.assessments.of(&seen.indicator.id).iter().copied();
    Graded {
        criterion,
        grade: verdict.grade,
        reasons: verdict.reasons,
        by_reviewer: assessments.filter(|a| a.criterion == criterion).max_by_key(|a| a.on),
    }
}

/// The criteria that each indicator misses, graded once for all checks that ask.
#[derive(Default)]
pub(crate) struct Misses(OnceLock<FxHashMap<String, [bool; Criterion::ALL.len()]>>);

impl Context<'_> {
    /// The criteria that an indicator in use misses.
    pub(super) fn misses(&self, indicator: &Indicator) -> impl Iterator<Item = Criterion> {
        let all = self.misses.0.get_or_init(|| {
            let missed = |seen: &Seen<'_>, c: &Criterion| grade_one(self, *seen, *c).is_missed();
            let numbers: Vec<Seen<'_>> = self.seen.iter().flatten().copied().filter(|s| s.is_number()).collect();
            let of = |seen: &Seen<'_>| {
                let mut row = [false; Criterion::ALL.len()];
                for (is_missed, criterion) in row.iter_mut().zip(Criterion::ALL) {
                    *is_missed = missed(seen, criterion);
                }
                row
            };
            let rows: Vec<_> = numbers.par_iter().map(of).collect();
            numbers.iter().map(|s| s.indicator.id.as_str().to_owned()).zip(rows).collect()
        });
        let row = all.get(indicator.id.as_str()).copied().unwrap_or_default();
        Criterion::ALL.iter().copied().zip(row).filter(|(_, missed)| *missed).map(|(criterion, _)| criterion)
    }
}

/// A grade in the making: met until something speaks against it.
struct Verdict {
    grade: Grade,
    reasons: Vec<Reason>,
}

impl Verdict {
    fn met() -> Self {
        Verdict { grade: Grade::Met, reasons: Vec::new() }
    }
    /// Lowers the grade; the weightiest reason goes first.
    fn against(&mut self, grade: Grade, reason: Reason) {
        if weight(grade) > weight(self.grade) {
            self.grade = grade;
            self.reasons.insert(0, reason);
        } else {
            self.reasons.push(reason);
        }
    }
    /// The reason that speaks for it, when nothing speaks against it.
    fn or(mut self, reason: Reason) -> Self {
        if self.reasons.is_empty() {
            self.reasons.push(reason);
        }
        self
    }
}

fn weight(grade: Grade) -> u8 {
    match grade {
        Grade::Met => 0,
        Grade::Partly => 1,
        Grade::Unknown => 2,
        Grade::NotMet => 3,
    }
}

/// From this number on, indicators of a plan that miss a criterion alike are one finding on the plan.
const MANY: usize = 5;

/// Finds the indicators that miss one criterion. What nobody can tell is a note, whatever the criterion. Five notes or
/// more of one plan are one finding on it, and so are all its indicators when all of five or more miss the criterion.
pub(super) fn missed(context: &Context<'_>, criterion: Criterion, code: &'static Code, out: &mut Vec<Diagnostic>) {
    for group in &context.seen {
        let numbers: Vec<Seen<'_>> = group.iter().copied().filter(|s| s.is_number()).collect();
        let n_all = numbers.len();
        let missed: Vec<Missed<'_>> = numbers
            .into_iter()
            .filter(|s| context.misses(s.indicator).any(|c| c == criterion))
            .map(|seen| {
                let graded = grade_one(context, seen, criterion);
                let is_unknown = graded.counts() == Grade::Unknown;
                Missed {
                    severity: if is_unknown { Severity::Note } else { seen.severity(code.severity) },
                    seen,
                    graded,
                }
            })
            .collect();
        let plan = group.first().and_then(|s| s.plan).filter(|_| missed.len() >= MANY);
        let (together, alone): (Vec<_>, Vec<_>) = match plan {
            Some(_) if missed.len() == n_all => (missed, Vec::new()),
            Some(_) => missed.into_iter().partition(|m| m.severity == Severity::Note),
            None => (Vec::new(), missed),
        };
        match plan.filter(|_| together.len() >= MANY) {
            Some(plan) => out.push(of_plan(code, plan, &together, n_all)),
            None => out.extend(together.iter().map(|m| of_one(code, m))),
        }
        out.extend(alone.iter().map(|m| of_one(code, m)));
    }
}

struct Missed<'a> {
    seen: Seen<'a>,
    graded: Graded<'a>,
    severity: Severity,
}

fn of_one(code: &'static Code, missed: &Missed<'_>) -> Diagnostic {
    let finding = missed.seen.finding(code).severity(missed.severity).arg("whole", "one").arg("n", 1usize);
    with_reason(finding.arg("all", 1usize).arg("plan", missed.seen.plan_name()), &missed.graded)
}

fn of_plan(code: &'static Code, plan: &Plan, missed: &[Missed<'_>], n_all: usize) -> Diagnostic {
    let worst = missed.iter().map(|m| m.severity).max().unwrap_or(code.severity);
    let finding = Diagnostic::new(code).severity(worst).on("plan", plan.id.as_str()).arg("whole", "plan");
    let mut finding = finding.arg("n", missed.len()).arg("all", n_all).arg("plan", title(&plan.title));
    if let Some(first) = missed.first() {
        finding = finding.arg("indicator", title(&first.seen.indicator.title));
        // One reason that all share is worth telling; else each has its own.
        let key = |m: &Missed<'_>| m.graded.reasons.first().map(|r| r.key);
        let is_shared =
            missed.iter().all(|m| key(m) == key(first) && m.graded.reasons.iter().all(|r| r.args.is_empty()));
        finding = if is_shared { with_reason(finding, &first.graded) } else { finding.arg("reason", "several") };
    }
    finding.n_more = missed.len() - 1;
    missed.iter().fold(finding, |f, m| f.related("indicator", m.seen.indicator.id.as_str()))
}

/// Adds the weightiest reason: `reason` names its message, the arguments follow. A reviewer's lower grade brings the
/// reviewer's own words.
fn with_reason(finding: Diagnostic, graded: &Graded<'_>) -> Diagnostic {
    let own = graded.by_reviewer.filter(|a| a.grade == graded.counts() && a.grade != graded.grade);
    if let Some(assessment) = own {
        return finding
            .arg("reason", "reviewer")
            .arg("words", assessment.reason.as_str())
            .arg("by", assessment.by.as_str());
    }
    let Some(reason) = graded.reasons.first() else { return finding };
    let finding = finding.arg("reason", reason.key.trim_start_matches("smart-"));
    reason.args.iter().fold(finding, |f, (name, value)| f.arg(name, value.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot_of;

    fn check(criterion: Criterion, tables: &str, expected: (Grade, &str)) {
        let both = "
plans | id | kind           | starts_on  | ends_on
      | P  | strategic_plan | 2014-01-01 | 2019-12-31
levels | plan | position | role
       | P    | 1        | strategic_result
       | P    | 2        | outcome
results | id | plan | parent | level
        | S  | P    |        | 1
        | O  | P    | S      | 2
";
        let snapshot = snapshot_of(&[both, tables]).expect("a good example");
        let context = Context::new(&snapshot, jiff::civil::date(2016, 6, 30));
        let indicator = snapshot.records.indicators.get("I").expect("the indicator");
        let graded = grade(&context, indicator).into_iter().find(|g| g.criterion == criterion).expect("graded");
        assert_eq!((graded.grade, graded.reasons[0].key), expected, "{criterion} of {tables}");
    }

    #[test]
    fn each_criterion_has_its_reasons() {
        use Criterion::*;
        use Grade::*;
        let plain = "indicators | id | result | unit
                                | I  | O      | city";
        check(Specific, plain, (Partly, "smart-no-definition"));
        check(
            Specific,
            "indicators | id | result | title_en | definition_en
                                    | I  | O      | Cities with a climate plan | Cities whose council adopted one",
            (Met, "smart-defined"),
        );
        check(
            Specific,
            "indicators | id | result | title_en
                                    | I  | O      | Cities with better planning",
            (NotMet, "smart-vague-words"),
        );
        check(
            Measurable,
            "indicators | id | result
                                      | I  | O",
            (NotMet, "smart-no-unit"),
        );
        check(
            Measurable,
            "indicators | id | result | unit    | measure | direction
                                      | I  | O      | percent | share   | increase",
            (NotMet, "smart-no-parts"),
        );
        check(
            Measurable,
            "indicators | id | result | unit    | measure | direction | numerator | denominator
                                      | I  | O      | percent | share   | increase  | a         | b",
            (Met, "smart-measured"),
        );
        check(Achievable, plain, (Unknown, "smart-no-target"));
        // Two a year are needed; the series never moved by more than half a point a year.
        let paced = "indicators | id | result | unit | measure | direction
                                | I  | O      | percent | share | increase
                     places | id | kind
                            | W  | world
                     targets | indicator | kind | on | value
                             | I | baseline | 2013-12-31 | 10
                             | I | target   | 2018-12-31 | 20
                     observations | indicator | place | period | scope  | value
                                  | I         | W     | 2010   | global | 8
                                  | I         | W     | 2012   | global | 9";
        check(Achievable, paced, (NotMet, "smart-pace"));
        check(Achievable, &paced.replace("| 20", "| 11"), (Met, "smart-pace-known"));
        check(Relevant, plain, (Met, "smart-tied"));
        check(
            Relevant,
            "indicators | id | result
                                    | I  | nowhere",
            (NotMet, "smart-no-result"),
        );
        check(
            Relevant,
            "indicators | id | result | title_en
                                    | I  | O      | Workshops held",
            (NotMet, "smart-activity"),
        );
        check(TimeBound, plain, (NotMet, "smart-no-target"));
        check(
            TimeBound,
            "indicators | id | result | cadence
                                     | I  | O      | yearly
                          targets | indicator | kind   | on         | value
                                  | I         | target | 2018-12-31 | 20",
            (Met, "smart-dated"),
        );
        check(Manageable, plain, (Met, "smart-few"));
        check(Attributable, plain, (Unknown, "smart-nobody-reports"));
        check(Data, plain, (Unknown, "smart-no-data"));
        check(Capacity, plain, (Unknown, "smart-no-owner"));
        check(Verifiable, plain, (NotMet, "smart-no-verification"));
    }

    #[test]
    fn a_reviewer_fills_what_nobody_can_tell() {
        let tables = "
results | id | plan | level
        | O  | P    | 1
indicators | id | result
           | I  | O
assessments | indicator | criterion  | grade | reason | by | on
            | I         | achievable | met   | done   | E  | 2015-01-01
            | I         | time_bound | met   | soon   | E  | 2015-01-01
";
        let snapshot = snapshot_of(&[tables]).expect("a good example");
        let context = Context::new(&snapshot, jiff::civil::date(2016, 6, 30));
        let graded = grade(&context, snapshot.records.indicators.get("I").expect("the indicator"));
        assert_eq!(graded.len(), 10);
        let of = |c| graded.iter().find(|g| g.criterion == c).map(Graded::counts);
        assert_eq!(of(Criterion::Achievable), Some(Grade::Met));
        // No target is recorded, so no word makes it time-bound.
        assert_eq!(of(Criterion::TimeBound), Some(Grade::NotMet));
    }
}
