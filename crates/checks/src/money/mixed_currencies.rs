//! # What it finds
//! A part of a total in another currency than the total.
//!
//! # Why it matters
//! Pledges stay in their own currency; added as they are, 15 million Canadian dollars would count as 15
//! million US dollars.
//!
//! # Example
//! A total in US dollars has a part in Canadian dollars.
//!
//! # What to do
//! Take the part out of the total, or record beside it the amount in the total's currency with the rate
//! and the day.

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN010: Code = Code { id: "FIN010", name: "mixed-currencies-in-total", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for part in context.records.amounts.iter() {
        let Some(total) = part.part_of.as_ref().and_then(|t| context.records.amounts.of(t)) else { continue };
        if part.currency != total.currency {
            out.push(
                Diagnostic::new(&FIN010)
                    .on("amount", part.id.as_str())
                    .field("currency")
                    .related("amount", total.id.as_str())
                    .arg("part", part.currency.as_str())
                    .arg("total", total.currency.as_str()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN010, run, file: include_str!("mixed_currencies.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "amounts | id | actual   | currency | part_of
                | T  | 25000000 | USD      |",
    wrong: "amounts | id | actual   | currency | part_of
                | A  | 15000000 | CAD      | T",
    right: "amounts | id | actual   | currency | part_of
                | A  | 25000000 | USD      | T",
};
