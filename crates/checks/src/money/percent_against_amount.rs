//! # What it finds
//! A stated percentage that is more than half a point away from what the amounts work out to. The base
//! is the amount that the percentage is of, else the amount's own target.
//!
//! # Why it matters
//! Readers remember the percentage and auditors recompute it; when the two disagree, neither figure can
//! be quoted.
//!
//! # Example
//! 133.2 million is printed as 72 % of a target of 157.2 million; it is 84.7 %.
//!
//! # What to do
//! Find out which of the two the source means; keep the printed figure and record the corrected one
//! beside it.

use super::base;
use crate::arithmetic::{percent_fits, percent_of};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN002: Code =
    Code { id: "FIN002", name: "percentage-differs-from-amounts", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for amount in context.records.amounts.iter() {
        let (Some(stated), Some(actual), Some(base)) = (amount.stated_percent, amount.actual, base(context, amount))
        else {
            continue;
        };
        let Some(percent) = percent_of(actual, base) else { continue };
        if !percent_fits(stated, actual, base) {
            out.push(
                Diagnostic::new(&FIN002)
                    .on("amount", amount.id.as_str())
                    .field("stated_percent")
                    .arg("actual", actual)
                    .arg("percent", percent)
                    .arg("base", base)
                    .arg("stated", stated)
                    .arg("fits", base * stated / 100.0),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN002, run, file: include_str!("percent_against_amount.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "amounts | id | target    | actual    | stated_percent
                | A  | 157200000 | 133200000 | 72",
    right: "amounts | id | target    | actual    | stated_percent
                | A  | 157200000 | 113200000 | 72",
};
