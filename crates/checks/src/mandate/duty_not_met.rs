//! # What it finds
//! Reports that a mandate asked for and that were due by the end of a past year (or part of a year, by the
//! cadence) without being made. A follow-up of the mandate meets one duty: the first that it can, between
//! the day of the duty before and that of the next one.
//!
//! # Why it matters
//! A report that a governing body asked for and did not get is the first thing that it asks about.
//!
//! # Example
//! A yearly duty began in 2014; by June 2016 nothing was reported.
//!
//! # What to do
//! Report, and record the report as a follow-up of the mandate.

use jiff::civil::Date;
use model::{
    kinds::{Cadence, Mandate},
    value::Period,
};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND005: Code = Code { id: "MND005", name: "duty-not-met", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for mandate in context.records.mandates.iter() {
        let due: Vec<Period> = periods(mandate, context.on.year());
        let mut told: Vec<Date> = context.followups.of(&mandate.id).iter().map(|f| f.on).collect();
        told.sort_unstable();
        let mut missing = Vec::new();
        let mut n_ended = 0;
        for (i, period) in due.iter().enumerate() {
            // A report meets one duty: the first that it can, between the duty before and the next one.
            let opens = i.checked_sub(1).and_then(|i| due.get(i)).map(|p| p.ends_on());
            let closes = due.get(i + 1).map(|p| p.ends_on());
            let mine = told.iter().position(|t| opens.is_none_or(|o| *t > o) && closes.is_none_or(|c| *t < c));
            if let Some(used) = mine {
                told.remove(used);
            }
            if period.ends_on() < context.on {
                n_ended += 1;
                missing.extend(mine.is_none().then(|| period.to_string()));
            }
        }
        if !missing.is_empty() {
            out.push(
                Diagnostic::new(&MND005)
                    .on("mandate", mandate.id.as_str())
                    .field("duty")
                    .arg("mandate", title(&mandate.title))
                    .arg("n", missing.len())
                    .arg("all", n_ended as i64)
                    .arg("missing", missing.join(", ")),
            );
        }
    }
}

/// The periods at whose end a report is due, up to one after `year`: every `step` months from the duty's first year.
fn periods(mandate: &Mandate, year: i16) -> Vec<Period> {
    let (grain, step) = match mandate.duty {
        Some(Cadence::Monthly) => (1, 1),
        Some(Cadence::Quarterly) => (3, 3),
        Some(Cadence::HalfYearly) => (6, 6),
        Some(Cadence::Yearly) => (12, 12),
        Some(Cadence::Biennial) => (12, 24),
        Some(Cadence::FourYearly) => (12, 48),
        // Twice in a plan depends on the plan, and an external calendar is not ours.
        Some(Cadence::TwicePerPlan | Cadence::External) | None => return Vec::new(),
    };
    let Some(from) = mandate.duty_from.map(|y| y.0 * 12) else { return Vec::new() };
    let open_end = (i64::from(year) + 1) * 12 + step;
    let end = mandate.duty_until.map_or(open_end, |u| (u.0 + 1) * 12);
    (from..end).step_by(step as usize).filter_map(|month| period(month, grain)).collect()
}

/// The period of `grain` months that begins in a month counted from the year 0.
fn period(month: i64, grain: i64) -> Option<Period> {
    let (year, first) = (month.div_euclid(12), month.rem_euclid(12));
    Period::parse(&match grain {
        1 => format!("{year:04}-{:02}", first + 1),
        3 => format!("{year:04}-Q{}", first / 3 + 1),
        6 => format!("{year:04}-S{}", first / 6 + 1),
        _ => format!("{year:04}"),
    })
}

pub(super) const CHECK: Check = Check { code: &MND005, run, file: include_str!("duty_not_met.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "mandates | id | organ | kind       | duty   | duty_from
                 | M  | GA    | resolution | yearly | 2014",
    right: "mandates | id | organ | kind       | duty   | duty_from
                 | M  | GA    | resolution | yearly | 2014
        followups | mandate | on         | state
                  | M       | 2015-03-01 | ongoing
                  | M       | 2016-03-01 | ongoing",
};

#[cfg(test)]
mod tests {
    use crate::snapshot_of;

    #[test]
    fn five_reports_fall_between_2016_and_2036() {
        let snapshot = snapshot_of(&["mandates | id | organ | kind   | duty        | duty_from | duty_until
                      | M  | NUA   | agenda | four_yearly | 2018      | 2036"]);
        let snapshot = snapshot.expect("a good example");
        let mandate = snapshot.records.mandates.get("M").expect("the mandate");
        let due: Vec<String> = super::periods(mandate, 2025).iter().map(|p| p.to_string()).collect();
        assert_eq!(due, ["2018", "2022", "2026", "2030", "2034"]);
    }
}
