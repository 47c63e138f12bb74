//! # What it finds
//! An amount whose printed year contradicts its own arithmetic: another year is recorded than the
//! document prints, or the percentage is of an amount of another year.
//!
//! # Why it matters
//! A figure under the wrong year is counted twice in one year and is missing in the other.
//!
//! # Example
//! The allocation is printed under 2019, but it is 8 % of the total of 2018.
//!
//! # What to do
//! Keep the printed year in its own column, record the year that the arithmetic gives, and ask the
//! source.

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN004: Code =
    Code { id: "FIN004", name: "printed-year-contradicts", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for amount in context.records.amounts.iter() {
        let of = amount.percent_of.as_ref().and_then(|o| context.records.amounts.of(o));
        let printed = amount.printed_year.unwrap_or(amount.year).0;
        let worked_out = of.map_or(amount.year.0, |o| o.year.0);
        if printed != worked_out {
            out.push(
                Diagnostic::new(&FIN004)
                    .on("amount", amount.id.as_str())
                    .field(if amount.printed_year.is_some() { "printed_year" } else { "year" })
                    .arg("printed", printed.to_string())
                    .arg("year", worked_out.to_string())
                    .arg("state", if of.is_some() { "share" } else { "recorded" })
                    .arg("stated", amount.stated_percent.unwrap_or(0.0)),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FIN004, run, file: include_str!("printed_year.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "amounts | id | year | actual
                | T  | 2018 | 178800000",
    wrong: "amounts | id | year | actual   | stated_percent | percent_of | printed_year
                | R  | 2018 | 14300000 | 8              | T          | 2019",
    right: "amounts | id | year | actual   | stated_percent | percent_of | printed_year
                | R  | 2018 | 14300000 | 8              | T          | 2018",
};
