//! # What it finds
//! A project whose parts together have a larger budget than the project itself, in its own currency.
//!
//! # Why it matters
//! Money passed from a project to its parts is the same money; parts that exceed it spend what nobody
//! gave.
//!
//! # Example
//! A project of 400,000 dollars has two parts of 250,000 each.
//!
//! # What to do
//! Correct the budgets, or raise the budget of the project.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ017: Code = Code { id: "PRJ017", name: "parts-exceed-project", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (id, parts) in context.subprojects.sorted() {
        let Some(project) = context.records.projects.get(id) else { continue };
        let budgets = parts.iter().filter(|p| p.budget.currency == project.budget.currency).map(|p| p.budget.minor);
        let sum: i64 = budgets.sum();
        if sum > project.budget.minor {
            let in_major = model::value::Money { minor: sum, currency: project.budget.currency };
            out.push(
                Diagnostic::new(&PRJ017)
                    .on("project", id)
                    .field("budget")
                    .arg("project", title(&project.title))
                    .arg("budget", project.budget.major())
                    .arg("n", parts.len())
                    .arg("sum", in_major.major()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ017, run, file: include_str!("child_exceeds_parent.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "projects | id | budget | parent
                 | J  | 400000 |
                 | J1 | 250000 | J",
    wrong: "projects | id | budget | parent
                 | J2 | 250000 | J",
    right: "projects | id | budget | parent
                 | J2 | 150000 | J",
};
