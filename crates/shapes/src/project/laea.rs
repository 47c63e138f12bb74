//! Lambert's azimuthal equal-area projection on the ellipsoid (Snyder 24-17 to 24-33), as EPSG:3035 sets it.

use super::ellipsoid::{Ellipsoid, GRS80};

/// Centre (radians) and false origin (metres).
const LAT: f64 = 52.0 * std::f64::consts::PI / 180.0;
const LON: f64 = 10.0 * std::f64::consts::PI / 180.0;
const EASTING: f64 = 4_321_000.0;
const NORTHING: f64 = 3_210_000.0;

/// What depends on the centre alone.
struct Centre {
    ellipsoid: Ellipsoid,
    radius: f64,
    /// Sine and cosine of the centre's authalic latitude.
    sin_beta: f64,
    cos_beta: f64,
    /// The stretch that keeps the scale true at the centre.
    d: f64,
}

fn centre() -> Centre {
    let ellipsoid = GRS80;
    let (sin_beta, cos_beta) = ellipsoid.authalic(LAT).sin_cos();
    let radius = ellipsoid.authalic_radius();
    let m = LAT.cos() / (1.0 - ellipsoid.e2 * LAT.sin().powi(2)).sqrt();
    Centre { ellipsoid, radius, sin_beta, cos_beta, d: ellipsoid.a * m / (radius * cos_beta) }
}

/// `None` at the antipode of the centre, which is the whole edge of the map.
pub(super) fn forward(lon: f64, lat: f64) -> Option<(f64, f64)> {
    let c = centre();
    let (sin_beta, cos_beta) = c.ellipsoid.authalic(lat).sin_cos();
    let (sin_lon, cos_lon) = (lon - LON).sin_cos();
    let down = 1.0 + c.sin_beta * sin_beta + c.cos_beta * cos_beta * cos_lon;
    if down < 1e-9 {
        return None;
    }
    let b = c.radius * (2.0 / down).sqrt();
    Some((
        EASTING + b * c.d * cos_beta * sin_lon,
        NORTHING + b / c.d * (c.cos_beta * sin_beta - c.sin_beta * cos_beta * cos_lon),
    ))
}

/// `None` outside of the map.
pub(super) fn inverse(x: f64, y: f64) -> Option<(f64, f64)> {
    let c = centre();
    let (x, y) = (x - EASTING, y - NORTHING);
    let rho = (x / c.d).hypot(c.d * y);
    if rho < 1e-9 {
        return Some((LON, LAT));
    }
    let half = rho / (2.0 * c.radius);
    if half.is_nan() || half > 1.0 {
        return None;
    }
    let (sin_ce, cos_ce) = (2.0 * half.asin()).sin_cos();
    let sin_beta = cos_ce * c.sin_beta + c.d * y * sin_ce * c.cos_beta / rho;
    let lon = LON + (x * sin_ce).atan2(c.d * rho * c.cos_beta * cos_ce - c.d * c.d * y * c.sin_beta * sin_ce);
    Some((wrapped(lon), c.ellipsoid.geographic(sin_beta.clamp(-1.0, 1.0).asin())))
}

/// A longitude within half a turn.
fn wrapped(lon: f64) -> f64 {
    use std::f64::consts::PI;
    if lon > PI {
        lon - 2.0 * PI
    } else if lon < -PI {
        lon + 2.0 * PI
    } else {
        lon
    }
}
