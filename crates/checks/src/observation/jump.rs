//! # What it finds
//! A change from one value to the next of the same place, group and project that is more than four times as large
//! as the usual change of that series (the median of its other changes), and large in itself: ten points for
//! percentages, to a third or threefold otherwise. A series needs three other changes. Flows vary by nature and are
//! looked at only from ten times on. Where a new version of the definition begins in between, the finding is a note.
//!
//! # Why it matters
//! Nothing real moves so fast. The definition, the survey or the method changed, and whoever draws a line through
//! the break reports a rise or a fall that never was.
//!
//! # Example
//! The share of people in slums falls for twenty years to 26.6 % and stands at 87.9 % two years later.
//!
//! # What to do
//! Ask the source whether the method changed. If so, record a new version of the definition and start a new series;
//! if not, correct the value.

use model::kinds::{ChangeClass, Indicator, Measure};

use super::{Case, Shown, finding, is_percent, median};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS003: Code = Code { id: "OBS003", name: "jump", severity: Severity::Warning, since: "0.1" };

/// How many times as large as the usual change: a level or share moves steadily, a flow does not.
const TIMES_LEVEL: f64 = 4.0;
const TIMES_FLOW: f64 = 10.0;
/// The smallest jump of a percentage, in points.
const POINTS: f64 = 10.0;
/// The smallest jump of another value, as the ratio of the larger to the smaller.
const RATIO: f64 = 3.0;
/// From this ratio on it is taken for a slip of the unit, which is another finding.
const RATIO_SLIP: f64 = 500.0;
/// How many other changes a series needs, so that one can say what is usual.
const N_OTHERS: usize = 3;

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    for indicator in context.records.indicators.iter() {
        // A sum over everything so far only ever grows, and stages and bodies are counted one by one.
        if matches!(indicator.measure, Measure::DistinctCount | Measure::StageCount | Measure::Story) {
            continue;
        }
        let (mut open, mut declared) = (Vec::new(), Vec::new());
        let mut values = Vec::new();
        for series in context.series_of(&indicator.id) {
            values.clear();
            values.extend(series.iter().filter_map(|row| o.value[*row]));
            let Some((at, change)) = worst(indicator, &values) else { continue };
            let (Some(&row), Some(&from), Some(&to), Some(&before)) =
                (series.get(at + 1), values.get(at), values.get(at + 1), series.get(at))
            else {
                continue;
            };
            let case = Case { row, weight: change, shown: Shown::Change(from, to) };
            let is_declared = context.definitions.of(&indicator.id).iter().any(|d| {
                d.change == ChangeClass::Major
                    && d.effective_on > o.period[before].starts_on()
                    && d.effective_on <= o.period[row].ends_on()
            });
            if is_declared { declared.push(case) } else { open.push(case) }
        }
        for (state, severity, cases) in [("open", Severity::Warning, open), ("declared", Severity::Note, declared)] {
            out.extend(finding(context, &OBS003, indicator, cases).map(|d| d.severity(severity).arg("state", state)));
        }
    }
}

/// The largest jump of a series: after which value, and how large it is.
fn worst(indicator: &Indicator, values: &[f64]) -> Option<(usize, f64)> {
    if values.len() < N_OTHERS + 2 {
        return None;
    }
    let times = if indicator.measure == Measure::Flow { TIMES_FLOW } else { TIMES_LEVEL };
    let changes: Vec<f64> = values.windows(2).map(|w| if let [a, b] = w { (b - a).abs() } else { 0.0 }).collect();
    let mut found: Option<(usize, f64)> = None;
    for (at, change) in changes.iter().copied().enumerate() {
        let (Some(from), Some(to)) = (values.get(at), values.get(at + 1)) else { continue };
        if !is_large(is_percent(indicator), *from, *to) || found.is_some_and(|(_, f)| f >= change) {
            continue;
        }
        // A value that was carried forward is no change; without these, what is usual would seem to be nothing.
        let others = changes.iter().enumerate().filter(|(i, c)| *i != at && **c > 0.0).map(|(_, c)| *c);
        let usual = median(&mut others.collect::<Vec<f64>>()).unwrap_or(0.0);
        if change > times * usual {
            found = Some((at, change));
        }
    }
    found
}

fn is_large(percent: bool, from: f64, to: f64) -> bool {
    let (small, large) = (from.abs().min(to.abs()), from.abs().max(to.abs()));
    if large >= small * RATIO_SLIP && small > 0.0 {
        return false;
    }
    if percent { (to - from).abs() >= POINTS } else { small > 0.0 && large >= small * RATIO }
}

pub(super) const CHECK: Check = Check { code: &OBS003, run, file: include_str!("jump.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2024, 6, 30),
    both: "indicators | id | measure | unit
                   | I  | share   | percent
        observations | indicator | place | period | value
                     | I         | BFA   | 2012   | 48.8
                     | I         | BFA   | 2014   | 43.3
                     | I         | BFA   | 2016   | 37.7
                     | I         | BFA   | 2018   | 32.1
                     | I         | BFA   | 2020   | 26.6",
    wrong: "observations | indicator | place | period | value
                         | I         | BFA   | 2022   | 87.9",
    right: "observations | indicator | place | period | value
                         | I         | BFA   | 2022   | 21.0",
};
