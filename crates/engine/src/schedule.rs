//! When something falls due, from its cadence.

use jiff::{Span, civil::Date};
use model::{
    kinds::{Cadence, Plan},
    value::Period,
};

/// Days after the end of a period in which its value is to be reported: the three months that national
/// statistical offices and regional offices take to close a year.
pub const GRACE_DAYS: i64 = 90;

/// Days before its due day from which something counts as due rather than upcoming.
pub const NOTICE_DAYS: i64 = 90;

/// A plan without an end is looked at for this many years from its start at most.
const LONGEST_YEARS: i16 = 40;

/// First and last calendar year of a plan; a plan without an end runs to the year of the day asked about.
pub(crate) fn years(plan: &Plan, on: Date) -> (i16, i16) {
    let first = plan.starts_on.year();
    let last = plan.ends_on.map_or(on.year(), Date::year);
    (first, last.clamp(first, first.saturating_add(LONGEST_YEARS)))
}

/// The year at the middle of a plan: the third of six years, the second of four.
pub(crate) fn middle_year(first: i16, last: i16) -> i16 {
    first + (last - first) / 2
}

/// The periods of a plan for which a value is due. Several years are counted from the plan's first one; a last span
/// that the plan cuts short ends with the plan. Nothing is due without a cadence or by the calendar of others.
pub(crate) fn periods(cadence: Option<Cadence>, first: i16, last: i16) -> Vec<Period> {
    let months = |n: i32| -> Vec<Period> {
        let (from, to) = (Period::year(first).first_month(), Period::year(last).month_after());
        (from..to).step_by(n as usize).filter_map(|m| Period::of_months(m, (m + n).min(to))).collect()
    };
    match cadence {
        Some(Cadence::Monthly) => months(1),
        Some(Cadence::Quarterly) => months(3),
        Some(Cadence::HalfYearly) => months(6),
        Some(Cadence::Yearly) => months(12),
        Some(Cadence::Biennial) => months(24),
        Some(Cadence::FourYearly) => months(48),
        Some(Cadence::TwicePerPlan) => {
            let mut twice = vec![Period::year(middle_year(first, last)), Period::year(last)];
            twice.dedup();
            twice
        }
        Some(Cadence::External) | None => Vec::new(),
    }
}

/// The day by which the value of a period is to be reported.
pub(crate) fn due_on(period: Period) -> Date {
    after(period.ends_on(), GRACE_DAYS)
}

/// A day so many days later.
pub(crate) fn after(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cadences_of_six_years() {
        let of = |c| periods(Some(c), 2014, 2019).iter().map(Period::to_string).collect::<Vec<_>>();
        assert_eq!(of(Cadence::Yearly), ["2014", "2015", "2016", "2017", "2018", "2019"]);
        assert_eq!(of(Cadence::Biennial), ["2014/2015", "2016/2017", "2018/2019"]);
        assert_eq!(of(Cadence::FourYearly), ["2014/2017", "2018/2019"]);
        assert_eq!(of(Cadence::TwicePerPlan), ["2016", "2019"]);
        assert_eq!(of(Cadence::HalfYearly)[..3], ["2014-S1", "2014-S2", "2015-S1"]);
        assert!(of(Cadence::External).is_empty());
        assert_eq!(periods(Some(Cadence::TwicePerPlan), 2026, 2029), [Period::year(2027), Period::year(2029)]);
        assert_eq!(due_on(Period::year(2014)).to_string(), "2015-03-31");
    }
}
