//! # What it finds
//! A share that is not between 0 and 1: of a person's time, or of a project's normative work.
//!
//! # Why it matters
//! Shares are written 0 to 1; a 60 in place of 0.6 outweighs everything that it is added to.
//!
//! # Example
//! An assignment says 60 instead of 0.6.
//!
//! # What to do
//! Write the share between 0 and 1.

use model::Record;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ020: Code = Code { id: "PRJ020", name: "share-out-of-range", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut report = |kind, id: String, field: &str, share: f64| {
        if !(0.0..=1.0).contains(&share) {
            out.push(Diagnostic::new(&PRJ020).on(kind, id).field(field).arg("share", share));
        }
    };
    for assignment in context.records.assignments.iter() {
        report("assignment", assignment.id(), "share", assignment.share);
    }
    for project in context.records.projects.iter() {
        if let Some(share) = project.normative_share {
            report("project", project.id.as_str().to_owned(), "normative_share", share);
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ020, run, file: include_str!("share_out_of_range.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "assignments | person | project | share
                    | A7     | J       | 60",
    right: "assignments | person | project | share
                    | A7     | J       | 0.6",
};
