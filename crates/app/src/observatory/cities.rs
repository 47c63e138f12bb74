//! A file with countries from whose cities a sample is drawn.

use std::path::PathBuf;

use diag::Diagnostic;
use engine::{
    cities::{
        Allocation, City, CityStratum, Refusal, SMP001, SMP002, SizeClass, allocated, drawn, estimates, frame_means,
        size_classes, strata,
    },
    survey::Expression,
};
use model::{
    microdata::{Table, Values, Variable},
    value::Lang,
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use stats::sampling::proportional_to_size;

use super::{error_json, number, tables, unreadable};

/// Classes of the National Sample of Cities.
const SIZE_CLASSES: &str = "50-100k, 100-500k, 0.5-1M, 1-5M, 5M+";
/// Sections of cities would count people twice.
const FRAME_RULE: &str = "feature != PPLX, population >= 50000";

/// What such a file holds; results in it are not read.
#[derive(Deserialize)]
struct File {
    size_classes: Option<String>,
    countries: Vec<Country>,
}

#[derive(Deserialize)]
struct Country {
    iso3: String,
    n: u32,
    frame_rule: Option<String>,
    x_rule: Option<String>,
    #[serde(default)]
    sample: Rule,
    #[serde(default)]
    pps: Start,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Rule {
    rule: Option<String>,
    /// Where a systematic sample begins, from 0 to below 1; the middle when left out.
    start: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Start {
    start: Option<f64>,
}

/// Draws the samples of a file, under the names that such files use. The frame is `cities.csv` of the folders, or the list
/// of the program.
///
/// A country without a sample is `{"iso3", "error": {"code", "message"}}`, and the rest go on. Errors: the file is no JSON
/// of this shape, or the frame cannot be read.
pub fn evaluate_city_samples(text: &str, folders: &[PathBuf], lang: Lang) -> Result<Json, Vec<Diagnostic>> {
    let file: File = serde_json::from_str(text).map_err(|e| unreadable(&SMP001, e))?;
    let classes = size_classes(file.size_classes.as_deref().unwrap_or(SIZE_CLASSES)).map_err(|e| vec![*e])?;
    let frame = tables::table("cities.csv", folders, &SMP001).map_err(|found| vec![*found])?;
    let country = |country: &Country| match sampled(&frame, &classes, country) {
        Ok(found) => found,
        Err(found) => json!({"iso3": country.iso3, "error": error_json(&found, lang)}),
    };
    Ok(json!({ "countries": file.countries.iter().map(country).collect::<Vec<Json>>() }))
}

fn sampled(frame: &Table, classes: &[SizeClass], asked: &Country) -> Result<Json, Refusal> {
    let cities = frame_of(frame, asked)?;
    let strata = strata(&cities, classes)?;
    let by = match asked.sample.rule.as_deref().and_then(|rule| rule.split_whitespace().next()) {
        Some(name) => Allocation::named(name)?,
        None => Allocation::RootPopulation,
    };
    let mut parts: Vec<(Allocation, Vec<u32>)> = Vec::new();
    for allocation in Allocation::ALL {
        // Without anything measured there is no deviation to divide by.
        if allocation != Allocation::Neyman || strata.iter().all(|s| !s.deviation.is_nan()) {
            parts.push((allocation, allocated(&strata, asked.n, allocation)?));
        }
    }
    let start = asked.sample.start.filter(|s| (0.0..1.0).contains(s)).unwrap_or(0.5);
    let drawn = drawn(&strata, &allocated(&strata, asked.n, by)?, start);
    let estimated = estimates(&cities, &strata, &drawn);
    let (city_mean, people_mean) = frame_means(&cities);
    let stratum = |(h, s): (usize, &CityStratum)| {
        let n: Map<String, Json> = parts.iter().map(|(by, n)| (by.name().to_owned(), n[h].into())).collect();
        json!({
            "stratum": s.name, "N": s.cities.len(), "population": whole(s.population), "sd_x": number(s.deviation), "n": n,
        })
    };
    let of = |which: &dyn Fn((f64, f64), (f64, f64)) -> f64| {
        estimated
            .map_or(Json::Null, |(cities, people)| number(which((cities.value, cities.se), (people.value, people.se))))
    };
    Ok(json!({
        "iso3": asked.iso3, "n": asked.n, "frame_size": cities.len(),
        "strata": strata.iter().enumerate().map(stratum).collect::<Vec<Json>>(),
        "sample": {
            "rule": asked.sample.rule.clone().unwrap_or_else(|| by.name().to_owned()),
            "ids": drawn.iter().map(|d| cities[d.city].id).collect::<Vec<i64>>(),
            "weights": drawn.iter().map(|d| d.weight).collect::<Vec<f64>>(),
        },
        "city_mean": of(&|cities, _| cities.0), "city_mean_se": of(&|cities, _| cities.1),
        "population_weighted_mean": of(&|_, people| people.0), "population_weighted_mean_se": of(&|_, people| people.1),
        "frame_city_mean": number(city_mean), "frame_population_weighted_mean": number(people_mean),
        "pps": by_size(&cities, asked),
    }))
}

/// A sample with probability proportional to population, from the list in the order of ids.
fn by_size(cities: &[City], asked: &Country) -> Json {
    let mut order: Vec<&City> = cities.iter().collect();
    order.sort_by_key(|c| c.id);
    let sizes: Vec<f64> = order.iter().map(|c| c.population).collect();
    let start = asked.pps.start.filter(|s| (0.0..1.0).contains(s)).unwrap_or(0.5);
    let found = proportional_to_size(&sizes, asked.n as usize, start);
    let (certain, other): (Vec<_>, Vec<_>) = found.into_iter().partition(|d| d.probability >= 1.0);
    json!({
        "certainty": certain.iter().map(|d| order[d.unit].id).collect::<Vec<i64>>(),
        "sample": other.iter().map(|d| json!({"id": order[d.unit].id, "pi": d.probability})).collect::<Vec<Json>>(),
    })
}

/// The cities of a country that the rule lets into the frame, with what is measured there.
fn frame_of(frame: &Table, asked: &Country) -> Result<Vec<City>, Refusal> {
    let of_country = tables::texts(frame, "iso3");
    let rows: Vec<u32> = (0..frame.n_rows as u32).filter(|row| of_country[*row as usize] == asked.iso3).collect();
    let mut table = frame.take(&rows);
    if rows.is_empty() {
        return Err(Box::new(Diagnostic::new(&SMP002).arg("country", &asked.iso3)));
    }
    for (short, name) in [("geonameid", "id"), ("pop", "population")] {
        if let (None, Some(values)) = (table.variable(short), table.variable(name)) {
            let values = values.clone();
            table.variables.push(Variable::new(short, values));
        }
    }
    for condition in asked.frame_rule.as_deref().unwrap_or(FRAME_RULE).split(',') {
        let holds = Expression::parse(&with_quotes(condition, &table))?.truth(&table)?;
        let rows: Vec<u32> = (0..table.n_rows as u32).filter(|row| holds[*row as usize] == Some(true)).collect();
        table = table.take(&rows);
    }
    if table.n_rows == 0 {
        return Err(Box::new(Diagnostic::new(&SMP002).arg("country", &asked.iso3)));
    }
    let x = match asked.x_rule.as_deref() {
        // `x = …` says what is measured.
        Some(rule) => {
            let rule = rule.split_once('=').filter(|(name, _)| name.trim() == "x").map_or(rule, |(_, of)| of);
            Expression::parse(rule)?.numbers(&table)?
        }
        None => match table.variable("x") {
            Some(Values::Numbers(x)) => x.clone(),
            _ => vec![f64::NAN; table.n_rows],
        },
    };
    let (ids, people) = (tables::numbers(&table, "id")?, tables::numbers(&table, "population")?);
    let city = |row: usize| City { id: ids[row] as i64, population: people[row], x: x[row] };
    Ok((0..table.n_rows).map(city).collect())
}

/// `feature != PPLX` with the word that is no variable in quotes.
fn with_quotes(condition: &str, table: &Table) -> String {
    let words: Vec<&str> = condition.split_whitespace().collect();
    match words.as_slice() {
        [name, sign, word]
            if table.variable(word).is_none() && word.chars().all(char::is_alphabetic) && sign.contains('=') =>
        {
            format!("{name} {sign} '{word}'")
        }
        _ => condition.to_owned(),
    }
}

fn whole(n: f64) -> Json {
    if n.fract() == 0.0 && n.abs() < 9e15 { (n as i64).into() } else { number(n) }
}
