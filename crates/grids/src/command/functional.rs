//! Functional areas from files: people, classes, units and commuters in, areas with their members out.

use std::collections::HashMap;
use std::fs::File;
use std::path::PathBuf;

use geo::{Area as _, Euclidean, Length as _, MultiPolygon, unary_union};
use serde::{Deserialize, Serialize};
use shapes::topology::borders;
use shapes::{Feature, Field, FieldKind, Layer, Value};

use super::{Notice, Units, crossed, field, key_of, shapes_of};
use crate::degurba::Sets;
use crate::fault::nearest;
use crate::functional::{Flow, FunctionalArea, FunctionalRule, LocalUnit, Part, functional_areas};
use crate::progress::step;
use crate::raster::{Grid, Source, open};
use crate::zonal::{Rule, each_band, polygons, spans};
use crate::{Fault, Progress};

/// Cells of a grid that is held whole: 4 GB with its numbers of centres.
const MOST_CELLS: usize = 250_000_000;
/// Borders are shared where sides are nearer than this part of a cell.
const TOLERANCE: f64 = 0.001;
/// Units that a notice names.
const NAMED: usize = 10;

/// What areas are made of.
#[derive(Debug, Clone)]
pub struct FunctionalRequest<'a> {
    /// Persons per cell.
    pub population: &'a [PathBuf],
    /// Classes of level 1 or 2 on the same cells.
    pub class: &'a [PathBuf],
    /// The local units.
    pub units: &'a Layer,
    /// Their attribute with the code that the table of commuters uses.
    pub key: &'a str,
    /// A table with the columns `origin`, `destination`, `people`; also those who work where they live.
    pub flows: PathBuf,
    /// The thresholds.
    pub rule: FunctionalRule,
}

/// A unit of an area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberRow {
    /// Its code.
    pub unit: String,
    /// `city`, `commuting_zone`.
    pub role: &'static str,
    /// Whether it belongs to the area because that closes around it.
    pub enclave: bool,
    /// Share of its working people who work in the cities of the area, in percent.
    pub commuters_percent: Option<f64>,
    /// Persons.
    pub population: f64,
}

/// A functional area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaRow {
    /// The code of its most populous city unit.
    pub key: String,
    /// Its urban centres, numbered by their first cell.
    pub centres: Vec<u32>,
    /// Persons.
    pub population: f64,
    /// In square kilometres, in the plane of the grid.
    pub area_km2: f64,
    /// Its units.
    pub members: Vec<MemberRow>,
}

/// All areas.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionalTable {
    /// The areas, the most populous first.
    pub rows: Vec<AreaRow>,
    /// Their shapes with `key`, `population` and the number of members, in the reference system of the units.
    pub layer: Layer,
    /// What a reader must be told.
    pub warnings: Vec<Notice>,
}

/// Makes functional areas.
///
/// Errors: an unknown attribute; two units of one code; a table of commuters with another head, an unknown origin or a number
/// below zero; grids that do not align; what the files say; a request to stop.
pub fn functional_files(asked: &FunctionalRequest<'_>, progress: &dyn Progress) -> Result<FunctionalTable, Fault> {
    let at = field(asked.units, Some(asked.key))?;
    let keys: Vec<String> = asked.units.features.iter().map(|f| key_of(f, at)).collect();
    let place_of = places(&asked.units.name, &keys)?;
    let (flows, n_outside) = flows(&asked.flows, &place_of)?;
    let (population, class) = (open(asked.population)?, open(asked.class)?);
    population.frame().same_as(class.frame(), (&population.name(), &class.name()))?;
    step(progress, 0.05, "centres")?;
    let (centres, n_centres) = centres(class.as_ref())?;
    let shapes = shapes_of(asked.units, population.frame())?;
    let mut units = people(population.as_ref(), &centres, &shapes, progress)?;
    step(progress, 0.7, "borders")?;
    for (unit, shape) in units.iter_mut().zip(&shapes) {
        unit.perimeter = shape.iter().map(|polygon| Euclidean.length(polygon.exterior())).sum::<f64>()
            + shape.iter().flat_map(|p| p.interiors()).map(|ring| Euclidean.length(ring)).sum::<f64>();
    }
    let shared = borders(&shapes, TOLERANCE * population.frame().dx);
    step(progress, 0.8, "areas")?;
    let found = functional_areas(&units, &flows, &shared, asked.rule);
    let mut areas = found.areas;
    let people_of = |area: &FunctionalArea| area.members.iter().map(|m| units[m.unit].people).sum::<f64>();
    areas.sort_by(|a, b| people_of(b).total_cmp(&people_of(a)));
    let rows: Vec<AreaRow> = areas.iter().map(|area| row(area, &units, &shapes, &keys)).collect();
    let layer = layer(asked.units, &areas, &rows);
    let mut has_workers = vec![false; units.len()];
    flows.iter().for_each(|flow| has_workers[flow.origin] |= flow.people > 0.0);
    let idle: Vec<usize> = (0..units.len()).filter(|unit| !has_workers[*unit]).collect();
    let n_served: usize = rows.iter().map(|row| row.centres.len()).sum();
    let warnings = [
        crossed(asked.units, at),
        (n_outside > 0).then_some(Notice::FlowsOutside { n: n_outside }),
        named(&idle, &keys).map(Notice::UnitsWithoutWorkers),
        named(&found.exclaves, &keys).map(Notice::Exclaves),
        named(&found.open, &keys).map(Notice::OpenEnclaves),
        (n_centres > n_served).then(|| Notice::CentresWithoutCity { n: n_centres - n_served }),
    ];
    let warnings = warnings.into_iter().flatten().collect();
    Ok(FunctionalTable { rows, layer, warnings })
}

/// Some units by the first of their codes; none where there are none.
fn named(units: &[usize], keys: &[String]) -> Option<Units> {
    let first: Vec<&str> = units.iter().take(NAMED).map(|unit| keys[*unit].as_str()).collect();
    (!units.is_empty()).then(|| Units { n: units.len(), first: first.join(", ") })
}

/// The unit of each code.
fn places<'a>(layer: &str, keys: &'a [String]) -> Result<HashMap<&'a str, usize>, Fault> {
    let mut place_of = HashMap::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        if let Some(before) = place_of.insert(key.as_str(), at) {
            let place = format!("units {} and {}", before + 1, at + 1);
            let why = format!("both have the code {key}; each must have its own");
            return Err(Fault::Table { name: layer.to_owned(), place, why });
        }
    }
    Ok(place_of)
}

/// A row of commuters.
#[derive(Deserialize)]
struct Row {
    origin: String,
    destination: String,
    people: f64,
}

/// The commuters, and how many rows lead outside of the units.
fn flows(path: &std::path::Path, place_of: &HashMap<&str, usize>) -> Result<(Vec<Flow>, usize), Fault> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let fault = |row: usize, why: String| Fault::Table { name: name.clone(), place: format!("row {row}"), why };
    let file = File::open(path).map_err(|cause| Fault::Io { path: path.display().to_string(), cause })?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let head = reader.headers().map_err(|e| fault(1, e.to_string()))?.clone();
    for wanted in ["origin", "destination", "people"] {
        if !head.iter().any(|column| column == wanted) {
            let found = head.iter().take(12).collect::<Vec<_>>().join(", ");
            return Err(fault(1, format!("there is no column `{wanted}`, but: {found}")));
        }
    }
    let (mut flows, mut n_outside) = (Vec::new(), 0);
    for (at, row) in reader.deserialize::<Row>().enumerate() {
        let row_number = at + 2;
        let row = row.map_err(|e| fault(row_number, e.to_string()))?;
        if !(row.people >= 0.0 && row.people.is_finite()) {
            return Err(fault(row_number, format!("{} people; a number from 0 on is expected", row.people)));
        }
        let origin = *place_of.get(row.origin.as_str()).ok_or_else(|| {
            let near = nearest(&row.origin, place_of.keys().copied());
            let near = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            fault(row_number, format!("no unit has the code `{}`{near}", row.origin))
        })?;
        let destination = place_of.get(row.destination.as_str()).copied();
        n_outside += usize::from(destination.is_none());
        flows.push(Flow { origin, destination, people: row.people });
    }
    Ok((flows, n_outside))
}

/// Urban centres as numbers from 1 on each cell, 0 elsewhere, and how many there are: cells of the class side by side.
fn centres(class: &dyn Source) -> Result<(Grid, usize), Fault> {
    let mut grid = Grid::read(class, MOST_CELLS)?;
    let width = grid.frame.width;
    let is_urban = |code: f64| code == 30.0 || code == 3.0;
    // Cells of centres are numbered in row order; a cell is joined with those to its left and above.
    let mut n_cells = 0u32;
    let mut numbers = vec![u32::MAX; grid.values.len()];
    for (number, code) in numbers.iter_mut().zip(&grid.values) {
        if is_urban(*code) {
            *number = n_cells;
            n_cells += 1;
        }
    }
    let mut sets = Sets::new(n_cells as usize);
    for at in (0..numbers.len()).filter(|at| numbers[*at] != u32::MAX) {
        let left = (at % width > 0).then(|| numbers[at - 1]);
        let above = (at >= width).then(|| numbers[at - width]);
        for other in left.into_iter().chain(above).filter(|other| *other != u32::MAX) {
            sets.join(numbers[at] as usize, other as usize);
        }
    }
    let (of, n) = sets.numbered();
    for (value, number) in grid.values.iter_mut().zip(numbers) {
        *value = of.get(number as usize).map_or(0.0, |centre| f64::from(centre + 1));
    }
    Ok((grid, n))
}

/// The people of each unit, whole and by urban centre.
fn people(
    population: &dyn Source,
    centres: &Grid,
    shapes: &[MultiPolygon<f64>],
    progress: &dyn Progress,
) -> Result<Vec<LocalUnit>, Fault> {
    let cells = spans(shapes, population, Rule::Exact);
    let mut units: Vec<LocalUnit> = shapes.iter().map(|_| LocalUnit::default()).collect();
    let part = |share: f64, stage: &str| progress.proceed(0.1 + 0.6 * share, stage);
    each_band(population, Some(centres), &cells, &mut units, &part, |unit, spans, band| {
        for span in spans {
            let range = band.cells(span);
            let centres = band.weights.map(|w| &w[range.clone()]).unwrap_or_default();
            for (people, centre) in band.values[range].iter().zip(centres) {
                if !(*people > 0.0 && people.is_finite()) {
                    continue;
                }
                unit.people += people * span.share;
                if *centre > 0.0 {
                    let centre = *centre as u32;
                    match unit.in_centres.iter_mut().find(|(of, _)| *of == centre) {
                        Some((_, sum)) => *sum += people * span.share,
                        None => unit.in_centres.push((centre, people * span.share)),
                    }
                }
            }
        }
    })?;
    Ok(units)
}

fn row(area: &FunctionalArea, units: &[LocalUnit], shapes: &[MultiPolygon<f64>], keys: &[String]) -> AreaRow {
    let people = |unit: usize| units[unit].people;
    let cities = area.members.iter().filter(|m| m.part == Part::City);
    let first = cities.max_by(|a, b| people(a.unit).total_cmp(&people(b.unit)).then(b.unit.cmp(&a.unit)));
    let member = |m: &crate::functional::Member| MemberRow {
        unit: keys[m.unit].clone(),
        role: if m.part == Part::City { "city" } else { "commuting_zone" },
        enclave: m.part == Part::Enclave,
        commuters_percent: m.commuters.map(|share| 100.0 * share),
        population: people(m.unit),
    };
    AreaRow {
        key: first.map(|m| keys[m.unit].clone()).unwrap_or_default(),
        centres: area.centres.clone(),
        population: area.members.iter().map(|m| people(m.unit)).sum(),
        area_km2: area.members.iter().map(|m| shapes[m.unit].unsigned_area()).sum::<f64>() / 1e6,
        members: area.members.iter().map(member).collect(),
    }
}

/// The areas as shapes: their units as one.
fn layer(units: &Layer, areas: &[FunctionalArea], rows: &[AreaRow]) -> Layer {
    let feature = |((area, row), id): ((&FunctionalArea, &AreaRow), i64)| {
        let parts: Vec<MultiPolygon<f64>> =
            area.members.iter().map(|m| polygons(units.features[m.unit].shape.as_ref())).collect();
        let whole = unary_union(&parts);
        let values =
            vec![Value::Text(row.key.clone()), Value::Number(row.population), Value::Whole(row.members.len() as i64)];
        Feature { id, shape: Some(geo::Geometry::MultiPolygon(whole)), values }
    };
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    Layer {
        name: "functional_areas".to_owned(),
        crs: units.crs.clone(),
        fields: vec![
            field("key", FieldKind::Text),
            field("population", FieldKind::Number),
            field("members", FieldKind::Whole),
        ],
        features: areas.iter().zip(rows).zip(1..).map(feature).collect(),
    }
}
