//! What a command line calls: files in, files and summaries out.

mod classify;
mod cover;
mod functional;
mod growth;
mod land;
mod masks;
mod notice;
mod people;
mod zones;

pub use classify::{ClassifyRequest, EntityCount, Summary, classify_files};
pub use cover::{Cover, CoverRow, CoverTable, cover_files};
pub use functional::{AreaRow, FunctionalRequest, FunctionalTable, MemberRow, functional_files};
pub use growth::{BuiltCells, ExtentAt, GrowthRow, GrowthRule, GrowthTable, Kinds, growth_from_grids};
pub use land::{BuiltArea, LandRow, LandTable, land_from_grids, land_from_table};
pub use notice::{Notice, Units};
pub use people::{PeopleGrid, aggregate_files, calibrate_files, interpolate_files};
pub use zones::{UnitRow, UnitTable, ZoneRow, ZoneTable, units_files, zonal_files};

use geo::{Area as _, BoundingRect as _, Geometry, MultiPolygon, Point, Rect};
use shapes::{Feature, Layer, Value};

use crate::Fault;
use crate::raster::Frame;
use crate::zonal::polygons;

/// A layer in the reference system of a grid; projected where it has another one.
fn in_frame(layer: &Layer, frame: &Frame) -> Result<Layer, Fault> {
    if layer.crs == frame.crs { Ok(layer.clone()) } else { Ok(shapes::project::project(layer, &frame.crs)?) }
}

/// The polygons of a layer in the reference system of a grid, one for each feature.
fn shapes_of(layer: &Layer, frame: &Frame) -> Result<Vec<MultiPolygon<f64>>, Fault> {
    Ok(in_frame(layer, frame)?.features.iter().map(|f| polygons(f.shape.as_ref())).collect())
}

/// Says that polygons of a layer cross themselves. They are measured all the same, each side of the crossing as inside.
fn crossed(layer: &Layer, key: Option<usize>) -> Option<Notice> {
    let found = shapes::topology::self_crossings(layer, None);
    let first = found.first()?;
    let feature = layer.features.get(first.feature_idx)?;
    // Zones are called by what looks like a name where nobody said which attribute is.
    let named = |name: &str| layer.fields.iter().position(|f| f.name.eq_ignore_ascii_case(name));
    let key = key.or_else(|| ["name", "uid", "code", "id"].into_iter().find_map(named));
    let at = first.at.map_or([f64::NAN; 2], |at| [at.x, at.y]);
    Some(Notice::ZonesCross { n: found.len(), first: key_of(feature, key), at })
}

/// Says that latitude stands before longitude: no shape lies on the grid, and with both exchanged some would.
fn swapped(layer: &Layer, shapes: &[MultiPolygon<f64>], frame: &Frame) -> Option<Notice> {
    let is_on_grid = |at: Rect<f64>| {
        at.min().x < frame.right() && at.max().x > frame.left && at.min().y < frame.top && at.max().y > frame.bottom()
    };
    if !layer.crs.is_geographic() || shapes.iter().filter_map(|shape| shape.bounding_rect()).any(is_on_grid) {
        return None;
    }
    // The middle of each shape; latitudes beyond the poles are none.
    let exchanged = |feature: &Feature| {
        let middle = feature.shape.as_ref()?.bounding_rect()?.center();
        let shape = Some(Geometry::Point(Point::new(middle.y, middle.x)));
        (middle.x.abs() <= 90.0).then(|| Feature { id: feature.id, shape, values: feature.values.clone() })
    };
    let features = layer.features.iter().filter_map(exchanged).collect();
    let points = in_frame(&Layer { features, ..layer.clone() }, frame).ok()?;
    let n =
        points.features.iter().filter_map(|f| f.shape.as_ref()?.bounding_rect()).filter(|at| is_on_grid(*at)).count();
    (n > 0).then_some(Notice::ZonesSwapped { n })
}

/// How many zones lie partly outside of a grid: more of their area than rounding explains is covered by no cell.
fn n_partly(shapes: &[MultiPolygon<f64>], covered: impl Iterator<Item = f64>, frame: &Frame) -> usize {
    let is_partly = |(shape, covered): (&MultiPolygon<f64>, f64)| {
        let cells = shape.unsigned_area() / frame.cell_area();
        covered > 0.0 && covered < cells * (1.0 - 1e-6) - 1e-6
    };
    shapes.iter().zip(covered).filter(|of| is_partly(*of)).count()
}

/// Refuses cells below zero, which are codes of missing ones that the file does not declare; `least` is that of each zone.
fn none_below_zero(
    zones: &Layer,
    key: Option<usize>,
    raster: &str,
    mut least: impl Iterator<Item = Option<f64>>,
) -> Result<(), Fault> {
    let Some(at) = least.position(|least| least.is_some_and(|least| least < 0.0)) else { return Ok(()) };
    Err(Fault::Zone {
        zone: key_of(&zones.features[at], key),
        why: format!("{raster} has a cell below 0; name its value for missing cells (GDAL_NODATA)"),
    })
}

/// What a feature is called in a table: the value of the attribute `key`, else its number.
fn key_of(feature: &Feature, key: Option<usize>) -> String {
    match key.and_then(|k| feature.values.get(k)) {
        Some(Value::Text(t)) => t.clone(),
        Some(Value::Whole(n)) => n.to_string(),
        Some(Value::Number(n)) => n.to_string(),
        Some(Value::Flag(f)) => f.to_string(),
        _ => feature.id.to_string(),
    }
}

/// The place of an attribute, which must exist if it is named.
fn field(layer: &Layer, name: Option<&str>) -> Result<Option<usize>, Fault> {
    let Some(name) = name else { return Ok(None) };
    let at = layer.fields.iter().position(|f| f.name == name);
    at.map(Some).ok_or_else(|| Fault::unknown("attribute", name, layer.fields.iter().map(|f| f.name.as_str())))
}
