//! # What it finds
//! A percentage that does not work out: of the base that it is stated of it would be another amount
//! than the one given, by more than half a point.
//!
//! # Why it matters
//! The base is usually another one than the text says; whoever computes with it gets a figure that
//! nobody meant.
//!
//! # Example
//! 6.2 % of a population of 7 billion would be 434 million, but 205 million are named; that is 6.2 % of
//! about 3.3 billion, the labour force.
//!
//! # What to do
//! Name the base that the percentage is really of, or record which of the three figures is at fault.

use crate::{
    arithmetic::{percent_fits, percent_of},
    context::title,
};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT004: Code =
    Code { id: "FCT004", name: "percentage-does-not-work-out", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let facts = &context.records.facts;
    for fact in facts.iter() {
        let value = |id: &Option<model::value::Id<model::kinds::Fact>>| id.as_ref().and_then(|i| facts.of(i))?.value;
        let (Some(stated), Some(base), Some(amount)) = (fact.value, value(&fact.percent_of), value(&fact.percent_as))
        else {
            continue;
        };
        let Some(percent) = percent_of(amount, base) else { continue };
        if percent_fits(stated, amount, base) || stated == 0.0 {
            continue;
        }
        let mut finding = Diagnostic::new(&FCT004)
            .on("fact", fact.id.as_str())
            .field("value")
            .arg("title", title(&fact.title))
            .arg("stated", stated)
            .arg("base", base)
            .arg("amount", amount)
            .arg("percent", percent)
            .arg("would_be", base * stated / 100.0)
            .arg("fits", amount / (stated / 100.0));
        for id in [&fact.percent_of, &fact.percent_as].into_iter().flatten() {
            finding = finding.related("fact", id.as_str());
        }
        out.push(finding);
    }
}

pub(super) const CHECK: Check = Check { code: &FCT004, run, file: include_str!("percentage.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id  | topic   | value      | unit
              | POP | economy | 7000000000 | person
              | LAB | economy | 3300000000 | person
              | UNE | economy | 205000000  | person",
    wrong: "facts | id  | topic   | value | unit    | percent_of | percent_as
              | PCT | economy | 6.2   | percent | POP        | UNE",
    right: "facts | id  | topic   | value | unit    | percent_of | percent_as
              | PCT | economy | 6.2   | percent | LAB        | UNE",
};
