//! Smaller copies of a grid, each half as wide and high, for maps that look from afar.

use rayon::prelude::*;

/// How four cells become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resampling {
    /// The upper left one.
    Nearest,
    /// The most frequent one; the larger at a tie. For classes.
    Mode,
    /// The mean of those that are there. For shares and densities.
    Mean,
    /// Their sum. For counts of people.
    Sum,
}

/// A number that a raster may hold.
pub(crate) trait Number: Copy + PartialEq + PartialOrd + Send + Sync {
    fn as_f64(self) -> f64;
    fn from_f64(v: f64) -> Self;
    /// Appends the bytes of a run of numbers, little-endian.
    fn put(values: &[Self], bytes: &mut Vec<u8>);
}

macro_rules! number {
    ($($kind:ty),*) => {$(
        impl Number for $kind {
            fn as_f64(self) -> f64 { self as f64 }
            fn from_f64(v: f64) -> Self { v as $kind }
            fn put(values: &[Self], bytes: &mut Vec<u8>) {
                for v in values { bytes.extend_from_slice(&v.to_le_bytes()); }
            }
        }
    )*};
}
number!(u8, u16, i32, f32, f64);

/// A grid of half the size (rounded up). `nodata` cells count for nothing; four of them give `nodata`.
pub(crate) fn halved<T: Number>(
    values: &[T],
    (width, height): (usize, usize),
    how: Resampling,
    nodata: Option<f64>,
) -> (Vec<T>, (usize, usize)) {
    let (w, h) = (width.div_ceil(2), height.div_ceil(2));
    let missing = |v: T| {
        let v = v.as_f64();
        v.is_nan() || nodata == Some(v)
    };
    let mut out = vec![T::from_f64(nodata.unwrap_or(0.0)); w * h];
    out.par_chunks_exact_mut(w).enumerate().for_each(|(r, line)| {
        for (c, to) in line.iter_mut().enumerate() {
            let mut four = [None; 4];
            let mut n = 0;
            for (dr, dc) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let (row, column) = (2 * r + dr, 2 * c + dc);
                if row < height && column < width {
                    four[n] = Some(values[row * width + column]);
                    n += 1;
                }
            }
            *to = one_of(&four, how, missing, nodata);
        }
    });
    (out, (w, h))
}

fn one_of<T: Number>(four: &[Option<T>; 4], how: Resampling, missing: impl Fn(T) -> bool, nodata: Option<f64>) -> T {
    let there = || four.iter().flatten().copied().filter(|v| !missing(*v));
    let none = T::from_f64(nodata.unwrap_or(0.0));
    let n = there().count();
    match how {
        Resampling::Nearest => four[0].unwrap_or(none),
        _ if n == 0 => nodata.map_or_else(|| four[0].unwrap_or(none), T::from_f64),
        Resampling::Sum => T::from_f64(there().map(T::as_f64).sum()),
        Resampling::Mean => T::from_f64(there().map(T::as_f64).sum::<f64>() / n as f64),
        Resampling::Mode => {
            let votes = |v: T| there().filter(|w| *w == v).count();
            let better = |a: T, b: T| if (votes(b), b) > (votes(a), a) { b } else { a };
            there().reduce(better).unwrap_or(none)
        }
    }
}
