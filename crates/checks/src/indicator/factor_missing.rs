//! # What it finds
//! A version of a definition in another unit than the one before, without the factor between them.
//!
//! # Why it matters
//! Without the factor older values cannot be compared with newer ones, and the series breaks.
//!
//! # Example
//! First households, then persons; nothing says how many persons a household has.
//!
//! # What to do
//! Record the factor, or begin a new indicator.

use diag::Arg;
use model::Record;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND057: Code = Code { id: "IND057", name: "version-without-factor", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        for two in context.definitions.of(&seen.indicator.id).windows(2) {
            let [before, after] = two else { continue };
            if let (Some(from), Some(to)) = (&before.unit, &after.unit)
                && from != to
                && after.factor.is_none()
            {
                let finding = Diagnostic::new(&IND057).on("definition", after.id()).field("factor");
                let finding = finding.arg("indicator", title(&seen.indicator.title));
                let finding = finding.arg("version", Arg::Whole(after.version.0));
                out.push(finding.arg("from", from.0.as_str()).arg("to", to.0.as_str()));
            }
        }
    }
}

pub(super) const CHECK: Check = Check { code: &IND057, run, file: include_str!("factor_missing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        results | id | plan | level
                | O  | P    | 1
        indicators | id | result
                   | I  | O
        definitions | indicator | version | unit
                    | I         | 1       | household",
    wrong: "definitions | indicator | version | unit
                    | I         | 2       | person",
    right: "definitions | indicator | version | unit   | factor
                    | I         | 2       | person | 4.6",
};
