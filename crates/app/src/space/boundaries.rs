//! Boundaries of places: read from the files that people have, checked, put into the register, and given out again.

use std::{collections::BTreeMap, path::Path};

use diag::Diagnostic;
use exchange::NamedBytes;
use geo::{BoundingRect as _, CoordsIter as _, Geometry, MultiPolygon};
use jiff::{Timestamp, civil::Date};
use model::{
    Records,
    kinds::{Boundary, BoundaryDefinition, Place, Source},
    record::{Code, Record, Whole},
    value::{Id, Text},
};
use register::{Edit, access::Actor};
use shapes::{
    Crs, Feature, Field, FieldKind, Layer, Value, antimeridian, geopackage_bytes,
    project::{geodesic_area_m2, project},
    topology::{self, Problem, Rules},
    write_geojson_to, write_geoparquet_to,
};

use super::codes::{GEO001, GEO006, GEO007, GEO008, GEO009, GEO010};
use crate::{
    App,
    analyses::evidence_shapes,
    enter::attach_evidence,
    error::AppError,
    proposals::{Ready, Written, submit},
    world::World,
};

/// Bytes of a file of boundaries at most.
pub const LARGEST_BOUNDARIES: usize = 256 << 20;
/// Boundaries of one file at most.
const MOST_BOUNDARIES: usize = 50_000;
/// Findings that are told at most.
const MOST_TOLD: usize = 200;
/// A place whose known point is farther from its boundary, in degrees, has another's.
const FAR: f64 = 3.0;
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
    /// Its record; the shape is not kept yet, its column is empty.
    pub record: Boundary,
    /// Its shape in longitude and latitude.
    pub shape: MultiPolygon<f64>,
    /// What the file calls it.
    pub name: String,
}

/// A file of boundaries, read and checked.
#[derive(Clone, Debug, Default)]
pub struct ReadBoundaries {
    /// Those that belong to a place of the register.
    pub boundaries: Vec<ReadBoundary>,
    /// What is wrong; errors refuse the file, warnings are told.
    pub findings: Vec<Diagnostic>,
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
/// gaps between them (warnings), places that nobody knows (errors).
///
/// Errors: a file that cannot be read or has too many boundaries.
pub fn read_boundaries(world: &World, file: &NamedBytes, new: &NewBoundaries) -> Result<ReadBoundaries, AppError> {
    let refused =
        |found: shapes::Fault| AppError::Refused(vec![Diagnostic::new(&GEO001).arg("detail", found.to_string())]);
    let layer = shapes::read_bytes(&file.name, &file.bytes, new.layer.as_deref()).map_err(refused)?;
    let mut layer = project(&layer, &Crs::Wgs84).map_err(refused)?;
    for shape in layer.features.iter_mut().filter_map(|feature| feature.shape.as_mut()) {
        if antimeridian::crosses_antimeridian(shape) {
            *shape = antimeridian::split_antimeridian(shape);
        }
    }
    if layer.features.len() > MOST_BOUNDARIES {
        let (n, most) = (whole(layer.features.len()), whole(MOST_BOUNDARIES));
        return Err(AppError::Refused(vec![Diagnostic::new(&GEO010).arg("n", n).arg("most", most)]));
    }
    let by_name = Names::of(world.records());
    let Some(names) = place_column(&by_name, &layer, new.place_field.as_deref()) else {
        let known = layer.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
        let asked = new.place_field.clone().unwrap_or_else(|| "place".to_owned());
        let found = Diagnostic::new(&GEO009).arg("file", &file.name).arg("asked", asked).arg("known", known);
        return Err(AppError::Refused(vec![found]));
    };
    let mut read = ReadBoundaries::default();
    for (row, feature) in layer.features.iter().enumerate() {
        let name = shown(feature.values.get(names));
        match boundary(world.records(), &layer, feature, &name, &by_name, new) {
            Ok(Some(boundary)) => read.boundaries.push(boundary),
            // The check of shapes says what is wrong with one that is none; a point or a line is no boundary.
            Ok(None) if feature.shape.is_none() => {}
            Ok(None) => read.findings.push(invalid(&name, "no_area", "–")),
            Err(found) => read.findings.push((*found).arg("file", &file.name).arg("feature", whole(row + 1))),
        }
    }
    check(world.records(), &layer, names, &read.boundaries, &mut read.findings).map_err(refused)?;
    twice(&read.boundaries, &mut read.findings);
    elsewhere(world.records(), &read.boundaries, &mut read.findings);
    if read.boundaries.is_empty() && read.findings.is_empty() {
        read.findings.push(invalid(&file.name, "no_shape", "–"));
    }
    read.findings.sort_by_key(|found| !found.blocks());
    read.findings.truncate(MOST_TOLD);
    Ok(read)
}

/// What became of a file of boundaries.
#[derive(Clone, Debug)]
pub struct ImportedBoundaries {
    /// How many there were.
    pub n: usize,
    /// Overlaps, gaps and careless drawing.
    pub warnings: Vec<Diagnostic>,
    /// The change.
    pub written: Written,
}

/// Reads a file of boundaries and submits its records, all or nothing; shapes are kept as evidence.
///
/// Errors: as [`read_boundaries`] and [`submit`]; findings: those that refuse the file, and rules of acceptance.
pub async fn import_boundaries(
    app: &App,
    file: &NamedBytes,
    new: &NewBoundaries,
    by: &Actor,
    reason: &str,
    now: Timestamp,
) -> Result<Result<ImportedBoundaries, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let read = tokio::task::block_in_place(|| read_boundaries(&world, file, new))?;
    if read.is_refused() {
        return Ok(Err(read.findings));
    }
    let (n, warnings) = (read.boundaries.len(), read.findings);
    let edits = kept(app, read.boundaries).await?;
    let against = world.snapshot().position;
    let ready = Ready { reason: reason.to_owned(), edits, against, ..Ready::default() };
    Ok(submit(app, by, ready, now).await?.map(|written| ImportedBoundaries { n, warnings, written }))
}

/// Keeps the shapes of boundaries; their records as edits.
pub(crate) async fn kept(app: &App, boundaries: Vec<ReadBoundary>) -> Result<Vec<Edit>, AppError> {
    let mut edits = Vec::with_capacity(boundaries.len());
    for ReadBoundary { mut record, shape, .. } in boundaries {
        record.shape = Code(attach_evidence(app, "boundary.geojson", shape_bytes(&shape)?).await?);
        edits.push(Edit::Put { kind: Boundary::KIND, row: record.to_row(), origin: None });
    }
    Ok(edits)
}

/// What the shape of a boundary would be kept as.
pub(crate) fn shape_name(shape: &MultiPolygon<f64>) -> Result<String, AppError> {
    Ok(format!("evidence/{}.geojson", blake3::hash(&shape_bytes(&kept_shape(shape))?).to_hex()))
}

/// A shape as a file: the same shape gives the same bytes.
fn shape_bytes(shape: &MultiPolygon<f64>) -> Result<Vec<u8>, AppError> {
    let layer = Layer {
        name: "boundary".to_owned(),
        crs: Crs::Wgs84,
        fields: Vec::new(),
        features: vec![Feature { id: 1, shape: Some(Geometry::MultiPolygon(shape.clone())), values: Vec::new() }],
    };
    let mut out = Vec::new();
    write_geojson_to(&mut out, "boundary.geojson", &layer).map_err(|found| of_shapes(&found))?;
    Ok(out)
}

pub(crate) fn of_shapes(found: &shapes::Fault) -> AppError {
    AppError::Refused(vec![Diagnostic::new(&GEO001).arg("detail", found.to_string())])
}

/// The shape of a boundary of the register, in longitude and latitude.
///
/// Errors: a file that is not there or damaged.
pub fn boundary_shape(app: &App, boundary: &Boundary) -> Result<MultiPolygon<f64>, AppError> {
    let missing = || AppError::File { path: boundary.shape.0.clone().into(), detail: boundary.id().to_owned() };
    let name = boundary.shape.0.strip_prefix("evidence/").ok_or_else(missing)?;
    let layer = match evidence_shapes(app, name) {
        Err(AppError::Unknown) => return Err(missing()),
        read => read?.shapes,
    };
    let shape = layer.features.iter().find_map(|feature| feature.shape.clone()).ok_or_else(missing)?;
    polygons(shape).ok_or_else(missing)
}

/// The boundary of a place by a definition that holds on a day: the newest that began by then. Where none did, the oldest.
pub fn boundary_on<'w>(
    records: &'w Records,
    place: &Id<Place>,
    definition: BoundaryDefinition,
    on: Date,
) -> Option<&'w Boundary> {
    let of = records.boundaries.iter().filter(|b| b.place == *place && b.definition == definition);
    boundary_among(&of.collect::<Vec<_>>(), on)
}

/// Of all versions of one boundary the one that holds on a day.
pub(crate) fn boundary_among<'w>(all: &[&'w Boundary], on: Date) -> Option<&'w Boundary> {
    let begun = all.iter().filter(|b| b.valid_from <= on).max_by_key(|b| b.valid_from);
    begun.or_else(|| all.iter().min_by_key(|b| b.valid_from)).copied()
}

/// How a boundary is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundaryFormat {
    /// GeoJSON.
    GeoJson,
    /// GeoPackage.
    GeoPackage,
    /// GeoParquet.
    GeoParquet,
}

impl BoundaryFormat {
    /// All, in the order of menus.
    pub const ALL: [BoundaryFormat; 3] = [Self::GeoJson, Self::GeoPackage, Self::GeoParquet];

    /// The ending of such a file.
    pub fn ending(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoPackage => "gpkg",
            Self::GeoParquet => "parquet",
        }
    }

    /// What such a file is called on the wire.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::GeoPackage => "application/geopackage+sqlite3",
            Self::GeoParquet => "application/vnd.apache.parquet",
        }
    }

    /// The format of a file by its ending.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        if ending == "json" {
            return Some(Self::GeoJson);
        }
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// Boundaries of the register as one layer, with what their records say.
///
/// Errors: a shape whose file is not there.
pub fn boundary_layer(app: &App, records: &Records, boundaries: &[&Boundary]) -> Result<Layer, AppError> {
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    let mut features = Vec::with_capacity(boundaries.len());
    for (at, boundary) in boundaries.iter().enumerate() {
        let title = records.places.of(&boundary.place).map_or("", |p| p.title.show(model::value::Lang::En));
        features.push(Feature {
            id: i64::try_from(at + 1).unwrap_or(i64::MAX),
            shape: Some(Geometry::MultiPolygon(boundary_shape(app, boundary)?)),
            values: vec![
                Value::Text(boundary.place.as_str().to_owned()),
                Value::Text(title.to_owned()),
                Value::Text(boundary.definition.as_str().to_owned()),
                Value::Text(boundary.valid_from.to_string()),
                boundary.class.as_ref().map_or(Value::Missing, |class| Value::Text(class.0.clone())),
                Value::Number(boundary.area_km2),
                boundary.source.as_ref().map_or(Value::Missing, |source| Value::Text(source.as_str().to_owned())),
            ],
        });
    }
    let names = ["place", "name", "definition", "valid_from", "class", "area_km2", "source"];
    let kind = |name: &str| if name == "area_km2" { FieldKind::Number } else { FieldKind::Text };
    Ok(Layer {
        name: "boundaries".to_owned(),
        crs: Crs::Wgs84,
        fields: names.into_iter().map(|name| field(name, kind(name))).collect(),
        features,
    })
}

/// Boundaries of the register as a file.
///
/// Errors: a shape whose file is not there, or that the format cannot hold.
pub fn export_boundaries(
    app: &App,
    records: &Records,
    boundaries: &[&Boundary],
    format: BoundaryFormat,
) -> Result<Vec<u8>, AppError> {
    let layer = boundary_layer(app, records, boundaries)?;
    layer_bytes(&layer, format)
}

/// A layer as a file.
fn layer_bytes(layer: &Layer, format: BoundaryFormat) -> Result<Vec<u8>, AppError> {
    let name = format!("{}.{}", layer.name, format.ending());
    let mut out = Vec::new();
    let done = match format {
        BoundaryFormat::GeoJson => write_geojson_to(&mut out, &name, layer),
        BoundaryFormat::GeoParquet => write_geoparquet_to(&mut out, &name, layer),
        BoundaryFormat::GeoPackage => geopackage_bytes(&name, std::slice::from_ref(layer)).map(|bytes| out = bytes),
    };
    done.map_err(|found| of_shapes(&found))?;
    Ok(out)
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Places by what they are called.
struct Names(BTreeMap<String, Option<Id<Place>>>);

impl Names {
    fn of(records: &Records) -> Self {
        let mut all: BTreeMap<String, Option<Id<Place>>> = BTreeMap::new();
        let mut name = |name: &str, id: &Id<Place>| {
            let name = name.trim().to_lowercase();
            if !name.is_empty() {
                // What two places are called names neither.
                all.entry(name)
                    .and_modify(|held| *held = held.take().filter(|held| held == id))
                    .or_insert(Some(id.clone()));
            }
        };
        for place in records.places.iter() {
            place.title.iter().for_each(|(_, title)| name(title, &place.id));
            place.m49.iter().for_each(|m49| name(&m49.0, &place.id));
        }
        // A code is a code, whatever else is called so.
        for place in records.places.iter() {
            all.insert(place.id.as_str().to_lowercase(), Some(place.id.clone()));
        }
        Names(all)
    }

    fn find(&self, name: &str) -> Option<Id<Place>> {
        self.0.get(&name.trim().to_lowercase()).cloned().flatten()
    }
}

/// The attribute that names places: the one asked for, one with a telling name, or the one whose values are known the most.
fn place_column(names: &Names, layer: &Layer, asked: Option<&str>) -> Option<usize> {
    let column = |name: &str| layer.fields.iter().position(|f| f.name.eq_ignore_ascii_case(name));
    if let Some(asked) = asked {
        return column(asked);
    }
    if let Some(at) = column("place") {
        return Some(at);
    }
    let known = |at: &usize| {
        let named = |feature: &&Feature| names.find(&shown(feature.values.get(*at))).is_some();
        layer.features.iter().take(1_000).filter(named).count()
    };
    // Of equals the first.
    (0..layer.fields.len()).rev().max_by_key(known).filter(|at| known(at) > 0)
}

fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Whole(n)) => n.to_string(),
        Some(Value::Number(n)) => n.to_string(),
        _ => String::new(),
    }
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
    let wrong = |field: &str, found: String| {
        Box::new(Diagnostic::new(&GEO008).arg("place", name).arg("field", field).arg("found", found))
    };
    let place = places.find(name).ok_or_else(|| Box::new(Diagnostic::new(&GEO007).arg("place", name)))?;
    let definition = match of("definition") {
        None => new.definition,
        Some(text) => BoundaryDefinition::parse(&text).ok_or_else(|| wrong("definition", text))?,
    };
    let valid_from = match (of("valid_from"), new.valid_from) {
        (Some(text), _) => text.get(..10).unwrap_or(&text).parse().map_err(|_| wrong("valid_from", text.clone()))?,
        (None, Some(day)) => day,
        (None, None) => return Err(wrong("valid_from", "–".to_owned())),
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
        corners: Whole(whole(shape.coords_count()).clamp(3, 20_000_000)),
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
    Some(ReadBoundary { record, shape, name })
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

fn at_grid(x: f64) -> f64 {
    (x * KEPT).round() / KEPT
}

/// A shape as it is kept: to a centimetre.
fn kept_shape(shape: &MultiPolygon<f64>) -> MultiPolygon<f64> {
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

/// Checks shapes, each by itself and against its neighbours of the same sort: versions of one place and a city in its country lie
/// over each other rightly.
fn check(
    records: &Records,
    layer: &Layer,
    names: usize,
    boundaries: &[ReadBoundary],
    found: &mut Vec<Diagnostic>,
) -> Result<(), shapes::Fault> {
    // One by one: what lies between features is looked at by sort, and many small faults of one hide none of another.
    for (row, feature) in layer.features.iter().enumerate() {
        let name = shown(feature.values.get(names));
        let field = Field { name: "name".to_owned(), kind: FieldKind::Text };
        let values = vec![Value::Text(if name.is_empty() { (row + 1).to_string() } else { name })];
        let alone = Layer {
            name: layer.name.clone(),
            crs: layer.crs.clone(),
            fields: vec![field],
            features: vec![Feature { values, ..feature.clone() }],
        };
        let of = topology::check(&alone, &Rules::municipalities(Some("name")))?;
        found.extend(of.findings.iter().filter(|f| !is_between(f.problem)).take(MOST_TOLD).map(|f| told(f, true)));
        if found.iter().filter(|f| f.blocks()).count() >= MOST_TOLD {
            return Ok(());
        }
    }
    let mut sorts: BTreeMap<(&str, Date, Option<&str>), Vec<&ReadBoundary>> = BTreeMap::new();
    for boundary in boundaries {
        let kind = records.places.of(&boundary.record.place).map(|place| place.kind.as_str());
        let key = (boundary.record.definition.as_str(), boundary.record.valid_from, kind);
        sorts.entry(key).or_default().push(boundary);
    }
    for of in sorts.values().filter(|of| of.len() > 1) {
        let feature = |(at, boundary): (usize, &&ReadBoundary)| Feature {
            id: at as i64,
            shape: Some(Geometry::MultiPolygon(boundary.shape.clone())),
            values: vec![Value::Text(boundary.name.clone())],
        };
        let layer = Layer {
            name: layer.name.clone(),
            crs: Crs::Wgs84,
            fields: vec![Field { name: "name".to_owned(), kind: FieldKind::Text }],
            features: of.iter().enumerate().map(feature).collect(),
        };
        let together = topology::check(&layer, &Rules::municipalities(Some("name")))?;
        found.extend(together.findings.iter().filter(|f| is_between(f.problem)).map(|f| told(f, false)));
    }
    Ok(())
}

fn is_between(problem: Problem) -> bool {
    matches!(problem, Problem::Overlap | Problem::Gap)
}

fn told(of: &topology::Finding, is_alone: bool) -> Diagnostic {
    // A corner twice in a row and a touching ring are no harm to a measure.
    let harmless = matches!(of.problem, Problem::DuplicateVertex | Problem::SelfTouching);
    let code = if is_alone && !harmless { &GEO006 } else { &super::codes::GEO011 };
    let problem = match of.problem {
        Problem::SelfCrossing => "self_crossing",
        Problem::SelfTouching => "self_touching",
        Problem::WrongNesting => "wrong_nesting",
        Problem::TooFewPoints => "too_few_points",
        Problem::DuplicateVertex => "duplicate_vertex",
        Problem::HoleOutside => "hole_outside",
        Problem::ZeroArea => "zero_area",
        Problem::Overlap => "overlap",
        Problem::Gap => "gap",
        Problem::CrossesAntimeridian => "crosses_antimeridian",
        Problem::OutsideWorld => "outside_world",
        Problem::Swapped => "swapped",
        Problem::NoShape => "no_shape",
    };
    let at = of.at.map_or_else(|| "–".to_owned(), |at| position(at.x, at.y));
    Diagnostic::new(code)
        .arg("place", &of.name)
        .arg("problem", problem)
        .arg("neighbour", of.neighbour.clone().unwrap_or_else(|| "–".to_owned()))
        .arg("at", at)
        .arg("area", of.area_m2.map_or_else(|| "–".to_owned(), |m2| format!("{m2:.0}")))
}

/// Longitude and latitude in one piece, so that they keep their order in a line that runs the other way.
fn position(longitude: f64, latitude: f64) -> String {
    format!("\u{2066}{longitude:.6}, {latitude:.6}\u{2069}")
}

/// A boundary that cannot be used.
fn invalid(place: &str, problem: &'static str, at: &str) -> Diagnostic {
    Diagnostic::new(&GEO006).arg("place", place).arg("problem", problem).arg("at", at)
}

/// Boundaries that lie where their place is not: with latitude before longitude, or far away.
fn elsewhere(records: &Records, boundaries: &[ReadBoundary], found: &mut Vec<Diagnostic>) {
    for ReadBoundary { record, name, .. } in boundaries {
        let place = records.places.of(&record.place);
        let Some((lon, lat)) = place.and_then(|place| Some((place.longitude?, place.latitude?))) else { continue };
        // A shape across the antimeridian is judged by its latitudes alone.
        let is_across = record.west > record.east;
        let is_near = |x: f64, y: f64, margin: f64| {
            (is_across || (record.west - margin..=record.east + margin).contains(&x))
                && (record.south - margin..=record.north + margin).contains(&y)
        };
        let at = position(record.west, record.south);
        if !is_near(lon, lat, FAR) && is_near(lat, lon, 0.1) {
            found.push(invalid(name, "swapped", &at));
        } else if !is_near(lon, lat, FAR) {
            let told = Diagnostic::new(&super::codes::GEO011).arg("place", name).arg("problem", "far_away");
            found.push(told.arg("neighbour", "–").arg("at", at).arg("area", "–"));
        }
    }
}

/// The same version of a boundary twice.
fn twice(boundaries: &[ReadBoundary], found: &mut Vec<Diagnostic>) {
    let mut seen = std::collections::BTreeSet::new();
    for boundary in boundaries {
        if !seen.insert(boundary.record.id().to_owned()) {
            let twice = Diagnostic::new(&GEO008).arg("place", &boundary.name).arg("field", "valid_from");
            found.push(twice.arg("found", boundary.record.valid_from.to_string()));
        }
    }
}
