//! The degree of urbanisation of a grid: people by class, urban centres as cities, units with a boundary.

use std::{fs, path::Path};

use geo::{Contains as _, Geometry, MultiPolygon, Point};
use grids::{
    command::{ClassifyRequest, classify_files, units_files},
    degurba::Levels,
    units::{Base, Cut, Edition},
};
use model::{
    Records,
    kinds::{Boundary, Place, PlaceKind},
    value::Id,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value, label_point, project::project, write_geojson};

use super::{
    centres::NamedCities,
    found::{Found, FoundCity, FoundLayer, FoundMeasure, FoundRow, LayerKind},
    plausible::{self, Holds},
    run::Bench,
    zones::{boundaries_below, boundary_name, boundary_zones},
};
use crate::{
    error::AppError,
    place::place_is_below,
    space::{named_places, of_grids, of_shapes},
    world::World,
};

/// The classes of level 1 in the words of breakdowns, from the densest.
const LEVEL_1: [&str; 3] = ["city", "town", "rural_area"];
/// The classes of level 2 that are drawn, from the densest: the layer of the file of entities, the name that it has on maps, its code.
/// What is left, cells of low and very low density and water, has no clusters: it is the ground, and the legend says so.
const DRAWN: [(&str, &str, &str); 5] = [
    ("urban_centre", "urban_centre", "30"),
    ("dense_urban_cluster", "dense_urban_cluster", "23"),
    ("semi_dense_urban_cluster", "semi_dense_urban_cluster", "22"),
    ("suburban_or_peri_urban", "suburban", "21"),
    ("rural_cluster", "rural_cluster", "13"),
];
/// A centre is a known city of another name only when that city lies so near its edge, in degrees.
const NEAR: f64 = 0.05;

/// What the first step leaves beside its files.
#[derive(Serialize, Deserialize)]
struct Classified {
    summary: Json,
    warnings: Vec<String>,
}

/// Classifies the grid, draws its centres and clusters, counts people by class.
pub(super) fn compute(bench: &Bench<'_>) -> Result<Found, AppError> {
    let population = bench.paths("population")?;
    let level_2 = bench.folder.join("level2.tif");
    let entities = bench.folder.join("entities.gpkg");
    let classified = bench.step("classify", &[], || {
        plausible::covers(bench, "population", &population)?;
        plausible::check(bench, "population", &population, Holds::People)?;
        plausible::check(bench, "land", &bench.paths("land")?, Holds::Land)?;
        plausible::check(bench, "built", &bench.paths("built")?, Holds::Built)?;
        let request = ClassifyRequest {
            population: &population,
            land: &bench.paths("land")?,
            built: &bench.paths("built")?,
            params: bench.request.parameters.as_deref().unwrap_or_default(),
            levels: Levels::Two,
            level_1: None,
            level_2: Some(&level_2),
            entities: Some(&entities),
            places: &named_places(&population)?,
        };
        let progress = |share: f64, stage: &str| (bench.watch)(stage, share);
        let summary = classify_files(&request, &progress).map_err(of_grids)?;
        let warnings = summary.warnings.iter().map(|of| of.coded().to_string()).collect();
        Ok(Classified { summary: serde_json::to_value(&summary).unwrap_or_default(), warnings })
    })?;
    let mut found = Found { details: classified.summary, warnings: classified.warnings, ..Found::default() };
    let centres = layers(bench, &entities, &mut found)?;
    found.cities = cities(bench.world, &bench.request.place(), &centres);
    if found.cities.iter().any(|city| city.name.is_none()) {
        let named = NamedCities::of(bench.world)?;
        let nameless = found.cities.iter_mut().filter(|city| city.name.is_none() && !city.is_known);
        nameless.for_each(|city| city.near = named.near(city.at));
    }
    let units = units(bench, &population, &level_2)?;
    found.warnings.extend(units.warnings);
    measures(bench, &units.figures, &mut found);
    Ok(found)
}

/// The layers of centres and clusters in longitude and latitude; the urban centres.
fn layers(bench: &Bench<'_>, entities: &Path, found: &mut Found) -> Result<Layer, AppError> {
    let mut centres = None;
    for (table, name, class) in DRAWN {
        let file = format!("{name}.geojson");
        // A grid without a class has an empty layer of it.
        let layer = shapes::read(entities, Some(table)).map_err(|e| of_shapes(&e))?;
        let mut layer = project(&layer, &Crs::Wgs84).map_err(|e| of_shapes(&e))?;
        layer.features.iter_mut().for_each(|feature| feature.values.push(Value::Text(class.to_owned())));
        layer.fields.push(Field { name: "degree".to_owned(), kind: FieldKind::Text });
        write_geojson(&bench.folder.join(&file), &layer).map_err(|e| of_shapes(&e))?;
        found.layers.push(FoundLayer {
            id: name.to_owned(),
            file,
            kind: LayerKind::Areas,
            property: Some("degree".to_owned()),
            values: vec![class.to_owned()],
            breaks: Vec::new(),
            is_on: true,
        });
        if class == "30" {
            centres = Some(layer);
        }
    }
    // The densest lie on top.
    found.layers.reverse();
    Ok(centres.unwrap_or_else(|| Layer {
        name: String::new(),
        crs: Crs::Wgs84,
        fields: Vec::new(),
        features: Vec::new(),
    }))
}

/// The attribute of a feature.
fn value<'l>(layer: &'l Layer, feature: &'l Feature, name: &str) -> Option<&'l Value> {
    let at = layer.fields.iter().position(|field| field.name == name)?;
    feature.values.get(at)
}

fn number(layer: &Layer, feature: &Feature, name: &str) -> f64 {
    match value(layer, feature, name) {
        Some(Value::Number(n)) => *n,
        Some(Value::Whole(n)) => *n as f64,
        _ => 0.0,
    }
}

/// The shape of a feature, where it is an area.
pub(super) fn area(feature: &Feature) -> Option<MultiPolygon<f64>> {
    match &feature.shape {
        Some(Geometry::MultiPolygon(shape)) => Some(shape.clone()),
        Some(Geometry::Polygon(shape)) => Some(MultiPolygon(vec![shape.clone()])),
        _ => None,
    }
}

/// Urban centres as cities: of the places below the one that was asked about the one that lies inside or near the edge, or bears the
/// name; else a place that would be made. Each place is one city: the largest centre has it.
fn cities(world: &World, above: &Id<Place>, centres: &Layer) -> Vec<FoundCity> {
    let records = world.records();
    let known: Vec<&Place> = records
        .places
        .iter()
        .filter(|place| place.kind == PlaceKind::City && place_is_below(world, &place.id, above))
        .collect();
    let mut order: Vec<&Feature> = centres.features.iter().collect();
    order.sort_by(|a, b| number(centres, b, "population").total_cmp(&number(centres, a, "population")));
    let mut taken: Vec<Id<Place>> = Vec::new();
    let mut cities = Vec::new();
    for feature in order {
        let Some(shape) = area(feature) else { continue };
        let name = match value(centres, feature, "name") {
            Some(Value::Text(name)) => Some(name.clone()),
            _ => None,
        };
        let number_of = match value(centres, feature, "number") {
            Some(Value::Whole(n)) => *n,
            _ => feature.id,
        };
        let found = known
            .iter()
            .filter(|place| !taken.contains(&place.id) && lies_in(place, &shape))
            .max_by_key(|place| (bears(place, name.as_deref()), place.population.map(|n| n.0)))
            .or_else(|| {
                known.iter().find(|place| {
                    !taken.contains(&place.id) && bears(place, name.as_deref()) && lies_near(place, &shape)
                })
            })
            .map(|place| place.id.clone());
        let is_known = found.is_some();
        let place = found.unwrap_or_else(|| new_code(records, above, name.as_deref(), number_of, &taken));
        taken.push(place.clone());
        let at =
            label_point(&Geometry::MultiPolygon(shape.clone())).map_or([0.0, 0.0], |at| [round(at.x), round(at.y)]);
        cities.push(FoundCity {
            number: number_of,
            name,
            place: place.as_str().to_owned(),
            is_known,
            population: number(centres, feature, "population"),
            area_km2: number(centres, feature, "area_km2"),
            at,
            near: None,
        });
    }
    cities
}

fn round(x: f64) -> f64 {
    (x * 1e5).round() / 1e5
}

fn point(place: &Place) -> Option<Point<f64>> {
    Some(Point::new(place.longitude?, place.latitude?))
}

fn bears(place: &Place, name: Option<&str>) -> bool {
    name.is_some_and(|name| place.title.iter().any(|(_, title)| title.eq_ignore_ascii_case(name)))
}

pub(super) fn lies_in(place: &Place, shape: &MultiPolygon<f64>) -> bool {
    point(place).is_some_and(|at| shape.contains(&at))
}

fn lies_near(place: &Place, shape: &MultiPolygon<f64>) -> bool {
    use geo::{Distance as _, Euclidean};
    point(place).is_some_and(|at| Euclidean.distance(&at, shape) <= NEAR)
}

/// A code for a city that the register does not know: the country's with the name, in plain letters.
fn new_code(records: &Records, above: &Id<Place>, name: Option<&str>, number: i64, taken: &[Id<Place>]) -> Id<Place> {
    let name = name.map_or_else(
        || format!("centre-{number}"),
        |name| {
            let plain =
                |c: char| if c.is_alphanumeric() { c.to_lowercase().collect::<String>() } else { "-".to_owned() };
            name.chars().map(plain).collect::<String>().trim_matches('-').to_owned()
        },
    );
    let base = format!("{above}-{name}");
    let names = std::iter::once(base.clone()).chain((2..100).map(|n| format!("{base}-{n}")));
    let free = |id: &String| !records.places.contains(id) && !taken.iter().any(|t| t.as_str() == id);
    Id::new(names.into_iter().find(free).unwrap_or_else(|| format!("{base}-{number}")))
}

/// A place with a boundary and the people in it by class.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct UnitFigures {
    /// The place.
    pub place: String,
    /// Its boundary, as figures name it.
    pub boundary: String,
    /// Persons in cities, towns and rural areas.
    pub people: [f64; 3],
    /// Why nobody was counted, where that is so.
    pub note: Option<String>,
}

/// What the step of units leaves.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Units {
    figures: Vec<UnitFigures>,
    warnings: Vec<String>,
}

/// The units with a boundary, by the people in them. One that lies outside of the grid is left out.
fn units(bench: &Bench<'_>, population: &[std::path::PathBuf], level_2: &Path) -> Result<Units, AppError> {
    let boundaries = boundaries_below(bench);
    if boundaries.is_empty() {
        return Ok(Units::default());
    }
    let names: Vec<String> = boundaries.iter().map(|boundary| boundary_name(boundary)).collect();
    bench.step("units", &names, || {
        let zones = boundary_zones(bench, &boundaries)?;
        let progress = |share: f64, stage: &str| (bench.watch)(stage, share);
        let classes = [level_2.to_owned()];
        let found = units_files(population, &classes, &zones, Some("place"), Cut::Exact, Edition::Rules2024, &progress)
            .map_err(of_grids)?;
        let of = |(boundary, row): (&&Boundary, &grids::command::UnitRow)| {
            let mut people = [0.0; 3];
            let note = match row.unit.base {
                Base::None => return None,
                // Its shares are of land: nobody lives there.
                Base::Area => Some("no_population".to_owned()),
                Base::Population => {
                    for (class, amount) in found.classes.iter().zip(row.unit.amounts) {
                        people[level_1(u64::from(*class))] += amount;
                    }
                    None
                }
            };
            let (place, boundary) = (boundary.place.as_str().to_owned(), boundary_name(boundary));
            Some(UnitFigures { place, boundary, people, note })
        };
        let figures = boundaries.iter().zip(&found.rows).filter_map(of).collect();
        Ok(Units { figures, warnings: found.warnings.iter().map(|of| of.coded().to_string()).collect() })
    })
}

/// What can be published: of the place asked about as a whole, of each unit with a boundary, of each urban centre.
fn measures(bench: &Bench<'_>, units: &[UnitFigures], found: &mut Found) {
    let own = &bench.request.place;
    let mut people: Vec<FoundRow> = Vec::new();
    let (mut urban, mut cities) = (Vec::new(), Vec::new());
    let mut tell = |place: &str, boundary: Option<String>, by: [f64; 3], note: Option<String>| {
        let all: f64 = by.iter().sum();
        for (category, n) in LEVEL_1.iter().zip(by) {
            people.push(FoundRow {
                place: place.to_owned(),
                boundary: boundary.clone(),
                breakdown: format!("degree_of_urbanisation={category}"),
                value: Some(n.round()),
                note: note.clone(),
                ..FoundRow::default()
            });
        }
        for (rows, part) in [(&mut urban, by[0] + by[1]), (&mut cities, by[0])] {
            rows.push(FoundRow {
                place: place.to_owned(),
                boundary: boundary.clone(),
                breakdown: String::new(),
                value: (all > 0.0).then(|| 100.0 * part / all),
                numerator: Some(part),
                denominator: Some(all),
                note: (all <= 0.0).then(|| "no_population".to_owned()).or(note.clone()),
            });
        }
    };
    // A country without a boundary of its own is what the grid covers; a smaller place is not.
    let is_country = bench.world.records().places.get(own).is_some_and(|place| place.kind == PlaceKind::Country);
    if is_country && !units.iter().any(|unit| unit.place == *own) {
        tell(own, None, grid_people(&found.details), Some("whole_grid".to_owned()));
    }
    for unit in units {
        tell(&unit.place, Some(unit.boundary.clone()), unit.people, unit.note.clone());
    }
    let of_city = |value: fn(&FoundCity) -> f64| {
        let row = |city: &FoundCity| FoundRow {
            place: city.place.clone(),
            boundary: Some(format!("{}/degree_of_urbanisation", city.place)),
            value: Some(value(city)),
            ..FoundRow::default()
        };
        found.cities.iter().map(row).collect::<Vec<_>>()
    };
    let all = [
        ("people_by_degree", people),
        ("urban_share", urban),
        ("city_share", cities),
        ("city_people", of_city(|city| city.population.round())),
        ("city_area", of_city(|city| city.area_km2)),
    ];
    found.measures = all.into_iter().map(|(id, rows)| FoundMeasure { id: id.to_owned(), rows }).collect();
}

/// Where a class of level 2 stands among those of level 1. People on cells of water live at its edge, in the country.
fn level_1(class: u64) -> usize {
    match class {
        30 => 0,
        21..=23 => 1,
        _ => 2,
    }
}

/// The people of the whole grid by class of level 1.
fn grid_people(details: &Json) -> [f64; 3] {
    let mut people = [0.0; 3];
    for class in details["level_2"].as_array().into_iter().flatten() {
        if let (Some(code), Some(n)) = (class["code"].as_u64(), class["population"].as_f64()) {
            people[level_1(code)] += n;
        }
    }
    people
}

/// The shapes of urban centres by their number, in longitude and latitude.
pub(super) fn centre_shapes(folder: &Path) -> Result<Vec<(i64, MultiPolygon<f64>)>, AppError> {
    let path = folder.join("urban_centre.geojson");
    let bytes = fs::read(&path).map_err(|e| AppError::file(&path, &e))?;
    let layer = shapes::read_bytes("urban_centre.geojson", &bytes, None).map_err(|e| of_shapes(&e))?;
    let shape = |feature: &Feature| {
        let number = match value(&layer, feature, "number") {
            Some(Value::Whole(n)) => *n,
            Some(Value::Number(n)) => *n as i64,
            _ => return None,
        };
        Some((number, area(feature)?))
    };
    Ok(layer.features.iter().filter_map(shape).collect())
}
