//! Access on foot in one city: a folder of a case made of the job's inputs, and what was found as figures and layers.

use std::{fs, ops::ControlFlow, path::Path};

use diag::Diagnostic;
use geo::{BoundingRect as _, Geometry, MultiPolygon, Point};
use serde_json::{Map, Value as Json};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value, write_geojson};
use streets::{
    CaseSettings, Choices, Evaluation, Options, Origin, PlaceOrigin, Population, SettingFault, Shapes, evaluate,
    read_stops,
};

use super::{
    found::{Found, FoundLayer, FoundMeasure, FoundRow, LayerKind},
    inputs,
    job::{Bench, write},
    request::{Input, InputFile},
    told::case_name,
    urbanisation::boundary_name,
};
use crate::{
    error::AppError,
    space::{
        boundary_on, boundary_shape, codes::GEO017, not_json, of_shapes, of_streets, polygons, setting_finding,
        shape_name, unknown_option,
    },
};

/// A city whose known point is farther from its boundary, in degrees, is another.
const FAR: f64 = 0.5;

/// Groups of people by the column of the population table, in the words of breakdowns.
const GROUPS: [(&str, &str); 11] = [
    ("pop_female", "sex=female"),
    ("pop_women", "sex=female"),
    ("pop_male", "sex=male"),
    ("pop_men", "sex=male"),
    ("pop_children", "age=0-14"),
    ("pop_0_14", "age=0-14"),
    ("pop_15_64", "age=15-64"),
    ("pop_older", "age=60+"),
    ("pop_60plus", "age=60+"),
    ("pop_65plus", "age=65+"),
    ("pop_disability", "disability=yes"),
];

/// The group of a column of the population table; none for one that has no word in the register.
fn group(column: &str) -> Option<&'static str> {
    GROUPS.iter().find(|(name, _)| *name == column).map(|(_, group)| *group)
}

/// The files of a folder with `case.json`, by what its settings call them.
///
/// Errors: settings that cannot be read or name a file elsewhere.
pub fn case_files(folder: &Path) -> Result<Vec<InputFile>, AppError> {
    let settings = CaseSettings::read(folder).map_err(|e| of_streets(&e))?;
    let single = [
        ("osm", &settings.osm),
        ("population", &settings.population),
        ("area", &settings.area),
        ("stops", &settings.stops),
        ("open_space", &settings.open_space),
    ];
    let single = single.into_iter().filter_map(|(role, path)| Some((role, path.clone()?)));
    let feeds = settings.gtfs.iter().map(|path| ("gtfs", path.clone()));
    let choices = &settings.choices;
    let gates = match &choices.gates {
        Some(Origin::File(path)) => Some(("gates", path.clone())),
        _ => None,
    };
    let lines = choices.paratransit.as_ref().map(|path| ("paratransit", path.clone()));
    let places = choices.places.iter().filter_map(|set| match &set.origin {
        PlaceOrigin::File(path) => Some(("places", path.clone())),
        PlaceOrigin::Extract(_) => None,
    });
    let case = std::iter::once(("case", folder.join("case.json")));
    let file = |(role, path): (&str, std::path::PathBuf)| InputFile {
        role: role.to_owned(),
        name: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        path,
    };
    Ok(case.chain(single).chain(feeds).chain(gates).chain(lines).chain(places).map(file).collect())
}

/// Computes who reaches what on foot.
pub(super) fn compute(bench: &Bench<'_>) -> Result<Found, AppError> {
    let case = bench.folder.join("case");
    let boundary = lay_out(bench, &case)?;
    covers(bench, &case)?;
    let progress = |stage: streets::Stage, done: u64, all: u64| {
        let name = serde_json::to_value(stage).ok().and_then(|s| s.as_str().map(str::to_owned)).unwrap_or_default();
        let share = if all > 0 { done as f64 / all as f64 } else { 0.0 };
        if (bench.watch)(&name, share) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let options = Options { shapes: Shapes::Keep, ..Options::of_method() };
    let evaluation = evaluate(&case, &options, &progress).map_err(|e| of_streets(&e))?;
    let people = Population::read(&case.join("population.csv")).map_err(|e| of_streets(&e))?;
    let mut found = Found {
        details: serde_json::to_value(&evaluation.report).map_err(|e| AppError::Internal(e.to_string()))?,
        ..Found::default()
    };
    let warnings = found.details["warnings"].as_array().into_iter().flatten();
    found.warnings = warnings.map(Json::to_string).collect();
    found.measures = measures(&bench.request.place, boundary.as_deref(), &evaluation, &people);
    layers(bench, &case, &evaluation, &people, &mut found)?;
    Ok(found)
}

/// Refuses a city elsewhere: its boundary must lie by the place.
fn covers(bench: &Bench<'_>, case: &Path) -> Result<(), AppError> {
    let path = case.join("area.geojson");
    let place = bench.world.records().places.get(&bench.request.place);
    let Some((lon, lat)) = place.and_then(|place| Some((place.longitude?, place.latitude?))) else { return Ok(()) };
    if !path.is_file() {
        return Ok(());
    }
    let layer = shapes::read(&path, None).map_err(|e| of_shapes(&e))?;
    let boxes: Vec<_> = layer.features.iter().filter_map(|f| f.shape.as_ref()?.bounding_rect()).collect();
    let is_near = |r: &geo::Rect<f64>| {
        (r.min().x - FAR..=r.max().x + FAR).contains(&lon) && (r.min().y - FAR..=r.max().y + FAR).contains(&lat)
    };
    if boxes.is_empty() || boxes.iter().any(is_near) {
        return Ok(());
    }
    let found = Diagnostic::new(&GEO017).arg("place", &bench.request.place).arg("role", "area");
    Err(AppError::Refused(vec![found]))
}

/// Makes the folder that the method reads. Without a boundary among the inputs the register's is taken; its name is the answer, so
/// that figures are tied to it.
fn lay_out(bench: &Bench<'_>, case: &Path) -> Result<Option<String>, AppError> {
    fs::create_dir_all(case).map_err(|e| AppError::file(case, &e))?;
    let link = |from: &Path, name: &str| {
        let to = case.join(name);
        if to.exists() {
            return Ok(());
        }
        // The same bytes twice on the disk only where the file system has no links; a copy appears when it is whole.
        let half = case.join(format!("{name}.part"));
        let copy = || fs::copy(from, &half).and_then(|_| fs::rename(&half, &to));
        fs::hard_link(from, &to).or_else(|_| copy()).map_err(|e| AppError::file(&to, &e))
    };
    let first = |role: &str| bench.request.of_role(role).into_iter().next();
    let mut settings: Map<String, Json> = match first("case") {
        None => Map::new(),
        Some(input) => {
            let path = inputs::path(bench.app, input)?;
            let text = fs::read_to_string(&path).map_err(|e| AppError::file(&path, &e))?;
            serde_json::from_str(&text).map_err(|e| AppError::File { path, detail: e.to_string() })?
        }
    };
    for role in ["osm", "population", "stops", "open_space"] {
        // Spaces may come from the extract.
        if settings.get(role).is_none_or(|value| value != "osm") {
            settings.remove(role);
        }
        if let (Some(input), Some(name)) = (first(role), case_name(role, 0)) {
            link(&inputs::path(bench.app, input)?, &name)?;
            settings.insert(role.to_owned(), name.into());
        }
    }
    let mut feeds = Vec::new();
    for (at, input) in bench.request.of_role("gtfs").into_iter().enumerate() {
        let Some(name) = case_name("gtfs", at) else { continue };
        link(&inputs::path(bench.app, input)?, &name)?;
        feeds.push(Json::from(name));
    }
    settings.insert("gtfs".to_owned(), feeds.into());
    choose(bench, &mut settings, &link)?;
    let (records, place) = (bench.world.records(), bench.request.place());
    let on = bench.request.period().map(|period| period.ends_on());
    let held = on.and_then(|on| boundary_on(records, &place, bench.request.definition(), on));
    let boundary = match (first("area"), held) {
        (Some(input), held) => {
            let path = inputs::path(bench.app, input)?;
            link(&path, "area.geojson")?;
            settings.insert("area".to_owned(), "area.geojson".into());
            // The same shape is the same boundary, wherever it comes from.
            let layer = shapes::read(&path, None).map_err(|e| of_shapes(&e))?;
            let shape = layer.features.into_iter().find_map(|feature| polygons(feature.shape?));
            let name = shape.map(|shape| shape_name(&shape)).transpose()?;
            held.filter(|held| name.as_deref() == Some(held.shape.0.as_str())).map(boundary_name)
        }
        (None, Some(boundary)) => {
            let shape = Geometry::MultiPolygon(boundary_shape(bench.app, boundary)?);
            let feature = Feature { id: 1, shape: Some(shape), values: Vec::new() };
            let layer = Layer { name: "area".to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features: vec![feature] };
            write_geojson(&case.join("area.geojson"), &layer).map_err(|e| of_shapes(&e))?;
            settings.insert("area".to_owned(), "area.geojson".into());
            Some(boundary_name(boundary))
        }
        (None, None) => {
            settings.remove("area");
            None
        }
    };
    settings.entry("id").or_insert_with(|| bench.request.place.clone().into());
    let text = serde_json::to_vec_pretty(&settings).map_err(|e| AppError::Internal(e.to_string()))?;
    write(&case.join("case.json"), &text)?;
    Ok(boundary)
}

/// What may be chosen beside the files: keys of `case.json`.
pub(super) const CHOICES: [&str; 9] =
    ["places", "frequency", "gates", "paratransit", "open_space", "excluded_ways", "widths", "route_types", "spread"];

/// The choices of a text, each of them sound by itself.
pub(super) fn chosen(text: &str) -> Result<Map<String, Json>, Box<Diagnostic>> {
    let chosen: Map<String, Json> = match serde_json::from_str(text) {
        Ok(Json::Object(chosen)) => chosen,
        Ok(_) => return Err(Box::new(setting_finding(&SettingFault::NotAnObject))),
        Err(e) => return Err(Box::new(not_json(e.line(), e.column()))),
    };
    if let Some(unknown) = chosen.keys().find(|key| !CHOICES.contains(&key.as_str())) {
        return Err(Box::new(unknown_option(unknown, &CHOICES)));
    }
    Choices::read(&chosen).map_err(|fault| Box::new(setting_finding(&fault)))?;
    Ok(chosen)
}

/// Takes the choices of a request into the settings, and lays the files that choices name beside them.
fn choose(
    bench: &Bench<'_>,
    settings: &mut Map<String, Json>,
    link: &dyn Fn(&Path, &str) -> Result<(), AppError>,
) -> Result<(), AppError> {
    if let Some(text) = &bench.request.parameters {
        settings.extend(chosen(text).map_err(|found| AppError::Refused(vec![found.field("parameters")]))?);
    }
    // A name of its own beside those of the case.
    let beside = |role: &str, input: &Input| -> Result<String, AppError> {
        let plain: String = input
            .name
            .chars()
            .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
            .collect();
        let name = format!("{role}-{plain}");
        link(&inputs::path(bench.app, input)?, &name)?;
        Ok(name)
    };
    for role in ["gates", "paratransit"] {
        match bench.request.of_role(role).into_iter().next() {
            Some(input) => _ = settings.insert(role.to_owned(), beside(role, input)?.into()),
            None if settings.get(role).is_some_and(|value| value != "osm") => _ = settings.remove(role),
            None => {}
        }
    }
    for input in bench.request.of_role("places") {
        let name = beside("places", input)?;
        let sets = settings.get_mut("places").and_then(Json::as_object_mut).into_iter().flatten();
        for (_, set) in sets {
            let file = set.get("file").and_then(Json::as_str).map(Path::new);
            if file.and_then(Path::file_name).is_some_and(|own| own.to_string_lossy() == input.name) {
                set["file"] = name.clone().into();
            }
        }
    }
    Ok(())
}

fn measures(place: &str, boundary: Option<&str>, of: &Evaluation, people: &Population) -> Vec<FoundMeasure> {
    let report = &of.report;
    let area = if report.area.is_some() { "own_area" } else { "no_boundary" };
    let total = |column: &str| {
        let group = people.groups.iter().find(|group| group.name == column)?;
        Some(group.people.iter().flatten().sum::<f64>())
    };
    let row = |breakdown: &str, value: Option<f64>, all: Option<f64>| FoundRow {
        place: place.to_owned(),
        boundary: boundary.map(str::to_owned),
        breakdown: breakdown.to_owned(),
        value,
        numerator: all.and_then(|all| Some((value? / 100.0 * all * 10.0).round() / 10.0)),
        denominator: all.map(|all| (all * 10.0).round() / 10.0),
        // What was handed in may be a part of the city.
        note: value.is_none().then_some("unknown").or(boundary.is_none().then_some(area)).map(str::to_owned),
    };
    // All people first, then the groups that the register has words for.
    let by_group = |values: Vec<(&str, Option<f64>)>| {
        let row = |(column, value): (&str, Option<f64>)| {
            let breakdown = if column == "pop" { "" } else { group(column)? };
            Some(row(breakdown, value, total(column)))
        };
        let mut rows: Vec<FoundRow> = Vec::new();
        for row in values.into_iter().filter_map(row) {
            // Two columns of one group: the first says it.
            if !rows.iter().any(|held| held.breakdown == row.breakdown) {
                rows.push(row);
            }
        }
        rows
    };
    let mut all: Vec<(&str, Vec<FoundRow>)> = Vec::new();
    if let Some(shares) = &report.share_percent {
        let values = shares.0.iter().map(|(column, shares)| (column.as_str(), shares.sdg_11_2_1)).collect();
        all.push(("transport_access", by_group(values)));
    }
    if let Some(frequent) = &report.frequent_service {
        let values =
            frequent.share_percent.0.iter().map(|(column, shares)| (column.as_str(), shares.sdg_11_2_1)).collect();
        all.push(("frequent_transport_access", by_group(values)));
    }
    for (id, names) in
        [("school_access", &["schools", "school"][..]), ("health_access", &["clinics", "health", "hospitals"])]
    {
        let sets = report.places.iter().flat_map(|places| &places.0);
        let Some((_, reached)) = sets.into_iter().find(|(name, _)| names.contains(&name.as_str())) else { continue };
        // The first distance that was asked about.
        let Some(within_m) = reached.shares.first().map(|share| share.within_m) else { continue };
        let of_it = reached.shares.iter().filter(|share| share.within_m == within_m);
        all.push((id, by_group(of_it.map(|share| (share.group.as_str(), share.percent)).collect())));
    }
    if let Some(open) = &report.open_space {
        let values = open.population_share_400_percent.0.iter().map(|(column, n)| (column.as_str(), *n)).collect();
        all.push(("open_space_access", by_group(values)));
        all.push(("open_space_share", vec![row("", open.share_11_7_1_percent, None)]));
    }
    if let Some(streets) = &report.streets {
        all.push(("street_share", vec![row("", Some(streets.land_allocated_to_streets_percent), None)]));
        all.push(("street_density", vec![row("", Some(streets.street_density_km_per_km2), None)]));
        let crossings = streets.intersection_density_consolidated_per_km2;
        all.push(("intersection_density", vec![row("", Some(crossings), None)]));
    }
    all.into_iter().map(|(id, rows)| FoundMeasure { id: id.to_owned(), rows }).collect()
}

/// The boundary, served areas, cells by what they reach, open space and stops.
fn layers(
    bench: &Bench<'_>,
    case: &Path,
    of: &Evaluation,
    people: &Population,
    found: &mut Found,
) -> Result<(), AppError> {
    let mut add = |id: &str, kind, property: Option<&str>, values: &[&str], layer: &Layer| -> Result<(), AppError> {
        let file = format!("{id}.geojson");
        write_geojson(&bench.folder.join(&file), layer).map_err(|e| of_shapes(&e))?;
        found.layers.push(FoundLayer {
            id: id.to_owned(),
            file,
            kind,
            property: property.map(str::to_owned),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            breaks: Vec::new(),
            // Strips along all streets would hide what lies below.
            is_on: id != "served",
        });
        Ok(())
    };
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    let layer = |name: &str, fields: Vec<Field>, features: Vec<Feature>| Layer {
        name: name.to_owned(),
        crs: Crs::Wgs84,
        fields,
        features,
    };
    for (id, file) in [("area", "area.geojson"), ("open_space", "open_space.geojson")] {
        let path = case.join(file);
        if path.is_file() {
            let read = shapes::read(&path, None).map_err(|e| of_shapes(&e))?;
            let kind = if id == "area" { LayerKind::Outlines } else { LayerKind::Areas };
            add(id, kind, None, &[], &read)?;
        }
    }
    let cells = cells(of, people);
    add(
        "cells",
        LayerKind::Points,
        Some("reach"),
        &["both", "low", "high", "none"],
        &layer(
            "cells",
            vec![
                field("reach", FieldKind::Text),
                field("people", FieldKind::Number),
                field("low_m", FieldKind::Number),
                field("high_m", FieldKind::Number),
            ],
            cells,
        ),
    )?;
    let served = of.shapes.iter().find(|shape| shape.name == "sdg_11_2_1").map(|shape| shape.shape.clone());
    if let Some(served) = served.filter(|served: &MultiPolygon<f64>| !served.0.is_empty()) {
        let feature = Feature { id: 1, shape: Some(Geometry::MultiPolygon(served)), values: Vec::new() };
        add("served", LayerKind::Outlines, None, &[], &layer("served", Vec::new(), vec![feature]))?;
    }
    let path = case.join("stops.csv");
    if path.is_file() {
        let stops = read_stops(&path).map_err(|e| of_streets(&e))?;
        let feature = |(at, stop): (usize, &streets::Stop)| Feature {
            id: at as i64 + 1,
            shape: Some(Geometry::Point(Point::new(stop.place[0], stop.place[1]))),
            values: vec![Value::Text(
                serde_json::to_value(stop.capacity)
                    .ok()
                    .and_then(|c| c.as_str().map(str::to_owned))
                    .unwrap_or_default(),
            )],
        };
        let features = stops.stops.iter().enumerate().map(feature).collect();
        let fields = vec![field("capacity", FieldKind::Text)];
        add("stops", LayerKind::Points, Some("capacity"), &["high", "low"], &layer("stops", fields, features))?;
    }
    Ok(())
}

/// Cells with people, by what they reach: low capacity within 500 m, high within 1 000 m.
fn cells(of: &Evaluation, people: &Population) -> Vec<Feature> {
    let all = people.groups.first().map_or(&[][..], |all| &all.people);
    let at = |list: &[f64], cell: usize| list.get(cell).copied().unwrap_or(f64::INFINITY);
    let metres = |m: f64| if m.is_finite() { Value::Number((m * 10.0).round() / 10.0) } else { Value::Missing };
    let feature = |(cell, place): (usize, &[f64; 2])| {
        let n = all.get(cell).copied().flatten().filter(|n| *n > 0.0)?;
        let (low, high) = (at(&of.cells.low_m, cell), at(&of.cells.high_m, cell));
        let reach = match (low <= 500.0, high <= 1_000.0) {
            (true, true) => "both",
            (true, false) => "low",
            (false, true) => "high",
            (false, false) => "none",
        };
        Some(Feature {
            id: cell as i64 + 1,
            shape: Some(Geometry::Point(Point::new(place[0], place[1]))),
            values: vec![
                Value::Text(reach.to_owned()),
                Value::Number((n * 10.0).round() / 10.0),
                metres(low),
                metres(high),
            ],
        })
    };
    of.cells.places.iter().enumerate().filter_map(feature).collect()
}
