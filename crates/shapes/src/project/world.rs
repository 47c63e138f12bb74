//! Maps of the whole world: Mollweide, Mercator on the sphere, Equal Earth.

use std::f64::consts::{FRAC_PI_2, PI, SQRT_2};

use super::ellipsoid::WGS84;

/// Mollweide (Snyder 31-1 to 31-4), radians to metres.
pub(super) fn mollweide(lon: f64, lat: f64) -> (f64, f64) {
    let theta = mollweide_angle(lat);
    (WGS84.a * 2.0 * SQRT_2 / PI * lon * theta.cos(), WGS84.a * SQRT_2 * theta.sin())
}

/// The angle θ with 2θ + sin 2θ = π sin φ.
fn mollweide_angle(lat: f64) -> f64 {
    let wanted = PI * lat.sin();
    if lat.abs() > FRAC_PI_2 - 1e-12 {
        return FRAC_PI_2.copysign(lat);
    }
    // Near the poles the slope vanishes: with δ = π/2 − θ, 2δ − sin 2δ = π (1 − sin φ) and so δ ≈ (¾ π (1 − sin φ))^⅓.
    let from_pole = (0.75 * PI * 2.0 * ((FRAC_PI_2 - lat.abs()) / 2.0).sin().powi(2)).cbrt();
    let mut theta = if lat.abs() > 1.2 { (FRAC_PI_2 - from_pole).copysign(lat) } else { lat };
    for _ in 0..50 {
        let double = 2.0 * theta;
        let slope = 2.0 + 2.0 * double.cos();
        if slope < 1e-14 {
            break;
        }
        let step = (double + double.sin() - wanted) / slope;
        theta -= step;
        if step.abs() < 1e-15 {
            break;
        }
    }
    theta.clamp(-FRAC_PI_2, FRAC_PI_2)
}

/// Mollweide back; `None` outside of the ellipse.
pub(super) fn mollweide_back(x: f64, y: f64) -> Option<(f64, f64)> {
    let sin_theta = y / (WGS84.a * SQRT_2);
    if sin_theta.is_nan() || sin_theta.abs() > 1.0 + 1e-12 {
        return None;
    }
    let theta = sin_theta.clamp(-1.0, 1.0).asin();
    let lat = ((2.0 * theta + (2.0 * theta).sin()) / PI).clamp(-1.0, 1.0).asin();
    let cos = theta.cos();
    let lon = if cos < 1e-12 { 0.0 } else { PI * x / (2.0 * SQRT_2 * WGS84.a * cos) };
    (lon.abs() <= PI + 1e-9).then_some((lon.clamp(-PI, PI), lat))
}

/// Mercator on the sphere (Snyder 7-1, 7-2); `None` towards the poles, which lie infinitely far.
pub(super) fn mercator(lon: f64, lat: f64) -> Option<(f64, f64)> {
    // The square map of the web ends at atan(sinh π).
    (lat.abs() <= 1.4845).then(|| (WGS84.a * lon, WGS84.a * lat.tan().asinh()))
}

/// Mercator back.
pub(super) fn mercator_back(x: f64, y: f64) -> (f64, f64) {
    (x / WGS84.a, (y / WGS84.a).sinh().atan())
}

/// The coefficients of Equal Earth.
const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
/// √3 / 2.
const M: f64 = 0.866_025_403_784_438_6;

/// Equal Earth on the unit sphere: from longitude and latitude in radians.
///
/// Source: Šavrič, Patterson, Jenny (2018), equations 1 to 4. The whole world is 2 × 2.706630 wide and 2 × 1.317363 high.
pub fn equal_earth_sphere(lon: f64, lat: f64) -> (f64, f64) {
    let theta = (M * lat.sin()).asin();
    let t2 = theta * theta;
    let t6 = t2 * t2 * t2;
    let slope = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
    (lon * theta.cos() / (M * slope), theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2)))
}

/// Equal Earth on the ellipsoid, metres.
pub(super) fn equal_earth(lon: f64, lat: f64) -> (f64, f64) {
    let (x, y) = equal_earth_sphere(lon, WGS84.authalic(lat));
    let radius = WGS84.authalic_radius();
    (radius * x, radius * y)
}

/// Equal Earth back; `None` outside of the map.
pub(super) fn equal_earth_back(x: f64, y: f64) -> Option<(f64, f64)> {
    let radius = WGS84.authalic_radius();
    let (x, y) = (x / radius, y / radius);
    let mut theta = y;
    for _ in 0..30 {
        let t2 = theta * theta;
        let t6 = t2 * t2 * t2;
        let found = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2)) - y;
        let slope = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
        theta -= found / slope;
        if (found / slope).abs() < 1e-15 {
            break;
        }
    }
    let t2 = theta * theta;
    let slope = A[0] + 3.0 * A[1] * t2 + t2 * t2 * t2 * (7.0 * A[2] + 9.0 * A[3] * t2);
    let (lon, sin_beta) = (M * x * slope / theta.cos(), theta.sin() / M);
    if sin_beta.is_nan() || sin_beta.abs() > 1.0 + 1e-9 || lon.abs() > PI + 1e-9 {
        return None;
    }
    Some((lon.clamp(-PI, PI), WGS84.geographic(sin_beta.clamp(-1.0, 1.0).asin())))
}
