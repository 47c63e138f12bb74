//! # What it finds
//! A fund in which the four largest parts of a year's total, or one part printed as the share of a few
//! donors, make 60 % or more of it.
//!
//! # Why it matters
//! When a few donors carry a fund, the decision of one of them can stop its work.
//!
//! # Example
//! Four countries give 60 % of the core contributions of a year.
//!
//! # What to do
//! Watch the share, and seek further donors.

use model::kinds::Earmark;

use crate::arithmetic::percent_of;

/// Share from which a fund hangs on a few donors, in percent: that of 2003.
const CONCENTRATED: f64 = 60.0;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN013: Code = Code { id: "FIN013", name: "donor-concentration", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (id, parts) in context.amount_parts.sorted() {
        let Some(total) = context.records.amounts.get(id) else { continue };
        // Money of others is recorded for comparison; its division is not ours to watch.
        if context.records.funds.of(&total.fund).is_some_and(|f| f.earmark == Earmark::External) {
            continue;
        }
        let Some(whole) = total.actual.filter(|w| *w > 0.0) else { continue };
        let mut gifts: Vec<f64> = parts
            .iter()
            .filter(|p| p.donor.is_some() && p.fund == total.fund && p.currency == total.currency)
            .filter_map(|p| p.actual)
            .collect();
        gifts.sort_by(|a, b| b.total_cmp(a));
        let top: f64 = gifts.iter().take(4).sum();
        // Four parts that are the whole are a division of the total, not a concentration.
        let divided = gifts.len() <= 4 && (top - whole).abs() < 0.5;
        let Some(percent) = percent_of(top, whole).filter(|p| *p >= CONCENTRATED && !divided) else { continue };
        out.push(
            Diagnostic::new(&FIN013)
                .on("amount", id)
                .arg("percent", percent)
                .arg("top", top)
                .arg("total", whole)
                .arg("year", total.year.0.to_string()),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN013, run, file: include_str!("donor_concentration.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "amounts | id | fund | year | actual  | donor_en | part_of
                | T  | F    | 2003 | 8300000 | All      |",
    wrong: "amounts | id | fund | year | actual  | donor_en | part_of
                | A  | F    | 2003 | 4980000 | Top four | T",
    right: "amounts | id | fund | year | actual  | donor_en | part_of
                | A  | F    | 2003 | 2490000 | Top four | T",
};
