//! # What it finds
//! A core share of income that is lower than in the last year before for which both core and earmarked
//! income are recorded. A corrected figure takes the place of the one that it corrects.
//!
//! # Why it matters
//! Core money pays for steering, norms and evaluation; where it falls, projects grow without them.
//!
//! # Example
//! Core money was 18 % of income in 2003 and 2 % in 2018.
//!
//! # What to do
//! Bring it before the governing body with the measures taken.

use std::collections::BTreeMap;

use model::kinds::Earmark;

use super::{corrected, is_income};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN012: Code = Code { id: "FIN012", name: "core-share-falling", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let wrong = corrected(context);
    // Year to core income, earmarked income and the last core amount, in dollars.
    let mut years: BTreeMap<i64, (f64, f64, Option<&str>)> = BTreeMap::new();
    for amount in context.records.amounts.iter().filter(|a| is_income(a) && !wrong.contains(a.id.as_str())) {
        let Some(fund) = context.records.funds.of(&amount.fund) else { continue };
        let Some(value) = amount.actual.filter(|_| amount.currency.as_str() == "USD") else { continue };
        let year = years.entry(amount.year.0).or_default();
        match fund.earmark {
            Earmark::Core => {
                year.0 += value;
                year.2 = Some(amount.id.as_str());
            }
            Earmark::SoftEarmarked | Earmark::Earmarked => year.1 += value,
            Earmark::Assessed | Earmark::External => {}
        }
    }
    let complete: Vec<_> = years
        .iter()
        .filter_map(|(y, (core, rest, id))| Some((y, core / (core + rest) * 100.0, (*id)?)).filter(|_| *rest > 0.0))
        .collect();
    for pair in complete.windows(2) {
        let [(before, then, _), (year, now, id)] = pair else { continue };
        if now < then {
            out.push(
                Diagnostic::new(&FIN012)
                    .on("amount", *id)
                    .arg("now", *now)
                    .arg("then", *then)
                    .arg("year", year.to_string())
                    .arg("before", before.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN012, run, file: include_str!("core_share_falling.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "funds | id      | earmark
              | general | core
              | special | earmarked
        amounts | id | fund    | year | kind         | actual    | state
                | A  | general | 2003 | contribution | 8300000   | final
                | B  | special | 2003 | contribution | 37800000  | final
                | C  | special | 2018 | contribution | 160900000 | final",
    wrong: "amounts | id | fund    | year | kind         | actual  | state
                | D  | general | 2018 | contribution | 3600000 | final",
    right: "amounts | id | fund    | year | kind         | actual   | state
                | D  | general | 2018 | contribution | 50000000 | final",
};
