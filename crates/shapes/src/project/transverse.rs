//! Transverse Mercator by Krüger's series to the sixth order (Karney 2011, equations 7 to 36), and UTM with it.

use super::ellipsoid::WGS84;

/// The third flattening of WGS 84.
const N: f64 = 1.0 / (2.0 * 298.257_223_563 - 1.0);
const N2: f64 = N * N;
const N3: f64 = N2 * N;
const N4: f64 = N3 * N;
const N5: f64 = N4 * N;
const N6: f64 = N5 * N;

/// Radius of the rectifying sphere, in radii of the equator (14).
const RECTIFYING: f64 = (1.0 + N2 / 4.0 + N4 / 64.0 + N6 / 256.0) / (1.0 + N);

/// From conformal to rectifying (35).
const ALPHA: [f64; 6] = [
    N / 2.0 - 2.0 * N2 / 3.0 + 5.0 * N3 / 16.0 + 41.0 * N4 / 180.0 - 127.0 * N5 / 288.0 + 7891.0 * N6 / 37800.0,
    13.0 * N2 / 48.0 - 3.0 * N3 / 5.0 + 557.0 * N4 / 1440.0 + 281.0 * N5 / 630.0 - 1983433.0 * N6 / 1935360.0,
    61.0 * N3 / 240.0 - 103.0 * N4 / 140.0 + 15061.0 * N5 / 26880.0 + 167603.0 * N6 / 181440.0,
    49561.0 * N4 / 161280.0 - 179.0 * N5 / 168.0 + 6601661.0 * N6 / 7257600.0,
    34729.0 * N5 / 80640.0 - 3418889.0 * N6 / 1995840.0,
    212378941.0 * N6 / 319334400.0,
];

/// And back (36).
const BETA: [f64; 6] = [
    N / 2.0 - 2.0 * N2 / 3.0 + 37.0 * N3 / 96.0 - N4 / 360.0 - 81.0 * N5 / 512.0 + 96199.0 * N6 / 604800.0,
    N2 / 48.0 + N3 / 15.0 - 437.0 * N4 / 1440.0 + 46.0 * N5 / 105.0 - 1118711.0 * N6 / 3870720.0,
    17.0 * N3 / 480.0 - 37.0 * N4 / 840.0 - 209.0 * N5 / 4480.0 + 5569.0 * N6 / 90720.0,
    4397.0 * N4 / 161280.0 - 11.0 * N5 / 504.0 - 830251.0 * N6 / 7257600.0,
    4583.0 * N5 / 161280.0 - 108847.0 * N6 / 3991680.0,
    20648693.0 * N6 / 638668800.0,
];

/// Scale on the meridian of a zone, and false origins, metres.
const SCALE: f64 = 0.9996;
const EASTING: f64 = 500_000.0;
const SOUTH: f64 = 10_000_000.0;

/// How far from its meridian a zone is computed: to here the series is exact to nanometres.
const MOST_DEGREES: f64 = 35.0;

/// The zone's meridian, radians.
fn meridian(zone: u8) -> f64 {
    (f64::from(zone) * 6.0 - 183.0).to_radians()
}

/// Radians to easting and northing; `None` too far from the zone.
pub(super) fn utm(zone: u8, south: bool, lon: f64, lat: f64) -> Option<(f64, f64)> {
    use std::f64::consts::PI;
    let mut from_meridian = lon - meridian(zone);
    if from_meridian > PI {
        from_meridian -= 2.0 * PI;
    } else if from_meridian < -PI {
        from_meridian += 2.0 * PI;
    }
    if from_meridian.abs() > MOST_DEGREES.to_radians() {
        return None;
    }
    let e = WGS84.e2.sqrt();
    let tau = lat.tan();
    let sigma = (e * (e * tau / tau.hypot(1.0)).atanh()).sinh();
    let tau_conformal = tau * sigma.hypot(1.0) - sigma * tau.hypot(1.0);
    let (sin_lon, cos_lon) = from_meridian.sin_cos();
    let xi = tau_conformal.atan2(cos_lon);
    let eta = (sin_lon / tau_conformal.hypot(cos_lon)).asinh();
    let (mut north, mut east) = (xi, eta);
    for (j, alpha) in (1..).zip(ALPHA) {
        let k = 2.0 * f64::from(j);
        north += alpha * (k * xi).sin() * (k * eta).cosh();
        east += alpha * (k * xi).cos() * (k * eta).sinh();
    }
    let radius = SCALE * WGS84.a * RECTIFYING;
    Some((EASTING + radius * east, radius * north + if south { SOUTH } else { 0.0 }))
}

/// Easting and northing to radians; `None` too far from the zone.
pub(super) fn utm_back(zone: u8, south: bool, x: f64, y: f64) -> Option<(f64, f64)> {
    let radius = SCALE * WGS84.a * RECTIFYING;
    let (xi, eta) = ((y - if south { SOUTH } else { 0.0 }) / radius, (x - EASTING) / radius);
    if xi.is_nan() || eta.is_nan() || eta.abs() > 0.8 || xi.abs() > std::f64::consts::FRAC_PI_2 + 1e-9 {
        return None;
    }
    let (mut north, mut east) = (xi, eta);
    for (j, beta) in (1..).zip(BETA) {
        let k = 2.0 * f64::from(j);
        north -= beta * (k * xi).sin() * (k * eta).cosh();
        east -= beta * (k * xi).cos() * (k * eta).sinh();
    }
    let lon = east.sinh().atan2(north.cos());
    let tau_conformal = north.sin() / east.sinh().hypot(north.cos());
    Some((meridian(zone) + lon, latitude(tau_conformal)))
}

/// The latitude whose conformal latitude has this tangent: Newton (19 to 21).
fn latitude(tau_conformal: f64) -> f64 {
    let e2 = WGS84.e2;
    let e = e2.sqrt();
    let mut tau = tau_conformal / (1.0 - e2);
    for _ in 0..8 {
        let sigma = (e * (e * tau / tau.hypot(1.0)).atanh()).sinh();
        let found = tau * sigma.hypot(1.0) - sigma * tau.hypot(1.0);
        let step =
            (tau_conformal - found) / found.hypot(1.0) * (1.0 + (1.0 - e2) * tau * tau) / ((1.0 - e2) * tau.hypot(1.0));
        tau += step;
        if step.abs() < 1e-14 * tau.abs().max(1.0) {
            break;
        }
    }
    tau.atan()
}
