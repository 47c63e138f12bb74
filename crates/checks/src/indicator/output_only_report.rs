//! # What it finds
//! A report of a plan or programme for one period none of whose lines names a result.
//!
//! # Why it matters
//! A governing body asks what changed; a list of outputs answers what was done.
//!
//! # Example
//! Two lines: a guide was printed, a tool was published.
//!
//! # What to do
//! Attach each line to the result that it serves, and say what changed.

use model::{Record, kinds::ReportLine};

use super::seen::none;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND051: Code = Code { id: "IND051", name: "output-only-report", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lines in reports(context) {
        let Some(first) = lines.first().filter(|_| lines.iter().all(|l| l.result.is_none())) else { continue };
        let plan = context.records.plans.of(&first.plan);
        let finding = Diagnostic::new(&IND051).on("report_line", first.id()).field("result");
        let finding = finding.arg("plan", plan.map_or_else(none, |p| title(&p.title)));
        let mut finding = finding.arg("period", first.period.to_string()).arg("n", lines.len());
        finding.n_more = lines.len() - 1;
        out.push(lines.iter().skip(1).fold(finding, |f, line| f.related("report_line", line.id())));
    }
}

/// Lines by plan and period, in order.
pub(super) fn reports<'a>(context: &Context<'a>) -> Vec<Vec<&'a ReportLine>> {
    let mut lines: Vec<&ReportLine> = context.records.report_lines.iter().collect();
    lines.sort_by_key(|l| (&l.plan, l.period, l.position));
    let mut reports: Vec<Vec<&ReportLine>> = Vec::new();
    for line in lines {
        match reports.last_mut() {
            Some(last) if last.first().is_some_and(|l| l.plan == line.plan && l.period == line.period) => {
                last.push(line)
            }
            _ => reports.push(vec![line]),
        }
    }
    reports
}

pub(super) const CHECK: Check =
    Check { code: &IND051, run, file: include_str!("output_only_report.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | starts_on  | ends_on
              | P  | 2014-01-01 | 2015-12-31
        results | id | plan | level
                | O  | P    | 1
        outputs | id | project
                | X  | J",
    wrong: "report_lines | plan | period | position | output
                     | P    | 2014   | 1        | X
                     | P    | 2014   | 2        | X",
    right: "report_lines | plan | period | position | output | result
                     | P    | 2014   | 1        | X      | O
                     | P    | 2014   | 2        | X      |",
};
