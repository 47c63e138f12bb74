//! The served area counted in squares.

use super::{HIGH_M, LOW_M, WalkAccess};
use crate::{
    city::City,
    error::StreetsError,
    progress::{Progress, Stage, tell},
};
use geo::{Coord, coordinate_position::CoordPos};
use rayon::prelude::*;

/// How far a square's centre may lie from the network to be served: else the sea and the mountains are.
pub const LATTICE_CONNECTOR_M: f64 = 100.0;
/// Squares that are looked at, at most: a city of 100 × 100 km in squares of 25 m.
const SQUARES_LIMIT: f64 = 16e6;

/// Squares over a city: side `side_m`, centres at odd halves of it from the point where the plane touches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lattice {
    /// Side of a square in metres.
    pub side_m: f64,
}

/// Squares with their centre strictly inside the city, and those that are served.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LatticeCounts {
    /// In the city.
    pub all: u64,
    /// Near enough to the network.
    pub near: u64,
    /// Served by low capacity within 500 m.
    pub low_500: u64,
    /// Served by high capacity within 1 000 m.
    pub high_1000: u64,
    /// Served by either.
    pub sdg_11_2_1: u64,
    /// Within 500 m of any stop.
    pub any_500: u64,
    /// Within 1 000 m of any stop.
    pub any_1000: u64,
}

impl LatticeCounts {
    fn and(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            near: self.near + other.near,
            low_500: self.low_500 + other.low_500,
            high_1000: self.high_1000 + other.high_1000,
            sdg_11_2_1: self.sdg_11_2_1 + other.sdg_11_2_1,
            any_500: self.any_500 + other.any_500,
            any_1000: self.any_1000 + other.any_1000,
        }
    }
}

impl Lattice {
    /// Counts squares, row by row on all threads.
    ///
    /// Errors: [`StreetsError::Case`] when the side is no number above 0 or so small that there would be more than
    /// 16 million squares in the box around the city.
    pub fn count(
        &self,
        city: &City,
        access: &WalkAccess<'_>,
        progress: Progress<'_>,
    ) -> Result<LatticeCounts, StreetsError> {
        let [west, south, east, north] = city.zone.bounds();
        let squares = (east - west) / self.side_m * ((north - south) / self.side_m);
        // What is not a number is not below the limit.
        if !(self.side_m > 0.0 && squares <= SQUARES_LIMIT) {
            let why = format!(
                "`lattice_m` of {} m gives {squares:.0} squares; at most {SQUARES_LIMIT} are counted",
                self.side_m
            );
            return Err(StreetsError::Case { file: "lattice".into(), why });
        }
        let steps = |low: f64, high: f64| (low / self.side_m).floor() as i64..=(high / self.side_m).floor() as i64;
        let centre = |i: i64| (i as f64 + 0.5) * self.side_m;
        let row = |j: i64| {
            tell(progress, Stage::Areas, 0, 0)?;
            let mut counts = LatticeCounts::default();
            for i in steps(west, east) {
                let at = Coord { x: centre(i), y: centre(j) };
                if city.zone.position(at) != CoordPos::Inside {
                    continue;
                }
                counts.all += 1;
                let Some(snapped) = access.index.edge(city.plane.unproject(at), LATTICE_CONNECTOR_M) else { continue };
                counts.near += 1;
                let graph = &access.index.network().graph;
                let low = access.low.distance_m(graph, &snapped);
                let high = access.high.distance_m(graph, &snapped);
                counts.low_500 += u64::from(low <= LOW_M);
                counts.high_1000 += u64::from(high <= HIGH_M);
                counts.sdg_11_2_1 += u64::from(low <= LOW_M || high <= HIGH_M);
                counts.any_500 += u64::from(low.min(high) <= LOW_M);
                counts.any_1000 += u64::from(low.min(high) <= HIGH_M);
            }
            Ok(counts)
        };
        let rows: Vec<i64> = steps(south, north).collect();
        rows.into_par_iter().map(row).try_reduce(LatticeCounts::default, |a, b| Ok(a.and(b)))
    }
}
