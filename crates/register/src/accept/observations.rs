//! Rules for observations, column by column: a million rows name few indicators and places, so each code is judged once.

use diag::{Diagnostic, Pointer};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::{
    Kind, Records,
    kinds::{Measure, ObservationStatus, Scope},
    observations::Observations,
    value::Breakdown,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Incoming, references::near, rules::unknown_part};
use crate::codes::{REG002, REG010, REG020, REG021, REG022, REG023, REG024, REG025, REG026, REG027};

/// Collects findings, one for each cause with the number of further rows.
struct Grouped<'a> {
    found: Vec<Diagnostic>,
    by_cause: FxHashMap<(&'static str, u64), usize>,
    pointer: &'a (dyn Fn(usize, &str) -> Pointer + Sync),
    all: &'a Observations,
}

impl Grouped<'_> {
    fn add(&mut self, row: usize, field: &'static str, cause: u64, make: impl FnOnce() -> Diagnostic) {
        let diagnostic = match self.by_cause.get(&(field, cause)) {
            Some(at) => {
                if let Some(held) = self.found.get_mut(*at) {
                    held.n_more += 1;
                }
                return;
            }
            None => make(),
        };
        self.by_cause.insert((field, cause), self.found.len());
        let pointer = (self.pointer)(row, field);
        self.found.push(diagnostic.on("observation", self.all.row(row).id()).field(field).at(pointer));
    }
}

/// Judges observations against what is there and what comes with them in the same proposal.
///
/// `before` and `after` are the state without and with the proposal's records: references may point to what comes along,
/// but a closure closes only for later changes. `at` is the instant of the change: a closed period is compared with its
/// closing, not with today, so that replaying the log gives the same answer. `pointer` tells where a row's column
/// stands in the file.
pub fn accept_observations(
    before: &Records,
    after: &Records,
    all: &Observations,
    at: Timestamp,
    pointer: &(dyn Fn(usize, &str) -> Pointer + Sync),
) -> Vec<Diagnostic> {
    let incoming = Incoming { state: after, new: Records::default(), removed: FxHashSet::default() };
    // Each rule groups for itself: what is one cause to it may be another one's number.
    let found = |rule: &dyn Fn(&mut Grouped<'_>)| {
        let mut grouped = Grouped { found: Vec::new(), by_cause: FxHashMap::default(), pointer, all };
        rule(&mut grouped);
        grouped.found
    };
    let (named, valued) = rayon::join(
        || [found(&|g| references(&incoming, g)), found(&|g| breakdowns(&incoming, g))],
        || [found(&|g| values(&incoming, g)), found(&|g| closures(before, at, g))],
    );
    named.into_iter().chain(valued).flatten().collect()
}

fn references(incoming: &Incoming<'_>, grouped: &mut Grouped<'_>) {
    let all = grouped.all;
    let columns: [(&'static str, Kind, &[u32]); 5] = [
        ("indicator", Kind::Indicator, &all.indicator),
        ("place", Kind::Place, &all.place),
        ("project", Kind::Project, &all.project),
        ("entity", Kind::Entity, &all.entity),
        ("source", Kind::Source, &all.source),
    ];
    for (field, kind, codes) in columns {
        // Whether each text of the dictionary is known: not asked yet, yes, no.
        let mut known: Vec<Option<bool>> = vec![None; all.dict.texts().len()];
        for (row, code) in codes.iter().enumerate() {
            if *code == 0 {
                continue;
            }
            let Some(slot) = known.get_mut(*code as usize) else { continue };
            let text = all.dict.text(*code);
            if !*slot.get_or_insert_with(|| incoming.holds(kind, text)) {
                grouped.add(row, field, u64::from(*code), || {
                    Diagnostic::new(&REG002)
                        .arg("column", field)
                        .arg("target", text)
                        .arg("table", kind.sheet())
                        .arg("nearest", near(incoming, kind, text))
                });
            }
        }
    }
}

fn breakdowns(incoming: &Incoming<'_>, grouped: &mut Grouped<'_>) {
    let all = grouped.all;
    let mut known: Vec<Option<Option<String>>> = vec![None; all.dict.texts().len()];
    for (row, code) in all.breakdown.iter().enumerate() {
        if *code == 0 {
            continue;
        }
        let Some(slot) = known.get_mut(*code as usize) else { continue };
        let unknown = slot.get_or_insert_with(|| {
            let breakdown = Breakdown::parse(all.dict.text(*code)).unwrap_or_default();
            unknown_part(incoming, &breakdown)
        });
        if let Some(part) = unknown {
            let part = part.clone();
            grouped.add(row, "breakdown", u64::from(*code), || Diagnostic::new(&REG010).arg("part", part));
        }
    }
}

/// What the rules need to know of an indicator.
#[derive(Clone, Copy)]
struct Traits<'a> {
    measure: Measure,
    scale: Option<&'a str>,
}

fn values(incoming: &Incoming<'_>, grouped: &mut Grouped<'_>) {
    let all = grouped.all;
    let mut traits: Vec<Option<Option<Traits<'_>>>> = vec![None; all.dict.texts().len()];
    let mut stages: FxHashMap<(u32, u32), bool> = FxHashMap::default();
    for row in 0..all.len() {
        let code = all.indicator[row];
        let indicator = traits.get_mut(code as usize).and_then(|slot| {
            *slot.get_or_insert_with(|| {
                let i = incoming.state.indicators.get(all.dict.text(code))?;
                Some(Traits { measure: i.measure, scale: i.scale.as_ref().map(|s| s.0.as_str()) })
            })
        });
        let value = all.value[row];
        let status = all.status[row];
        let story = indicator.is_some_and(|i| matches!(i.measure, Measure::Story));
        let staged = indicator.is_some_and(|i| i.measure == Measure::StageCount);
        // A body at a stage, a share with its parts and a story say enough without a number.
        let parts = all.numerator[row].is_some() && all.denominator[row].is_some();
        let says = value.is_some() || parts || (staged && all.stage[row] != 0) || (all.entity[row] != 0) || story;
        if status.has_value() != says && (status.has_value() || value.is_some()) {
            grouped.add(row, "status", status as u64, || Diagnostic::new(&REG020).arg("status", status.as_str()));
        }
        let counts = indicator.is_some_and(|i| matches!(i.measure, Measure::DistinctCount | Measure::StageCount));
        if counts && value.is_some_and(|v| v < 0.0) {
            grouped.add(row, "value", u64::from(code), || {
                Diagnostic::new(&REG022).arg("value", value.unwrap_or_default())
            });
        }
        if let (Some(n), Some(d), Some(Measure::Share)) =
            (all.numerator[row], all.denominator[row], indicator.map(|i| i.measure))
            && n > d
        {
            grouped.add(row, "numerator", u64::from(code), || {
                Diagnostic::new(&REG021).arg("numerator", n).arg("denominator", d)
            });
        }
        if let Some(se) = all.standard_error[row].filter(|se| *se < 0.0) {
            grouped.add(row, "standard_error", u64::from(code), || Diagnostic::new(&REG026).arg("value", se));
        }
        if staged && status.has_value() {
            if all.entity[row] == 0 {
                grouped.add(row, "entity", u64::from(code), || {
                    Diagnostic::new(&REG024).arg("indicator", all.dict.text(code))
                });
            }
            let scale = indicator.and_then(|i| i.scale).unwrap_or_default();
            let stage = all.dict.text(all.stage[row]);
            let known = *stages
                .entry((code, all.stage[row]))
                .or_insert_with(|| incoming.holds(Kind::Stage, &format!("{scale}/{stage}")));
            if !known {
                let cause = u64::from(code) << 32 | u64::from(all.stage[row]);
                grouped.add(row, "stage", cause, || Diagnostic::new(&REG023).arg("stage", stage).arg("scale", scale));
            }
        }
        if all.scope[row] == Scope::Delivered && all.project[row] == 0 && status == ObservationStatus::Measured {
            grouped.add(row, "project", u64::from(code), || {
                Diagnostic::new(&REG027).arg("indicator", all.dict.text(code))
            });
        }
    }
}

fn closures(records: &Records, at: Timestamp, grouped: &mut Grouped<'_>) {
    let day = at.to_zoned(TimeZone::UTC).date();
    let closed: Vec<_> = records
        .closures
        .iter()
        .filter(|c| c.closed_on <= day && c.reopened_on.is_none_or(|again| again > day))
        .collect();
    if closed.is_empty() {
        return;
    }
    let all = grouped.all;
    for row in 0..all.len() {
        // What the world measures is corrected by others, whenever they do; our own reports are what we close.
        if all.scope[row] == Scope::Global {
            continue;
        }
        if let Some(closure) = closed.iter().find(|c| c.period.contains(all.period[row])) {
            let cause = closure.period.starts_on().year().unsigned_abs().into();
            grouped.add(row, "period", cause, || {
                Diagnostic::new(&REG025)
                    .arg("period", closure.period.to_string())
                    .arg("on", closure.closed_on.to_string())
            });
        }
    }
}
