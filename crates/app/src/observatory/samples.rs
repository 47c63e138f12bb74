//! Samples of cities as files: drawn from a frame, estimated from what was measured, compared with another one.

use std::path::{Path, PathBuf};

use diag::Diagnostic;
use engine::cities::{
    Allocation, City, CityEstimate, Draw, Drawing, Method, Refusal, SMP001, SMP002, SampleCity, Sampled, compare, draw,
    means, size_classes,
};
use exchange::{NamedBytes, csv_row, read_microdata};
use model::{
    microdata::{Table, Values},
    value::Value,
};
use rustc_hash::FxHashMap;
use serde_json::{Value as Json, json};

use super::{number, tables};
use crate::AppError;

/// Classes of the United Nations' lists of cities, and those of a country.
const WORLD_CLASSES: &str = "50-300k, 300-500k, 0.5-1M, 1-5M, 5-10M, 10M+";
const COUNTRY_CLASSES: &str = "50-100k, 100-500k, 0.5-1M, 1-5M, 5M+";
/// Sections of cities would count people twice.
const SECTION: &str = "PPLX";
/// The role of a city that stands in for another.
const RESERVE: &str = "reserve";
/// The region of cities whose country is not in the list of countries.
const NO_REGION: &str = "–";

/// What is asked of a draw.
#[derive(Clone, Debug)]
pub struct SampleRequest {
    /// Countries by code; the whole frame when empty.
    pub countries: Vec<String>,
    /// A frame of one's own, with `id`, `name`, `population` and, for regions, `region` or `iso3`; the list of the program without.
    pub frame: Option<PathBuf>,
    /// What makes regions: `region`, `subregion`, `country` or `none`; regions when more than one country is in it.
    pub regions: Option<String>,
    /// Cities in the sample.
    pub n: u32,
    /// Smallest population of the frame.
    pub at_least: Option<f64>,
    /// Classes of size, such as `50-100k, 5M+`.
    pub classes: Option<String>,
    /// What strata give in proportion to.
    pub by: Option<String>,
    /// How cities are taken.
    pub method: Option<String>,
    /// The seed.
    pub seed: u64,
    /// Cities in reserve for each stratum.
    pub n_reserve: usize,
}

struct Frame {
    cities: Vec<City>,
    names: Vec<String>,
    iso3: Vec<String>,
    regions: Vec<String>,
    positions: Option<(Vec<f64>, Vec<f64>)>,
}

/// A sample: as JSON, and as the CSV file that `sample estimate` and `sample compare` read.
pub struct DrawnSample {
    /// Strata, cities, reserve and balance.
    pub json: Json,
    /// `id,name,iso3,region,stratum,population,probability,weight,n_frame,role,lon,lat`.
    pub csv: Vec<u8>,
}

/// Draws a sample of cities.
///
/// Errors: a frame that cannot be read, an unknown country, method or way of dividing, sizes that do not fit.
pub fn draw_sample(asked: &SampleRequest) -> Result<DrawnSample, AppError> {
    let refused = |found: Refusal| AppError::Refused(vec![*found]);
    let frame = Frame::of(asked)?;
    let is_one_country = frame.iso3.iter().all(|i| *i == frame.iso3[0]);
    let classes = asked.classes.as_deref().unwrap_or(if is_one_country { COUNTRY_CLASSES } else { WORLD_CLASSES });
    let request = Draw {
        n: asked.n,
        classes: size_classes(classes).map_err(refused)?,
        by: asked.by.as_deref().map_or(Ok(Allocation::RootPopulation), Allocation::named).map_err(refused)?,
        method: asked.method.as_deref().map_or(Ok(Method::default()), Method::named).map_err(refused)?,
        seed: asked.seed,
        n_reserve: asked.n_reserve,
    };
    let drawing = draw(&frame.cities, &frame.regions, &request).map_err(refused)?;
    Ok(DrawnSample { json: drawn_json(&frame, &drawing, &request, classes), csv: drawn_csv(&frame, &drawing) })
}

impl Frame {
    fn of(asked: &SampleRequest) -> Result<Frame, AppError> {
        let refused = |found: Refusal| AppError::Refused(vec![*found]);
        let table = match &asked.frame {
            Some(path) => read(path)?,
            None => tables::table("cities.csv", &[], &SMP001).map_err(refused)?,
        };
        let countries = tables::table("countries.csv", &[], &SMP001).map_err(refused)?;
        let iso3 = tables::texts(&table, "iso3");
        let known = tables::texts(&countries, "iso3");
        for country in &asked.countries {
            if !iso3.iter().any(|i| i.eq_ignore_ascii_case(country)) {
                return Err(AppError::Refused(vec![Diagnostic::new(&SMP002).arg("country", country)]));
            }
        }
        let column = match asked.regions.as_deref() {
            Some("none") => None,
            Some("country") => Some("iso3"),
            Some("subregion") => Some("subregion"),
            Some("region") => Some("region"),
            Some(other) => {
                let found = Diagnostic::new(&engine::cities::SMP004).arg("value", other);
                return Err(AppError::Refused(vec![found.arg("known", "region, subregion, country, none")]));
            }
            None if asked.countries.len() == 1 => None,
            None => Some("region"),
        };
        let of_country: FxHashMap<String, String> = match column {
            Some(column @ ("region" | "subregion")) => {
                known.into_iter().zip(tables::texts(&countries, column)).collect()
            }
            _ => FxHashMap::default(),
        };
        let (ids, people) = (tables::numbers(&table, "id"), tables::numbers(&table, "population"));
        let (ids, people) = (ids.map_err(refused)?, people.map_err(refused)?);
        let (names, features) = (tables::texts(&table, "name"), tables::texts(&table, "feature"));
        let own_regions = tables::texts(&table, "region");
        let at = |name: &str| match table.variable(name) {
            Some(Values::Numbers(n)) => Some(n),
            _ => None,
        };
        let positions = at("lon").zip(at("lat"));
        let mut frame = Frame {
            cities: Vec::new(),
            names: Vec::new(),
            iso3: Vec::new(),
            regions: Vec::new(),
            positions: positions.map(|_| (Vec::new(), Vec::new())),
        };
        for row in 0..table.n_rows {
            let is_in =
                asked.countries.is_empty() || asked.countries.iter().any(|c| c.eq_ignore_ascii_case(&iso3[row]));
            if !is_in || features[row] == SECTION || people[row] < asked.at_least.unwrap_or(0.0) {
                continue;
            }
            let region = match column {
                None => String::new(),
                Some("iso3") => iso3[row].clone(),
                Some(_) => of_country
                    .get(&iso3[row])
                    .cloned()
                    .filter(|r| !r.is_empty())
                    .unwrap_or_else(|| own_regions[row].clone()),
            };
            let region = if region.is_empty() && column.is_some() { NO_REGION.to_owned() } else { region };
            frame.cities.push(City { id: ids[row] as i64, population: people[row], x: f64::NAN });
            frame.names.push(names[row].clone());
            frame.iso3.push(iso3[row].clone());
            frame.regions.push(region);
            if let (Some((lon, lat)), Some((x, y))) = (&mut frame.positions, positions) {
                lon.push(x[row]);
                lat.push(y[row]);
            }
        }
        if frame.cities.is_empty() {
            return Err(AppError::Refused(vec![Diagnostic::new(&SMP002).arg("country", asked.countries.join(", "))]));
        }
        Ok(frame)
    }
}

fn read(path: &Path) -> Result<Table, AppError> {
    let bytes = std::fs::read(path).map_err(|e| AppError::file(path, &e))?;
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    read_microdata(&NamedBytes { name, bytes }).map(|(table, _)| table).map_err(AppError::Refused)
}

fn drawn_json(frame: &Frame, drawing: &Drawing, asked: &Draw, classes: &str) -> Json {
    let city = |s: &Sampled| {
        json!({
            "id": frame.cities[s.city].id, "name": frame.names[s.city], "iso3": frame.iso3[s.city],
            "region": frame.regions[s.city], "stratum": drawing.strata[s.stratum].name,
            "population": number(frame.cities[s.city].population),
            "probability": number(s.probability), "weight": number(1.0 / s.probability),
        })
    };
    let stratum = |(at, s): (usize, &engine::cities::CityStratum)| {
        let n = drawing.cities.iter().filter(|c| c.stratum == at).count();
        json!({"stratum": s.name, "N": s.cities.len(), "population": number(s.population), "n": n})
    };
    let people = |of: &mut dyn Iterator<Item = f64>| stats::sum(of);
    let in_strata = || drawing.strata.iter().flat_map(|s| &s.cities).map(|c| frame.cities[*c].population);
    let balance = balance(frame, drawing);
    json!({
        "n": drawing.cities.len(), "method": asked.method.name(), "allocation": asked.by.name(), "seed": asked.seed,
        "size_classes": classes, "frame_size": in_strata().count(), "frame_population": number(people(&mut in_strata())),
        "strata": drawing.strata.iter().enumerate().map(stratum).collect::<Vec<Json>>(),
        "cities": drawing.cities.iter().map(city).collect::<Vec<Json>>(),
        "reserve": drawing.reserve.iter().map(city).collect::<Vec<Json>>(),
        "balance": balance,
    })
}

/// How the sample's means stand to those of the frame, in standard deviations of the frame: above 0.25 it leans.
fn balance(frame: &Frame, drawing: &Drawing) -> Json {
    let all: Vec<usize> = drawing.strata.iter().flat_map(|s| s.cities.iter().copied()).collect();
    let lean = |of: &dyn Fn(usize) -> f64| {
        let n = all.len() as f64;
        let mean = stats::sum(all.iter().map(|c| of(*c))) / n;
        let deviation = (stats::sum(all.iter().map(|c| (of(*c) - mean).powi(2))) / n).sqrt();
        let weights = stats::sum(drawing.cities.iter().map(|s| 1.0 / s.probability));
        let sample = stats::sum(drawing.cities.iter().map(|s| of(s.city) / s.probability)) / weights;
        let standardised = if deviation > 0.0 { (sample - mean) / deviation } else { 0.0 };
        json!({"frame": number(mean), "sample": number(sample), "difference": number(standardised), "leans": standardised.abs() > 0.25})
    };
    let mut found = serde_json::Map::new();
    found.insert("log_population".to_owned(), lean(&|c| frame.cities[c].population.ln()));
    if let Some((lon, lat)) = &frame.positions {
        found.insert("longitude".to_owned(), lean(&|c| lon[c]));
        found.insert("latitude".to_owned(), lean(&|c| lat[c]));
    }
    found.into()
}

fn drawn_csv(frame: &Frame, drawing: &Drawing) -> Vec<u8> {
    let head = [
        "id",
        "name",
        "iso3",
        "region",
        "stratum",
        "population",
        "probability",
        "weight",
        "n_frame",
        "role",
        "lon",
        "lat",
    ];
    let mut out = Vec::new();
    csv_row(&mut out, &head.map(|name| Value::Text(name.to_owned())));
    let roles = drawing.cities.iter().map(|s| (s, "sample")).chain(drawing.reserve.iter().map(|s| (s, RESERVE)));
    for (s, role) in roles {
        let stratum = &drawing.strata[s.stratum];
        // Cities that are taken for certain stand for themselves alone: a stratum of their own without an error.
        let is_certain = s.probability >= 1.0;
        let same = drawing.cities.iter().filter(|c| c.stratum == s.stratum);
        let is_equal = same.clone().all(|c| c.probability.to_bits() == s.probability.to_bits());
        let n_certain = same.filter(|c| c.probability >= 1.0).count();
        let (name, n_frame) = match (is_equal || role == RESERVE, is_certain) {
            (true, _) => (stratum.name.clone(), stratum.cities.len().to_string()),
            (false, true) => (format!("{} *", stratum.name), n_certain.to_string()),
            (false, false) => (stratum.name.clone(), String::new()),
        };
        let row = [
            frame.cities[s.city].id.to_string(),
            frame.names[s.city].clone(),
            frame.iso3[s.city].clone(),
            frame.regions[s.city].clone(),
            name,
            frame.cities[s.city].population.to_string(),
            s.probability.to_string(),
            (1.0 / s.probability).to_string(),
            n_frame,
            role.to_owned(),
        ];
        let row = row.into_iter().map(Value::Text);
        // A position may begin with a minus, and is a number.
        let at = frame.positions.iter().flat_map(|p| [p.0[s.city], p.1[s.city]]).map(Value::Number);
        csv_row(&mut out, &row.chain(at).collect::<Vec<Value>>());
    }
    out
}

/// Where what was measured stands.
#[derive(Clone, Debug)]
pub struct MeasuredIn {
    /// A file with `id` and the column; the sample itself without.
    pub values: Option<PathBuf>,
    /// The column.
    pub column: String,
    /// The column of its standard errors.
    pub error_column: Option<String>,
}

/// The means of a sample over cities and over people, with errors, by region, and the response by stratum.
///
/// Errors: files that cannot be read, columns that are not there, a stratum without an answer.
pub fn estimate_sample(sample: &Path, measured: &MeasuredIn) -> Result<Json, AppError> {
    let found = means(&cities_of(sample, measured)?).map_err(|found| AppError::Refused(vec![*found]))?;
    let domain = |d: &engine::cities::DomainMeans| json!({"region": d.name, "n": d.n, "city_mean": estimate(d.cities), "population_weighted_mean": estimate(d.people)});
    let response = |r: &engine::cities::Response| json!({"stratum": r.stratum, "n": r.n.0, "answered": r.n.1, "population_share": number(r.share), "low": r.is_low});
    Ok(json!({
        "degf": found.degf, "domains": found.domains.iter().map(domain).collect::<Vec<Json>>(),
        "response": found.response.iter().map(response).collect::<Vec<Json>>(),
    }))
}

/// Two samples of one frame: what each says, and how they differ.
///
/// Errors: as [`estimate_sample`].
pub fn compare_samples(first: &Path, second: &Path, measured: &MeasuredIn) -> Result<Json, AppError> {
    let (one, two) = (cities_of(first, measured)?, cities_of(second, measured)?);
    let found = compare(&one, &two).map_err(|found| AppError::Refused(vec![*found]))?;
    let of =
        |e: [CityEstimate; 3]| json!({"first": estimate(e[0]), "second": estimate(e[1]), "difference": estimate(e[2])});
    Ok(json!({
        "n": {"first": found.n.0, "second": found.n.1, "both": found.n.2},
        "city_mean": of(found.cities), "population_weighted_mean": of(found.people),
    }))
}

fn estimate(of: CityEstimate) -> Json {
    json!({"estimate": number(of.value), "se": number(of.se)})
}

/// The cities of a sample's file, with what was measured in them.
fn cities_of(sample: &Path, measured: &MeasuredIn) -> Result<Vec<SampleCity>, AppError> {
    let refused = |found: Refusal| AppError::Refused(vec![*found]);
    let table = read(sample)?;
    let own = measured.values.as_deref().map(read).transpose()?;
    let source = own.as_ref().unwrap_or(&table);
    let column = |name: &str| -> Result<FxHashMap<String, f64>, AppError> {
        let values = tables::numbers(source, name).map_err(refused)?;
        let ids = tables::texts(source, "id");
        Ok(ids.into_iter().zip(values.iter().copied()).filter(|(_, x)| !x.is_nan()).collect())
    };
    let x = column(&measured.column)?;
    let errors = measured.error_column.as_deref().map(column).transpose()?;
    let (ids, strata) = (tables::texts(&table, "id"), tables::texts(&table, "stratum"));
    let (regions, roles) = (tables::texts(&table, "region"), tables::texts(&table, "role"));
    let people = tables::numbers(&table, "population").map_err(refused)?;
    let weights = tables::numbers(&table, "weight").map_err(refused)?;
    let n_frame = match table.variable("n_frame") {
        Some(Values::Numbers(n)) => Some(n),
        _ => None,
    };
    let city = |row: usize| SampleCity {
        id: ids[row].clone(),
        stratum: strata[row].clone(),
        region: regions[row].clone(),
        population: people[row],
        weight: weights[row],
        n_frame: n_frame.map(|n| n[row]).filter(|n| n.is_finite()),
        x: x.get(&ids[row]).copied(),
        se: errors.as_ref().and_then(|e| e.get(&ids[row]).copied()),
        is_reserve: roles[row] == RESERVE,
    };
    let cities: Vec<SampleCity> = (0..table.n_rows).map(city).collect();
    if let Some(wrong) = cities.iter().find(|c| !(c.weight.is_finite() && c.weight > 0.0 && c.population > 0.0)) {
        return Err(AppError::Refused(vec![Diagnostic::new(&engine::cities::SMP005).arg("city", &wrong.id)]));
    }
    Ok(cities)
}
