//! # What it finds
//! Two different figures of one fund, year, kind, donor and coverage, neither of which corrects the
//! other or is another round of the forecast.
//!
//! # Why it matters
//! Whoever adds up the fund counts both, and whoever quotes it picks one.
//!
//! # Example
//! The contributions of 2018 stand as 3.6 million and as 3.8 million.
//!
//! # What to do
//! Say what each figure covers, or which of them corrects the other.

use model::{kinds::Amount, value::Lang};
use rustc_hash::FxHashMap;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN011: Code =
    Code { id: "FIN011", name: "two-figures-for-one-year", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    type Key<'a> = (&'a str, i64, &'a str, String, &'a str, &'a str, i64);
    let mut seen: FxHashMap<Key<'_>, &Amount> = FxHashMap::default();
    for amount in context.records.amounts.iter().filter(|a| a.reconciles.is_none() && a.actual.is_some()) {
        let key = (
            amount.fund.as_str(),
            amount.year.0,
            amount.kind.0.as_str(),
            amount.donor.as_ref().map(|d| d.show(Lang::En).to_owned()).unwrap_or_default(),
            amount.coverage.as_ref().map_or("", |c| c.0.as_str()),
            amount.currency.as_str(),
            amount.round.map_or(0, |r| r.0),
        );
        match seen.get(&key) {
            None => {
                seen.insert(key, amount);
            }
            Some(first) if first.actual != amount.actual && first.state == amount.state => out.push(
                Diagnostic::new(&FIN011)
                    .on("amount", amount.id.as_str())
                    .field("actual")
                    .related("amount", first.id.as_str())
                    .arg("value", amount.actual.unwrap_or(0.0))
                    .arg("other", first.actual.unwrap_or(0.0))
                    .arg("year", amount.year.0.to_string()),
            ),
            Some(_) => {}
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FIN011, run, file: include_str!("two_figures.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "amounts | id | fund | year | kind         | actual
                | A  | F    | 2018 | contribution | 3600000",
    wrong: "amounts | id | fund | year | kind         | actual
                | B  | F    | 2018 | contribution | 3800000",
    right: "amounts | id | fund | year | kind         | actual  | coverage
                | B  | F    | 2018 | contribution | 3800000 | with_cost_recovery",
};
