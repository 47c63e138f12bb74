//! Reports that mandates ask for: by their cadence from the first to the last year of the duty, each by the end of its
//! year. A mandate whose last year is open is followed for two reports beyond the day asked about.

use diag::RecordRef;
use jiff::civil::Date;
use model::{
    figure::{Duty, DutyKind},
    kinds::{Cadence, Mandate},
    value::Period,
};

use super::state;
use crate::prepared::Prepared;

/// Reports to follow beyond the day when a duty has no last year.
const AHEAD: i32 = 2;

pub(super) fn add(prepared: &Prepared, on: Date, all: &mut Vec<Duty>) {
    let records = &prepared.snapshot.records;
    for mandate in records.mandates.iter() {
        let mut told: Vec<Date> = records.followups.iter().filter(|f| f.mandate == mandate.id).map(|f| f.on).collect();
        told.sort_unstable();
        let periods = periods(mandate, on);
        for (i, period) in periods.iter().enumerate() {
            let due_on = period.ends_on();
            // A report meets one duty: the first that it can, from the day after the duty before to the day before
            // the next one is due.
            let opens = i.checked_sub(1).and_then(|i| periods.get(i)).map(|p| p.ends_on());
            let closes = periods.get(i + 1).map(|p| p.ends_on());
            let mine = told.iter().position(|t| opens.is_none_or(|o| *t > o) && closes.is_none_or(|c| *t < c));
            if let Some(used) = mine {
                told.remove(used);
            }
            let plan = mandate.results.iter().filter_map(|r| records.results.of(r)).map(|r| &r.plan);
            let covers = |p: &&model::value::Id<model::kinds::Plan>| {
                let plan = records.plans.of(p);
                plan.is_some_and(|p| p.starts_on <= due_on && p.ends_on.is_none_or(|end| due_on <= end))
            };
            all.push(Duty {
                kind: DutyKind::Report,
                about: RecordRef { kind: "mandate", id: mandate.id.to_string() },
                plan: plan.clone().find(covers).cloned(),
                period: Some(*period),
                due_on,
                state: state(mine.is_some().into(), due_on, on),
                owner: mandate.owner.clone(),
                project: None,
            });
        }
    }
}

/// The periods reported on: the year, or its half, quarter or month, in which each report falls.
fn periods(mandate: &Mandate, on: Date) -> Vec<Period> {
    let (length, step) = match mandate.duty {
        Some(Cadence::Monthly) => (1, 1),
        Some(Cadence::Quarterly) => (3, 3),
        Some(Cadence::HalfYearly) => (6, 6),
        Some(Cadence::Yearly) => (12, 12),
        Some(Cadence::Biennial) => (12, 24),
        Some(Cadence::FourYearly) => (12, 48),
        // Twice per plan needs a plan; the calendar of others makes nothing due here.
        Some(Cadence::TwicePerPlan | Cadence::External) | None => return Vec::new(),
    };
    let year = |y: i64| Period::year(y as i16);
    let Some(from) = mandate.duty_from.map(|y| year(y.0).first_month()) else { return Vec::new() };
    let now = Period::year(on.year()).month_after();
    let to = mandate.duty_until.map_or(now + AHEAD * step, |y| year(y.0).month_after());
    (from..to).step_by(step as usize).filter_map(|m| Period::of_months(m, m + length)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::record::Whole;
    use testkit::snapshot::mandate;

    use super::*;

    #[test]
    fn five_reports_fall_every_four_years() {
        // The New Urban Agenda of 2016: first report 2018, last one before 2036.
        let duty = (Some(Cadence::FourYearly), Some(Whole(2018)), Some(Whole(2036)));
        let mandate = Mandate { duty: duty.0, duty_from: duty.1, duty_until: duty.2, ..mandate("M", &[]) };
        let years: Vec<i16> = periods(&mandate, date(2026, 1, 1)).iter().map(|p| p.first_year()).collect();
        assert_eq!(years, [2018, 2022, 2026, 2030, 2034]);
    }
}
