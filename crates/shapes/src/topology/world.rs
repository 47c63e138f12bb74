//! Coordinates that no place on Earth has.

use geo::{Coord, CoordsIter as _, Geometry};

use super::{Found, Problem};
use crate::{antimeridian::crosses_antimeridian, project::Projection};

/// Looks for coordinates outside of the world, swapped ones, and steps over the antimeridian.
pub(super) fn check(found: &mut Found<'_>, idx: usize, shape: &Geometry<f64>) {
    if found.layer.crs.is_geographic() {
        let is_outside = |at: &Coord<f64>| at.x.abs() > 180.0 + 1e-6 || at.y.abs() > 90.0 + 1e-9;
        // Beyond 180° but not by much is a shape that runs on over the antimeridian.
        let runs_on = |at: &Coord<f64>| at.x.abs() <= 360.0 && at.y.abs() <= 90.0 + 1e-9;
        match shape.coords_iter().find(is_outside) {
            // Swapped, a latitude of 100 must be a longitude; then all first numbers must be latitudes.
            Some(at)
                if at.y.abs() > 90.0 && shape.coords_iter().all(|at| at.x.abs() <= 90.0 && at.y.abs() <= 180.0) =>
            {
                found.add(Problem::Swapped, idx, Some(at));
            }
            Some(at) if !shape.coords_iter().all(|at| runs_on(&at)) => {
                found.add(Problem::OutsideWorld, idx, Some(at));
            }
            _ => {
                if crosses_antimeridian(shape) {
                    found.add(Problem::CrossesAntimeridian, idx, shape.coords_iter().next());
                }
            }
        }
    } else if let Some(projection) = Projection::of(&found.layer.crs)
        && let Some(at) = shape.coords_iter().find(|at| projection.inverse(*at).is_none())
    {
        found.add(Problem::OutsideWorld, idx, Some(at));
    }
}
