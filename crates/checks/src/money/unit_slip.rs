//! # What it finds
//! An amount that is about a thousand or a million times as large or as small as the others of the same
//! fund, kind and currency.
//!
//! # Why it matters
//! Amounts are typed in dollars, thousands or millions; one row in another unit outweighs or hides all
//! others.
//!
//! # Example
//! A fund received 2.6 million in one year; the next year says 3,600.
//!
//! # What to do
//! Bring the amount to whole units of its currency.

use model::kinds::Amount;
use rustc_hash::FxHashMap;

use crate::arithmetic::printed_step;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN009: Code = Code { id: "FIN009", name: "amount-unit-slip", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, amounts) in context.amounts.sorted() {
        let mut kinds: FxHashMap<(&str, &str), Vec<(&Amount, f64)>> = FxHashMap::default();
        for amount in amounts {
            if let Some(value) = amount.actual.or(amount.target).map(f64::abs).filter(|v| *v > 0.0) {
                kinds.entry((amount.kind.0.as_str(), amount.currency.as_str())).or_default().push((amount, value));
            }
        }
        for series in kinds.values() {
            let mut values: Vec<f64> = series.iter().map(|(_, v)| *v).collect();
            values.sort_by(f64::total_cmp);
            let median = values[values.len() / 2];
            for (amount, value) in series {
                let Some(factor) = slipped(*value, median) else { continue };
                out.push(
                    Diagnostic::new(&FIN009)
                        .on("amount", amount.id.as_str())
                        .field(if amount.actual.is_some() { "actual" } else { "target" })
                        .arg("value", *value)
                        .arg("usual", median)
                        .arg("factor", factor),
                );
            }
        }
    }
}

/// The factor of a thousand or a million that lies between an amount and the usual one. Contributions of one
/// fund differ by tens; from 300 times on the unit is the likelier reason, unless both are printed to the dollar.
fn slipped(value: f64, usual: f64) -> Option<f64> {
    let ratio = (value / usual).max(usual / value);
    let rounded = printed_step(value) > 1.0 || printed_step(usual) > 1.0 || value < 10_000.0;
    match ratio {
        r if !rounded || r < 300.0 => None,
        r if r < 30_000.0 => Some(1e3),
        r if (3e5..3e7).contains(&r) => Some(1e6),
        _ => None,
    }
}

pub(super) const CHECK: Check = Check { code: &FIN009, run, file: include_str!("unit_slip.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "amounts | id | fund | year | kind         | actual
                | A  | F    | 2016 | contribution | 2400000
                | B  | F    | 2017 | contribution | 2600000",
    wrong: "amounts | id | fund | year | kind         | actual
                | C  | F    | 2018 | contribution | 3600",
    right: "amounts | id | fund | year | kind         | actual
                | C  | F    | 2018 | contribution | 3600000",
};
