//! # What it finds
//! A total whose recorded parts add up to something else. Figures printed to thousands or more may be
//! off by their rounding. A corrected figure does not count beside the one that it corrects.
//!
//! # Why it matters
//! When parts and total disagree, one of the printed figures is wrong, and nobody knows which until it
//! is settled.
//!
//! # Example
//! The total is 164.5 million; its parts are 3.6, 47.7 and 133.2 million, which make 184.5.
//!
//! # What to do
//! Find the figure at fault in the source; keep the printed one and record the corrected one beside it.

use model::kinds::Amount;

use super::corrected;
use crate::arithmetic::{PERCENT_TOLERANCE, sum_fits};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN001: Code = Code { id: "FIN001", name: "parts-differ-from-total", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let wrong = corrected(context);
    for (id, parts) in context.amount_parts.sorted() {
        let Some(total) = context.records.amounts.get(id) else { continue };
        let Some(stated) = total.actual else { continue };
        let printed: Vec<&Amount> = parts.iter().copied().filter(|p| p.reconciles.is_none()).collect();
        let mended: Vec<&Amount> = parts.iter().copied().filter(|p| !wrong.contains(p.id.as_str())).collect();
        let values = |parts: &[&Amount]| parts.iter().map(|p| p.actual).collect::<Option<Vec<f64>>>();
        // Parts that are stated as shares of the total and leave some of it open are not all of its parts.
        let shares: Option<f64> =
            printed.iter().map(|p| p.stated_percent.filter(|_| p.percent_of.as_ref() == Some(&total.id))).sum();
        if shares.is_some_and(|s| s < 100.0 - PERCENT_TOLERANCE) {
            continue;
        }
        // A part without a figure leaves the sum open; a part in another currency is a finding of its own.
        let (Some(as_printed), Some(as_mended)) = (values(&printed), values(&mended)) else { continue };
        if parts.iter().any(|p| p.currency != total.currency) || sum_fits(&as_printed, stated) {
            continue;
        }
        let sum: f64 = as_printed.iter().sum();
        let fits = mended.len() == printed.len() && sum_fits(&as_mended, stated);
        let finding = Diagnostic::new(&FIN001)
            .on("amount", id)
            .field("actual")
            .arg("total", stated)
            .arg("sum", sum)
            .arg("n", printed.len())
            .arg("difference", stated - sum)
            .arg("state", if fits { "mended" } else { "open" });
        out.push(printed.iter().fold(finding, |f, p| f.related("amount", p.id.as_str())));
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN001, run, file: include_str!("parts_against_total.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "amounts | id | actual    | part_of
                | T  | 164500000 |
                | A  | 3600000   | T
                | B  | 47700000  | T",
    wrong: "amounts | id | actual    | part_of
                | C  | 133200000 | T",
    right: "amounts | id | actual    | part_of
                | C  | 113200000 | T",
};
