//! Land consumption from rasters and zones, or from a table of figures.

use std::path::PathBuf;

use geo::MultiPolygon;
use serde::{Deserialize, Serialize};
use shapes::Layer;

use super::{Notice, crossed, field, key_of, n_partly, none_below_zero, shapes_of, swapped};
use crate::degurba::SLACK;
use crate::land::{City, LandRates, PooledRates, Variant, built_by_year, land_rates, pooled};
use crate::raster::{Source, open};
use crate::zonal::{Rule, Statistic, Zone, zonal};
use crate::{Fault, Progress};

/// One city.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LandRow {
    /// The city.
    pub key: String,
    /// What was measured.
    pub city: City,
    /// What follows.
    pub rates: LandRates,
}

/// All cities.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LandTable {
    /// The cities, in their order.
    pub rows: Vec<LandRow>,
    /// All of them as one; `None` where they span different years.
    pub pooled: Option<PooledRates>,
    /// What a reader must be told.
    pub warnings: Vec<Notice>,
}

impl LandTable {
    fn of(cities: Vec<(String, City)>, variant: Variant, mut warnings: Vec<Notice>) -> Result<LandTable, Fault> {
        let all: Vec<City> = cities.iter().map(|c| c.1).collect();
        let rows = cities
            .into_iter()
            .map(|(key, city)| Ok(LandRow { rates: land_rates(&city, variant)?, key, city }))
            .collect::<Result<Vec<_>, Fault>>()?;
        let fell = rows.iter().filter(|r| r.city.built_2 < r.city.built_1).count();
        if fell > 0 {
            warnings.push(Notice::LandFalls { n: fell });
        }
        Ok(LandTable { pooled: pooled(&all, variant).ok(), rows, warnings })
    }
}

/// Where it says how much land is built up at two dates.
#[derive(Debug, Clone, Copy)]
pub enum BuiltArea<'a> {
    /// Built-up surface, m² per cell, at each date.
    Surfaces(&'a [PathBuf], &'a [PathBuf]),
    /// The first year in which each cell was built, and two years: whole cells count.
    FirstYear(&'a [PathBuf], [f64; 2]),
}

/// Rates of the polygons of a layer from rasters of built-up land at two dates and two of population.
///
/// One boundary holds for both dates. Each raster may have its own grid; cells count by the share inside. Without grids of people
/// there is a rate of land, and no ratio.
/// Errors: an unknown attribute; sums below zero (a code for missing cells that the file does not name); those of [`zonal`].
pub fn land_from_grids(
    built: BuiltArea<'_>,
    people: Option<(&[PathBuf], &[PathBuf])>,
    zones: &Layer,
    key: Option<&str>,
    years: f64,
    variant: Variant,
    progress: &dyn Progress,
) -> Result<LandTable, Fault> {
    let key_at = field(zones, key)?;
    let mut warnings = Vec::from_iter(crossed(zones, key_at));
    let mut sum = |i: usize, paths: &[PathBuf]| {
        let raster = open(paths)?;
        let shapes = shapes_of(zones, raster.frame())?;
        // Once for all grids, which lie on each other.
        if !warnings.iter().any(|told| matches!(told, Notice::ZonesSwapped { .. })) {
            warnings.extend(swapped(zones, &shapes, raster.frame()));
        }
        let part = |share: f64, stage: &str| progress.proceed((i as f64 + share) / 4.0, stage);
        let statistics = [Statistic::Sum, Statistic::Min, Statistic::Max];
        let found = zonal(raster.as_ref(), None, &shapes, &statistics, Rule::Exact, &part)?;
        none_below_zero(zones, key_at, &raster.name(), found.iter().map(|z| z.values[1]))?;
        // Areas of cells in degrees change with the row; the sums of such grids are taken as they are.
        let most = raster.frame().cell_area();
        let is_area = i < 2 && !raster.frame().crs.is_geographic();
        let too_much = |z: &Zone| z.values[2].filter(|v| is_area && *v > most * SLACK);
        if let Some((at, found)) = found.iter().enumerate().find_map(|(at, z)| Some((at, too_much(z)?))) {
            return Err(Fault::Zone {
                zone: key_of(&zones.features[at], key_at),
                why: format!(
                    "{} has a cell with {found} of built-up surface; a cell has {most} at most, give square metres in each cell",
                    raster.name()
                ),
            });
        }
        let seen: Vec<(f64, f64)> = found.iter().map(|z| (z.covered, z.count)).collect();
        tell_missing(&mut warnings, raster.as_ref(), &shapes, &seen);
        Ok(found.into_iter().map(|z| z.values[0].unwrap_or(0.0)).collect::<Vec<f64>>())
    };
    // What is told of the years waits until the sums are done telling.
    let mut first_year = None;
    let areas = match built {
        BuiltArea::Surfaces(before, after) => [sum(0, before)?, sum(1, after)?],
        BuiltArea::FirstYear(paths, years) => {
            let raster = open(paths)?;
            let shapes = shapes_of(zones, raster.frame())?;
            let part = |share: f64, stage: &str| progress.proceed(share / 2.0, stage);
            let found = built_by_year(raster.as_ref(), &shapes, &years, Rule::Exact, &part)?;
            none_below_zero(zones, key_at, &raster.name(), found.iter().map(|zone| Some(zone.least)))?;
            let seen: Vec<(f64, f64)> = found.iter().map(|zone| (zone.covered, zone.known)).collect();
            first_year = Some((raster, shapes, seen));
            [0, 1].map(|at| found.iter().map(|zone| zone.areas[at]).collect())
        }
    };
    // Nobody is known: a rate of land without one of people.
    let people = match people {
        Some((before, after)) => [sum(2, before)?, sum(3, after)?],
        None => [vec![0.0; zones.features.len()], vec![0.0; zones.features.len()]],
    };
    let cities = zones
        .features
        .iter()
        .enumerate()
        .map(|(i, f)| {
            let city = City {
                built_1: areas[0][i],
                built_2: areas[1][i],
                people_1: people[0][i],
                people_2: people[1][i],
                years,
            };
            (key_of(f, key_at), city)
        })
        .collect();
    if let Some((raster, shapes, seen)) = first_year {
        warnings.extend(swapped(zones, &shapes, raster.frame()));
        tell_missing(&mut warnings, raster.as_ref(), &shapes, &seen);
    }
    LandTable::of(cities, variant, warnings)
}

/// Tells of zones without a cell that has a value, and of those that lie partly outside; `seen` is the covered part and the part
/// with values of each zone, in cells.
fn tell_missing(warnings: &mut Vec<Notice>, raster: &dyn Source, shapes: &[MultiPolygon<f64>], seen: &[(f64, f64)]) {
    let empty = seen.iter().filter(|(_, known)| *known == 0.0).count();
    if empty > 0 {
        warnings.push(Notice::ZonesWithoutValue { n: empty, grid: raster.name() });
    }
    let partly = n_partly(shapes, seen.iter().map(|(covered, _)| *covered), raster.frame());
    if partly > 0 {
        warnings.push(Notice::ZonesPartly { n: partly, grid: raster.name() });
    }
}

/// A row of figures as people write it: by the symbols of the method, or under the heads of the official reporting template.
#[derive(Debug, Deserialize)]
struct Figures {
    #[serde(default, alias = "city", alias = "name")]
    key: Option<String>,
    #[serde(default, rename = "V1", alias = "v1", alias = "built_1", alias = "built_t1")]
    v1: Option<f64>,
    #[serde(default, rename = "V2", alias = "v2", alias = "built_2", alias = "built_t2")]
    v2: Option<f64>,
    #[serde(default)]
    built_t1_m2: Option<f64>,
    #[serde(default)]
    built_t2_m2: Option<f64>,
    #[serde(default)]
    built_t1_km2: Option<f64>,
    #[serde(default)]
    built_t2_km2: Option<f64>,
    #[serde(rename = "P1", alias = "p1", alias = "people_1", alias = "pop_t1")]
    p1: f64,
    #[serde(rename = "P2", alias = "p2", alias = "people_2", alias = "pop_t2")]
    p2: f64,
    /// Years between the dates, unless the dates are given.
    #[serde(default, alias = "years")]
    t: Option<f64>,
    /// The first date as a year.
    #[serde(default)]
    t1: Option<f64>,
    /// The second one.
    #[serde(default)]
    t2: Option<f64>,
}

impl Figures {
    fn years(&self) -> Option<f64> {
        self.t.or(self.t2.zip(self.t1).map(|(last, first)| last - first))
    }

    /// Built-up area at both dates: in square metres where a column says its unit, else in whatever unit both have.
    fn built(&self) -> Result<[f64; 2], String> {
        let m2 = |m2: Option<f64>, km2: Option<f64>| m2.or(km2.map(|km2| km2 * 1e6));
        let with_unit = (m2(self.built_t1_m2, self.built_t1_km2), m2(self.built_t2_m2, self.built_t2_km2));
        match ((self.v1, self.v2), with_unit) {
            ((Some(first), Some(second)), (None, None)) | ((None, None), (Some(first), Some(second))) => {
                Ok([first, second])
            }
            ((None, None), (None, None)) => {
                Err("there is no built-up area: V1 and V2, or built_t1_km2 and built_t2_km2".into())
            }
            _ => {
                Err("the built-up areas of the two dates need one unit: both V1 and V2, or both with their unit".into())
            }
        }
    }
}

/// Rates from a text: a JSON array of objects or a CSV with the columns V1, V2, P1, P2, and t or t1 and t2
/// (or built_t1, built_t2, pop_t1, pop_t2, years), and, if wanted, city.
///
/// Errors: a row that is not readable, with its number; what [`land_rates`] refuses.
pub fn land_from_table(name: &str, text: &str, variant: Variant) -> Result<LandTable, Fault> {
    let fault = |place: String, why: String| Fault::Table { name: name.to_owned(), place, why };
    let text = text.trim_start_matches('\u{feff}');
    let figures: Vec<Figures> = if text.trim_start().starts_with(['[', '{']) {
        let value: serde_json::Value = serde_json::from_str(text)
            .map_err(|e| fault(format!("line {}, column {}", e.line(), e.column()), e.to_string()))?;
        let rows = match value {
            serde_json::Value::Array(rows) => rows,
            one => vec![one],
        };
        rows.into_iter()
            .enumerate()
            .map(|(i, r)| serde_json::from_value(r).map_err(|e| fault(format!("row {}", i + 1), e.to_string())))
            .collect::<Result<_, _>>()?
    } else {
        let head = text.lines().next().unwrap_or_default();
        if let Some((sign, name)) =
            [(';', "semicolons"), ('\t', "tabulators")].into_iter().find(|(s, _)| head.contains(*s))
            && !head.contains(',')
        {
            let why = format!("`{sign}` stands between the columns; save the table with commas in place of {name}");
            return Err(fault("line 1".to_owned(), why));
        }
        csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes())
            .deserialize()
            .enumerate()
            .map(|(i, r)| r.map_err(|e| fault(format!("row {}", i + 1), e.to_string())))
            .collect::<Result<_, _>>()?
    };
    let cities = figures
        .into_iter()
        .enumerate()
        .map(|(i, f)| {
            let missing =
                || fault(format!("row {}", i + 1), "there is neither `t` nor `t1` and `t2`; give the years".into());
            let years = f.years().ok_or_else(missing)?;
            let [built_1, built_2] = f.built().map_err(|why| fault(format!("row {}", i + 1), why))?;
            let city = City { built_1, built_2, people_1: f.p1, people_2: f.p2, years };
            land_rates(&city, variant).map_err(|found| fault(format!("row {}", i + 1), found.to_string()))?;
            Ok((f.key.unwrap_or_else(|| (i + 1).to_string()), city))
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    if cities.is_empty() {
        return Err(fault("row 1".to_owned(), "there is no row; a city a row is expected".to_owned()));
    }
    LandTable::of(cities, variant, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_in_two_forms_say_the_same() {
        let csv = "city,V1,V2,P1,P2,t\nA,50,60,400000,440000,5\nB,100,104,1000000,1100000,5\n";
        let json = r#"[{"city":"A","V1":50,"V2":60,"P1":400000,"P2":440000,"t":5},
                       {"city":"B","V1":100,"V2":104,"P1":1000000,"P2":1100000,"t":5}]"#;
        let of = |text| land_from_table("figures", text, Variant::Linear).unwrap();
        assert_eq!(of(csv), of(json));
        assert!((of(csv).pooled.unwrap().rates.ratio.unwrap() - 0.979258810811).abs() < 1e-12);
        // A column that says its unit is taken in it: 125 m² by person.
        let km2 = of("city,built_t1_km2,built_t2_m2,pop_t1,pop_t2,years\nA,50,60000000,400000,440000,5\n");
        assert_eq!(km2.rows[0].rates.built_per_person_1, Some(125.0));
        assert_eq!(km2.rows[0].rates.ratio, of(csv).rows[0].rates.ratio);
        for mixed in ["V1,built_t2_km2,P1,P2,t\n1,2,3,4,5\n", "P1,P2,t\n3,4,5\n", "V1,V2,P1,P2,t\n"] {
            assert!(land_from_table("figures", mixed, Variant::Linear).is_err(), "{mixed}");
        }
        let fault = land_from_table("figures", "V1,V2,P1,P2,t\n1,2,3,x,5\n", Variant::Linear).unwrap_err();
        assert!(fault.to_string().starts_with("figures, row 1: "), "{fault}");
        let told = |text: &str| land_from_table("figures", text, Variant::Linear).unwrap_err().to_string();
        let row = told("V1,V2,P1,P2,t\n1,2,3,4,5\n1,2,3,4,0\n");
        assert_eq!(row, "figures, row 2: option `t`: 0 is not a number of years above 0");
        assert!(told("V1;V2;P1;P2;t\n1;2;3;4;5\n").contains("line 1: `;` stands between the columns"));
    }
}
