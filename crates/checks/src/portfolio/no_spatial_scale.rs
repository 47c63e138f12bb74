//! # What it finds
//! A project without a spatial scale (neighbourhood, city, metropolitan, national, …).
//!
//! # Why it matters
//! A city's figure and a country's figure cannot be set side by side; the scale says which of them a
//! project delivers.
//!
//! # Example
//! A project names no scale.
//!
//! # What to do
//! Record at least one spatial scale.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ010: Code = Code { id: "PRJ010", name: "no-spatial-scale", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| p.scales.is_empty()) {
        out.push(
            Diagnostic::new(&PRJ010)
                .on("project", project.id.as_str())
                .field("scales")
                .arg("project", title(&project.title)),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ010, run, file: include_str!("no_spatial_scale.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "projects | id
                 | J",
    right: "projects | id | scales
                 | J  | city;neighbourhood",
};
