//! Chance that falls the same way on every machine and every day: numbers made of places, not drawn one after the other, so
//! that a change in one place moves nothing elsewhere.

/// A number from 0 to below 1 that belongs to two whole numbers and a purpose (splitmix64).
pub fn chance(a: i64, b: i64, purpose: u64) -> f64 {
    let mut x =
        (a as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (b as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f) ^ purpose;
    for _ in 0..2 {
        x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^= x >> 31;
    }
    (x >> 11) as f64 / (1u64 << 53) as f64
}

/// Chance that changes slowly: between the corners of squares of some side it is blended.
pub fn rolling(x: f64, y: f64, side: f64, purpose: u64) -> f64 {
    let (u, v) = (x / side, y / side);
    let (i, j) = (u.floor(), v.floor());
    let smooth = |t: f64| t * t * (3.0 - 2.0 * t);
    let (s, t) = (smooth(u - i), smooth(v - j));
    let at = |di: i64, dj: i64| chance(i as i64 + di, j as i64 + dj, purpose);
    (at(0, 0) * (1.0 - s) + at(1, 0) * s) * (1.0 - t) + (at(0, 1) * (1.0 - s) + at(1, 1) * s) * t
}
