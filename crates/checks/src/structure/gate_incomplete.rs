//! # What it finds
//! A strategic plan from 2014 on with fewer than five items in its preparation gate (its own and those
//! of its phases): steering mechanism, area papers, baselines, resource and project strategy, policy on
//! monitoring, evaluation and advocacy.
//!
//! # Why it matters
//! An item that is not on the list is not asked for, and the plan starts without it.
//!
//! # Example
//! A plan has one gate item.
//!
//! # What to do
//! Record the five gate items as tasks of the plan or of its preparatory phase.

use jiff::civil::date;
use model::kinds::TaskKind;

use crate::context::is_strategic;

/// The gate was brought in by the plan for 2014–2019; older plans had none.
const GATE_ITEMS: usize = 5;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN018: Code = Code { id: "PLN018", name: "gate-incomplete", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_strategic(p) && p.starts_on >= date(2014, 1, 1)) {
        let own = context.tasks.of(&plan.id).iter();
        let of_phases = context.programmes.of(&plan.id).iter().flat_map(|p| context.tasks.of(&p.id));
        let n = own.chain(of_phases).filter(|t| t.kind == TaskKind::Gate).count();
        if n < GATE_ITEMS {
            // Without any item the plan may keep its gate elsewhere; with some, one was forgotten.
            let severity = if n == 0 { Severity::Note } else { Severity::Warning };
            out.push(
                Diagnostic::new(&PLN018)
                    .severity(severity)
                    .on("plan", plan.id.as_str())
                    .arg("n", n)
                    .arg("needed", GATE_ITEMS),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN018, run, file: include_str!("gate_incomplete.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on
              | P  | strategic_plan | 2014-01-01",
    wrong: "tasks | id | plan | kind
              | T1 | P    | gate",
    right: "tasks | id | plan | kind
              | T1 | P    | gate
              | T2 | P    | gate
              | T3 | P    | gate
              | T4 | P    | gate
              | T5 | P    | gate",
};
