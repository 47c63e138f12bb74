//! A file with an index, what is known of its cities, and other choices to be tried.

use std::path::PathBuf;

use diag::Diagnostic;
use engine::index::{
    Child, Factor, Index, ROOT, Refusal, Trial, TrialResult, UnitTrial, Units, WeightRule,
    codes::{IDX001, IDX002, IDX005, IDX006, IDX007, IDX008, IDX009},
    level, mean_of, sobol, try_choices,
};
use model::{
    index::{IndexDefinition, IndexTrial, IndexUnit},
    microdata::Table,
    value::Lang,
};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use stats::composite::{Mean, Scale, Sensitivity, ranks, z_scores};

use super::{error_json, number, tables, unreadable};

/// Scores that are kept at once: 400 MB.
const MOST_SCORES: usize = 50_000_000;

/// What such a file holds; results in it are not read.
#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    definition: IndexDefinition,
    cities: Vec<IndexUnit>,
    monte_carlo: Option<IndexTrial>,
}

/// Computes the index of a file: for each city its scores by indicator, part and mean, with levels, ranks, coverage, and
/// what other choices would have made of it, under the names that such files use.
///
/// `folders` are looked through for the file of given weights. What is wrong with the draws stands in their place.
///
/// Errors: what keeps the index from being one, with the name of the indicator, part or city.
pub fn evaluate_index(text: &str, folders: &[PathBuf], lang: Lang) -> Result<Json, Vec<Diagnostic>> {
    let file: File = serde_json::from_str(text).map_err(|e| unreadable(&IDX001, e))?;
    let one = |found: Box<Diagnostic>| vec![*found];
    let index = Index::of(&file.definition).map_err(one)?;
    let units = units(&index, &file.cities)?;
    let leaves = index.standardised(&units).map_err(one)?;
    let floor = index.floor;
    let means = [
        ("arithmetic", Mean::Arithmetic),
        ("geometric", Mean::Geometric { floor }),
        ("harmonic", Mean::Power { p: -1.0, floor }),
    ];
    let own = index.scores(&leaves);
    let by_mean: Vec<(&str, Vec<f64>)> = means
        .into_iter()
        .map(|(name, mean)| {
            let mut other = index.clone();
            other.parts[ROOT].mean = mean;
            let is_possible = mean == Mean::Arithmetic || index.is_bounded();
            let scores = other.scores(&leaves).parts.swap_remove(ROOT);
            (name, if is_possible { scores } else { vec![f64::NAN; scores.len()] })
        })
        .collect();
    let z: Vec<Vec<f64>> = (index.leaves.iter().zip(&units.raw))
        .map(|(leaf, raw)| {
            let sign = if leaf.direction == stats::composite::Direction::Lower { -1.0 } else { 1.0 };
            z_scores(raw).into_iter().map(|z| sign * z).collect()
        })
        .collect();
    let label = |score: f64| level(&index.levels, score).map(|at| index.levels[at].1.clone());
    let by_leaf = |of: &[Vec<f64>], unit: usize| -> Map<String, Json> {
        index.leaves.iter().zip(of).map(|(leaf, column)| (leaf.id.clone(), number(column[unit]))).collect()
    };
    let city = |(unit, told): (usize, &IndexUnit)| {
        let parts: Map<String, Json> =
            (1..index.parts.len()).map(|part| (index.parts[part].id.clone(), number(own.parts[part][unit]))).collect();
        let mut out = json!({
            "city": told.city,
            "standardised": by_leaf(&leaves, unit),
            "zscore": by_leaf(&z, unit),
            "dimensions": parts,
            "indicators_present": units.raw.iter().filter(|column| !column[unit].is_nan()).count(),
            "coverage": number(own.coverage[ROOT][unit]),
            "index": number(own.parts[ROOT][unit]),
        });
        // No average hides a part that failed: the least stands beside it.
        out["weakest"] = weakest(&index, &own.parts, &leaves, unit);
        for (name, scores) in &by_mean {
            out[*name] = number(scores[unit]);
            out[format!("level_{name}")] = label(scores[unit]).map_or(Json::Null, Json::from);
        }
        out
    };
    let mut out = json!({ "cities": file.cities.iter().enumerate().map(city).collect::<Vec<Json>>() });
    for (name, scores) in &by_mean {
        out[format!("rank_{name}")] = file
            .cities
            .iter()
            .zip(ranks(scores))
            .map(|(c, rank)| (c.city.clone(), if rank == 0 { Json::Null } else { rank.into() }))
            .collect::<Map<String, Json>>()
            .into();
    }
    if let Some(asked) = &file.monte_carlo {
        // The index stands, whatever is wrong with its trial.
        out["monte_carlo"] = match tried(&index, &units, &file.cities, asked, folders) {
            Ok(found) => found,
            Err(found) => found.first().map_or(Json::Null, |f| json!({"error": error_json(f, lang)})),
        };
    }
    Ok(out)
}

/// The columns of the cities' values.
fn units(index: &Index, cities: &[IndexUnit]) -> Result<Units, Vec<Diagnostic>> {
    let mut names: FxHashSet<&str> = FxHashSet::default();
    let mut found = Vec::new();
    for city in cities {
        if !names.insert(&city.city) {
            found.push(Diagnostic::new(&IDX006).arg("name", &city.city));
        }
        let is_known = |name: &&String| index.leaves.iter().any(|leaf| leaf.id == **name);
        if let Some(name) = city.raw.keys().chain(city.se.keys()).find(|name| !is_known(name)) {
            found.push(Diagnostic::new(&IDX008).arg("name", name));
        }
        if let Some((name, se)) = city.se.iter().find(|(_, se)| se.is_some_and(|se| !se.is_finite() || se < 0.0)) {
            let value = se.unwrap_or_default().to_string();
            found.push(Diagnostic::new(&IDX005).arg("name", name).arg("value", value));
        }
    }
    if cities.is_empty() {
        found.push(Diagnostic::new(&IDX001).arg("detail", "cities: 0"));
    }
    if !found.is_empty() {
        return Err(found);
    }
    let column = |of: &dyn Fn(&IndexUnit) -> f64| cities.iter().map(of).collect::<Vec<f64>>();
    let raw = |id: &str| column(&|c| c.raw.get(id).copied().flatten().unwrap_or(f64::NAN));
    let errors = |id: &str| column(&|c| c.se.get(id).copied().flatten().unwrap_or(0.0));
    Ok(Units {
        raw: index.leaves.iter().map(|leaf| raw(&leaf.id)).collect(),
        errors: index.leaves.iter().map(|leaf| errors(&leaf.id)).collect(),
        n_units: cities.len(),
    })
}

/// Other choices, as the file asks for them.
/// The part directly below the index that has the least score, or the indicator that stands there; null without any.
fn weakest(index: &Index, parts: &[Vec<f64>], leaves: &[Vec<f64>], unit: usize) -> Json {
    let scored = |(child, _): &(Child, f64)| match *child {
        Child::Leaf(at) => (index.leaves[at].id.as_str(), leaves[at][unit]),
        Child::Part(at) => (index.parts[at].id.as_str(), parts[at][unit]),
    };
    let all = index.parts[ROOT].children.iter().map(scored).filter(|(_, score)| !score.is_nan());
    let least = all.min_by(|a, b| a.1.total_cmp(&b.1));
    least.map_or(Json::Null, |(part, score)| json!({"part": part, "score": number(score)}))
}

fn tried(
    index: &Index,
    units: &Units,
    cities: &[IndexUnit],
    asked: &IndexTrial,
    folders: &[PathBuf],
) -> Result<Json, Vec<Diagnostic>> {
    let trial = trial_of(index, asked, folders)?;
    let n_scores = trial.n_draws.saturating_mul(units.n_units);
    let points = asked.sobol.unwrap_or(0).saturating_mul(units.n_units).saturating_mul(index.leaves.len() + 6);
    if n_scores > MOST_SCORES || points > MOST_SCORES {
        let found = Diagnostic::new(&IDX009).arg("n", trial.n_draws as i64).arg("units", units.n_units as i64);
        return Err(vec![found.arg("most", (MOST_SCORES / units.n_units.max(1)) as i64)]);
    }
    let one = |found: Box<Diagnostic>| vec![*found];
    let result = try_choices(index, units, &trial).map_err(one)?;
    let mut out = json!({
        "draws": asked.draws.clone().map_or(Json::from(trial.n_draws), Json::from),
        "n": trial.n_draws,
        "seed": if asked.draws.is_some() { Json::Null } else { trial.seed.into() },
        "aggregation": asked.aggregation.as_ref().map_or(json!("arithmetic"), |a| match a.all() {
            [one] => json!(one),
            many => json!(many),
        }),
        "quantile": "linear interpolation (h = (n-1)p)",
        "cities": by_city(index, cities, &result),
        "mean_rank_shift": number(result.mean_rank_shift),
    });
    if let Some(n_rows) = asked.sobol {
        let explained = sobol(index, units, &trial, n_rows).map_err(one)?;
        let names: Vec<String> = explained.factors.iter().map(|f| factor_name(index, *f)).collect();
        let shares = |found: &Option<Sensitivity>| match found {
            None => Json::Null,
            Some(s) => names
                .iter()
                .enumerate()
                .map(|(i, name)| (name.clone(), json!({"first": number(s.first[i]), "total": number(s.total[i])})))
                .collect::<Map<String, Json>>()
                .into(),
        };
        let cities: Map<String, Json> =
            cities.iter().zip(&explained.units).map(|(c, s)| (c.city.clone(), shares(s))).collect();
        out["sobol"] = json!({"n": n_rows, "mean_rank_shift": shares(&explained.ranks), "cities": cities});
    }
    Ok(out)
}

fn by_city(index: &Index, cities: &[IndexUnit], result: &TrialResult) -> Map<String, Json> {
    let row = |unit: &UnitTrial| {
        let [p05, p50, p95] = unit.percentiles.map(number);
        let [rank_p05, rank_p50, rank_p95] = unit.rank_percentiles.map(number);
        let levels: Map<String, Json> =
            index.levels.iter().zip(&unit.levels).map(|((_, label), share)| (label.clone(), number(*share))).collect();
        json!({
            "mean": number(unit.mean), "sd": number(unit.sd), "p05": p05, "p50": p50, "p95": p95,
            "rank_p05": rank_p05, "rank_p50": rank_p50, "rank_p95": rank_p95, "rank_mean": number(unit.rank_mean),
            "levels": levels,
        })
    };
    cities.iter().zip(&result.units).map(|(city, unit)| (city.city.clone(), row(unit))).collect()
}

fn factor_name(index: &Index, factor: Factor) -> String {
    match factor {
        Factor::Scale => "scale".to_owned(),
        Factor::Mean => "aggregation".to_owned(),
        Factor::LeftOut => "left_out".to_owned(),
        Factor::Error => "error".to_owned(),
        Factor::Weight(part, child) => format!("weight:{}", index.name_of(index.parts[part].children[child].0)),
    }
}

fn trial_of(index: &Index, asked: &IndexTrial, folders: &[PathBuf]) -> Result<Trial, Vec<Diagnostic>> {
    let unknown = |name: &str, value: &str, known: &str| {
        vec![Diagnostic::new(&IDX002).arg("name", name).arg("value", value).arg("known", known)]
    };
    let weights = match (&asked.draws, asked.weights.as_deref()) {
        (Some(file), _) => WeightRule::Given(given_weights(index, file, folders).map_err(|found| vec![*found])?),
        (None, None | Some("flat")) => WeightRule::Flat,
        (None, Some("none")) => WeightRule::Fixed,
        (None, Some("around")) => match asked.spread.unwrap_or(0.25) {
            spread if (0.0..=1.0).contains(&spread) => WeightRule::Around { spread },
            spread => return Err(unknown("spread", &spread.to_string(), "0 … 1")),
        },
        (None, Some(other)) => return Err(unknown("weights", other, "flat, around, none")),
    };
    let means: Result<Vec<Mean>, Vec<Diagnostic>> = match &asked.aggregation {
        None => Ok(vec![index.parts[ROOT].mean]),
        Some(names) => names.all().iter().map(|n| mean_of(n, None, index.floor).map_err(|e| vec![*e])).collect(),
    };
    let scales: Result<Vec<Scale>, Vec<Diagnostic>> = asked
        .scales
        .iter()
        .map(|name| match name.as_str() {
            "minmax" => Ok(Scale::Observed),
            "rank" => Ok(Scale::Rank),
            other => Err(unknown("scales", other, "minmax, rank")),
        })
        .collect();
    let means = means?;
    if means.is_empty() {
        return Err(unknown("aggregation", "", "arithmetic, geometric, harmonic, minimum, penalised"));
    }
    let n_draws = match &weights {
        WeightRule::Given(rows) => rows.len(),
        _ => asked.n.unwrap_or(2_000),
    };
    if n_draws == 0 {
        return Err(unknown("n", "0", "1 …"));
    }
    Ok(Trial {
        n_draws,
        seed: asked.seed.unwrap_or(1),
        weights,
        all_parts: asked.all_parts,
        means,
        scales: scales?,
        leave_one_out: asked.leave_one_out,
        errors: asked.errors,
    })
}

/// Weights of the index's own parts from a file with a column for each.
fn given_weights(index: &Index, file: &str, folders: &[PathBuf]) -> Result<Vec<Vec<f64>>, Refusal> {
    let table: Table = tables::table(file, folders, &IDX007)?;
    let mut columns = Vec::new();
    for (child, _) in &index.parts[ROOT].children {
        let name = match child {
            Child::Leaf(leaf) => &index.leaves[*leaf].id,
            Child::Part(part) => &index.parts[*part].id,
        };
        columns.push((name, tables::numbers(&table, name)?));
    }
    let row = |row: usize| {
        let weights: Vec<f64> = columns.iter().map(|(_, column)| column[row]).collect();
        match columns.iter().find(|(_, column)| !(column[row].is_finite() && column[row] >= 0.0)) {
            None => Ok(weights),
            Some((name, _)) => {
                let detail = format!("{file}: {name}, {}", row + 2);
                Err(Box::new(Diagnostic::new(&IDX007).arg("detail", detail)))
            }
        }
    };
    (0..table.n_rows).map(row).collect()
}
