//! Answers over several segments, against the plain ones in memory.

use std::collections::{BTreeMap, BTreeSet};

use lake::{Filter, Lake, RollUp, RollUpRow, Rule, SegmentId};
use model::{
    kinds::Scope,
    observations::{Observations, as_of},
    value::{Grain, Period},
};
use proptest::prelude::*;
use stats::{Undefined, accumulate::NoAnswer};

use crate::{
    arbitrary::{AnyRow, observations, pictures, row},
    segments::SMALL,
};

/// Segments of random rows, each registered by a change, and all rows in memory in the same order.
fn segments(lake: &Lake, parts: &[(Vec<AnyRow>, u64)]) -> (Vec<(SegmentId, u64)>, Observations) {
    let segments: Vec<(SegmentId, u64)> = parts
        .iter()
        .map(|(rows, change)| (lake.write_segment(&observations(rows)).expect("writes").id, *change))
        .collect();
    let all = lake.load(&segments, &Filter::default()).expect("reads");
    (segments, all)
}

fn parts() -> impl Strategy<Value = Vec<(Vec<AnyRow>, u64)>> {
    let part = (prop::collection::vec(row(), 0..70), 1..7u64).prop_map(|(mut rows, change)| {
        // No row is older than its segment's registration can be, and none younger.
        rows.iter_mut().for_each(|r| r.change = r.change.min(change));
        (rows, change)
    });
    prop::collection::vec(part, 1..4)
}

/// Rolls up in the plainest way: one answer at a time, over all rows.
fn naive(all: &Observations, query: &RollUp) -> Vec<RollUpRow> {
    let latest = as_of(all, query.last_change);
    let asked = |idx: &usize| {
        let row = all.row(*idx);
        query.rules.contains_key(row.indicator())
            && query.groups.contains_key(row.place())
            && row.scope() == query.scope
            && row.breakdown_text() == query.breakdown
            && row.period().grain() == query.grain
    };
    let rows: Vec<usize> = latest.into_iter().filter(asked).collect();
    let key = |idx: usize| {
        let row = all.row(idx);
        (row.indicator().to_owned(), query.groups[row.place()].clone(), row.period().first_year())
    };
    let keys: BTreeSet<_> = rows.iter().map(|i| key(*i)).collect();
    keys.into_iter()
        .map(|k| {
            let mine: Vec<usize> = rows.iter().copied().filter(|i| key(*i) == k).collect();
            let valued: Vec<usize> =
                mine.iter().copied().filter(|i| all.row(*i).status().has_value() && all.value[*i].is_some()).collect();
            let value = |i: usize| all.value[i].expect("filtered");
            let answer = match query.rules[&k.0] {
                _ if valued.is_empty() => Err(NoAnswer::NothingReported),
                Rule::Sum => Ok(valued.iter().map(|i| value(*i)).sum()),
                Rule::Last => {
                    let mut last: BTreeMap<(&str, &str, &str), (Period, f64)> = BTreeMap::new();
                    for i in &valued {
                        let row = all.row(*i);
                        let held = last.entry((row.place(), row.project(), row.entity()));
                        let held = held.or_insert((row.period(), value(*i)));
                        if row.period() > held.0 {
                            *held = (row.period(), value(*i));
                        }
                    }
                    Ok(last.values().map(|(_, v)| v).sum())
                }
                Rule::Share => {
                    let pairs: Option<Vec<(f64, f64)>> =
                        valued.iter().map(|i| Some((all.numerator[*i]?, all.denominator[*i]?))).collect();
                    match pairs {
                        None => Err(NoAnswer::MissingPart),
                        Some(p) if p.iter().map(|(_, d)| d).sum::<f64>() == 0.0 => {
                            Err(NoAnswer::Undefined(Undefined::ZeroDenominator))
                        }
                        Some(p) => Ok(p.iter().map(|(n, _)| n).sum::<f64>() / p.iter().map(|(_, d)| d).sum::<f64>()),
                    }
                }
                Rule::WeightedMean => {
                    let pairs: Option<Vec<(f64, f64)>> =
                        valued.iter().map(|i| Some((value(*i), all.denominator[*i]?))).collect();
                    match pairs {
                        None if valued.len() == 1 => Ok(value(valued[0])),
                        None => Err(NoAnswer::MissingPart),
                        Some(p) if p.iter().map(|(_, w)| w).sum::<f64>() == 0.0 => {
                            Err(NoAnswer::Undefined(Undefined::ZeroDenominator))
                        }
                        Some(p) => {
                            Ok(p.iter().map(|(v, w)| v * w).sum::<f64>() / p.iter().map(|(_, w)| w).sum::<f64>())
                        }
                    }
                }
                Rule::DistinctCount => {
                    let bodies: BTreeSet<&str> =
                        valued.iter().map(|i| all.row(*i).entity()).filter(|e| !e.is_empty()).collect();
                    Ok(bodies.len() as f64)
                }
            };
            let estimated = |i: &&usize| all.row(**i).status().as_str() == "estimated";
            RollUpRow {
                indicator: k.0,
                group: k.1,
                year: k.2,
                answer,
                n_with_value: valued.len() as u64,
                n_estimated: valued.iter().filter(estimated).count() as u64,
                n_without_value: (mine.len() - valued.len()) as u64,
            }
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_current_rows_are_those_of_the_plain_selection(parts in parts(), last_change in 0..7u64) {
        let folder = tempfile::tempdir().expect("a folder");
        let lake = Lake::open_sized(folder.path(), SMALL).expect("opens");
        let (segments, all) = segments(&lake, &parts);
        let expected = pictures(&all, as_of(&all, last_change));
        let current = lake.current(&segments, last_change).expect("reads");
        prop_assert_eq!(pictures(&current, 0..current.len()), expected.clone());

        let compact = lake.compact(&segments, last_change).expect("writes");
        let back = lake.current(&[(compact.id, last_change)], last_change).expect("reads");
        prop_assert_eq!(pictures(&back, 0..back.len()), expected);

        let filter = Filter {
            scope: Some(Scope::Global),
            breakdown: Some(String::new()),
            during: Period::parse("2016"),
            ..Filter::of_indicators(["EA-1", "ea-1"])
        };
        let some = lake.latest(&segments, &filter, last_change).expect("reads");
        let kept = as_of(&all, last_change).into_iter().filter(|i| {
            let row = all.row(*i);
            row.indicator() != "EA-2" && row.scope() == Scope::Global && row.breakdown_text().is_empty()
                && row.period().overlaps(Period::year(2016))
        });
        prop_assert_eq!(pictures(&some, 0..some.len()), pictures(&all, kept));
        prop_assert_eq!(all.len(), parts.iter().map(|(rows, _)| rows.len()).sum::<usize>());
    }

    #[test]
    fn roll_ups_equal_the_plain_computation(parts in parts(), last_change in 6..9u64, grain in 0..3usize, rules in prop::collection::vec(0..5usize, 3)) {
        let folder = tempfile::tempdir().expect("a folder");
        let lake = Lake::open_sized(folder.path(), SMALL).expect("opens");
        let (segments, all) = segments(&lake, &parts);
        let rule = |i: usize| [Rule::Sum, Rule::Last, Rule::Share, Rule::WeightedMean, Rule::DistinctCount][rules[i]];
        let query = RollUp {
            rules: [("EA-1", rule(0)), ("EA-2", rule(1)), ("ea-1", rule(2))].map(|(i, r)| (i.to_owned(), r)).into(),
            scope: Scope::Delivered,
            breakdown: String::new(),
            grain: [Grain::Year, Grain::HalfYear, Grain::Month][grain],
            groups: [("KEN", "Africa"), ("UGA", "Africa"), ("内罗毕", "亚洲")].map(|(p, g)| (p.to_owned(), g.to_owned())).into(),
            last_change,
        };
        let answer = lake.roll_up(&segments, &query).expect("reads");
        prop_assert_eq!(answer.rows, naive(&all, &query));
    }
}
