//! A file with countries and horizons, and groups of countries and years: where the share of people in slums is going.

use std::{collections::BTreeMap, path::PathBuf};

use diag::Diagnostic;
use engine::outlook::{Group, OUT001, OUT002, Outlook, Past, Refusal, check_years, group, outlook};
use model::value::Lang;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{error_json, maybe, number, tables, unreadable};

/// What such a file holds; results in it are not read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    countries: Vec<Country>,
    regions: Vec<Region>,
}

/// A country: values that are left out come from the series.
#[derive(Clone, Deserialize)]
struct Country {
    iso3: String,
    y0: i32,
    y1: i32,
    horizon: i32,
    share0: Option<f64>,
    share1: Option<f64>,
    urban0: Option<f64>,
    urban1: Option<f64>,
    /// Shares by year, in place of the series.
    #[serde(default)]
    shares: BTreeMap<i32, f64>,
    /// A share to be reached at the horizon.
    target_share: Option<f64>,
    logit_trend: Option<Years>,
}

#[derive(Clone, Deserialize)]
struct Years {
    years: Option<Vec<i32>>,
}

#[derive(Deserialize)]
struct Region {
    #[serde(alias = "region")]
    subregion: String,
    year: i32,
}

/// Values by country and year.
type Series = FxHashMap<(String, i32), f64>;

struct Known {
    shares: Series,
    urban: Series,
    /// Countries by region and by subregion.
    members: FxHashMap<String, Vec<String>>,
}

/// Computes the outlooks of a file, under the names that such files use. Values that a country does not give come from the
/// series of the program (people in slums, 2000–2022; urban population, 1990–2021) or from `slum_share.csv`,
/// `urban_population.csv` and `countries.csv` of the folders.
///
/// A country without an answer is `{"iso3", "error": {"code", "message"}}`, and the rest go on. Errors: the file is no
/// JSON of this shape, or a series cannot be read.
pub fn evaluate_outlooks(text: &str, folders: &[PathBuf], lang: Lang) -> Result<Json, Vec<Diagnostic>> {
    let file: File = serde_json::from_str(text).map_err(|e| unreadable(&OUT001, e))?;
    if file.countries.is_empty() && file.regions.is_empty() {
        return Err(unreadable(&OUT001, "countries, regions: 0"));
    }
    let known = Known::read(folders).map_err(|found| vec![*found])?;
    let country = |country: &Country| match known.past(country).and_then(|past| Ok((outlook(&past)?, past))) {
        Ok((found, past)) => country_json(&found, &past),
        Err(found) => json!({"iso3": country.iso3, "error": error_json(&found, lang)}),
    };
    let region = |asked: &Region| match known.members.get(&asked.subregion) {
        Some(members) => {
            let of = |iso3: &String| {
                let key = (iso3.clone(), asked.year);
                known.urban.get(&key).map(|urban| (known.shares.get(&key).copied(), *urban))
            };
            region_json(asked, &group(&members.iter().filter_map(of).collect::<Vec<_>>()))
        }
        None => {
            let found = Diagnostic::new(&OUT002).arg("country", &asked.subregion).arg("series", "countries.csv");
            let error = error_json(&found.arg("year", i64::from(asked.year)), lang);
            json!({"subregion": asked.subregion, "year": asked.year, "error": error})
        }
    };
    Ok(json!({
        "countries": file.countries.iter().map(country).collect::<Vec<Json>>(),
        "regions": file.regions.iter().map(region).collect::<Vec<Json>>(),
    }))
}

impl Known {
    fn read(folders: &[PathBuf]) -> Result<Known, Refusal> {
        let series = |name: &str, column: &str| -> Result<Series, Refusal> {
            let table = tables::table(name, folders, &OUT001)?;
            let (iso3, years) = (tables::texts(&table, "iso3"), tables::numbers(&table, "year")?);
            let values = tables::numbers(&table, column)?;
            let rows = iso3.into_iter().zip(years).zip(values).filter(|(_, value)| !value.is_nan());
            Ok(rows.map(|((iso3, year), value)| ((iso3, *year as i32), *value)).collect())
        };
        let countries = tables::table("countries.csv", folders, &OUT001)?;
        let mut members: FxHashMap<String, Vec<String>> = FxHashMap::default();
        let iso3 = tables::texts(&countries, "iso3");
        for column in ["region", "subregion"] {
            for (name, iso3) in tables::texts(&countries, column).into_iter().zip(&iso3) {
                if !name.is_empty() {
                    members.entry(name).or_default().push(iso3.clone());
                }
            }
        }
        members.insert("World".to_owned(), iso3);
        let shares = series("slum_share.csv", "share_percent")?;
        Ok(Known { shares, urban: series("urban_population.csv", "urban")?, members })
    }

    fn past(&self, asked: &Country) -> Result<Past, Refusal> {
        check_years(&asked.iso3, (asked.y0, asked.y1), asked.horizon)?;
        let of = |given: Option<f64>, series: &Series, name: &str, year: i32| {
            given.or_else(|| series.get(&(asked.iso3.clone(), year)).copied()).ok_or_else(|| {
                let found = Diagnostic::new(&OUT002).arg("country", &asked.iso3).arg("series", name);
                Box::new(found.arg("year", i64::from(year)))
            })
        };
        let share = |year: i32| {
            let told = [(asked.y0, asked.share0), (asked.y1, asked.share1)];
            let told = told.into_iter().find_map(|(y, share)| share.filter(|_| y == year));
            told.or_else(|| asked.shares.get(&year).copied())
        };
        let in_series = |year: i32| self.shares.get(&(asked.iso3.clone(), year)).copied();
        let has_urban = |year: i32| self.urban.contains_key(&(asked.iso3.clone(), year));
        let years: Vec<i32> = match asked.logit_trend.as_ref().and_then(|t| t.years.clone()) {
            Some(years) => years,
            None if !asked.shares.is_empty() => asked.shares.keys().copied().collect(),
            // All years that both series have.
            None => (asked.y0..=asked.y1).filter(|y| has_urban(*y)).collect(),
        };
        let in_span = years.into_iter().filter(|y| (asked.y0..=asked.y1).contains(y));
        let points = in_span.filter_map(|y| Some((y, share(y).or_else(|| in_series(y))?))).collect();
        Ok(Past {
            iso3: asked.iso3.clone(),
            years: (asked.y0, asked.y1),
            horizon: asked.horizon,
            shares: (
                of(share(asked.y0), &self.shares, "slum_share.csv", asked.y0)?,
                of(share(asked.y1), &self.shares, "slum_share.csv", asked.y1)?,
            ),
            urban: (
                of(asked.urban0, &self.urban, "urban_population.csv", asked.y0)?,
                of(asked.urban1, &self.urban, "urban_population.csv", asked.y1)?,
            ),
            points,
            aim: asked.target_share,
        })
    }
}

fn country_json(found: &Outlook, past: &Past) -> Json {
    let people = |share: f64| maybe(found.urban_horizon.map(|urban| share * urban / 100.0));
    let trend = found.trend.as_ref().map(|trend| {
        json!({
            "years": trend.years, "intercept": number(trend.line.intercept), "slope": number(trend.line.slope),
            "se_forecast": number(trend.se_forecast), "df": trend.line.degrees(), "share": number(trend.share),
            "share_low": maybe(trend.low), "share_high": maybe(trend.high),
        })
    });
    let mut out = json!({
        "iso3": past.iso3, "y0": past.years.0, "y1": past.years.1, "horizon": past.horizon,
        "share0": number(past.shares.0), "share1": number(past.shares.1),
        "urban0": number(past.urban.0), "urban1": number(past.urban.1),
        "slum0": number(found.slum.0), "slum1": number(found.slum.1),
        "exponential_rate": maybe(found.exponential_rate), "geometric_rate": maybe(found.geometric_rate),
        "slum_exponential": maybe(found.slum_exponential), "slum_geometric": maybe(found.slum_geometric),
        "urban_rate": maybe(found.urban_rate), "urban_horizon": maybe(found.urban_horizon),
        "share_linear": number(found.share_linear.0), "share_logit": number(found.share_logit.0),
        "share_exponential": maybe(found.share_exponential),
        "slum_share_linear": people(found.share_linear.0), "slum_share_logit": people(found.share_logit.0),
        "logit_trend": trend, "doubling_years": maybe(found.doubling_years),
        "share_linear_clamped": found.share_linear.1, "share_logit_held": found.share_logit.1,
        "breaks": found.breaks, "repeats": found.repeats,
    });
    if past.aim.is_some() {
        out["people_a_year"] = maybe(found.people_a_year);
    }
    out
}

fn region_json(asked: &Region, group: &Group) -> Json {
    json!({
        "subregion": asked.subregion, "year": asked.year, "countries": group.n_countries,
        "slum_population": number(group.slum_population), "urban_population": number(group.urban_population),
        "slum_share": maybe(group.share), "coverage": maybe(group.coverage),
    })
}
