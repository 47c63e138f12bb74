//! Projecting whole layers.

use geo::{Coord, CoordsIter as _, MapCoords as _};

use super::{Projection, Tolerance, densify};
use crate::{Crs, Fault, Layer, Place, limits};

/// How far the middle of a line may lie off on a plane in metres.
const OFF_M: f64 = 1.0;
/// The same in degrees: about a metre.
const OFF_DEGREES: f64 = 1e-5;

/// A layer in another reference system.
///
/// Lines and rings get points where they would bend by more than a metre otherwise; shared borders get the same points.
/// Attributes and ids stay.
///
/// Errors: a system that we do not compute in; a feature that has no place in the new one (named, with its position).
pub fn project(layer: &Layer, to: &Crs) -> Result<Layer, Fault> {
    if layer.crs == *to {
        return Ok(layer.clone());
    }
    let place = Place::file(&layer.name);
    let known = |crs: &Crs| {
        Projection::of(crs).ok_or_else(|| Fault::Unsupported {
            place: place.clone(),
            found: format!("the reference system {crs} is not computed here"),
            todo: "save the layer in WGS 84 (EPSG:4326), or in a UTM zone, EPSG:3035 or ESRI:54009",
        })
    };
    let (from, into) = (known(&layer.crs)?, known(to)?);
    let tolerance = Tolerance {
        off: if to.is_geographic() { OFF_DEGREES } else { OFF_M },
        longest: if layer.crs.is_geographic() { 2.5 } else { 250_000.0 },
    };
    let forward = |at: Coord<f64>| from.inverse(at).and_then(|at| into.forward(at));
    let mut features = Vec::with_capacity(layer.features.len());
    let mut n_positions = 0_usize;
    for feature in &layer.features {
        let mut projected = feature.clone();
        if let Some(shape) = &feature.shape {
            let dense = densify(shape, tolerance, &forward);
            n_positions = n_positions.saturating_add(dense.coords_count());
            if n_positions > limits::POSITIONS {
                let place = place.feature(feature.id);
                return Err(Fault::TooLarge { place, what: "positions", limit: limits::POSITIONS as u64 });
            }
            let shape = dense.try_map_coords(|at| forward(at).ok_or(at)).map_err(|at| Fault::Unsupported {
                place: place.feature(feature.id),
                found: format!("the position {} {} has no place in {to}", at.x, at.y),
                todo: "look whether the coordinates are in the system that the file names, or choose another one",
            })?;
            projected.shape = Some(shape);
        }
        features.push(projected);
    }
    Ok(Layer { name: layer.name.clone(), crs: to.clone(), fields: layer.fields.clone(), features })
}
