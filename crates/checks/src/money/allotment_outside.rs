//! # What it finds
//! An allotment to a result that is neither the programme's own nor one of the plan that it carries out,
//! or for a year in which the programme is not in force.
//!
//! # Why it matters
//! Money that is allotted outside of its programme has no authority behind it, and no report shows it.
//!
//! # Example
//! A programme for 2014–2015 allots money for 2016.
//!
//! # What to do
//! Correct the year or the result, or allot the money in the programme in force.

use model::Record;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN014: Code =
    Code { id: "FIN014", name: "allotment-outside-programme", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for allotment in context.records.allotments.iter() {
        let Some(plan) = context.records.plans.of(&allotment.plan) else { continue };
        let year = allotment.year.0;
        let in_force =
            i64::from(plan.starts_on.year()) <= year && plan.ends_on.is_none_or(|e| i64::from(e.year()) >= year);
        let own = context
            .records
            .results
            .of(&allotment.result)
            .is_none_or(|r| r.plan == plan.id || plan.part_of.as_ref() == Some(&r.plan));
        if !in_force || !own {
            out.push(
                Diagnostic::new(&FIN014)
                    .on("allotment", allotment.id())
                    .field(if own { "year" } else { "result" })
                    .related("plan", plan.id.as_str())
                    .arg("state", if own { "year" } else { "result" })
                    .arg("year", year.to_string())
                    .arg("result", allotment.result.as_str())
                    .arg("plan", plan.id.as_str()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN014, run, file: include_str!("allotment_outside.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | starts_on  | ends_on
              | W  | 2014-01-01 | 2015-12-31
        results | id  | plan
                | W.1 | W",
    wrong: "allotments | plan | result | fund | year | amount
                   | W    | W.1    | F    | 2016 | 100",
    right: "allotments | plan | result | fund | year | amount
                   | W    | W.1    | F    | 2015 | 100",
};
