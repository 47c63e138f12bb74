//! Files of boundaries, read: each shape with its place, its version and its area.

use diag::{Diagnostic, Pointer};
use exchange::NamedBytes;
use geo::{BoundingRect as _, CoordsIter as _, Geometry, MultiPolygon};
use jiff::civil::Date;
use model::{
    Records,
    kinds::{Boundary, BoundaryDefinition, Place, Source},
    record::{Code, Whole},
    value::{Id, Text},
};
use shapes::{
    Crs, Feature, Layer, antimeridian,
    project::{geodesic_area_m2, project},
};

use super::{
    check, held, keep,
    names::{Names, place_column, shown},
};
use crate::{
    App,
    error::AppError,
    space::{
        codes::{GEO007, GEO008, GEO009, GEO010, GEO019},
        faults::of_shapes,
    },
    world::World,
};

/// Boundaries of one file at most.
const MOST_BOUNDARIES: usize = 50_000;
/// Findings that are told at most.
pub(super) const MOST_TOLD: usize = 200;
/// Decimals of a degree that are kept: a centimetre.
const KEPT: f64 = 1e7;

/// What a file of boundaries does not say itself.
#[derive(Clone, Debug)]
pub struct NewBoundaries {
    /// The layer, where the file has several.
    pub layer: Option<String>,
    /// The attribute that names the place; found out when none.
    pub place_field: Option<String>,
    /// By what places are bounded, where no attribute `definition` says it.
    pub definition: BoundaryDefinition,
    /// The first day on which they hold, where no attribute `valid_from` says it.
    pub valid_from: Option<Date>,
    /// Where they come from.
    pub source: Option<Id<Source>>,
    /// What somebody who uses them should know.
    pub note: Option<Text>,
}

/// One boundary that was read.
#[derive(Clone, Debug)]
pub struct ReadBoundary {
    /// Its record; the shape is not kept yet, its column names the file that it would be kept as.
    pub record: Boundary,
    /// Its shape in longitude and latitude.
    pub shape: MultiPolygon<f64>,
    /// What the file calls it.
    pub name: String,
    /// Its number in the file, from 1; 0 for one that was computed.
    pub feature: usize,
}

/// A file of boundaries, read and checked.
#[derive(Clone, Debug, Default)]
pub struct ReadBoundaries {
    /// Those that belong to a place of the register.
    pub boundaries: Vec<ReadBoundary>,
    /// What is wrong; errors refuse the file, warnings are told. The first of them, errors before warnings.
    pub findings: Vec<Diagnostic>,
    /// How many there are in all.
    pub n_findings: usize,
}

impl ReadBoundaries {
    /// Whether something refuses the file.
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(Diagnostic::blocks)
    }
}

/// Reads a file of boundaries and ties each to a place: by the place's code, its M49 code, or its name in any language.
///
/// Found are: shapes that are none or lie in the wrong place (errors, with the place and the position), areas that overlap or leave
/// gaps between them or to those that the register holds around them (warnings), places that nobody knows (errors).
///
/// Errors: a file that cannot be read or has too many boundaries, or none.
pub fn read_boundaries(
    app: &App,
    world: &World,
    file: &NamedBytes,
    new: &NewBoundaries,
) -> Result<ReadBoundaries, AppError> {
    let records = world.records();
    let layer = shapes::read_bytes(&file.name, &file.bytes, new.layer.as_deref()).map_err(|e| of_shapes(&e))?;
    let mut layer = project(&layer, &Crs::Wgs84).map_err(|e| of_shapes(&e))?;
    for shape in layer.features.iter_mut().filter_map(|feature| feature.shape.as_mut()) {
        if antimeridian::crosses_antimeridian(shape) {
            *shape = antimeridian::split_antimeridian(shape);
        }
    }
    if layer.features.is_empty() {
        let found = Diagnostic::new(&GEO019).arg("file", &file.name).arg("layer", &layer.name);
        return Err(AppError::Refused(vec![found]));
    }
    if layer.features.len() > MOST_BOUNDARIES {
        let found = Diagnostic::new(&GEO010).arg("file", &file.name).arg("n", layer.features.len());
        return Err(AppError::Refused(vec![found.arg("most", MOST_BOUNDARIES)]));
    }
    let by_name = Names::of(records);
    let Some(names) = place_column(&by_name, &layer, new.place_field.as_deref()) else {
        let known = layer.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
        let asked = new.place_field.clone().unwrap_or_else(|| "place".to_owned());
        let found = Diagnostic::new(&GEO009).arg("file", &file.name).arg("asked", asked);
        return Err(AppError::Refused(vec![found.arg("known", known).field("place_field")]));
    };
    let at = check::Place { file: &file.name, layer: &layer.name };
    let mut read = ReadBoundaries::default();
    let mut without_day: Option<usize> = None;
    for (row, feature) in layer.features.iter().enumerate() {
        let name = shown(feature.values.get(names));
        match boundary(records, &layer, feature, &name, &by_name, new) {
            Ok(Some(boundary)) => read.boundaries.push(ReadBoundary { feature: row + 1, ..boundary }),
            // The check of shapes says what is wrong with one that is none; a point or a line is no boundary.
            Ok(None) if feature.shape.is_none() => {}
            Ok(None) => read.findings.push(at.invalid(row + 1, &name, "no_area", "–")),
            Err(found) => {
                let found = at.named(*found, row + 1);
                // A file that says no day at all says it once.
                if found.field.as_deref() == Some("valid_from") && found.pointer.value.is_none() {
                    match without_day {
                        Some(first) => read.findings[first].n_more += 1,
                        None => {
                            without_day = Some(read.findings.len());
                            read.findings.push(found);
                        }
                    }
                } else {
                    read.findings.push(found);
                }
            }
        }
    }
    check::alone(&at, &layer, names, &mut read.findings).map_err(|e| of_shapes(&e))?;
    held::between(app, records, &at, &read.boundaries, &mut read.findings).map_err(|e| of_shapes(&e))?;
    check::twice(&at, &read.boundaries, &mut read.findings);
    check::elsewhere(&at, records, &read.boundaries, &mut read.findings);
    for boundary in &mut read.boundaries {
        boundary.record.shape = Code(keep::shape_name(&boundary.shape)?);
    }
    read.n_findings = read.findings.iter().map(|found| 1 + found.n_more).sum();
    read.findings.sort_by_key(|found| !found.blocks());
    read.findings.truncate(MOST_TOLD);
    Ok(read)
}

/// The boundary of a feature; `None` for one whose shape is no area.
fn boundary(
    records: &Records,
    layer: &Layer,
    feature: &Feature,
    name: &str,
    places: &Names,
    new: &NewBoundaries,
) -> Result<Option<ReadBoundary>, Box<Diagnostic>> {
    let column = |name: &str| layer.fields.iter().position(|f| f.name.eq_ignore_ascii_case(name));
    let of = |name: &str| column(name).map(|at| shown(feature.values.get(at))).filter(|text| !text.trim().is_empty());
    let wrong = |field: &str, found: Option<String>| {
        let shown = found.clone().unwrap_or_else(|| "–".to_owned());
        let problem = if found.is_some() { "other" } else { "missing" };
        let told = Diagnostic::new(&GEO008).arg("place", name).arg("field", field).arg("problem", problem);
        let told = told.arg("found", shown).field(field);
        Box::new(told.at(Pointer { value: found, ..Pointer::default() }))
    };
    let place = places.find(name).ok_or_else(|| Box::new(Diagnostic::new(&GEO007).arg("place", name)))?;
    let definition = match of("definition") {
        None => new.definition,
        Some(text) => BoundaryDefinition::parse(&text).ok_or_else(|| wrong("definition", Some(text)))?,
    };
    let valid_from = match (of("valid_from"), new.valid_from) {
        (Some(text), _) => {
            text.get(..10).unwrap_or(&text).parse().map_err(|_| wrong("valid_from", Some(text.clone())))?
        }
        (None, Some(day)) => day,
        (None, None) => return Err(wrong("valid_from", None)),
    };
    let Some(shape) = feature.shape.clone().and_then(polygons) else { return Ok(None) };
    // What is measured is what is kept.
    let shape = kept_shape(&shape);
    let source = of("source").filter(|source| records.sources.contains(source)).map(Id::new);
    let new = NewBoundaries { source: new.source.clone().or(source), ..new.clone() };
    Ok(area(place, definition, valid_from, of("class"), &shape, &new).map(|record| ReadBoundary {
        record,
        shape,
        name: name.to_owned(),
        feature: 0,
    }))
}

/// The record of a shape; `None` where it has no extent.
fn area(
    place: Id<Place>,
    definition: BoundaryDefinition,
    valid_from: Date,
    class: Option<String>,
    shape: &MultiPolygon<f64>,
    new: &NewBoundaries,
) -> Option<Boundary> {
    let bounds = antimeridian_bounds(shape)?;
    Some(Boundary {
        place,
        definition,
        valid_from,
        shape: Code(String::new()),
        area_km2: (geodesic_area_m2(&Geometry::MultiPolygon(shape.clone())) / 1e6 * 1e6).round() / 1e6,
        west: bounds[0],
        south: bounds[1],
        east: bounds[2],
        north: bounds[3],
        corners: Whole(i64::try_from(shape.coords_count()).unwrap_or(i64::MAX).clamp(3, 20_000_000)),
        class: class.map(Code),
        source: new.source.clone(),
        note: new.note.clone(),
    })
}

/// A boundary of a place that was found by computing.
pub(crate) fn found_boundary(
    place: Id<Place>,
    definition: BoundaryDefinition,
    valid_from: Date,
    class: &str,
    shape: &MultiPolygon<f64>,
    source: Option<Id<Source>>,
) -> Option<ReadBoundary> {
    let new = NewBoundaries { layer: None, place_field: None, definition, valid_from: None, source, note: None };
    let (name, shape) = (place.as_str().to_owned(), kept_shape(shape));
    let record = area(place, definition, valid_from, Some(class.to_owned()), &shape, &new)?;
    Some(ReadBoundary { record, shape, name, feature: 0 })
}

/// West, south, east and north. A shape that has parts on both sides of the antimeridian and none between runs across it.
fn antimeridian_bounds(shape: &MultiPolygon<f64>) -> Option<[f64; 4]> {
    let all = shape.bounding_rect()?;
    let whole = [all.min().x, all.min().y, all.max().x, all.max().y];
    if all.width() < 180.0 {
        return Some(whole.map(at_grid));
    }
    let parts: Vec<_> = shape.0.iter().filter_map(geo::BoundingRect::bounding_rect).collect();
    let east = parts.iter().filter(|r| r.max().x <= 0.0).map(|r| r.max().x).fold(f64::MIN, f64::max);
    let west = parts.iter().filter(|r| r.min().x >= 0.0).map(|r| r.min().x).fold(f64::MAX, f64::min);
    let is_split = parts.iter().all(|r| r.max().x <= 0.0 || r.min().x >= 0.0) && west - east > 180.0;
    Some(if is_split { [west, whole[1], east, whole[3]] } else { whole }.map(at_grid))
}

/// A coordinate as it is kept.
fn at_grid(x: f64) -> f64 {
    (x * KEPT).round() / KEPT
}

/// A shape as it is kept: to a centimetre.
pub(super) fn kept_shape(shape: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    use geo::MapCoords as _;
    shape.map_coords(|at| geo::Coord { x: at_grid(at.x), y: at_grid(at.y) })
}

/// The areas of a shape.
pub(crate) fn polygons(shape: Geometry<f64>) -> Option<MultiPolygon<f64>> {
    let areas = match shape {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        Geometry::MultiPolygon(polygons) => polygons,
        Geometry::GeometryCollection(parts) => {
            MultiPolygon(parts.0.into_iter().filter_map(polygons).flat_map(|p| p.0).collect())
        }
        _ => return None,
    };
    (!areas.0.is_empty()).then_some(areas)
}
