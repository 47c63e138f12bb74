//! # What it finds
//! A line of a report that names no result, in a report where other lines do.
//!
//! # Why it matters
//! An output that serves no result does not belong into a report of results.
//!
//! # Example
//! One line is about a result, the other about a guide.
//!
//! # What to do
//! Name the result that it serves, or leave the line out.

use diag::Arg;
use model::Record;

use super::output_only_report::reports;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND052: Code = Code { id: "IND052", name: "line-without-result", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lines in reports(context).iter().filter(|lines| lines.iter().any(|l| l.result.is_some())) {
        for line in lines.iter().filter(|l| l.result.is_none()) {
            let finding = Diagnostic::new(&IND052).on("report_line", line.id()).field("result");
            out.push(finding.arg("line", title(&line.body)).arg("position", Arg::Whole(line.position.0)));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND052, run, file: include_str!("line_without_result.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | starts_on  | ends_on
              | P  | 2014-01-01 | 2015-12-31
        results | id | plan | level
                | O  | P    | 1
        outputs | id | project
                | X  | J
        report_lines | plan | period | position | body_en       | output | result
                     | P    | 2014   | 1        | More adopted  | X      | O",
    wrong: "report_lines | plan | period | position | body_en         | output
                     | P    | 2014   | 2        | A guide printed | X",
    right: "report_lines | plan | period | position | body_en        | result
                     | P    | 2014   | 2        | Less forced out | O",
};
