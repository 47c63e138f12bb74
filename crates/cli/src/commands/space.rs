//! `grid`, `land` and `access`: what the observatory computes from rasters, boundaries and street networks.

use std::path::Path;

use app::{
    AppError,
    analyses::Note,
    space::{
        AccessRequest, CoverRequest, FunctionalAsked, GridClassify, GridUnits, GridZonal, GrowthRequest, LandRequest,
        PeopleRequest, StreetSample, TwoDates, Watch,
    },
};
use serde_json::{Value as Json, json};

use crate::{
    Stop,
    args::{
        Access, BuiltAtTwoDates, GridAreasArgs, GridClassifyArgs, GridCommand, GridUnitsArgs, GridZonalArgs,
        LandCommand, LandCoverArgs, LandGrowthArgs, LandRatesArgs, LandSampleArgs,
    },
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
        GridCommand::Aggregate(args) => {
            let asked = PeopleRequest::Aggregate { population: args.population.clone(), ratio: args.ratio };
            people(session, &asked, &args.out)
        }
        GridCommand::Interpolate(args) => {
            let population = (args.population.clone(), args.population_later.clone());
            let dates = (args.since, args.until);
            people(session, &PeopleRequest::Interpolate { population, dates, at: args.at }, &args.out)
        }
        GridCommand::Areas(args) => areas(session, args),
        GridCommand::Calibrate(args) => {
            let (population, zones) = (args.population.clone(), args.zones.clone());
            let asked = PeopleRequest::Calibrate { population, zones, totals: args.totals.clone() };
            people(session, &asked, &args.out)
        }
    }
}

/// Writes a grid of people.
fn people(session: &Session, asked: &PeopleRequest, out: &Path) -> Result<(), Stop> {
    run(session, |watch| app::space::grid_people(asked, out, watch), &|session, found| {
        let args = [
            ("width", text(&found["width"]).into()),
            ("height", text(&found["height"]).into()),
            ("before", number(&found["people_before"], 0).into()),
            ("people", number(&found["people"], 0).into()),
        ];
        outln!("{}  {}", session.paint.bold(&out.display().to_string()), session.say_with("cli-grid-people", &args));
    })
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

fn areas(session: &Session, args: &GridAreasArgs) -> Result<(), Stop> {
    let asked = FunctionalAsked {
        population: args.population.clone(),
        class: args.class.clone(),
        units: args.units.clone(),
        layer: args.layer.clone(),
        key: args.key.clone(),
        flows: args.flows.clone(),
        city: Some(args.city),
        commuters: Some(args.commuters),
        out: args.out.clone(),
        records: args.records.clone().zip(args.valid_from),
    };
    run(session, |watch| app::space::functional_areas(&asked, watch), &|session, found| {
        for area in rows(found, "areas") {
            let of = |role: &str| rows(area, "members").filter(|member| member["role"] == role).count();
            let shown = [
                ("people", number(&area["population"], 0).into()),
                ("area", number(&area["area_km2"], 0).into()),
                ("cities", of("city").into()),
                ("zone", of("commuting_zone").into()),
            ];
            outln!("{}  {}", session.paint.bold(&text(&area["key"])), session.say_with("cli-grid-area", &shown));
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
            let values =
                args.stats.iter().map(|name| name.trim()).map(|name| format!("{name} {}", number(&zone[name], 3)));
            outln!("{}  {}", session.paint.bold(&named(zone)), values.collect::<Vec<_>>().join("  "));
        }
    })
}

/// Runs `land`.
pub fn land(session: &Session, command: &LandCommand) -> Result<(), Stop> {
    match command {
        LandCommand::Rates(args) => rates(session, args),
        LandCommand::Growth(args) => growth(session, args),
        LandCommand::Cover(args) => cover(session, args),
        LandCommand::Sample(args) => sample(session, args),
        LandCommand::Sampled { file } => run(session, |_| app::space::street_sample_mean(file), &|session, found| {
            let args = [
                ("n", text(&found["points"]).into()),
                ("mean", number(&found["mean_percent"], 2).into()),
                ("low", number(&found["low"], 2).into()),
                ("high", number(&found["high"], 2).into()),
            ];
            outln!("{}", session.say_with("cli-land-sampled", &args));
        }),
    }
}

fn sample(session: &Session, args: &LandSampleArgs) -> Result<(), Stop> {
    let asked = StreetSample { area: args.area.clone(), points: args.points, out: args.out.clone() };
    run(session, |_| app::space::street_sample(&asked), &|session, found| {
        let shown = [("n", text(&found["points"]).into())];
        outln!(
            "{}  {}",
            session.paint.bold(&args.out.display().to_string()),
            session.say_with("cli-land-sample", &shown)
        );
    })
}

/// Land and people at two dates, as they were named.
fn two_dates(land: &BuiltAtTwoDates) -> TwoDates {
    TwoDates {
        built: (land.built.clone(), land.built_later.clone()),
        built_year: land.built_year.clone(),
        between: land.since.zip(land.until),
        population: (land.population.clone(), land.population_later.clone()),
        years: land.years,
    }
}

fn rates(session: &Session, args: &LandRatesArgs) -> Result<(), Stop> {
    let asked = LandRequest {
        table: args.table.clone(),
        land: two_dates(&args.land),
        zones: args.zones.clone(),
        layer: args.layer.clone(),
        key: args.key.clone(),
        variant: args.variant.clone(),
        size_classes: args.size_classes.clone(),
    };
    run(session, |watch| app::space::land_rates(&asked, watch), &|session, found| {
        // Without grids of people nobody is known, which is another thing than nobody.
        let is_unpeopled = rows(found, "cities").all(|city| city["pop_t1"].is_null());
        let show = |name: &str, of: &Json| {
            let status = if is_unpeopled { "people_unknown".to_owned() } else { text(&of["status"]) };
            let args = [
                ("lcr", number(&of["lcr"], 6).into()),
                ("pgr", number(&of["pgr"], 6).into()),
                ("ratio", number(&of["lcrpgr"], 4).into()),
                ("status", status.into()),
            ];
            outln!("{}  {}", session.paint.bold(name), session.say_with("cli-land-rates", &args));
        };
        rows(found, "cities").for_each(|city| show(&city_name(city), city));
        if found["pooled"].is_object() {
            show(&session.say("cli-land-pooled"), &found["pooled"]);
        }
        for class in rows(found, "size_classes").filter(|class| class["cities"].as_u64() > Some(0)) {
            let args = [
                ("cities", text(&class["cities"]).into()),
                ("people", percent(&class["share_of_people_growth"]).into()),
                ("land", percent(&class["share_of_land_growth"]).into()),
            ];
            let name = text(&class["class"]);
            outln!("{}  {}", session.paint.bold(&name), session.say_with("cli-land-class", &args));
        }
    })
}

fn growth(session: &Session, args: &LandGrowthArgs) -> Result<(), Stop> {
    let asked = GrowthRequest {
        land: two_dates(&args.land),
        as_shares: args.as_shares,
        least: Some(args.least),
        zones: args.zones.clone(),
        layer: args.layer.clone(),
        zones_before: args.zones_before.clone(),
        key: args.key.clone(),
        buffer: Some(args.buffer),
        leapfrog: Some(args.leapfrog),
    };
    run(session, |watch| app::space::land_growth(&asked, watch), &|session, found| {
        for city in rows(found, "cities") {
            let km2 = |key: &str| number(&city[key], 3);
            let shown = [
                ("before", km2("built_t1_km2").into()),
                ("after", km2("built_t2_km2").into()),
                ("infill", km2("infill_km2").into()),
                ("extension", km2("extension_km2").into()),
                ("leapfrog", km2("leapfrog_km2").into()),
                ("lost", km2("lost_km2").into()),
            ];
            outln!("{}  {}", session.paint.bold(&city_name(city)), session.say_with("cli-land-growth", &shown));
            if city["extent_t2"].is_object() {
                let shown = [
                    ("extent", number(&city["extent_t2"]["extent_km2"], 3).into()),
                    ("saturation", percent(&city["extent_t2"]["saturation"]).into()),
                    ("openness", percent(&city["extent_t2"]["openness"]).into()),
                ];
                outln!("  {}", session.say_with("cli-land-extent", &shown));
            }
            if !city["density_rate"].is_null() {
                let shown = [
                    ("before", number(&city["density_t1"], 0).into()),
                    ("after", number(&city["density_t2"], 0).into()),
                    ("rate", percent(&city["density_rate"]).into()),
                ];
                outln!("  {}", session.say_with("cli-land-density", &shown));
            }
        }
    })
}

fn cover(session: &Session, args: &LandCoverArgs) -> Result<(), Stop> {
    let asked = CoverRequest {
        raster: args.cover.clone(),
        classes: args.classes.clone(),
        from: args.from,
        zones: args.zones.clone(),
        layer: args.layer.clone(),
        population: args.population.clone(),
    };
    run(session, |watch| app::space::land_cover(&asked, watch), &|session, found| {
        for zone in rows(found, "zones") {
            let shown = [
                ("share", percent(&zone["share"]).into()),
                ("area", number(&zone["cover_km2"], 3).into()),
                ("person", number(&zone["m2_per_person"], 1).into()),
            ];
            outln!("{}  {}", session.paint.bold(&named(zone)), session.say_with("cli-land-cover", &shown));
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
                let words = Note::of(&text(warning)).words(session.lang);
                outln!("{}", session.say_with("cli-space-warning", &[("text", words.into())]));
            }
            for unknown in rows(&found, "unknown") {
                let args = [("what", text(&unknown["what"]).into()), ("why", text(&unknown["why"]).into())];
                outln!("{}", session.say_with("cli-space-unknown", &args));
            }
            for row in rows(&found, "refused") {
                let args = [
                    ("file", text(&row["file"]).into()),
                    ("line", text(&row["line"]).into()),
                    ("why", text(&row["why"]).into()),
                ];
                outln!("{}", session.say_with("cli-space-refused", &args));
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
    name_among(of).unwrap_or_else(|| text(&of["id"]))
}

/// What a city is called: by the attribute that was asked for, else as [`named`].
fn city_name(of: &Json) -> String {
    let own = text(&of["city"]);
    let is_number = own.bytes().all(|b| b.is_ascii_digit());
    name_among(of).filter(|_| is_number).unwrap_or(own)
}

fn name_among(of: &Json) -> Option<String> {
    let properties = of["properties"].as_object()?;
    let names = ["name", "Name", "NAME", "UID", "code", "id"];
    names.into_iter().find_map(|key| properties.get(key).filter(|v| !v.is_null())).map(text)
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => "–".to_owned(),
        other => other.to_string(),
    }
}

fn percent(share: &Json) -> String {
    share.as_f64().map_or("–".to_owned(), |n| format!("{:.1} %", 100.0 * n))
}

fn number(value: &Json, digits: usize) -> String {
    // Nothing less than nothing: −0 is 0.
    value.as_f64().map_or("–".to_owned(), |n| format!("{:.digits$}", n + 0.0))
}
