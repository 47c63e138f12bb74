//! Land consumption and population growth of every place with a boundary, and of all of them as one.

use std::collections::BTreeSet;

use diag::Diagnostic;
use geo::Geometry;
use grids::{
    command::{BuiltArea, land_from_grids},
    land::{City, LandRates, Variant, pooled},
};
use model::kinds::Boundary;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value, write_geojson};
use streets::{Expected, SettingFault};

use super::{
    found::{Found, FoundLayer, FoundMeasure, FoundRow, LayerKind},
    plausible::{self, Holds},
    run::Bench,
    zones::{boundaries_below, boundary_name, boundary_zones, no_boundaries},
};
use crate::{
    error::AppError,
    frameworks::ancestors,
    space::{boundary_shape, grids_finding, not_json, of_grids, of_shapes, setting_finding, unknown_option},
};

/// Places that one step measures: what an interruption costs at most.
const AT_ONCE: usize = 50;
/// Years between two dates that make sense.
const LEAST_YEARS: f64 = 0.1;
const MOST_YEARS: f64 = 200.0;

/// The options of a request.
#[derive(Default)]
pub(super) struct Options {
    variant: Option<Variant>,
    years: Option<f64>,
}

impl Options {
    /// Options from JSON.
    ///
    /// Errors: no JSON, an option that nobody knows, a value that it cannot have.
    pub fn read(text: &str) -> Result<Self, Box<Diagnostic>> {
        let all: Map<String, Json> = match serde_json::from_str(text) {
            Ok(Json::Object(all)) => all,
            Ok(_) => return Err(Box::new(setting_finding(&SettingFault::NotAnObject))),
            Err(e) => return Err(Box::new(not_json(e.line(), e.column()))),
        };
        let mut options = Options::default();
        for (key, value) in &all {
            let wrong = |expected| {
                Box::new(setting_finding(&SettingFault::Wrong { key: key.clone(), found: value.to_string(), expected }))
            };
            match key.as_str() {
                "variant" => {
                    let text = value.as_str().ok_or_else(|| wrong(Expected::Text))?;
                    options.variant = Some(text.parse().map_err(|fault| Box::new(grids_finding(&fault)))?);
                }
                "years" => {
                    let years = value.as_f64().filter(|years| (LEAST_YEARS..=MOST_YEARS).contains(years));
                    options.years = Some(years.ok_or_else(|| wrong(Expected::Number(LEAST_YEARS, MOST_YEARS)))?);
                }
                _ => return Err(Box::new(unknown_option(key, &["variant", "years"]))),
            }
        }
        Ok(options)
    }
}

/// A place with its land and people at two dates, as a step leaves it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Measured {
    place: String,
    boundary: String,
    built: [f64; 2],
    people: [f64; 2],
}

/// What a step leaves.
#[derive(Serialize, Deserialize)]
struct Part {
    measured: Vec<Measured>,
    warnings: Vec<String>,
}

/// Measures land and people within boundaries, some places at a time.
pub(super) fn compute(bench: &Bench<'_>) -> Result<Found, AppError> {
    let options: Options = match &bench.request.parameters {
        None => Options::default(),
        Some(text) => Options::read(text).map_err(|found| AppError::Refused(vec![*found]))?,
    };
    let variant = options.variant.unwrap_or(Variant::Linear);
    let years = options.years.or_else(|| years(bench)).unwrap_or(0.0);
    let boundaries = boundaries_below(bench);
    if boundaries.is_empty() {
        return Err(no_boundaries(bench));
    }
    let (built, people) = (
        (bench.paths("built")?, bench.paths("built_later")?),
        (bench.paths("population")?, bench.paths("population_later")?),
    );
    bench.step("inputs", &[], || {
        for (role, holds) in [
            ("population", Holds::People),
            ("population_later", Holds::People),
            ("built", Holds::Built),
            ("built_later", Holds::Built),
        ] {
            plausible::check(bench, role, &bench.paths(role)?, holds)?;
        }
        Ok(())
    })?;
    let n_parts = boundaries.len().div_ceil(AT_ONCE);
    let (mut measured, mut warnings) = (Vec::new(), Vec::new());
    for (at, some) in boundaries.chunks(AT_ONCE).enumerate() {
        let names: Vec<String> = some.iter().map(|boundary| boundary_name(boundary)).collect();
        let part = bench.step(&format!("land-{}", at + 1), &names, || {
            let zones = boundary_zones(bench, some)?;
            let progress = |share: f64, stage: &str| (bench.watch)(stage, (at as f64 + share) / n_parts as f64);
            let found = land_from_grids(
                BuiltArea::Surfaces(&built.0, &built.1),
                Some((&people.0, &people.1)),
                &zones,
                Some("place"),
                years,
                variant,
                &progress,
            )
            .map_err(of_grids)?;
            let of = |(boundary, row): (&&Boundary, &grids::command::LandRow)| Measured {
                place: boundary.place.as_str().to_owned(),
                boundary: boundary_name(boundary),
                built: [row.city.built_1, row.city.built_2],
                people: [row.city.people_1, row.city.people_2],
            };
            Ok(Part {
                measured: some.iter().zip(&found.rows).map(of).collect(),
                warnings: found.warnings.iter().map(|of| of.coded().to_string()).collect(),
            })
        })?;
        measured.extend(part.measured);
        warnings.extend(part.warnings);
    }
    let city = |of: &Measured| City {
        built_1: of.built[0],
        built_2: of.built[1],
        people_1: of.people[0],
        people_2: of.people[1],
        years,
    };
    let cities: Vec<City> = measured.iter().map(city).collect();
    let rates = cities.iter().map(|city| grids::land::land_rates(city, variant)).collect::<Result<Vec<_>, _>>();
    let rates = rates.map_err(of_grids)?;
    warnings.sort();
    warnings.dedup();
    let mut found = Found { warnings, ..Found::default() };
    // A city in a country that is measured too counts once.
    let places = &bench.world.records().places;
    let all: BTreeSet<&str> = measured.iter().map(|of| of.place.as_str()).collect();
    let is_outermost = |of: &&Measured| {
        let above = places.get(&of.place).map_or_else(Vec::new, |place| ancestors(bench.world, place));
        !above.iter().any(|up| all.contains(up.id.as_str()))
    };
    let outermost: Vec<City> = measured.iter().filter(is_outermost).map(city).collect();
    let together = pooled(&outermost, variant).map_err(of_grids)?;
    found.details = json!({
        "years": years,
        "variant": variant,
        "places": measured.iter().zip(&rates).map(|(of, rates)| json!({
            "place": of.place, "boundary": of.boundary, "built_t1": of.built[0], "built_t2": of.built[1],
            "pop_t1": of.people[0], "pop_t2": of.people[1], "rates": rates,
        })).collect::<Vec<_>>(),
        "pooled": together,
    });
    found.measures = measures(&measured, &rates, years);
    layer(bench, &boundaries, &rates, &mut found)?;
    Ok(found)
}

/// Years between the middles of the two periods.
fn years(bench: &Bench<'_>) -> Option<f64> {
    let (since, period) = (bench.request.since()?, bench.request.period()?);
    let days = since.mid().until(period.mid()).ok()?.get_days();
    // Whole years where the periods are years.
    let years = f64::from(days) / 365.2425;
    Some(if (years - years.round()).abs() < 0.01 { years.round() } else { years })
}

/// The code of a status or a reading.
fn code<T: Serialize>(of: T) -> Option<String> {
    serde_json::to_value(of).ok()?.as_str().map(str::to_owned)
}

/// Square metres of a square kilometre.
const M2_OF_KM2: f64 = 1e6;

/// People by square kilometre of built-up land at a date. `None` where nothing is built.
fn density(of: &Measured, at: usize) -> Option<f64> {
    (of.built[at] > 0.0).then(|| of.people[at] / (of.built[at] / M2_OF_KM2))
}

fn measures(measured: &[Measured], rates: &[LandRates], years: f64) -> Vec<FoundMeasure> {
    let row = |of: &Measured, value: Option<f64>, note: Option<String>| FoundRow {
        place: of.place.clone(),
        boundary: Some(of.boundary.clone()),
        value,
        note,
        ..FoundRow::default()
    };
    let all = |of: &dyn Fn(&Measured, &LandRates) -> FoundRow| {
        measured.iter().zip(rates).map(|(m, r)| of(m, r)).collect::<Vec<_>>()
    };
    let percent = |rate: Option<f64>| rate.map(|rate| 100.0 * rate);
    let fine = |r: &LandRates| code(r.status).filter(|status| status != "fine");
    let parts: [(&str, Vec<FoundRow>); 6] = [
        // A mean over cities weighs each by its people.
        (
            "land_ratio",
            all(&|m, r| FoundRow {
                denominator: Some(m.people[1]).filter(|_| r.ratio.is_some()),
                ..row(m, r.ratio, fine(r).or_else(|| r.reading.and_then(code)))
            }),
        ),
        ("land_rate", all(&|m, r| row(m, percent(r.lcr), r.lcr.is_none().then(|| fine(r)).flatten()))),
        ("people_rate", all(&|m, r| row(m, percent(r.pgr), r.pgr.is_none().then(|| fine(r)).flatten()))),
        (
            "built_per_person",
            all(&|m, r| FoundRow {
                numerator: Some(m.built[1]),
                denominator: Some(m.people[1]),
                ..row(m, r.built_per_person_2, r.built_per_person_2.is_none().then(|| fine(r)).flatten())
            }),
        ),
        (
            "density",
            all(&|m, _| FoundRow {
                numerator: Some(m.people[1]),
                denominator: Some(m.built[1] / M2_OF_KM2),
                ..row(m, density(m, 1), density(m, 1).is_none().then(|| "nothing_built".to_owned()))
            }),
        ),
        (
            "density_rate",
            all(&|m, r| {
                let rate = density(m, 0).zip(density(m, 1)).filter(|(first, second)| *first > 0.0 && *second > 0.0);
                let rate = rate.map(|(first, second)| 100.0 * (second / first).ln() / years);
                row(m, rate, rate.is_none().then(|| fine(r)).flatten())
            }),
        ),
    ];
    parts.into_iter().map(|(id, rows)| FoundMeasure { id: id.to_owned(), rows }).collect()
}

/// Boundaries with their rates, as a layer of a map.
fn layer(bench: &Bench<'_>, boundaries: &[&Boundary], rates: &[LandRates], found: &mut Found) -> Result<(), AppError> {
    let number = |n: Option<f64>| n.map_or(Value::Missing, Value::Number);
    let name = |boundary: &Boundary| {
        let place = bench.world.records().places.of(&boundary.place);
        place.map_or_else(|| boundary.place.as_str().to_owned(), |p| p.title.show(model::value::Lang::En).to_owned())
    };
    // Countries first: what lies in them is drawn above.
    let mut order: Vec<(&&Boundary, &LandRates)> = boundaries.iter().zip(rates).collect();
    order.sort_by(|a, b| b.0.area_km2.total_cmp(&a.0.area_km2));
    let mut features = Vec::new();
    for (at, (boundary, rates)) in order.into_iter().enumerate() {
        features.push(Feature {
            id: i64::try_from(at + 1).unwrap_or(i64::MAX),
            shape: Some(Geometry::MultiPolygon(boundary_shape(bench.app, boundary)?)),
            values: vec![
                Value::Text(boundary.place.as_str().to_owned()),
                Value::Text(name(boundary)),
                number(rates.lcr.map(|n| 100.0 * n)),
                number(rates.pgr.map(|n| 100.0 * n)),
                number(rates.ratio),
                number(rates.built_per_person_2),
                rates.reading.and_then(code).map_or(Value::Missing, Value::Text),
            ],
        });
    }
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    let layer = Layer {
        name: "land".to_owned(),
        crs: Crs::Wgs84,
        fields: vec![
            field("place", FieldKind::Text),
            field("name", FieldKind::Text),
            field("land_rate", FieldKind::Number),
            field("people_rate", FieldKind::Number),
            field("ratio", FieldKind::Number),
            field("built_per_person", FieldKind::Number),
            field("reading", FieldKind::Text),
        ],
        features,
    };
    write_geojson(&bench.folder.join("land.geojson"), &layer).map_err(|e| of_shapes(&e))?;
    found.layers.push(FoundLayer {
        id: "land".to_owned(),
        file: "land.geojson".to_owned(),
        kind: LayerKind::Areas,
        property: Some("land_rate".to_owned()),
        values: Vec::new(),
        breaks: vec![0.0, 1.0, 2.0, 4.0],
        is_on: true,
    });
    Ok(())
}
