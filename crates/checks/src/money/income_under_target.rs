//! # What it finds
//! An amount of a past year that stayed under its target.
//!
//! # Why it matters
//! What was not received was planned for; the gap says which results went without.
//!
//! # Example
//! Of a target of 69.9 million, 47.7 million came in.
//!
//! # What to do
//! Adjust the programme to the money, or say how the gap was bridged.

use super::corrected;
use crate::arithmetic::percent_of;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN008: Code = Code { id: "FIN008", name: "income-under-target", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let wrong = corrected(context);
    for amount in context.records.amounts.iter() {
        let (Some(target), Some(actual)) = (amount.target, amount.actual) else { continue };
        let past = amount.year.0 < i64::from(context.on.year());
        let Some(percent) = percent_of(actual, target).filter(|p| *p < 100.0) else { continue };
        if past && target > 0.0 && !wrong.contains(amount.id.as_str()) {
            out.push(
                Diagnostic::new(&FIN008)
                    .on("amount", amount.id.as_str())
                    .field("actual")
                    .arg("actual", actual)
                    .arg("target", target)
                    .arg("percent", percent)
                    .arg("year", amount.year.0.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN008, run, file: include_str!("income_under_target.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2019, 6, 30),
    both: "",
    wrong: "amounts | id | year | target   | actual
                | A  | 2018 | 69900000 | 47700000",
    right: "amounts | id | year | target   | actual
                | A  | 2018 | 69900000 | 69900000",
};
