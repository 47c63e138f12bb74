//! # What it finds
//! An area with no leading subprogramme or unit, or with more than one, in a plan that records who
//! leads its areas.
//!
//! # Why it matters
//! An area that nobody leads is nobody's task; an area that two lead is each one's excuse.
//!
//! # Example
//! The plan records a leading unit for its first area and none for the second.
//!
//! # What to do
//! Record exactly one leading subprogramme with its unit for each area; the others support.

use model::kinds::{AlignmentRole, LevelRole};

use crate::context::{is_own, title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN008: Code = Code { id: "PLN008", name: "area-without-single-lead", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_own(p)) {
        let areas = context.with_role(plan, LevelRole::Area);
        if !areas.iter().any(|a| context.alignments.any(&a.id)) {
            continue;
        }
        for area in areas {
            let leads = context.alignments.of(&area.id).iter().filter(|a| a.role == AlignmentRole::Lead).count();
            if leads != 1 {
                out.push(
                    Diagnostic::new(&PLN008)
                        .on("result", area.id.as_str())
                        .arg("area", title(&area.title))
                        .arg("n", leads),
                );
            }
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN008, run, file: include_str!("area_not_led.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P
        levels | plan | position | role
               | P    | 1        | area
        results | id  | plan | level
                | P.1 | P    | 1
                | P.2 | P    | 1
        units | id
              | U1
              | U2
        alignments | area | unit | role
                   | P.1  | U1   | lead",
    wrong: "",
    right: "alignments | area | unit | role
                   | P.2  | U2   | lead",
};
