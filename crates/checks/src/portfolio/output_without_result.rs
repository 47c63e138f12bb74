//! # What it finds
//! An output of a project that serves no result.
//!
//! # Why it matters
//! Outputs are counted for the results that they serve; one that serves none is activity.
//!
//! # Example
//! A guide is an output of a project and names no result.
//!
//! # What to do
//! Name the result that the output serves.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ016: Code = Code { id: "PRJ016", name: "output-without-result", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for output in context.records.outputs.iter().filter(|o| o.result.is_none()) {
        out.push(
            Diagnostic::new(&PRJ016)
                .on("output", output.id.as_str())
                .field("result")
                .related("project", output.project.as_str())
                .arg("output", title(&output.title)),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ016, run, file: include_str!("output_without_result.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "outputs | id | project
                | O  | J",
    right: "outputs | id | project | result
                | O  | J       | R",
};
