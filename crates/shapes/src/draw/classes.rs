//! Classes of values: where one colour ends and the next begins.

use super::Refusal;

/// How the breaks were found, for the legend and the method note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassRule {
    /// Set beforehand, the same on each map of an indicator.
    Given,
    /// As many places in each class as can be.
    Quantiles,
    /// Classes of the same width.
    EqualIntervals,
    /// The least spread within the classes (Fisher 1958, as Jenks uses it for maps).
    Jenks,
}

/// Classes in rising order: each holds its lower break and not its upper one; the last holds both.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    rule: ClassRule,
    /// One more than there are classes; empty where there are no values.
    breaks: Vec<f64>,
}

/// The most classes that a reader can tell apart.
pub const MOST_CLASSES: usize = 7;
/// Different values that Jenks takes: the table of sums has a row for each.
const MOST_JENKS: usize = 20_000;

impl Classes {
    /// Classes with these breaks, lowest and highest included.
    ///
    /// Errors: fewer than two breaks, more than eight, breaks that do not rise or are no numbers.
    pub fn given(breaks: &[f64]) -> Result<Self, Refusal> {
        let rises = breaks.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        if !rises || breaks.iter().any(|at| !at.is_finite()) || breaks.len() < 2 {
            return Err(Refusal::Breaks);
        }
        if breaks.len() > MOST_CLASSES + 1 {
            return Err(Refusal::TooManyClasses { asked: breaks.len() - 1, most: MOST_CLASSES });
        }
        Ok(Self { rule: ClassRule::Given, breaks: breaks.to_vec() })
    }

    /// Percentages of people: 0, 20, 40, 60, 80, 100 on each map, so that years and places compare.
    pub fn percent() -> Self {
        Self { rule: ClassRule::Given, breaks: vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0] }
    }

    /// Classes found from values; fewer than asked where the values do not make as many.
    ///
    /// Values that are no numbers are left out. Values all alike make one class; no value makes none.
    ///
    /// Errors: no class asked or more than seven; more than 20 000 different values for Jenks.
    pub fn from_values(rule: ClassRule, values: &[f64], n_classes: usize) -> Result<Self, Refusal> {
        if n_classes == 0 || n_classes > MOST_CLASSES {
            return Err(Refusal::TooManyClasses { asked: n_classes, most: MOST_CLASSES });
        }
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let (Some(low), Some(high)) = (sorted.first().copied(), sorted.last().copied()) else {
            return Ok(Self { rule, breaks: Vec::new() });
        };
        let mut breaks = match rule {
            ClassRule::Given => return Err(Refusal::Breaks),
            ClassRule::Quantiles => quantiles(&sorted, n_classes),
            ClassRule::EqualIntervals => {
                let width = (high - low) / n_classes as f64;
                (0..n_classes).map(|at| low + width * at as f64).chain([high]).collect()
            }
            ClassRule::Jenks => jenks(&sorted, n_classes)?,
        };
        breaks.dedup();
        if breaks.len() == 1 {
            breaks.push(high);
        }
        Ok(Self { rule, breaks })
    }

    /// How the breaks were found.
    pub fn rule(&self) -> ClassRule {
        self.rule
    }

    /// The breaks, lowest and highest included.
    pub fn breaks(&self) -> &[f64] {
        &self.breaks
    }

    /// How many classes there are.
    pub fn n_classes(&self) -> usize {
        self.breaks.len().saturating_sub(1)
    }

    /// The class of a value, counted from 0; `None` outside of all.
    pub fn of(&self, value: f64) -> Option<usize> {
        let (low, high) = (self.breaks.first()?, self.breaks.last()?);
        if !(value >= *low && value <= *high) {
            return None;
        }
        let above = self.breaks.iter().take_while(|at| **at <= value).count();
        Some(above.saturating_sub(1).min(self.n_classes().saturating_sub(1)))
    }

    /// The lower and upper break of a class.
    pub fn bounds(&self, class: usize) -> Option<(f64, f64)> {
        Some((*self.breaks.get(class)?, *self.breaks.get(class + 1)?))
    }
}

/// Breaks at values, so that equal values never part: the class begins at the first value of its share.
fn quantiles(sorted: &[f64], n_classes: usize) -> Vec<f64> {
    let at = |share: usize| sorted.get((share * sorted.len() / n_classes).min(sorted.len() - 1)).copied();
    (0..n_classes).filter_map(at).chain(sorted.last().copied()).collect()
}

/// Natural breaks: the division with the least sum of squares within the classes, by dynamic programming.
///
/// The best beginning of a last class moves up with its end, so each row of the table is found by halving.
fn jenks(sorted: &[f64], n_classes: usize) -> Result<Vec<f64>, Refusal> {
    let mut values: Vec<(f64, f64)> = Vec::new();
    for value in sorted {
        match values.last_mut() {
            Some((last, n)) if last == value => *n += 1.0,
            _ => values.push((*value, 1.0)),
        }
    }
    let n = values.len();
    if n > MOST_JENKS {
        return Err(Refusal::TooManyValues { found: n, most: MOST_JENKS });
    }
    let high = sorted.last().copied().unwrap_or_default();
    if n <= n_classes {
        return Ok(values.iter().map(|(value, _)| *value).chain([high]).collect());
    }
    // Sums from the start, around the mean so that little is lost.
    let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
    let mut sums = vec![(0.0, 0.0, 0.0)];
    for (value, n) in &values {
        let (count, sum, squares) = sums.last().copied().unwrap_or_default();
        let value = value - mean;
        sums.push((count + n, sum + n * value, squares + n * value * value));
    }
    // The sum of squares within the values from one to before another.
    let within = |from: usize, to: usize| match (sums.get(from), sums.get(to)) {
        (Some(a), Some(b)) if b.0 > a.0 => (b.2 - a.2 - (b.1 - a.1).powi(2) / (b.0 - a.0)).max(0.0),
        _ => 0.0,
    };
    let mut best: Vec<f64> = (0..=n).map(|to| within(0, to)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for _ in 1..n_classes {
        let mut row = vec![(f64::INFINITY, 0_usize); n + 1];
        fill(&mut row, &best, &within, (1, n), (0, n));
        best = row.iter().map(|(cost, _)| *cost).collect();
        starts.push(row.into_iter().map(|(_, start)| start).collect());
    }
    let mut breaks = vec![high];
    let mut end = n;
    for row in starts.iter().rev() {
        let start = row.get(end).copied().unwrap_or_default();
        breaks.extend(values.get(start).map(|(value, _)| *value));
        end = start;
    }
    breaks.extend(values.first().map(|(value, _)| *value));
    breaks.reverse();
    Ok(breaks)
}

/// Fills a row of the table between two ends, knowing between which the best starts lie.
fn fill(
    row: &mut [(f64, usize)],
    before: &[f64],
    within: &impl Fn(usize, usize) -> f64,
    (low, high): (usize, usize),
    (from, to): (usize, usize),
) {
    if low > high {
        return;
    }
    let middle = low + (high - low) / 2;
    let mut best = (f64::INFINITY, from);
    for start in from..=to.min(middle.saturating_sub(1)) {
        let cost = before.get(start).copied().unwrap_or(f64::INFINITY) + within(start, middle);
        if cost < best.0 {
            best = (cost, start);
        }
    }
    if let Some(slot) = row.get_mut(middle) {
        *slot = best;
    }
    if middle > low {
        fill(row, before, within, (low, middle - 1), (from, best.1));
    }
    fill(row, before, within, (middle + 1, high), (best.1, to));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_on_a_break_is_in_the_upper_class() {
        let classes = Classes::percent();
        for (value, class) in
            [(0.0, Some(0)), (19.99, Some(0)), (20.0, Some(1)), (80.0, Some(4)), (100.0, Some(4)), (100.1, None)]
        {
            assert_eq!(classes.of(value), class, "{value}");
        }
        assert_eq!(classes.of(f64::NAN), None);
    }

    #[test]
    fn quantiles_hold_as_many_each() {
        let values: Vec<f64> = (1..=20).map(f64::from).collect();
        let classes = Classes::from_values(ClassRule::Quantiles, &values, 5).unwrap();
        assert_eq!(classes.breaks(), [1., 5., 9., 13., 17., 20.]);
        let mut counts = [0; 5];
        values.iter().for_each(|value| counts[classes.of(*value).unwrap()] += 1);
        assert_eq!(counts, [4; 5]);
    }

    #[test]
    fn few_values_make_few_classes() {
        for rule in [ClassRule::Quantiles, ClassRule::EqualIntervals, ClassRule::Jenks] {
            assert_eq!(Classes::from_values(rule, &[], 5).unwrap().n_classes(), 0);
            let one = Classes::from_values(rule, &[7.0], 5).unwrap();
            assert_eq!((one.n_classes(), one.of(7.0)), (1, Some(0)), "{rule:?}");
            let alike = Classes::from_values(rule, &[7.0; 9], 5).unwrap();
            assert_eq!((alike.n_classes(), alike.of(7.0)), (1, Some(0)), "{rule:?}");
        }
        assert!(Classes::from_values(ClassRule::Jenks, &[1.0], 8).is_err());
        assert!(Classes::given(&[1.0, 1.0]).is_err());
    }

    #[test]
    fn jenks_finds_the_gaps() {
        let values = [1.0, 2.0, 1.5, 20.0, 21.0, 22.0, 90.0, 91.0, 1.2];
        let classes = Classes::from_values(ClassRule::Jenks, &values, 3).unwrap();
        assert_eq!(classes.breaks(), [1.0, 20.0, 90.0, 91.0]);
    }

    #[test]
    fn jenks_is_the_best_of_all_divisions() {
        // Against trying every division in three of a row that is not regular.
        let values: Vec<f64> = (0..25).map(|i| f64::from((i * i * 7) % 101)).collect();
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let spread = |part: &[f64]| {
            let mean = part.iter().sum::<f64>() / part.len() as f64;
            part.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
        };
        let mut best = f64::INFINITY;
        for i in 1..24 {
            for j in i + 1..25 {
                best = best.min(spread(&sorted[..i]) + spread(&sorted[i..j]) + spread(&sorted[j..]));
            }
        }
        let classes = Classes::from_values(ClassRule::Jenks, &values, 3).unwrap();
        let mut parts = vec![Vec::new(); 3];
        values.iter().for_each(|value| parts[classes.of(*value).unwrap()].push(*value));
        let found: f64 = parts.iter().map(|part| spread(part)).sum();
        assert!((found - best).abs() < 1e-9, "{found} {best}");
    }
}
