//! # What it finds
//! Bodies that go back to a lower stage of the scale, or over to a stage that may not follow. Where two projects
//! speak of one body in one period, the higher stage counts.
//!
//! # Why it matters
//! A policy that was adopted is not drafted again. A step back is a mistake in one of the two periods, or a real
//! loss that a report must not hide.
//!
//! # Example
//! A city's policy is applied in 2015 and only adopted in 2016.
//!
//! # What to do
//! Correct the stage of one period, record the stage that was left out, or say in the comment what was lost.

use model::kinds::{Indicator, Measure, Stage};
use rustc_hash::FxHashMap;

use super::{Case, each_indicator};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS014: Code = Code { id: "OBS014", name: "stage-order", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    each_indicator(context, &OBS014, out, |indicator, rows| look(context, indicator, rows));
}

fn look(context: &Context<'_>, indicator: &Indicator, rows: &[usize]) -> Vec<Case> {
    let o = context.observations;
    let Some(scale) = indicator.scale.as_ref().filter(|_| indicator.measure == Measure::StageCount) else {
        return Vec::new();
    };
    let stages: FxHashMap<u32, &Stage> =
        context.stages.of(&scale.0).iter().filter_map(|s| Some((o.dict.code(&s.code.0)?, *s))).collect();
    let mut bodies: FxHashMap<u32, Vec<(usize, &Stage)>> = FxHashMap::default();
    for row in rows.iter().copied().filter(|r| o.entity[*r] != 0 && o.status[*r].has_value()) {
        if let Some(stage) = stages.get(&o.stage[row]) {
            bodies.entry(o.entity[row]).or_default().push((row, stage));
        }
    }
    let mut cases = Vec::new();
    for seen in bodies.values_mut() {
        seen.sort_by_key(|(row, stage)| (o.period[*row], stage.position.0));
        let highest: Vec<(usize, &Stage)> = seen
            .chunk_by(|(a, _), (b, _)| o.period[*a] == o.period[*b])
            .filter_map(|same| same.last().copied())
            .collect();
        for pair in highest.windows(2) {
            let [(_, from), (row, to)] = pair else { continue };
            let is_back = to.position.0 < from.position.0;
            let is_skip = to.code != from.code && !from.next.is_empty() && !from.next.contains(&to.code);
            // A comment is taken to say what was lost.
            if (is_back || is_skip) && o.comment[*row] == 0 {
                cases.push(Case::plain(*row));
            }
        }
    }
    cases
}

pub(super) const CHECK: Check = Check { code: &OBS014, run, file: include_str!("stage_order.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2017, 6, 30),
    both: "stages | scale | code     | position | next
               | use   | prepared | 0        | adopted
               | use   | adopted  | 1        | applied
               | use   | applied  | 2        |
        indicators | id | measure     | scale
                   | I  | stage_count | use
        observations | indicator | place | period | entity | stage   | value
                     | I         | KEN   | 2015   | NBO    | adopted | 1",
    wrong: "observations | indicator | place | period | entity | stage    | value
                         | I         | KEN   | 2016   | NBO    | prepared | 1",
    right: "observations | indicator | place | period | entity | stage    | value
                         | I         | KEN   | 2016   | NBO    | applied  | 1",
};
