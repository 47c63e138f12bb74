//! # What it finds
//! Amounts that one project delivered in a place and, in the same period and for the same group, also in a place
//! that contains it. Only flows are looked at: their values are added over places.
//!
//! # Why it matters
//! If the country's value already holds the city's, the sum counts the city twice.
//!
//! # Example
//! A project reports 900 homes in Kenya and 300 in Nairobi for 2015.
//!
//! # What to do
//! Report the country's value without the city (for instance for the places that are left), or only one of the two.

use model::{
    kinds::{Measure, Scope},
    value::Period,
};
use rustc_hash::FxHashMap;

use super::{Case, Shown, each_indicator, places_above};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS022: Code = Code { id: "OBS022", name: "place-and-its-parent", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let above = places_above(context);
    each_indicator(context, &OBS022, out, |indicator, rows| {
        if indicator.measure != Measure::Flow {
            return Vec::new();
        }
        let delivered = |row: &usize| {
            o.scope[*row] == Scope::Delivered && o.entity[*row] == 0 && o.value[*row].is_some_and(|v| v != 0.0)
        };
        let key = |row: usize, place: u32| (place, o.period[row], o.breakdown[row], o.project[row]);
        let mut held: FxHashMap<(u32, Period, u32, u32), usize> = FxHashMap::default();
        held.extend(rows.iter().copied().filter(delivered).map(|row| (key(row, o.place[row]), row)));
        let mut wholes: Vec<usize> = rows
            .iter()
            .copied()
            .filter(delivered)
            .filter_map(|row| above.get(&o.place[row])?.iter().find_map(|place| held.get(&key(row, *place)).copied()))
            .collect();
        // A country of which three cities are reported as well is one doubt.
        wholes.sort_unstable();
        wholes.dedup();
        let shown = |row: usize| o.value[row].map_or(Shown::Nothing, Shown::Value);
        wholes.into_iter().map(|row| Case { shown: shown(row), ..Case::plain(row) }).collect()
    });
}

pub(super) const CHECK: Check =
    Check { code: &OBS022, run, file: include_str!("place_and_parent.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "places | id          | kind    | parent
               | KEN         | country |
               | KEN-nairobi | city    | KEN
               | KEN-kisumu  | city    | KEN
        indicators | id | measure
                   | I  | flow
        observations | indicator | place       | period | scope     | project | value
                     | I         | KEN-nairobi | 2015   | delivered | P       | 300",
    wrong: "observations | indicator | place      | period | scope     | project | value
                         | I         | KEN        | 2015   | delivered | P       | 900",
    right: "observations | indicator | place      | period | scope     | project | value
                         | I         | KEN-kisumu | 2015   | delivered | P       | 600",
};
