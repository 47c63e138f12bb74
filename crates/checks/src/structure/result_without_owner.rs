//! # What it finds
//! A strategic result, area, lead and support area or outcome for which no unit answers. When all of a
//! plan lack one, it is said once.
//!
//! # Why it matters
//! What nobody answers for is nobody's failure; accountability at all levels begins with a name.
//!
//! # Example
//! An area of the plan names no unit, another one does.
//!
//! # What to do
//! Name the unit that answers for the result.

use model::kinds::{LevelRole, PlanStatus};

use super::{is_measured, once_or_each};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN024: Code = Code { id: "PLN024", name: "result-without-owner", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let owned = |role| {
        use LevelRole::{Area, Outcome, StrategicResult, Support};
        matches!(role, Some(Area | Outcome | StrategicResult | Support))
    };
    for plan in context.records.plans.iter().filter(|p| is_measured(p) && p.status != PlanStatus::Superseded) {
        let results: Vec<_> = context.results.of(&plan.id).iter().copied().filter(|r| owned(context.role(r))).collect();
        let mut once = None;
        let mut each = Vec::new();
        once_or_each(&results, |r| r.owner.is_none(), |n| once = Some(n), |r| each.push(r));
        out.extend(once.map(|n| Diagnostic::new(&PLN024).on("plan", plan.id.as_str()).arg("n", n).arg("result", "")));
        out.extend(each.into_iter().map(|r| {
            Diagnostic::new(&PLN024)
                .on("result", r.id.as_str())
                .field("owner")
                .arg("n", 1usize)
                .arg("result", title(&r.title))
        }));
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN024, run, file: include_str!("result_without_owner.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P
        levels | plan | position | role
               | P    | 1        | area
        units | id
              | U",
    wrong: "results | id  | plan | level | owner
                | P.1 | P    | 1     | U
                | P.2 | P    | 1     |",
    right: "results | id  | plan | level | owner
                | P.1 | P    | 1     | U
                | P.2 | P    | 1     | U",
};
