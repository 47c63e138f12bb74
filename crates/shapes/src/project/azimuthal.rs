//! A plane of equal area around any place, for maps of one country.

use geo::Coord;

use super::ellipsoid::WGS84;

/// Lambert's azimuthal equal-area projection around a place (Snyder 24-2 to 24-4 with authalic latitudes), metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Azimuthal {
    /// Longitude and latitude of the place, degrees.
    pub centre: Coord<f64>,
    /// Sine and cosine of its authalic latitude.
    sin: f64,
    cos: f64,
}

impl Azimuthal {
    /// The plane around a place.
    pub fn around(centre: Coord<f64>) -> Self {
        let (sin, cos) = WGS84.authalic(centre.y.to_radians()).sin_cos();
        Self { centre, sin, cos }
    }

    /// `None` near the antipode.
    pub(super) fn forward(&self, at: Coord<f64>) -> Option<(f64, f64)> {
        let (sin, cos) = WGS84.authalic(at.y.to_radians()).sin_cos();
        let (sin_lon, cos_lon) = (at.x - self.centre.x).to_radians().sin_cos();
        let down = 1.0 + self.sin * sin + self.cos * cos * cos_lon;
        let k = WGS84.authalic_radius() * (2.0 / down).sqrt();
        (down > 1e-6).then_some((k * cos * sin_lon, k * (self.cos * sin - self.sin * cos * cos_lon)))
    }

    /// `None` outside of the map.
    pub(super) fn inverse(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let rho = at.x.hypot(at.y);
        if rho < 1e-9 {
            return Some(self.centre);
        }
        let half = rho / (2.0 * WGS84.authalic_radius());
        if half.is_nan() || half > 1.0 {
            return None;
        }
        let (sin_c, cos_c) = (2.0 * half.asin()).sin_cos();
        let beta = (cos_c * self.sin + at.y * sin_c * self.cos / rho).clamp(-1.0, 1.0).asin();
        let lon = (at.x * sin_c).atan2(rho * self.cos * cos_c - at.y * self.sin * sin_c);
        Some(Coord { x: self.centre.x + lon.to_degrees(), y: WGS84.geographic(beta).to_degrees() })
    }
}
