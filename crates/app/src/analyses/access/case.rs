//! The folder of a case: which files belong to it, and how the inputs of a job become one.

use std::{fs, path::Path};

use diag::Diagnostic;
use geo::{BoundingRect as _, Geometry};
use serde_json::{Map, Value as Json};
use shapes::{Crs, Feature, Layer, write_geojson};
use streets::{CaseSettings, Choices, Origin, PlaceOrigin, SettingFault};

use crate::{
    analyses::{
        inputs,
        job::write,
        request::{Input, InputFile},
        run::Bench,
        told::case_name,
        zones::boundary_name,
    },
    error::AppError,
    space::{
        boundary_on, boundary_shape, codes::GEO017, not_json, of_shapes, of_streets, polygons, setting_finding,
        shape_name, unknown_option,
    },
};

/// A city whose known point is farther from its boundary, in degrees, is another.
const FAR: f64 = 0.5;

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

/// Refuses a city elsewhere: its boundary must lie by the place.
pub(super) fn covers(bench: &Bench<'_>, case: &Path) -> Result<(), AppError> {
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
pub(super) fn lay_out(bench: &Bench<'_>, case: &Path) -> Result<Option<String>, AppError> {
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
const CHOICES: [&str; 9] =
    ["places", "frequency", "gates", "paratransit", "open_space", "excluded_ways", "widths", "route_types", "spread"];

/// The choices of a text, each of them sound by itself.
pub(in crate::analyses) fn chosen(text: &str) -> Result<Map<String, Json>, Box<Diagnostic>> {
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
