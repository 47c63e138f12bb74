//! # What it finds
//! A plan whose grid of contributions has empty cells: some of its outcomes or means say to which areas
//! they contribute, others leave one out.
//!
//! # Why it matters
//! The grid is how a plan says who works for what; an empty cell may mean no contribution or a
//! forgotten one.
//!
//! # Example
//! Two means and two areas make four cells; one of them is empty.
//!
//! # What to do
//! Record each contribution; for a pair without one, waive the finding with that as its reason.

use model::kinds::CrosswalkRelation;
use rustc_hash::FxHashSet;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN033: Code =
    Code { id: "PLN033", name: "contribution-grid-incomplete", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter() {
        let results = context.results.of(&plan.id);
        let mut cells: FxHashSet<(&str, &str)> = FxHashSet::default();
        let (mut from_levels, mut to_levels) = (FxHashSet::default(), FxHashSet::default());
        for from in results {
            for link in
                context.links_from.of(&from.id).iter().filter(|l| l.relation == CrosswalkRelation::ContributesTo)
            {
                let Some(to) = link.to_result.as_ref().and_then(|t| context.records.results.of(t)) else { continue };
                if to.plan == plan.id {
                    cells.insert((from.id.as_str(), to.id.as_str()));
                    from_levels.insert(from.level.0);
                    to_levels.insert(to.level.0);
                }
            }
        }
        let rows = results.iter().filter(|r| from_levels.contains(&r.level.0)).count();
        let columns = results.iter().filter(|r| to_levels.contains(&r.level.0)).count();
        if cells.len() < rows * columns {
            out.push(
                Diagnostic::new(&PLN033)
                    .on("plan", plan.id.as_str())
                    .arg("filled", cells.len())
                    .arg("cells", rows * columns)
                    .arg("rows", rows)
                    .arg("columns", columns),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN033, run, file: include_str!("contribution_grid.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P
        results | id | plan | level
                | A1 | P    | 1
                | A2 | P    | 1
                | M1 | P    | 2
                | M2 | P    | 2
        crosswalk | id | from_result | to_result | relation
                  | X1 | M1          | A1        | contributes_to
                  | X2 | M1          | A2        | contributes_to
                  | X3 | M2          | A1        | contributes_to",
    wrong: "",
    right: "crosswalk | id | from_result | to_result | relation
                  | X4 | M2          | A2        | contributes_to",
};
