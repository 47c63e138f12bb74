//! # What it finds
//! An area of a strategic plan without a priority rank. When all areas lack one, it is said once.
//!
//! # Why it matters
//! When money runs short, everything that has no rank is cut alike.
//!
//! # Example
//! Of two areas one has a rank.
//!
//! # What to do
//! Give each area a rank; 1 is first.

use model::kinds::LevelRole;

use super::once_or_each;
use crate::context::{is_strategic, title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN026: Code = Code { id: "PLN026", name: "area-without-priority", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_strategic(p)) {
        let areas = context.with_role(plan, LevelRole::Area);
        let mut once = None;
        let mut each = Vec::new();
        once_or_each(&areas, |r| r.priority.is_none(), |n| once = Some(n), |r| each.push(r));
        out.extend(once.map(|n| Diagnostic::new(&PLN026).on("plan", plan.id.as_str()).arg("n", n).arg("area", "")));
        out.extend(each.into_iter().map(|r| {
            Diagnostic::new(&PLN026)
                .on("result", r.id.as_str())
                .field("priority")
                .arg("n", 1usize)
                .arg("area", title(&r.title))
        }));
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN026, run, file: include_str!("area_without_priority.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind
              | P  | strategic_plan
        levels | plan | position | role
               | P    | 1        | area",
    wrong: "results | id  | plan | level | priority
                | P.1 | P    | 1     | 1
                | P.2 | P    | 1     |",
    right: "results | id  | plan | level | priority
                | P.1 | P    | 1     | 1
                | P.2 | P    | 1     | 2",
};
