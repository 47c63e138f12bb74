//! # What it finds
//! A means of implementation, or an outcome under one, that is assigned neither to a unit at
//! headquarters nor to a regional office. When all of a plan lack one, it is said once.
//!
//! # Why it matters
//! Means and outcomes are carried out either from headquarters or from the regions; while that is open,
//! both wait for the other.
//!
//! # Example
//! Two means of implementation: a branch answers for one, and only a country office for the other.
//!
//! # What to do
//! Assign the means or outcome to a branch at headquarters or to a regional office.

use model::kinds::{LevelRole, PlanStatus, Result, UnitKind};

use super::{is_measured, once_or_each};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN025: Code = Code { id: "PLN025", name: "means-without-office", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let assigned = |r: &Result| {
        let unit = r.owner.as_ref().and_then(|o| context.records.units.of(o));
        unit.is_some_and(|u| matches!(u.kind, UnitKind::Branch | UnitKind::Organisation | UnitKind::RegionalOffice))
    };
    for plan in context.records.plans.iter().filter(|p| is_measured(p) && p.status != PlanStatus::Superseded) {
        // Clusters and priorities below an area are ways of working too; the area's owner answers for them.
        let is_means = |r: &Result| context.role(r) == Some(LevelRole::Means) && below_no_area(context, r);
        let results: Vec<&Result> = context
            .results
            .of(&plan.id)
            .iter()
            .copied()
            .filter(|r| is_means(r) || (is_outcome(context, r) && context.ancestors(r).into_iter().any(is_means)))
            .collect();
        let mut once = None;
        let mut each = Vec::new();
        once_or_each(&results, |r| !assigned(r), |n| once = Some(n), |r| each.push(r));
        out.extend(once.map(|n| Diagnostic::new(&PLN025).on("plan", plan.id.as_str()).arg("n", n).arg("result", "")));
        out.extend(each.into_iter().map(|r| {
            Diagnostic::new(&PLN025)
                .on("result", r.id.as_str())
                .field("owner")
                .arg("n", 1usize)
                .arg("result", title(&r.title))
        }));
    }
}

fn is_outcome(context: &Context<'_>, result: &Result) -> bool {
    context.role(result) == Some(LevelRole::Outcome)
}

fn below_no_area(context: &Context<'_>, result: &Result) -> bool {
    let above = context.ancestors(result);
    !above.iter().any(|a| matches!(context.role(a), Some(LevelRole::Area | LevelRole::Support)))
}

pub(super) const CHECK: Check =
    Check { code: &PLN025, run, file: include_str!("means_without_office.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P
        levels | plan | position | role
               | P    | 1        | means
        units | id | kind
              | HQ | branch
              | CO | country_office",
    wrong: "results | id  | plan | level | owner
                | P.1 | P    | 1     | HQ
                | P.2 | P    | 1     | CO",
    right: "results | id  | plan | level | owner
                | P.1 | P    | 1     | HQ
                | P.2 | P    | 1     | HQ",
};
