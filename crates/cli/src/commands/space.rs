//! `grid`, `land` and `access`: what the observatory computes from rasters, boundaries and street networks.

use app::{
    AppError,
    space::{AccessRequest, GridClassify, GridUnits, GridZonal, LandRequest, Watch},
};
use serde_json::{Value as Json, json};

use crate::{
    Stop,
    args::{Access, GridClassifyArgs, GridCommand, GridUnitsArgs, GridZonalArgs, LandRatesArgs},
    session::Session,
};

/// A bar goes up to this.
const WHOLE: f64 = 1_000.0;

/// Runs `grid`.
pub fn grid(session: &Session, command: &GridCommand) -> Result<(), Stop> {
    match command {
        GridCommand::Classify(args) => classify(session, args),
        GridCommand::Units(args) => units(session, args),
        GridCommand::Zonal(args) => zonal(session, args),
    }
}

fn classify(session: &Session, args: &GridClassifyArgs) -> Result<(), Stop> {
    let asked = GridClassify {
        population: args.population.clone(),
        land: args.land.clone(),
        built: args.built.clone(),
        params: args.params.clone(),
        level: args.level,
        out: args.out.clone(),
        entities: args.entities.clone(),
        places: args.places.clone(),
    };
    run(session, |watch| app::space::grid_classify(&asked, watch), &|session, found| {
        for class in rows(found, "classes") {
            let args = [
                ("cells", number(&class["cells"], 0).into()),
                ("people", number(&class["population"], 0).into()),
                ("area", number(&class["area_km2"], 0).into()),
            ];
            let name = format!("{} {}", text(&class["code"]), text(&class["name"]));
            outln!("{}  {}", session.paint.bold(&name), session.say_with("cli-grid-class", &args));
        }
        for kind in rows(found, "entities") {
            let args = [("n", text(&kind["entities"]).into()), ("people", number(&kind["population"], 0).into())];
            let name = format!("{} {}", text(&kind["code"]), text(&kind["class"]));
            outln!("{}  {}", session.paint.bold(&name), session.say_with("cli-grid-entities", &args));
        }
    })
}

fn units(session: &Session, args: &GridUnitsArgs) -> Result<(), Stop> {
    let asked = GridUnits {
        population: args.population.clone(),
        class: args.class.clone(),
        units: args.units.clone(),
        layer: args.layer.clone(),
        params: args.params.clone(),
    };
    run(session, |watch| app::space::grid_units(&asked, watch), &|session, found| {
        for unit in rows(found, "units") {
            let args = [("people", number(&unit["population"], 0).into()), ("l1", text(&unit["l1"]).into())];
            let class = format!("{} {}", text(&unit["l2"]), text(&unit["class"]));
            outln!("{}  {class}; {}", session.paint.bold(&named(unit)), session.say_with("cli-grid-unit", &args));
        }
    })
}

fn zonal(session: &Session, args: &GridZonalArgs) -> Result<(), Stop> {
    let asked = GridZonal {
        raster: args.raster.clone(),
        weights: args.weights.clone(),
        zones: args.zones.clone(),
        layer: args.layer.clone(),
        statistics: args.stats.clone(),
        by_centre: args.by_centre,
    };
    run(session, |watch| app::space::grid_zonal(&asked, watch), &|session, found| {
        for zone in rows(found, "zones") {
            let values = args.stats.iter().map(|name| format!("{name} {}", number(&zone[name], 3)));
            outln!("{}  {}", session.paint.bold(&named(zone)), values.collect::<Vec<_>>().join("  "));
        }
    })
}

/// Runs `land rates`.
pub fn land(session: &Session, args: &LandRatesArgs) -> Result<(), Stop> {
    let asked = LandRequest {
        table: args.table.clone(),
        built: (args.built.clone(), args.built_later.clone()),
        population: (args.population.clone(), args.population_later.clone()),
        zones: args.zones.clone(),
        years: args.years,
        variant: args.variant.clone(),
    };
    run(session, |watch| app::space::land_rates(&asked, watch), &|session, found| {
        let show = |name: &str, of: &Json| {
            let args = [
                ("lcr", number(&of["lcr"], 6).into()),
                ("pgr", number(&of["pgr"], 6).into()),
                ("ratio", number(&of["lcrpgr"], 4).into()),
                ("status", text(&of["status"]).into()),
            ];
            outln!("{}  {}", session.paint.bold(name), session.say_with("cli-land-rates", &args));
        };
        rows(found, "cities").for_each(|city| show(&text(&city["city"]), city));
        if found["pooled"].is_object() {
            show(&session.say("cli-land-pooled"), &found["pooled"]);
        }
    })
}

/// Runs `access`.
pub fn access(session: &Session, args: &Access) -> Result<(), Stop> {
    let asked =
        AccessRequest { folder: args.folder.clone(), cells: args.cells.clone(), with_shapes: !args.without_shapes };
    run(session, |watch| app::space::access_case(&asked, watch), &|session, found| {
        let head = text(&found["case"]);
        outln!("{}", session.paint.bold(&head));
        told("", found);
    })
}

/// Every number of an answer by its path, in the order of the answer.
fn told(path: &str, of: &Json) {
    match of {
        Json::Object(map) => {
            let join = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            map.iter().filter(|(key, _)| *key != "warnings").for_each(|(key, value)| told(&join(key), value));
        }
        Json::Number(n) => outln!("  {path}  {n}"),
        _ => {}
    }
}

/// Runs what takes long under a bar, shows the answer, and then what a reader must be told.
fn run(
    session: &Session,
    work: impl FnOnce(Watch<'_>) -> Result<Json, AppError>,
    show: &dyn Fn(&Session, &Json),
) -> Result<(), Stop> {
    let bar = session.progress();
    bar.set_length(WHOLE as u64);
    let watch = |stage: &str, share: f64| {
        bar.set_message(stage.to_owned());
        bar.set_position((share.clamp(0.0, 1.0) * WHOLE) as u64);
        true
    };
    let found = work(&watch);
    bar.finish_and_clear();
    match found {
        Err(AppError::Refused(found)) => return super::import::refused(session, json!({}), &found),
        Err(other) => return Err(other.into()),
        Ok(found) if session.json => session.print_json(&found),
        Ok(found) => {
            show(session, &found);
            for warning in rows(&found, "warnings") {
                outln!("{}", session.say_with("cli-space-warning", &[("text", text(warning).into())]));
            }
        }
    }
    Ok(())
}

fn rows<'j>(of: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> {
    of[key].as_array().into_iter().flatten()
}

/// What a polygon is called: an attribute that looks like a name, else its number.
fn named(of: &Json) -> String {
    let properties = of["properties"].as_object();
    let name = properties.and_then(|p| {
        ["name", "Name", "NAME", "UID", "code", "id"].into_iter().find_map(|key| p.get(key).filter(|v| !v.is_null()))
    });
    name.map_or_else(|| text(&of["id"]), text)
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => "–".to_owned(),
        other => other.to_string(),
    }
}

fn number(value: &Json, digits: usize) -> String {
    value.as_f64().map_or("–".to_owned(), |n| format!("{n:.digits$}"))
}
