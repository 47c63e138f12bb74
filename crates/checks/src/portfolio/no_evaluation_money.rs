//! # What it finds
//! A project of more than 3,000,000 dollars without a budget line for evaluation. Exactly 3,000,000
//! passes. Budgets in other currencies are not compared, because no rate is recorded.
//!
//! # Why it matters
//! An evaluation that is not in the budget is not made, and a large project ends without anybody
//! knowing what it changed.
//!
//! # Example
//! A project of 3,000,001 dollars has no money for evaluation.
//!
//! # What to do
//! Put a line for an external evaluation into the budget.

use super::exceeds_usd;
use crate::context::title;

/// Dollars above which an evaluation is due.
pub(super) const THRESHOLD: i64 = 3_000_000;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ004: Code = Code { id: "PRJ004", name: "no-evaluation-money", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| exceeds_usd(p.budget, THRESHOLD)) {
        if project.evaluation_budget.is_none_or(|m| m.minor <= 0) {
            out.push(
                Diagnostic::new(&PRJ004)
                    .on("project", project.id.as_str())
                    .field("evaluation_budget")
                    .arg("project", title(&project.title))
                    .arg("budget", project.budget.major())
                    .arg("threshold", THRESHOLD),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ004, run, file: include_str!("no_evaluation_money.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "projects | id | budget
                 | J  | 3000001",
    right: "projects | id | budget
                 | J  | 3000000",
};
