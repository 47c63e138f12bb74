//! # What it finds
//! Several forecasts of one fund, year and kind whose rounds are not numbered 1, 2, 3 … without gap or
//! repetition.
//!
//! # Why it matters
//! Each round is history: only their order shows what the measures changed.
//!
//! # Example
//! Two forecasts of the deficit of 2018 stand without a round.
//!
//! # What to do
//! Number the rounds in the order in which they were made.

use model::kinds::{Amount, AmountState};
use rustc_hash::FxHashMap;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FIN007: Code =
    Code { id: "FIN007", name: "forecast-rounds-unordered", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    type Series<'a> = (&'a str, i64, &'a str, &'a str);
    let mut rounds: FxHashMap<Series<'_>, Vec<&Amount>> = FxHashMap::default();
    let mut order: Vec<Series<'_>> = Vec::new();
    for amount in context.records.amounts.iter() {
        if amount.state == AmountState::Forecast || amount.round.is_some() {
            let coverage = amount.coverage.as_ref().map_or("", |c| c.0.as_str());
            // A deficit and the forecasts of it are rounds of one series.
            let kind = amount.kind.0.strip_suffix("_forecast").unwrap_or(&amount.kind.0);
            let key = (amount.fund.as_str(), amount.year.0, kind, coverage);
            let series = rounds.entry(key).or_default();
            if series.is_empty() {
                order.push(key);
            }
            series.push(amount);
        }
    }
    for key in order {
        let Some(series) = rounds.get(&key) else { continue };
        let mut numbers: Vec<i64> = series.iter().map(|a| a.round.map_or(0, |r| r.0)).collect();
        numbers.sort_unstable();
        let in_order = numbers.iter().enumerate().all(|(i, n)| *n == i as i64 + 1);
        // A single forecast needs no round.
        if (series.len() > 1 || numbers != [0]) && !in_order {
            let fault = series.iter().find(|a| a.round.is_none()).unwrap_or(&series[0]);
            out.push(
                Diagnostic::new(&FIN007)
                    .on("amount", fault.id.as_str())
                    .field("round")
                    .arg("n", series.len())
                    .arg("year", key.1.to_string())
                    .arg(
                        "rounds",
                        numbers
                            .iter()
                            .map(|n| if *n == 0 { "–".into() } else { n.to_string() })
                            .collect::<Vec<_>>()
                            .join(", "),
                    ),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FIN007, run, file: include_str!("forecast_rounds.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "amounts | id | fund | year | kind    | state    | actual   | round
                | A  | F    | 2018 | deficit | forecast | -5500000 | 1
                | B  | F    | 2018 | deficit | forecast | -3900000 |",
    right: "amounts | id | fund | year | kind    | state    | actual   | round
                | A  | F    | 2018 | deficit | forecast | -5500000 | 1
                | B  | F    | 2018 | deficit | forecast | -3900000 | 2",
};
