//! Land in streets by sampling: where to look in a city too large to be mapped, and how sure the mean is.

use crate::{
    city::City,
    error::StreetsError,
    tables::{Refused, Table},
};
use geo::{Coord, LineString, Polygon, coordinate_position::CoordPos};
use serde::Serialize;
use std::{f64::consts::TAU, fs::File, path::Path};

/// The area around a sample point in which streets are drawn, m²: 10 ha.
pub const SAMPLE_M2: f64 = 100_000.0;
/// Corners of a drawn circle.
const CORNERS: usize = 64;

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

/// The circle of [`SAMPLE_M2`] around a point, in degrees: as many corners as look round, and exactly that area in the plane.
pub fn sample_circle(city: &City, at: [f64; 2]) -> Polygon<f64> {
    let n = CORNERS as f64;
    let radius = (2.0 * SAMPLE_M2 / (n * (TAU / n).sin())).sqrt();
    let middle = city.plane.project(at);
    let corner = |i: usize| {
        let angle = TAU * (i % CORNERS) as f64 / n;
        let [lon, lat] =
            city.plane.unproject(Coord { x: middle.x + radius * angle.cos(), y: middle.y + radius * angle.sin() });
        Coord { x: lon, y: lat }
    };
    Polygon::new((0..=CORNERS).map(corner).collect::<LineString<f64>>(), Vec::new())
}

/// Reads what was found around sample points: a table with a column `share_percent`, from 0 to 100. Rows without a number, or
/// with another one, are refused by line.
pub fn read_sampled_shares(path: &Path) -> Result<(Vec<f64>, Vec<Refused>), StreetsError> {
    let file = File::open(path).map_err(|e| StreetsError::io(path, e))?;
    let mut table = Table::open(&path.display().to_string(), file)?;
    let column = table.column("share_percent")?;
    let (mut shares, mut refused) = (Vec::new(), Vec::new());
    while table.advance()? {
        let text = table.text(column).trim().to_owned();
        match text.parse::<f64>().ok().filter(|share| (0.0..=100.0).contains(share)) {
            Some(share) => shares.push(share),
            None => refused.push(table.refuse(&text, "a share from 0 to 100 is expected")),
        }
    }
    Ok((shares, refused))
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
    fn circles_have_ten_hectares() {
        use geo::Area;
        let town: MultiPolygon<f64> = wkt! { MULTIPOLYGON(((36.8 -1.3, 36.9 -1.3, 36.9 -1.2, 36.8 -1.2, 36.8 -1.3))) };
        let city = City::of("town", town, None).expect("sound");
        let circle = sample_circle(&city, [36.85, -1.25]);
        let area = city.plane.project_shape(&MultiPolygon::new(vec![circle])).unsigned_area();
        assert!((area - SAMPLE_M2).abs() < 1e-3, "{area}");
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
