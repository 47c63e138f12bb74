//! # What it finds
//! A figure whose recorded parts add up to something else. Parts in another unit and rejected claims do
//! not count; figures printed to thousands or more may be off by their rounding.
//!
//! # Why it matters
//! When parts and whole disagree, one of them was printed wrongly, and tables made of them carry it on.
//!
//! # Example
//! Posts of 70, 75 and 65 are printed with a total of 211.
//!
//! # What to do
//! Find the figure at fault in the source; keep it and record a corrected claim beside it.

use model::kinds::{ClaimVerdict, Fact};

use crate::{Groups, arithmetic::sum_fits, context::title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT005: Code = Code { id: "FCT005", name: "facts-do-not-add-up", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let counted = context.records.facts.iter().filter(|f| f.verdict != Some(ClaimVerdict::Rejected));
    let parts: Groups<'_, Fact> = Groups::by(counted, |f| f.part_of.as_ref().map(|p| p.as_str()));
    for (id, parts) in parts.sorted() {
        let Some(whole) = context.records.facts.get(id) else { continue };
        let Some(stated) = whole.value else { continue };
        let values: Vec<f64> = parts.iter().filter(|p| p.unit == whole.unit).filter_map(|p| p.value).collect();
        if values.is_empty() || sum_fits(&values, stated) {
            continue;
        }
        let sum: f64 = values.iter().sum();
        let finding = Diagnostic::new(&FCT005)
            .on("fact", id)
            .field("value")
            .arg("title", title(&whole.title))
            .arg("total", stated)
            .arg("sum", sum)
            .arg("n", values.len())
            .arg("difference", stated - sum);
        out.push(parts.iter().fold(finding, |f, p| f.related("fact", p.id.as_str())));
    }
}

pub(super) const CHECK: Check = Check { code: &FCT005, run, file: include_str!("parts.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id  | topic | value | unit | part_of
              | ALL | staff | 211   | post |
              | A   | staff | 70    | post | ALL
              | B   | staff | 75    | post | ALL",
    wrong: "facts | id | topic | value | unit | part_of
              | C  | staff | 65    | post | ALL",
    right: "facts | id | topic | value | unit | part_of
              | C  | staff | 66    | post | ALL",
};
