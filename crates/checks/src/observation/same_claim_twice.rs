//! # What it finds
//! The same figure delivered by two projects for one place, period and group, while nothing is recorded about how
//! the two projects overlap. Figures below ten are equal by chance, and bodies that are named are counted once
//! anyway; both are left out.
//!
//! # Why it matters
//! When two projects claim the same people, the sum counts them twice, and the donors of both pay for one result.
//!
//! # Example
//! Two projects in Nairobi each report 4,310 people for 2015.
//!
//! # What to do
//! Record the overlap of the two projects: shared, a part of the other, or additive if the figures are equal by chance.

use model::{kinds::Scope, value::Period};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Case, Shown, each_indicator};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS020: Code = Code { id: "OBS020", name: "same-claim-twice", severity: Severity::Warning, since: "0.1" };

/// The smallest figure that is not equal by chance.
const SMALLEST: f64 = 10.0;

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let mut known: FxHashSet<(u32, u32, u32)> = FxHashSet::default();
    for overlap in context.records.overlaps.iter() {
        let code = |text: &str| o.dict.code(text);
        if let (Some(i), Some(a), Some(b)) =
            (code(overlap.indicator.as_str()), code(overlap.project.as_str()), code(overlap.with_project.as_str()))
        {
            known.extend([(i, a, b), (i, b, a)]);
        }
    }
    each_indicator(context, &OBS020, out, |_, rows| {
        let mut first: FxHashMap<(u32, Period, u32, u64), usize> = FxHashMap::default();
        let mut cases = Vec::new();
        for row in rows.iter().copied() {
            if o.scope[row] != Scope::Delivered || o.project[row] == 0 || o.entity[row] != 0 {
                continue;
            }
            let Some(value) = o.value[row].filter(|v| v.abs() >= SMALLEST) else { continue };
            let key = (o.place[row], o.period[row], o.breakdown[row], value.to_bits());
            let other = *first.entry(key).or_insert(row);
            let (one, two) = (o.project[other], o.project[row]);
            if one != two && !known.contains(&(o.indicator[row], one, two)) {
                cases.push(Case { row, weight: value, shown: Shown::Value(value) });
            }
        }
        cases
    });
}

pub(super) const CHECK: Check =
    Check { code: &OBS020, run, file: include_str!("same_claim_twice.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure
                   | I  | flow
        observations | indicator | place | period | scope     | project | value
                     | I         | KEN   | 2015   | delivered | P       | 4310
                     | I         | KEN   | 2015   | delivered | Q       | 4310",
    wrong: "",
    right: "overlaps | indicator | project | with_project | relation
                     | I         | P       | Q            | shared",
};
