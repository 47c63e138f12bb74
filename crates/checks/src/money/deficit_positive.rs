//! # What it finds
//! A deficit with a positive amount.
//!
//! # Why it matters
//! Deficits are recorded below zero; a positive one is added as if it were income.
//!
//! # Example
//! The deficit of 2018 stands as 5.5 million without a minus.
//!
//! # What to do
//! Put the minus, or correct the kind of the amount.

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN015: Code = Code { id: "FIN015", name: "deficit-without-minus", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for amount in context.records.amounts.iter().filter(|a| a.kind.0.contains("deficit")) {
        if let Some(actual) = amount.actual.filter(|v| *v > 0.0) {
            out.push(
                Diagnostic::new(&FIN015)
                    .on("amount", amount.id.as_str())
                    .field("actual")
                    .arg("actual", actual)
                    .arg("year", amount.year.0.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN015, run, file: include_str!("deficit_positive.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "amounts | id | year | kind             | actual
                | A  | 2018 | deficit_forecast | 5500000",
    right: "amounts | id | year | kind             | actual
                | A  | 2018 | deficit_forecast | -5500000",
};
