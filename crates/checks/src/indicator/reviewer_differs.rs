//! # What it finds
//! A criterion on which a reviewer and the record disagree: the reviewer's grade is another than the one
//! computed from what is recorded. Where the record cannot tell, or the reviewer cannot, nothing is said.
//!
//! # Why it matters
//! One of the two knows something that the other does not; left standing, each reader believes another grade.
//!
//! # Example
//! The reviewer says that the indicator is time-bound; no target is recorded.
//!
//! # What to do
//! Record what the reviewer knew, or ask the reviewer to grade again.

use model::{Record, kinds::Grade};

use super::smart::grade_one;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND060: Code =
    Code { id: "IND060", name: "reviewer-differs-from-record", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen().filter(|s| s.is_number()) {
        for assessment in context.assessments.of(&seen.indicator.id) {
            let graded = grade_one(context, seen, assessment.criterion);
            // Only the last word of the reviewers counts; an earlier one has been taken back.
            let is_last = graded.by_reviewer.is_some_and(|last| last.id() == assessment.id());
            let differs = graded.grade != assessment.grade;
            if !is_last || !differs || [graded.grade, assessment.grade].contains(&Grade::Unknown) {
                continue;
            }
            let finding = Diagnostic::new(&IND060).on("assessment", assessment.id()).field("grade");
            let finding = finding.arg("indicator", title(&seen.indicator.title));
            let finding = finding.arg("criterion", assessment.criterion.as_str());
            let finding = finding.arg("reviewed", assessment.grade.as_str()).arg("recorded", graded.grade.as_str());
            let finding = finding.arg("by", assessment.by.as_str()).arg("words", assessment.reason.as_str());
            out.push(finding.related("indicator", seen.indicator.id.as_str()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND060, run, file: include_str!("reviewer_differs.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        indicators | id | result | status    | cadence
                   | I  | O      | confirmed | yearly
        assessments | indicator | criterion  | grade | reason            | by | on
                    | I         | time_bound | met   | due by the end    | E  | 2015-01-01
                    | I         | achievable | met   | two did it before | E  | 2015-01-01",
    wrong: "",
    right: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 20",
};
