//! # What it finds
//! A fund that a decision set up and into which no money came.
//!
//! # Why it matters
//! The mandate is alive and asks for work that nobody pays; the governing body should see that.
//!
//! # Example
//! A resolution set up a voluntary fund for urban crises; its contributions are zero.
//!
//! # What to do
//! Raise the money, or ask the governing body to end the mandate.

use model::kinds::AmountState;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN006: Code = Code { id: "FIN006", name: "fund-unfunded", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for fund in context.records.funds.iter() {
        let Some(mandate) = &fund.mandate else { continue };
        let promised = |s| matches!(s, AmountState::Pledged | AmountState::Forecast | AmountState::Planned);
        let amounts = context.amounts.of(&fund.id);
        let came_in = amounts.iter().filter(|a| !promised(a.state)).any(|a| a.actual.is_some_and(|v| v > 0.0));
        if !came_in {
            out.push(
                Diagnostic::new(&FIN006)
                    .on("fund", fund.id.as_str())
                    .related("mandate", mandate.as_str())
                    .arg("fund", crate::context::title(&fund.title))
                    .arg("mandate", mandate.as_str()),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FIN006, run, file: include_str!("fund_unfunded.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "funds | id     | mandate
              | crisis | M-104",
    wrong: "amounts | id | fund   | actual
                | A  | crisis | 0",
    right: "amounts | id | fund   | actual
                | A  | crisis | 250000",
};
