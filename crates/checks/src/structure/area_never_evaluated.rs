//! # What it finds
//! An area of a strategic plan that ended without any evaluation of it.
//!
//! # Why it matters
//! Each area is to be evaluated at least once in a plan; an area that never was goes into the next plan
//! on belief.
//!
//! # Example
//! The plan ended with 2019; nobody evaluated one of its areas.
//!
//! # What to do
//! Evaluate the area now, or record the evaluation that was done.

use model::kinds::LevelRole;
use rustc_hash::FxHashSet;

use super::once_or_each;
use crate::context::{is_strategic, title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN028: Code = Code { id: "PLN028", name: "area-never-evaluated", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let done = context.records.evaluations.iter().filter(|e| e.done_on.is_some_and(|d| d <= context.on));
    let evaluated: FxHashSet<&str> = done.filter_map(|e| e.result.as_ref()).map(|r| r.as_str()).collect();
    for plan in context.records.plans.iter().filter(|p| is_strategic(p)) {
        let Some(end) = plan.ends_on.filter(|end| *end < context.on) else { continue };
        let areas = context.with_role(plan, LevelRole::Area);
        let mut once = None;
        let mut each = Vec::new();
        once_or_each(&areas, |r| !evaluated.contains(r.id.as_str()), |n| once = Some(n), |r| each.push(r));
        let finding = |n: usize| Diagnostic::new(&PLN028).arg("n", n).arg("end", end.to_string());
        out.extend(once.map(|n| finding(n).on("plan", plan.id.as_str()).arg("area", "")));
        out.extend(each.into_iter().map(|r| finding(1).on("result", r.id.as_str()).arg("area", title(&r.title))));
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN028, run, file: include_str!("area_never_evaluated.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2020, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
        results | id  | plan | level
                | P.1 | P    | 1",
    wrong: "",
    right: "evaluations | id | kind | result | done_on
                    | E  | area | P.1    | 2017-05-01",
};
