//! # What it finds
//! A figure that its document prints without saying whether it is preliminary or final.
//!
//! # Why it matters
//! A preliminary figure quoted as final comes back as an error of the audit.
//!
//! # Example
//! Contributions of 2002 are printed without a state.
//!
//! # What to do
//! Ask the source and record preliminary or final; where nobody knows any more, leave it.

use model::kinds::AmountState;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN005: Code = Code { id: "FIN005", name: "figure-without-state", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for amount in context.records.amounts.iter().filter(|a| a.state == AmountState::FinalAssumed) {
        out.push(
            Diagnostic::new(&FIN005)
                .on("amount", amount.id.as_str())
                .field("state")
                .arg("actual", amount.actual.or(amount.target).unwrap_or(0.0))
                .arg("currency", amount.currency.as_str())
                .arg("year", amount.year.0.to_string()),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN005, run, file: include_str!("figure_without_state.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "amounts | id | year | actual  | state
                | A  | 2002 | 6000000 | final_assumed",
    right: "amounts | id | year | actual  | state
                | A  | 2002 | 6000000 | final",
};
