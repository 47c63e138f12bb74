//! Land in streets by sampling: where to look in a city too large to be mapped, and how sure the mean is.

use crate::city::City;
use geo::{Coord, coordinate_position::CoordPos};
use serde::Serialize;

/// Points of a Halton sequence with bases 2 and 3 over the box around a city; those outside are dropped. Longitude and
/// latitude in degrees. Fewer than asked for when the city fills less than a thousandth of its box.
///
/// Source: J. H. Halton, "On the efficiency of certain quasi-random sequences of points", Numer. Math. 2 (1960).
pub fn sample_points(city: &City, n: usize) -> Vec<[f64; 2]> {
    let [west, south, east, north] = city.zone.bounds();
    let tries = (n as u64).saturating_mul(1000).saturating_add(1000);
    let at = |i: u64| Coord { x: west + (east - west) * radical(i, 2), y: south + (north - south) * radical(i, 3) };
    (1..tries)
        .map(at)
        .filter(|at| city.zone.position(*at) == CoordPos::Inside)
        .take(n)
        .map(|at| city.plane.unproject(at))
        .collect()
}

/// A number's digits mirrored at the point: 6 = 110 in base 2 becomes 0.011 = 3/8.
fn radical(mut i: u64, base: u64) -> f64 {
    let (mut value, mut unit) = (0.0, 1.0 / base as f64);
    while i > 0 {
        value += (i % base) as f64 * unit;
        i /= base;
        unit /= base as f64;
    }
    value
}

/// The mean of shares that were measured at sample points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SampledShare {
    /// Mean, in the unit of the shares.
    pub mean: f64,
    /// Standard error of the mean: s / √n. `None` with fewer than two points.
    pub standard_error: Option<f64>,
}

impl SampledShare {
    /// Mean and error of shares; `None` without any.
    pub fn of(shares: &[f64]) -> Option<Self> {
        let n = shares.len() as f64;
        let mean = shares.iter().sum::<f64>() / n;
        let squares = shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>();
        let standard_error = (shares.len() > 1).then(|| (squares / (n - 1.0) / n).sqrt());
        (!shares.is_empty()).then_some(Self { mean, standard_error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{MultiPolygon, wkt};

    #[test]
    fn mirrored_digits() {
        assert_eq!((1..=4).map(|i| radical(i, 2)).collect::<Vec<_>>(), [0.5, 0.25, 0.75, 0.125]);
        assert!((radical(5, 3) - 7.0 / 9.0).abs() < 1e-15, "5 = 12 in base 3, mirrored 0.21");
    }

    #[test]
    fn points_lie_in_the_city() {
        let triangle: MultiPolygon<f64> = wkt! { MULTIPOLYGON(((0. 0., 0.1 0., 0. 0.1, 0. 0.))) };
        let city = City::of("triangle", triangle, None).expect("sound");
        let points = sample_points(&city, 100);
        assert_eq!(points.len(), 100);
        assert!(points.iter().all(|[x, y]| x + y < 0.1 && *x > 0.0 && *y > 0.0));
    }

    #[test]
    fn errors_by_hand() {
        // Mean 20, squares 100 + 0 + 100, s² = 100, s/√3 = 5.7735.
        let share = SampledShare::of(&[10.0, 20.0, 30.0]).expect("three");
        assert_eq!(share.mean, 20.0);
        assert!((share.standard_error.expect("three") - 100.0 / 3f64.sqrt() / 10.0).abs() < 1e-12);
        assert_eq!(SampledShare::of(&[]), None);
        assert_eq!(SampledShare::of(&[4.0]).and_then(|s| s.standard_error), None);
    }
}
