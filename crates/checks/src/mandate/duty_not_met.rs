//! # What it finds
//! A duty to report whose period has ended without a report in it. Periods are counted from the first
//! year of the duty (else the year of the mandate) and only where they lie wholly within the duty; each
//! is met by a follow-up dated in it or in the year after it.
//!
//! # Why it matters
//! A report that a governing body asked for and did not get is the first thing that it asks about.
//!
//! # Example
//! A yearly duty began in 2014; by June 2016 nothing was reported.
//!
//! # What to do
//! Report, and record the report as a follow-up of the mandate.

use model::kinds::{Cadence, Mandate};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND005: Code = Code { id: "MND005", name: "duty-not-met", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for mandate in context.records.mandates.iter() {
        let periods = periods(mandate, i64::from(context.on.year()));
        let followups = context.followups.of(&mandate.id);
        let reported =
            |first: i64, last: i64| followups.iter().any(|f| (first..=last + 1).contains(&i64::from(f.on.year())));
        let missing: Vec<String> = periods
            .iter()
            .filter(|(first, last)| !reported(*first, *last))
            .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
            .collect();
        if !missing.is_empty() {
            out.push(
                Diagnostic::new(&MND005)
                    .on("mandate", mandate.id.as_str())
                    .field("duty")
                    .arg("mandate", title(&mandate.title))
                    .arg("n", missing.len())
                    .arg("all", periods.len())
                    .arg("missing", missing.join(", ")),
            );
        }
    }
}

/// The first and last years of the duty's periods that have ended before `year`. What is due within a year
/// (half-yearly and oftener) is asked for once a year here: a year without any report is certainly one missing.
pub(super) fn periods(mandate: &Mandate, year: i64) -> Vec<(i64, i64)> {
    let length = match mandate.duty {
        Some(Cadence::Monthly | Cadence::Quarterly | Cadence::HalfYearly | Cadence::Yearly) => 1,
        Some(Cadence::Biennial) => 2,
        Some(Cadence::FourYearly) => 4,
        // Twice in a plan depends on the plan, and an external calendar is not ours.
        Some(Cadence::TwicePerPlan | Cadence::External) | None => return Vec::new(),
    };
    let Some(from) = mandate.duty_from.or(mandate.year).map(|y| y.0) else { return Vec::new() };
    let until = mandate.duty_until.map_or(year - 1, |u| u.0.min(year - 1));
    (0..).map(|i| (from + i * length, from + (i + 1) * length - 1)).take_while(|(_, last)| *last <= until).collect()
}

#[cfg(test)]
mod tests {
    use crate::snapshot_of;

    #[test]
    fn five_reports_fall_between_2016_and_2036() {
        let snapshot = snapshot_of(&["mandates | id | organ | kind | duty | duty_from | duty_until
                      | M  | NUA   | agenda | four_yearly | 2016 | 2036"]);
        let snapshot = snapshot.expect("a good example");
        let mandate = snapshot.records.mandates.get("M").expect("the mandate");
        let starts: Vec<i64> = super::periods(mandate, 2040).iter().map(|(first, _)| *first).collect();
        assert_eq!(starts, [2016, 2020, 2024, 2028, 2032]);
        // By 2026 two of them have ended.
        assert_eq!(super::periods(mandate, 2026).len(), 2);
    }
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
