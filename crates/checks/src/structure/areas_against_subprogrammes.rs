//! # What it finds
//! A programme with another number of subprogrammes than its plan has areas, or other than one leading
//! unit for each. It follows from the plan that the programme is a part of and from the roles of the
//! levels; where alignments are recorded, the units are counted too.
//!
//! # Why it matters
//! When areas, subprogrammes and units do not stand one to one to one, no unit answers for an area and
//! no budget can be read by area.
//!
//! # Example
//! The plan has six areas; its programme has four subprogrammes.
//!
//! # What to do
//! Draw the programme with one subprogramme and one leading unit for each area of the plan, or revise
//! the plan.

use model::kinds::{AlignmentRole, LevelRole};
use rustc_hash::FxHashSet;

use super::is_programme;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN007: Code =
    Code { id: "PLN007", name: "areas-differ-from-subprogrammes", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for programme in context.records.plans.iter().filter(|p| is_programme(p)) {
        let Some(plan) = programme.part_of.as_ref().and_then(|p| context.records.plans.of(p)) else { continue };
        let areas = context.with_role(plan, LevelRole::Area);
        let subprogrammes = context.with_role(programme, LevelRole::Area);
        if areas.is_empty() || subprogrammes.is_empty() {
            continue;
        }
        let leads = areas.iter().flat_map(|a| context.alignments.of(&a.id)).filter(|a| a.role == AlignmentRole::Lead);
        let units: FxHashSet<&str> = leads.filter_map(|a| a.unit.as_ref()).map(|u| u.as_str()).collect();
        let units_fit = units.is_empty() || units.len() == areas.len();
        if areas.len() != subprogrammes.len() || !units_fit {
            out.push(
                Diagnostic::new(&PLN007)
                    .on("plan", programme.id.as_str())
                    .field("part_of")
                    .related("plan", plan.id.as_str())
                    .arg("areas", areas.len())
                    .arg("subprogrammes", subprogrammes.len())
                    .arg("units", units.len()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN007, run, file: include_str!("areas_against_subprogrammes.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind               | part_of
              | P  | strategic_plan     |
              | W  | biennial_programme | P
        levels | plan | position | role
               | P    | 1        | area
               | W    | 1        | area
        results | id  | plan | level
                | P.1 | P    | 1
                | P.2 | P    | 1
                | W.1 | W    | 1",
    wrong: "",
    right: "results | id  | plan | level
                | W.2 | W    | 1",
};
