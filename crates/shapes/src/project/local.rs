//! A plane around one place, for maps and distances in a city.

use geo::Coord;

use super::ellipsoid::WGS84;

/// Equirectangular around a place: metres east and north of it, true to scale there.
///
/// Fifty kilometres away at 60° of latitude, lengths east are wrong by about one percent, at the equator by none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalPlane {
    /// Longitude and latitude of the place, degrees.
    pub centre: Coord<f64>,
    /// Metres in a degree of longitude and of latitude there.
    per_degree: Coord<f64>,
}

impl LocalPlane {
    /// The plane around a place; `None` within half a degree of a pole, where east has no meaning.
    pub fn around(centre: Coord<f64>) -> Option<Self> {
        if !(centre.x.abs() <= 540.0 && centre.y.abs() <= 89.5) {
            return None;
        }
        let (sin, cos) = centre.y.to_radians().sin_cos();
        let w = (1.0 - WGS84.e2 * sin * sin).sqrt();
        let per_degree =
            Coord { x: (WGS84.a / w * cos).to_radians(), y: (WGS84.a * (1.0 - WGS84.e2) / (w * w * w)).to_radians() };
        Some(Self { centre, per_degree })
    }

    pub(super) fn forward(&self, at: Coord<f64>) -> (f64, f64) {
        let mut east = at.x - self.centre.x;
        // The short way round.
        if east > 180.0 {
            east -= 360.0;
        } else if east < -180.0 {
            east += 360.0;
        }
        (east * self.per_degree.x, (at.y - self.centre.y) * self.per_degree.y)
    }

    pub(super) fn inverse(&self, at: Coord<f64>) -> Coord<f64> {
        Coord { x: self.centre.x + at.x / self.per_degree.x, y: self.centre.y + at.y / self.per_degree.y }
    }
}
