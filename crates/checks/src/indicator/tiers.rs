//! The pyramid of reporting: top results twice in a plan, areas each two years, accomplishments each year. Only plans
//! that pledge it (`reporting_tiers` holds `pyramid`) are held to it.

use jiff::{Span, civil::Date};
use model::kinds::{Cadence, LevelRole, Plan, Scope};

use super::seen::Seen;
use crate::{Code, Context, Diagnostic};

/// Months after the end of a period within which its report may come.
const GRACE_MONTHS: i64 = 6;

/// Indicators of plans that pledge the pyramid, with their plan.
pub(super) fn of_pyramid<'a>(context: &Context<'a>) -> impl Iterator<Item = (Seen<'a>, &'a Plan)> {
    let pledges = |plan: &Plan| plan.reporting_tiers.iter().any(|t| t.0 == "pyramid");
    context.all_seen().filter_map(move |s| s.plan.filter(|p| pledges(p)).map(|p| (s, p)))
}

/// Finds the confirmed indicators at a level that have no figure for some span of `n_years` whose report is due.
pub(super) fn find_missing(
    context: &Context<'_>,
    code: &'static Code,
    role: LevelRole,
    n_years: i16,
    out: &mut Vec<Diagnostic>,
) {
    for (seen, plan) in of_pyramid(context).filter(|(s, _)| s.role == Some(role) && s.is_confirmed()) {
        let missing = missing(&spans_due(plan, n_years, context.on), &reported_years(context, seen, plan));
        if !missing.is_empty() {
            out.push(seen.finding(code).field("cadence").arg("years", missing));
        }
    }
}

/// How often an indicator at this level is reported.
pub(super) fn cadence_of(role: Option<LevelRole>) -> Option<Cadence> {
    match role? {
        LevelRole::StrategicResult => Some(Cadence::TwicePerPlan),
        LevelRole::Area => Some(Cadence::Biennial),
        LevelRole::Outcome => Some(Cadence::Yearly),
        _ => None,
    }
}

/// The years within the plan for which something was reported, sorted. What is known of the world is no report.
pub(super) fn reported_years(context: &Context<'_>, seen: Seen<'_>, plan: &Plan) -> Vec<i16> {
    let o = context.observations;
    let within = |year: i16| year >= plan.starts_on.year() && plan.ends_on.is_none_or(|end| year <= end.year());
    let mut years: Vec<i16> = context
        .rows_of(&seen.indicator.id)
        .iter()
        .filter(|row| o.scope.get(**row).is_some_and(|s| *s != Scope::Global))
        .filter_map(|row| o.period.get(*row).map(|p| p.last_year()))
        .filter(|year| within(*year))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Spans of `n_years` of a plan whose report is due by a day, as first and last year.
pub(super) fn spans_due(plan: &Plan, n_years: i16, on: Date) -> Vec<(i16, i16)> {
    let last_year = plan.ends_on.map_or(on.year(), Date::year);
    let due = |last: i16| {
        let end = jiff::civil::date(last, 12, 31);
        end.checked_add(Span::new().months(GRACE_MONTHS)).is_ok_and(|due| due < on)
    };
    let mut spans = Vec::new();
    let mut first = plan.starts_on.year();
    while first <= last_year && n_years > 0 {
        let last = (first + n_years - 1).min(last_year);
        if due(last) {
            spans.push((first, last));
        }
        first += n_years;
    }
    spans
}

/// Spans without any reported year, as text: `2014–2015, 2018–2019`; empty when none is missing.
pub(super) fn missing(spans: &[(i16, i16)], reported: &[i16]) -> String {
    let missing = spans.iter().filter(|(first, last)| !reported.iter().any(|y| first <= y && y <= last));
    let text = |(first, last): &(i16, i16)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    missing.map(text).collect::<Vec<_>>().join(", ")
}
