//! # What it finds
//! An amount that contradicts its own percentage and the total that it is a part of, while one other
//! figure fits both.
//!
//! # Why it matters
//! Two independent statements of the same document agree on another figure; the printed one is almost
//! certainly a misprint, and every sum made with it is wrong.
//!
//! # Example
//! 133.2 million is printed; 72 % of 157.2 million and the total of 164.5 million less the other parts
//! both give 113.2 million.
//!
//! # What to do
//! Record the figure that fits as an amount of its own that corrects the printed one, and keep both.

use super::base;
use crate::arithmetic::{percent_fits, sum_fits};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN003: Code = Code { id: "FIN003", name: "amount-misprinted", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for amount in context.records.amounts.iter() {
        let (Some(stated), Some(printed), Some(base)) = (amount.stated_percent, amount.actual, base(context, amount))
        else {
            continue;
        };
        let Some(total) = amount.part_of.as_ref().and_then(|t| context.records.amounts.of(t)) else { continue };
        let Some(whole) = total.actual else { continue };
        let others: Option<Vec<f64>> = context
            .amount_parts
            .of(&total.id)
            .iter()
            .filter(|p| p.id != amount.id && p.reconciles.is_none())
            .map(|p| p.actual)
            .collect();
        let Some(others) = others else { continue };
        let rest = whole - others.iter().sum::<f64>();
        let mut with_printed = others;
        with_printed.push(printed);
        if !percent_fits(stated, printed, base) && !sum_fits(&with_printed, whole) && percent_fits(stated, rest, base) {
            out.push(
                Diagnostic::new(&FIN003)
                    .on("amount", amount.id.as_str())
                    .field("actual")
                    .related("amount", total.id.as_str())
                    .arg("printed", printed)
                    .arg("fits", rest)
                    .arg("stated", stated)
                    .arg("base", base)
                    .arg("total", whole),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FIN003, run, file: include_str!("misprint.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "amounts | id | actual    | part_of
                | T  | 164500000 |
                | A  | 3600000   | T
                | B  | 47700000  | T",
    wrong: "amounts | id | target    | actual    | stated_percent | part_of
                | C  | 157200000 | 133200000 | 72             | T",
    right: "amounts | id | target    | actual    | stated_percent | part_of
                | C  | 157200000 | 113200000 | 72             | T",
};
