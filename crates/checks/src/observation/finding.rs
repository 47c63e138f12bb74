//! How findings on observations are put: one for each cause and indicator, with how many and the worst three.
//!
//! A single reader cannot read a thousand lines; he can read what is wrong, how often, and where it is worst.

use std::cmp::Ordering;

use diag::Arg;
use model::{
    kinds::Indicator,
    value::{Lang, Text},
};

use crate::{Code, Context, Diagnostic, context::title};

/// How many rows a sentence names.
const N_NAMED: usize = 3;
/// How many rows a finding is related to at most; all are counted.
const N_RELATED: usize = 20;

/// What stands behind the name of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown {
    /// Nothing.
    Nothing,
    /// A value.
    Value(f64),
    /// What it was before, and what it is.
    Change(f64, f64),
    /// What is recorded, and what was to be expected.
    Against(f64, f64),
    /// A value and in how many periods in a row it stands.
    Run(f64, usize),
}

/// A row at fault.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    /// The row.
    pub row: usize,
    /// How bad it is; the worst are named.
    pub weight: f64,
    /// What is said of it.
    pub shown: Shown,
}

impl Case {
    /// A row of which nothing more is said; the first ones are named.
    pub fn plain(row: usize) -> Self {
        Case { row, weight: 0.0, shown: Shown::Nothing }
    }
}

/// Whether the rows that are named also name their indicator.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// The finding already says which.
    Place,
    /// The rows are of several indicators.
    Indicator,
}

/// One finding on an indicator for all rows that share a cause; none when there is none. Arguments: `indicator`,
/// `n`, `examples`.
pub(super) fn finding(
    context: &Context<'_>,
    code: &'static Code,
    indicator: &Indicator,
    cases: Vec<Case>,
) -> Option<Diagnostic> {
    let one = Diagnostic::new(code).on("indicator", indicator.id.as_str()).arg("indicator", title(&indicator.title));
    filled(context, one, cases, Naming::Place)
}

/// Adds `n`, `examples`, the related rows and how many more there are; none when there is no case.
pub(super) fn filled(
    context: &Context<'_>,
    mut finding: Diagnostic,
    mut cases: Vec<Case>,
    naming: Naming,
) -> Option<Diagnostic> {
    if cases.is_empty() {
        return None;
    }
    cases.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.row.cmp(&b.row)));
    let named = cases.get(..N_NAMED.min(cases.len())).unwrap_or(&[]);
    finding = finding.arg("n", cases.len()).arg("examples", examples(context, named, naming));
    finding.n_more = cases.len() - 1;
    for case in cases.iter().take(N_RELATED) {
        finding = finding.related("observation", context.observations.row(case.row).id());
    }
    Some(finding)
}

/// The rows in each language of the interface, as a list.
fn examples(context: &Context<'_>, cases: &[Case], naming: Naming) -> Arg {
    let list = |lang: Lang| {
        let comma = match lang {
            Lang::Ar => "، ",
            Lang::Zh => "、",
            _ => ", ",
        };
        let rows: Vec<String> = cases.iter().map(|c| example(context, c, naming, lang)).collect();
        rows.join(comma)
    };
    Arg::Words(Lang::INTERFACE.into_iter().map(|lang| (lang.code(), list(lang))).collect())
}

/// One row, e.g. `Mali 2022 (sex=female): 41.93 → 92.5`.
fn example(context: &Context<'_>, case: &Case, naming: Naming, lang: Lang) -> String {
    let row = context.observations.row(case.row);
    let place = context.records.places.get(row.place()).map_or(row.place(), |p| Text::show(&p.title, lang));
    let mut text = format!("{place} {}", row.period());
    if naming == Naming::Indicator {
        text = format!("{} {text}", row.indicator());
    }
    let details: Vec<&str> =
        [row.breakdown_text(), row.project(), row.entity()].into_iter().filter(|d| !d.is_empty()).collect();
    if !details.is_empty() {
        text.push_str(&format!(" ({})", details.join(" ")));
    }
    // Written from right to left, the earlier figure stands on the right.
    let arrow = if lang.dir() == "rtl" { '←' } else { '→' };
    match case.shown {
        Shown::Nothing => text,
        Shown::Value(v) => format!("{text}: {}", figure(v)),
        Shown::Change(from, to) => format!("{text}: {} {arrow} {}", figure(from), figure(to)),
        Shown::Against(is, should) => format!("{text}: {} ≠ {}", figure(is), figure(should)),
        Shown::Run(v, n) => format!("{text}: {} ×{n}", figure(v)),
    }
}

/// A figure as short as its size allows: two places after the point, none from ten thousand on.
fn figure(value: f64) -> String {
    let decimals = match value.abs().partial_cmp(&1.0) {
        _ if value.abs() >= 10_000.0 => 0,
        Some(Ordering::Less) => 4,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (sign, digits) = short.strip_prefix('-').map_or(("", short), |d| ("−", d));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        for (value, text) in [
            (41.93, "41.93"),
            (87.9, "87.9"),
            (100.0, "100"),
            (0.0, "0"),
            (0.01234, "0.0123"),
            (-5.5e6, "−5,500,000"),
            (12_345.6, "12,346"),
            (1_234.5, "1,234.5"),
        ] {
            assert_eq!(figure(value), text);
        }
    }
}
