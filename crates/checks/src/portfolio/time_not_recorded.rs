//! # What it finds
//! An assignment that has ended without any day recorded on it.
//!
//! # Why it matters
//! The cost of people is the largest cost; without recorded days nobody knows what a project really
//! took.
//!
//! # Example
//! An assignment ended in 2015 with no days.
//!
//! # What to do
//! Record the days that were worked.

use model::Record;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ019: Code = Code { id: "PRJ019", name: "staff-time-not-recorded", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for assignment in context.records.assignments.iter() {
        let Some(end) = assignment.ends_on.filter(|e| *e < context.on) else { continue };
        if assignment.days_recorded.is_none_or(|d| d.0 == 0) {
            out.push(
                Diagnostic::new(&PRJ019)
                    .on("assignment", assignment.id())
                    .field("days_recorded")
                    .arg("person", assignment.person.0.as_str())
                    .arg("project", assignment.project.as_str())
                    .arg("end", end.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ019, run, file: include_str!("time_not_recorded.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "assignments | person | project | ends_on    | share
                    | A7     | J       | 2015-12-31 | 0.5",
    right: "assignments | person | project | ends_on    | share | days_recorded
                    | A7     | J       | 2015-12-31 | 0.5   | 110",
};
