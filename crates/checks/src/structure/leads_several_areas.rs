//! # What it finds
//! A subprogramme or unit that leads more than one area of a plan.
//!
//! # Why it matters
//! Plan, programme and organisation should have the same shape; a subprogramme that leads two areas
//! hides which of them gets the money and the posts.
//!
//! # Example
//! One subprogramme leads the areas of land and of finance.
//!
//! # What to do
//! Give each area a leading subprogramme and unit of its own, or record the second one as support.

use model::Record;
use model::kinds::AlignmentRole;
use rustc_hash::FxHashMap;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN009: Code = Code { id: "PLN009", name: "leads-several-areas", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // The areas that each leads, by plan: (plan, leader) to areas, in order of the records.
    let mut first: FxHashMap<(&str, &str, &str), Vec<&str>> = FxHashMap::default();
    for alignment in context.records.alignments.iter().filter(|a| a.role == AlignmentRole::Lead) {
        let Some(area) = context.records.results.of(&alignment.area) else { continue };
        let subprogramme = alignment.subprogramme.as_ref().map(|s| ("subprogramme", s.as_str()));
        let unit = alignment.unit.as_ref().map(|u| ("unit", u.as_str()));
        for (field, leader) in subprogramme.into_iter().chain(unit) {
            let areas = first.entry((area.plan.as_str(), field, leader)).or_default();
            if !areas.is_empty() && !areas.contains(&area.id.as_str()) {
                out.push(
                    Diagnostic::new(&PLN009)
                        .on("alignment", alignment.id())
                        .field(field)
                        .related("result", areas[0])
                        .arg("leader", leader)
                        .arg("area", area.code.0.as_str())
                        .arg("other", context.records.results.get(areas[0]).map_or(areas[0], |r| r.code.0.as_str())),
                );
            }
            areas.push(area.id.as_str());
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN009, run, file: include_str!("leads_several_areas.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P
        levels | plan | position | role
               | P    | 1        | area
        results | id  | plan | level | code
                | P.1 | P    | 1     | land
                | P.2 | P    | 1     | finance",
    wrong: "alignments | area | subprogramme | role
                   | P.1  | SP4          | lead
                   | P.2  | SP4          | lead",
    right: "alignments | area | subprogramme | role
                   | P.1  | SP4          | lead
                   | P.2  | SP4          | support",
};
