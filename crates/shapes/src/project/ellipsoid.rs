//! The ellipsoids, and authalic latitude: the latitude on a sphere of the same area.

/// An ellipsoid of revolution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ellipsoid {
    /// Radius of the equator, metres.
    pub(super) a: f64,
    /// Square of the eccentricity.
    pub(super) e2: f64,
}

impl Ellipsoid {
    const fn new(a: f64, inverse_flattening: f64) -> Self {
        let f = 1.0 / inverse_flattening;
        Self { a, e2: f * (2.0 - f) }
    }

    /// The function q of Snyder (3-12): twice the area from the equator to a latitude, in parts.
    pub(super) fn q(&self, sin_lat: f64) -> f64 {
        let e = self.e2.sqrt();
        let es = e * sin_lat;
        (1.0 - self.e2) * (sin_lat / (1.0 - es * es) + es.atanh() / e)
    }

    /// Authalic latitude (3-11), radians.
    pub(super) fn authalic(&self, lat: f64) -> f64 {
        (self.q(lat.sin()) / self.q(1.0)).clamp(-1.0, 1.0).asin()
    }

    /// Latitude of an authalic one: Newton on q (3-16), which converges to the last bit in a few steps away from the
    /// poles; there, where the slope is zero, the series (3-18) is a better start than any step.
    pub(super) fn geographic(&self, beta: f64) -> f64 {
        let (e2, e4, e6) = (self.e2, self.e2.powi(2), self.e2.powi(3));
        let mut lat = beta
            + (e2 / 3.0 + 31.0 * e4 / 180.0 + 517.0 * e6 / 5040.0) * (2.0 * beta).sin()
            + (23.0 * e4 / 360.0 + 251.0 * e6 / 3780.0) * (4.0 * beta).sin()
            + (761.0 * e6 / 45360.0) * (6.0 * beta).sin();
        let wanted = self.q(1.0) * beta.sin();
        for _ in 0..4 {
            let (sin, cos) = lat.sin_cos();
            if cos < 1e-4 {
                break;
            }
            let w = 1.0 - self.e2 * sin * sin;
            let step = (wanted - self.q(sin)) * w * w / (2.0 * (1.0 - self.e2) * cos);
            lat += step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        lat
    }

    /// Radius of the sphere of the same area (3-13), metres.
    pub(super) fn authalic_radius(&self) -> f64 {
        self.a * (self.q(1.0) / 2.0).sqrt()
    }
}

/// WGS 84.
pub(super) const WGS84: Ellipsoid = Ellipsoid::new(6_378_137.0, 298.257_223_563);
/// GRS 80, which European coordinates are on.
pub(super) const GRS80: Ellipsoid = Ellipsoid::new(6_378_137.0, 298.257_222_101);
