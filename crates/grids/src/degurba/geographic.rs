//! The area of a cell between two parallels and two meridians of WGS 84.

/// Half the long axis, metres.
const A: f64 = 6_378_137.0;
/// Flattening.
const F: f64 = 1.0 / 298.257_223_563;

/// The area of a cell of a geographic grid, in km².
///
/// Shape: from latitude `south` to `north`, `width` wide; all in degrees.
/// Formula: Δλ · b²/2 · |q(φ₂) − q(φ₁)|, q(φ) = sin φ / (1 − e² sin² φ) + ln((1 + e sin φ) / (1 − e sin φ)) / 2e.
/// Source: Snyder, Map Projections: a Working Manual (1987), the authalic latitude, equation 3-12.
pub fn cell_area_km2(south: f64, north: f64, width: f64) -> f64 {
    let e2 = F * (2.0 - F);
    let e = e2.sqrt();
    let q = |latitude: f64| {
        let s = latitude.clamp(-90.0, 90.0).to_radians().sin();
        s / (1.0 - e2 * s * s) + ((1.0 + e * s) / (1.0 - e * s)).ln() / (2.0 * e)
    };
    let b = A * (1.0 - F);
    width.to_radians() * b * b / 2.0 * (q(north) - q(south)).abs() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_globe_and_a_cell_of_worldpop() {
        // The surface of the ellipsoid is 510 065 621.724 km².
        assert!((cell_area_km2(-90.0, 90.0, 360.0) - 510_065_621.724).abs() < 0.01);
        // 30 seconds at 40° N: about two thirds of a km².
        let side = 30.0 / 3600.0;
        assert!((cell_area_km2(40.0, 40.0 + side, side) - 0.66).abs() < 0.01);
    }
}
