//! What is gathered from the cells of one zone, and the answers that follow from it.

use super::{Band, Span, Statistic, Zone};

/// Sums over the cells of a zone, in row order.
pub(super) struct Gathered {
    covered: f64,
    count: f64,
    sum: f64,
    min: f64,
    max: f64,
    /// Mean and Σ c (v − mean)² so far, where asked for.
    spread: Option<(f64, f64)>,
    /// Values with their shares, where an answer needs them all.
    cells: Option<Vec<(f64, f64)>>,
    weight: f64,
    weighted: f64,
}

impl Gathered {
    pub fn new(statistics: &[Statistic]) -> Gathered {
        let any = |f: fn(&Statistic) -> bool| statistics.iter().any(f);
        let spread = any(|s| matches!(s, Statistic::Variance | Statistic::Stdev));
        let cells = any(|s| {
            use Statistic::{Frac, Majority, Median, Minority, Quantile, Variety};
            matches!(s, Variety | Majority | Minority | Median | Quantile(_) | Frac(_))
        });
        Gathered {
            covered: 0.0,
            count: 0.0,
            sum: 0.0,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
            spread: spread.then_some((0.0, 0.0)),
            cells: cells.then(Vec::new),
            weight: 0.0,
            weighted: 0.0,
        }
    }

    /// Adds the spans of a band.
    pub fn take(&mut self, spans: &[Span], band: &Band<'_>) {
        for span in spans {
            let c = span.share;
            let range = band.cells(span);
            let values = &band.values[range.clone()];
            self.covered += c * values.len() as f64;
            // Sums of a span first: whole runs inside a zone share one factor.
            let (mut n, mut sum) = (0u32, 0.0);
            for v in values.iter().filter(|v| !v.is_nan()) {
                n += 1;
                sum += v;
                self.min = self.min.min(*v);
                self.max = self.max.max(*v);
            }
            if n == 0 {
                continue;
            }
            if let Some((mean, squares)) = &mut self.spread {
                // Two parts with their own means become one (Chan, Golub and LeVeque 1983).
                let (here, share) = (sum / f64::from(n), c * f64::from(n));
                let own: f64 = values.iter().filter(|v| !v.is_nan()).map(|v| (v - here) * (v - here)).sum();
                let (delta, total) = (here - *mean, self.count + share);
                *squares += c * own + delta * delta * self.count * share / total;
                *mean += delta * share / total;
            }
            self.count += c * f64::from(n);
            self.sum += c * sum;
            if let Some(cells) = &mut self.cells {
                cells.extend(values.iter().filter(|v| !v.is_nan()).map(|v| (*v, c)));
            }
            if let Some(weights) = band.weights {
                for (v, w) in values.iter().zip(&weights[range]).filter(|(v, w)| !v.is_nan() && !w.is_nan()) {
                    self.weight += c * w;
                    self.weighted += c * v * w;
                }
            }
        }
    }

    pub fn finish(mut self, statistics: &[Statistic]) -> Zone {
        let mut groups: Vec<(f64, f64)> = Vec::new();
        if let Some(cells) = &mut self.cells {
            cells.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for (v, c) in cells.iter() {
                match groups.last_mut() {
                    Some(last) if last.0 == *v => last.1 += c,
                    _ => groups.push((*v, *c)),
                }
            }
        }
        let values = statistics.iter().map(|s| self.answer(*s, &groups).filter(|v| v.is_finite())).collect();
        Zone { values, covered: self.covered, count: self.count }
    }

    fn answer(&self, statistic: Statistic, groups: &[(f64, f64)]) -> Option<f64> {
        let variance = || self.spread.map(|(_, squares)| (squares / self.count).max(0.0));
        match statistic {
            Statistic::Count => return Some(self.count),
            Statistic::Sum => return Some(self.sum),
            Statistic::Variety => return Some(groups.len() as f64),
            Statistic::WeightedSum => return Some(self.weighted),
            _ if self.count <= 0.0 => return None,
            _ => {}
        }
        match statistic {
            // Rounding may push the mean of equal values out by its last digit.
            Statistic::Mean => Some((self.sum / self.count).clamp(self.min, self.max)),
            Statistic::Min => Some(self.min),
            Statistic::Max => Some(self.max),
            Statistic::Variance => variance(),
            Statistic::Stdev => variance().map(f64::sqrt),
            // Groups run upwards, so the last of equal ones is the larger value, the first the smaller.
            Statistic::Majority => groups.iter().copied().reduce(|a, b| if b.1 >= a.1 { b } else { a }).map(|g| g.0),
            Statistic::Minority => groups.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a }).map(|g| g.0),
            Statistic::Median => quantile(groups, 0.5),
            Statistic::Quantile(q) => quantile(groups, q),
            Statistic::Frac(k) => Some(groups.iter().find(|g| g.0 == k).map_or(0.0, |g| g.1) / self.count),
            Statistic::WeightedMean => (self.weight > 0.0).then(|| self.weighted / self.weight),
            _ => None,
        }
    }
}

/// The weighted quantile: with n different values, upwards, their shares c, and C before k: s = (k − 1) c + (n − 1) C; linear
/// between.
fn quantile(cells: &[(f64, f64)], q: f64) -> Option<f64> {
    let n = cells.len() as f64;
    let wanted = q * (n - 1.0) * cells.iter().map(|c| c.1).sum::<f64>();
    let mut before = 0.0;
    let mut last: Option<(f64, f64)> = None;
    for (k, (v, c)) in cells.iter().enumerate() {
        let s = k as f64 * c + (n - 1.0) * before;
        if s >= wanted {
            return Some(match last {
                Some((s0, v0)) if s > s0 => v0 + (wanted - s0) / (s - s0) * (v - v0),
                _ => *v,
            });
        }
        last = Some((s, *v));
        before += c;
    }
    last.map(|l| l.1)
}
