//! # What it finds
//! A value recorded as the programme's own (delivered, or of supported places) that is the very value of the world
//! as it is: the same place, period and group under the same indicator or under the indicator of the world that
//! stands beside it. Also a state of the whole world recorded as delivered.
//!
//! # Why it matters
//! The share of people in slums falls for many reasons. A programme that claims the change of the world as its own
//! result cannot defend the claim, and loses the results that are really its own.
//!
//! # Example
//! A country has 46.5 % in slums in the global data, and a project reports 46.5 % as what it delivered there.
//!
//! # What to do
//! Record it with the scope global, and measure what changed where the programme worked.

use model::{
    kinds::{Measure, PlaceKind, Scope},
    value::Period,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Case, Shown, finding, is_state};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS001: Code = Code { id: "OBS001", name: "world-as-own-result", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let worlds: FxHashSet<u32> = context
        .records
        .places
        .iter()
        .filter(|p| p.kind == PlaceKind::World)
        .filter_map(|p| o.dict.code(p.id.as_str()))
        .collect();
    for indicator in context.records.indicators.iter() {
        let own: Vec<usize> =
            context.rows_of(&indicator.id).iter().copied().filter(|r| o.scope[*r] != Scope::Global).collect();
        if own.is_empty() {
            continue;
        }
        let beside = indicator.world_indicator.as_ref().map_or(&[][..], |w| context.rows_of(w));
        let mut world: FxHashMap<(u32, Period, u32), f64> = FxHashMap::default();
        for row in context.rows_of(&indicator.id).iter().chain(beside).filter(|r| o.scope[**r] == Scope::Global) {
            // Zeros and the like are equal by chance.
            if let Some(value) = o.value[*row].filter(|v| *v != 0.0) {
                world.insert((o.place[*row], o.period[*row], o.breakdown[*row]), value);
            }
        }
        let is_of_world = indicator.world_indicator.is_some() || !world.is_empty();
        let is_level = is_state(indicator.measure) || indicator.measure == Measure::Stock;
        let (mut equal, mut whole) = (Vec::new(), Vec::new());
        for row in own {
            let Some(value) = o.value[row] else { continue };
            let theirs = world.get(&(o.place[row], o.period[row], o.breakdown[row]));
            let case = Case { row, weight: 0.0, shown: Shown::Value(value) };
            if theirs.is_some_and(|t| is_copy(value, *t)) {
                equal.push(case);
            } else if is_of_world && is_level && o.scope[row] == Scope::Delivered && worlds.contains(&o.place[row]) {
                whole.push(case);
            }
        }
        for (state, cases) in [("equal", equal), ("whole", whole)] {
            out.extend(finding(context, &OBS001, indicator, cases).map(|d| d.arg("state", state)));
        }
    }
}

/// Whether a value is another one, or the other one rounded to one place after the point.
fn is_copy(own: f64, world: f64) -> bool {
    let is_equal = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
    is_equal(own, world) || (own.fract() != 0.0 && is_equal(own, (world * 10.0).round() / 10.0))
}

pub(super) const CHECK: Check = Check { code: &OBS001, run, file: include_str!("world_as_own.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2024, 6, 30),
    both: "places | id  | kind
               | KEN | country
        indicators | id   | measure | unit    | world_indicator
                   | SLUM | share   | percent |
                   | OWN  | share   | percent | SLUM
        observations | indicator | place | period | scope  | value
                     | SLUM      | KEN   | 2022   | global | 46.52",
    wrong: "observations | indicator | place | period | scope     | project | value
                         | OWN       | KEN   | 2022   | delivered | P       | 46.5",
    right: "observations | indicator | place | period | scope     | project | value
                         | OWN       | KEN   | 2022   | supported | P       | 38.1",
};
