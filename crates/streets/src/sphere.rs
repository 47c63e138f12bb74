//! Distances on the sphere, and the flat plane around a point that areas and nearest edges are computed in.

use geo::Coord;

/// Mean radius of the Earth in metres: (2a + b) / 3 of WGS 84, which every length here is computed with.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Metres that one degree of a great circle has.
pub(crate) const METRES_PER_DEGREE: f64 = EARTH_RADIUS_M * std::f64::consts::PI / 180.0;

/// Length of the great circle between two places (longitude, latitude in degrees), in metres.
///
/// The sphere differs from the ellipsoid by up to about 0.3 %; that is part of the method's definition.
/// Source: the haversine formula, R. W. Sinnott, "Virtues of the haversine", Sky and Telescope 68 (1984).
///
/// ```
/// let metres = streets::haversine_m([24.94, 60.17], [24.95, 60.175]);
/// assert!((metres - 784.218791).abs() < 1e-6);
/// ```
pub fn haversine_m(from: [f64; 2], to: [f64; 2]) -> f64 {
    let (phi_from, phi_to) = (from[1].to_radians(), to[1].to_radians());
    let half_phi = ((phi_to - phi_from) / 2.0).sin();
    let half_lambda = ((to[0] - from[0]).to_radians() / 2.0).sin();
    let h = half_phi * half_phi + phi_from.cos() * phi_to.cos() * half_lambda * half_lambda;
    // Rounding may lift antipodes a little above 1.
    2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
}

/// The equirectangular plane that touches the sphere at a point: metres east and north of it.
///
/// x = (λ − λ₀) cos φ₀ R π/180, y = (φ − φ₀) R π/180. Its scale is right at the point and off by some tenths of a
/// per cent at the edge of a large city; shares of an area divide by an area in the same plane, so that it cancels.
/// A place on the other side of the 180th meridian is not near in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane {
    lon: f64,
    lat: f64,
    /// Metres of one degree of longitude.
    east: f64,
}

impl Plane {
    /// The plane at a longitude and a latitude, in degrees.
    pub fn at(lon: f64, lat: f64) -> Self {
        Self { lon, lat, east: lat.to_radians().cos() * METRES_PER_DEGREE }
    }

    /// A place (degrees) in the plane (metres).
    pub fn project(&self, place: [f64; 2]) -> Coord<f64> {
        Coord { x: (place[0] - self.lon) * self.east, y: (place[1] - self.lat) * METRES_PER_DEGREE }
    }

    /// The place (degrees) of a point of the plane (metres).
    pub fn unproject(&self, at: Coord<f64>) -> [f64; 2] {
        [self.lon + at.x / self.east, self.lat + at.y / METRES_PER_DEGREE]
    }

    /// A shape with coordinates in degrees, in the plane.
    pub fn project_shape<S>(&self, shape: &S) -> S::Output
    where
        S: geo::MapCoords<f64, f64>,
    {
        shape.map_coords(|at| self.project([at.x, at.y]))
    }

    /// A shape of the plane, in degrees.
    pub fn unproject_shape<S>(&self, shape: &S) -> S::Output
    where
        S: geo::MapCoords<f64, f64>,
    {
        shape.map_coords(|at| {
            let [x, y] = self.unproject(at);
            Coord { x, y }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn great_circles_by_hand() {
        for (from, to, metres) in [
            ([0.0, 0.0], [0.001, 0.0], 111.195080),
            ([24.94, 60.17], [24.95, 60.175], 784.218791),
            ([-51.2, -30.05], [-51.195, -30.055], 735.319463),
            ([10.0, 10.0], [10.0, 10.0], 0.0),
        ] {
            assert!((haversine_m(from, to) - metres).abs() < 1e-6, "{from:?} to {to:?}");
        }
        // Half the circumference, where the formula is at its worst.
        assert!((haversine_m([0.0, 0.0], [180.0, 0.0]) - std::f64::consts::PI * EARTH_RADIUS_M).abs() < 1e-3);
    }

    #[test]
    fn the_plane_goes_both_ways() {
        let plane = Plane::at(-51.2, -30.055);
        let at = plane.project([-51.1, -30.1]);
        let back = plane.unproject(at);
        assert!((back[0] + 51.1).abs() < 1e-12 && (back[1] + 30.1).abs() < 1e-12);
        // One hundredth of a degree north is the same anywhere; east shrinks with the cosine.
        assert!((plane.project([-51.2, -30.045]).y - METRES_PER_DEGREE / 100.0).abs() < 1e-6);
    }
}
