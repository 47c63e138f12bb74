//! # What it finds
//! A strategic plan for which no mid-term or no final evaluation is planned or done.
//!
//! # Why it matters
//! The mid-term evaluation is the only occasion to mend a plan, the final one the only occasion to
//! learn from it.
//!
//! # Example
//! The plan for 2014–2019 has a mid-term evaluation and no final one.
//!
//! # What to do
//! Plan the evaluation with a day and money.

use model::kinds::EvaluationKind;

use crate::context::is_strategic;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN027: Code = Code { id: "PLN027", name: "plan-without-evaluation", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_strategic(p)) {
        for kind in [EvaluationKind::MidTerm, EvaluationKind::Final] {
            if !context.evaluations.of(&plan.id).iter().any(|e| e.kind == kind) {
                out.push(Diagnostic::new(&PLN027).on("plan", plan.id.as_str()).arg("which", kind.as_str()));
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN027, run, file: include_str!("plan_without_evaluation.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind
              | P  | strategic_plan
        evaluations | id | kind     | plan
                    | E1 | mid_term | P",
    wrong: "",
    right: "evaluations | id | kind  | plan
                    | E2 | final | P",
};
