//! Observations as series: the values of one key over time, found once and shared by the checks of history.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use snapshot::Observations;

use crate::Context;

/// The series of all indicators, made when first asked for.
#[derive(Default)]
pub(crate) struct SeriesIndex(OnceLock<Index>);

#[derive(Default)]
struct Index {
    /// Rows that carry a number, series after series, each by period.
    order: Vec<usize>,
    /// Where the series of an indicator stand in `order`: first and after the last.
    spans: FxHashMap<u32, Vec<(usize, usize)>>,
}

impl SeriesIndex {
    fn of(&self, observations: &Observations) -> &Index {
        self.0.get_or_init(|| build(observations))
    }
}

/// Linear in the number of rows but for the sorting of each series, which is short.
fn build(o: &Observations) -> Index {
    let mut numbers = FxHashMap::default();
    let mut groups: Vec<(u32, Vec<usize>)> = Vec::new();
    for row in 0..o.len() {
        if !o.status[row].has_value() || !o.value[row].is_some_and(f64::is_finite) {
            continue;
        }
        let key = (o.indicator[row], o.place[row], o.breakdown[row], o.scope[row], o.project[row], o.entity[row]);
        let number = *numbers.entry(key).or_insert_with(|| {
            groups.push((o.indicator[row], Vec::new()));
            groups.len() - 1
        });
        if let Some((_, rows)) = groups.get_mut(number) {
            rows.push(row);
        }
    }
    let mut index = Index { order: Vec::with_capacity(o.len()), spans: FxHashMap::default() };
    for (indicator, mut rows) in groups {
        rows.sort_by_key(|row| o.period[*row]);
        let first = index.order.len();
        index.order.extend(rows);
        index.spans.entry(indicator).or_default().push((first, index.order.len()));
    }
    index
}

impl Context<'_> {
    /// The series of an indicator: for each place, group, scope, project and body the rows that carry a number, by
    /// period. Periods of different lengths stand in one series.
    pub(crate) fn series_of(&self, indicator: impl AsRef<str>) -> impl Iterator<Item = &[usize]> {
        let index = self.series.of(self.observations);
        let code = self.observations.dict.code(indicator.as_ref());
        let spans = code.and_then(|c| index.spans.get(&c)).map_or(&[][..], Vec::as_slice);
        spans.iter().filter_map(|(first, after)| index.order.get(*first..*after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_are_by_key_and_sorted_by_period() {
        let snapshot = crate::snapshot_of(&["observations | indicator | place | period | value | status
              | I | KEN | 2016 | 3 |
              | I | UGA | 2015 | 5 |
              | I | KEN | 2014 | 1 |
              | I | KEN | 2015 |   | not_available
              | J | KEN | 2013 | 9 |"])
        .expect("a good example");
        let context = Context::new(&snapshot, jiff::civil::date(2016, 6, 30));
        assert_eq!(context.series_of("I").collect::<Vec<_>>(), [&[2, 0][..], &[1]]);
        assert_eq!(context.series_of("none").count(), 0);
    }
}
