//! # What it finds
//! Categories of a dimension that divides the whole, which do not make their total: their sum for counts and
//! amounts, their mean weighted by the denominators for shares, means, indices and scores; without denominators,
//! a total outside of the range of its categories. Half a percent is let pass. Categories that fall short are
//! reported only when none is missing that others report in the same period.
//!
//! # Why it matters
//! Women and men together are everybody. Where they are not, the total or a group is wrong, and the report on
//! gender contradicts the report on results.
//!
//! # Example
//! 600 women and 500 men are reported under a total of 1,000 people.
//!
//! # What to do
//! Correct the total or the category that is wrong; if people may be counted in two categories, say of the
//! dimension that it does not divide the whole.

use model::{
    kinds::{Measure, Scope},
    value::{Breakdown, Period},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Case, Shown, each_indicator, is_state};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS007: Code = Code { id: "OBS007", name: "breakdown-not-total", severity: Severity::Error, since: "0.1" };

/// How far categories and total may be apart, as a share of the total.
const TOLERANCE: f64 = 0.005;

/// A total: place, period, scope, project, body, and the breakdown without the dimension.
type Whole = (u32, Period, Scope, u32, u32, u32);

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let divides = |dimension: &str| context.records.dimensions.get(dimension).is_some_and(|d| d.partition);
    each_indicator(context, &OBS007, out, |indicator, rows| {
        if indicator.measure == Measure::Story || rows.iter().all(|r| o.breakdown[*r] == 0) {
            return Vec::new();
        }
        // Each breakdown is read once: its dimensions that divide the whole, and the breakdown without each.
        let mut parsed: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
        let mut wholes: FxHashMap<Whole, usize> = FxHashMap::default();
        let mut parts: FxHashMap<(Whole, u32), Vec<usize>> = FxHashMap::default();
        let mut used: FxHashMap<(Period, u32, u32), FxHashSet<u32>> = FxHashMap::default();
        for row in rows.iter().copied() {
            let (place, period, scope) = (o.place[row], o.period[row], o.scope[row]);
            let whole = |rest| (place, period, scope, o.project[row], o.entity[row], rest);
            let code = o.breakdown[row];
            wholes.insert(whole(code), row);
            let above = parsed.entry(code).or_insert_with(|| without_each(context, code, divides));
            for (dimension, rest) in above.iter().copied() {
                parts.entry((whole(rest), dimension)).or_default().push(row);
                used.entry((period, dimension, rest)).or_default().insert(code);
            }
        }
        let mut cases: Vec<Case> = parts
            .iter()
            .filter_map(|((whole, dimension), rows)| {
                let total_row = *wholes.get(whole)?;
                let total = o.value[total_row]?;
                let n_used = used.get(&(whole.1, *dimension, whole.5)).map_or(0, FxHashSet::len);
                let values: Vec<f64> = rows.iter().filter_map(|r| o.value[*r]).collect();
                let is_whole = values.len() == n_used && n_used > 1;
                let weights: Vec<f64> = rows.iter().filter_map(|r| o.denominator[*r]).collect();
                let expected = if is_state(indicator.measure) {
                    if is_whole { mean_of(&values, &weights, total)? } else { return None }
                } else {
                    let sum: f64 = values.iter().sum();
                    // Categories that are not known may fill what is missing, but not take away what is too much.
                    if !is_whole && (sum <= total || values.iter().any(|v| *v < 0.0)) {
                        return None;
                    }
                    sum
                };
                let difference = (expected - total).abs();
                (difference > TOLERANCE * total.abs().max(expected.abs()) + 1e-9).then_some(Case {
                    row: total_row,
                    weight: difference,
                    shown: Shown::Against(total, expected),
                })
            })
            .collect();
        // A total that is wrong against two dimensions is wrong once.
        cases.sort_by(|a, b| a.row.cmp(&b.row).then(b.weight.total_cmp(&a.weight)));
        cases.dedup_by_key(|c| c.row);
        cases
    });
}

/// For each dimension of a breakdown that divides the whole: its code and that of the breakdown without it.
fn without_each(context: &Context<'_>, code: u32, divides: impl Fn(&str) -> bool) -> Vec<(u32, u32)> {
    let dict = &context.observations.dict;
    let breakdown = Breakdown::parse(dict.text(code)).unwrap_or_default();
    let parts: Vec<(&str, &str)> = breakdown.parts().collect();
    let mut found = Vec::new();
    for (at, (dimension, _)) in parts.iter().enumerate().filter(|(_, (d, _))| divides(d)) {
        let rest: Vec<String> =
            parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, (d, c))| format!("{d}={c}")).collect();
        // No row has the rest: then there is no total either. The position stands for the dimension's name, which
        // no observation needs to spell.
        if let Some(rest) = dict.code(&rest.join(";")) {
            let name = context.records.dimensions.iter().position(|d| d.id.as_str() == *dimension);
            found.extend(name.map(|name| (name as u32, rest)));
        }
    }
    found
}

/// The weighted mean of categories; without weights, the bound of their range that the total oversteps.
fn mean_of(values: &[f64], weights: &[f64], total: f64) -> Option<f64> {
    let weight: f64 = weights.iter().sum();
    if weights.len() == values.len() && weight > 0.0 {
        return Some(values.iter().zip(weights).map(|(v, w)| v * w).sum::<f64>() / weight);
    }
    let low = values.iter().copied().min_by(f64::total_cmp)?;
    let high = values.iter().copied().max_by(f64::total_cmp)?;
    Some(total.clamp(low, high))
}

pub(super) const CHECK: Check = Check { code: &OBS007, run, file: include_str!("breakdown_sum.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "dimensions | id  | partition
                   | sex | true
        categories | dimension | code
                   | sex       | female
                   | sex       | male
        indicators | id | measure | unit   | dimensions
                   | I  | flow    | person | sex
        observations | indicator | place | period | breakdown  | value
                     | I         | KEN   | 2015   |            | 1000
                     | I         | KEN   | 2015   | sex=female | 600",
    wrong: "observations | indicator | place | period | breakdown | value
                         | I         | KEN   | 2015   | sex=male  | 500",
    right: "observations | indicator | place | period | breakdown | value
                         | I         | KEN   | 2015   | sex=male  | 400",
};
