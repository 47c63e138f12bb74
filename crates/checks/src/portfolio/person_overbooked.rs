//! # What it finds
//! A person whose shares on the teams of projects add up to more than 100 % on some day.
//!
//! # Why it matters
//! Time that is promised twice is delivered once; one of the projects is late from its first day.
//!
//! # Example
//! A person works 60 % on one team and 50 % on another in the same months.
//!
//! # What to do
//! Lower a share, move the dates, or assign somebody else.

use jiff::civil::Date;
use model::{Record, kinds::Assignment};
use rustc_hash::FxHashMap;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ012: Code = Code { id: "PRJ012", name: "person-overbooked", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut people: FxHashMap<&str, Vec<&Assignment>> = FxHashMap::default();
    let mut order = Vec::new();
    for assignment in context.records.assignments.iter() {
        let own = people.entry(assignment.person.0.as_str()).or_default();
        if own.is_empty() {
            order.push(assignment.person.0.as_str());
        }
        own.push(assignment);
    }
    for person in order {
        let Some(assignments) = people.get_mut(person) else { continue };
        assignments.sort_by_key(|a| a.starts_on);
        // The sum is highest on the first day of some assignment; the first such day is reported.
        let over = assignments.iter().enumerate().find_map(|(i, last)| {
            let on = last.starts_on;
            let held: Vec<&&Assignment> = assignments[..=i].iter().filter(|a| end(context, a) >= on).collect();
            let sum: f64 = held.iter().map(|a| a.share).sum();
            (sum > 1.0 + 1e-9).then_some((*last, held, sum))
        });
        if let Some((last, held, sum)) = over {
            let finding = Diagnostic::new(&PRJ012)
                .on("assignment", last.id())
                .field("share")
                .arg("person", person)
                .arg("percent", sum * 100.0)
                .arg("n", held.len())
                .arg("on", last.starts_on.to_string());
            out.push(held.iter().fold(finding, |f, a| f.related("project", a.project.as_str())));
        }
    }
}

/// The last day of an assignment; without one it ends with its project.
fn end(context: &Context<'_>, assignment: &Assignment) -> Date {
    let project = context.records.projects.of(&assignment.project);
    assignment.ends_on.or_else(|| project.and_then(|p| p.ends_on)).unwrap_or(Date::MAX)
}

pub(super) const CHECK: Check =
    Check { code: &PRJ012, run, file: include_str!("person_overbooked.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "assignments | person | project | starts_on  | ends_on    | share
                    | A7     | J1      | 2016-01-01 | 2016-12-31 | 0.6",
    wrong: "assignments | person | project | starts_on  | ends_on    | share
                    | A7     | J2      | 2016-07-01 | 2016-12-31 | 0.5",
    right: "assignments | person | project | starts_on  | ends_on    | share
                    | A7     | J2      | 2017-01-01 | 2017-12-31 | 0.5",
};
