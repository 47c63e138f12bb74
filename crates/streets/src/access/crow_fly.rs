//! Distances as the crow flies, for comparison with what many countries report. Never used silently.

use crate::sphere::{METRES_PER_DEGREE, haversine_m};
use rayon::prelude::*;

/// Distance of each point to the nearest of some places along the great circle, metres; infinite without places.
///
/// Places are sorted by latitude and looked at outwards from each point's; a difference in latitude alone is a lower
/// bound of the distance, so that most are never looked at.
pub fn nearest_m(points: &[[f64; 2]], places: &[[f64; 2]]) -> Vec<f64> {
    let mut places = places.to_vec();
    places.sort_by(|a, b| a[1].total_cmp(&b[1]));
    let nearest = |point: &[f64; 2]| {
        let start = places.partition_point(|place| place[1] < point[1]);
        let (south, north) = places.split_at(start);
        let mut best = f64::INFINITY;
        // A hair of slack for rounding in the two ways of computing one distance.
        let out_of_reach = |place: &[f64; 2], best: f64| (place[1] - point[1]).abs() * METRES_PER_DEGREE > best + 1e-6;
        for side in [&mut south.iter().rev() as &mut dyn Iterator<Item = &[f64; 2]>, &mut north.iter()] {
            for place in side {
                if out_of_reach(place, best) {
                    break;
                }
                best = best.min(haversine_m(*point, *place));
            }
        }
        best
    };
    points.par_iter().with_min_len(64).map(nearest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_all() {
        let spread = |n: u32, by: f64| -> Vec<[f64; 2]> {
            (0..n).map(|i| [f64::from(i * 7 % n) * by - 51.0, f64::from(i * 13 % n) * by - 30.0]).collect()
        };
        let (points, places) = (spread(101, 0.003), spread(47, 0.007));
        for (point, found) in points.iter().zip(nearest_m(&points, &places)) {
            let plain = places.iter().map(|place| haversine_m(*point, *place)).fold(f64::INFINITY, f64::min);
            assert_eq!(found, plain);
        }
        assert_eq!(nearest_m(&points[..1], &[]), [f64::INFINITY]);
    }
}
