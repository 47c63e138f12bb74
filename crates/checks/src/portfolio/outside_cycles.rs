//! # What it finds
//! A project of which no day lies in the cycle of any plan that it works for.
//!
//! # Why it matters
//! No plan was in force that could have asked for the work, and no report of the plan's years can hold
//! its figures.
//!
//! # Example
//! A project of 2021 works for a result of the plan for 2014–2019.
//!
//! # What to do
//! Work for a result of the plan in force during the project, or correct the dates.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ002: Code = Code { id: "PRJ002", name: "project-outside-cycles", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter() {
        let results = project.results.iter().filter_map(|r| context.records.results.of(r));
        let plans: Vec<_> = results.filter_map(|r| context.plan_of(r)).collect();
        let meets = plans.iter().any(|plan| {
            plan.ends_on.is_none_or(|end| project.starts_on <= end)
                && project.ends_on.is_none_or(|end| end >= plan.starts_on)
        });
        if let Some(plan) = plans.first().filter(|_| !meets) {
            out.push(
                Diagnostic::new(&PRJ002)
                    .on("project", project.id.as_str())
                    .field("starts_on")
                    .related("plan", plan.id.as_str())
                    .arg("project", title(&project.title))
                    .arg("start", project.starts_on.to_string())
                    .arg("end", project.ends_on.map_or_else(|| "–".to_owned(), |d| d.to_string()))
                    .arg("plan", title(&plan.title)),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PRJ002, run, file: include_str!("outside_cycles.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | starts_on  | ends_on
              | P  | 2014-01-01 | 2019-12-31
        results | id | plan
                | R  | P",
    wrong: "projects | id | starts_on  | ends_on    | results
                 | J  | 2021-01-01 | 2022-12-31 | R",
    right: "projects | id | starts_on  | ends_on    | results
                 | J  | 2019-06-01 | 2020-12-31 | R",
};
