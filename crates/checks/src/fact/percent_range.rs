//! # What it finds
//! A share in percent below 0 or above 100. Changes and growth rates, which may lie outside, are known
//! by their title.
//!
//! # Why it matters
//! No part is larger than its whole; such a figure was misread, or is not a share.
//!
//! # Example
//! A share of people in cities is recorded as 155 %.
//!
//! # What to do
//! Correct the figure, or say in the title that it is a change.

use model::value::Lang;

use crate::context::title;

/// Words of titles that speak of a change, which may be negative or above 100 %.
const CHANGE: [&str; 12] =
    ["change", "growth", "increase", "decrease", "decline", "cut", "rise", "factor", "变化", "增长", "增加", "下降"];

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT008: Code = Code { id: "FCT008", name: "percent-out-of-range", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for fact in context.records.facts.iter().filter(|f| f.unit.as_ref().is_some_and(|u| u.0 == "percent")) {
        let Some(value) = fact.value.filter(|v| !(0.0..=100.0).contains(v)) else { continue };
        let names = [Lang::En, Lang::Zh].map(|l| fact.title.get(l).unwrap_or_default().to_lowercase());
        if !names.iter().any(|n| CHANGE.iter().any(|word| n.contains(word))) {
            out.push(
                Diagnostic::new(&FCT008)
                    .on("fact", fact.id.as_str())
                    .field("value")
                    .arg("title", title(&fact.title))
                    .arg("value", value),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FCT008, run, file: include_str!("percent_range.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id | topic | title_en                | value | unit
              | D  | urban | Change in urban density | -2.5  | percent",
    wrong: "facts | id | topic | title_en                  | value | unit
              | F  | urban | Share of people in cities | 155   | percent",
    right: "facts | id | topic | title_en                  | value | unit
              | F  | urban | Share of people in cities | 55    | percent",
};
