//! Access on foot in one city: a folder of a case made of the job's inputs, and what was found as figures and layers.

mod case;
mod layers;
mod served;

use std::{fs, ops::ControlFlow};

use serde_json::Value as Json;
use streets::{Evaluation, Options, Population, Shapes, evaluate_on};

pub use self::case::case_files;
pub(super) use self::case::chosen;
use self::{
    case::{covers, lay_out},
    layers::layers,
    served::ServedSteps,
};
use super::{
    found::{Found, FoundMeasure, FoundRow},
    run::Bench,
};
use crate::{error::AppError, space::of_streets};

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
    let settings = case.join("case.json");
    let settings = fs::read_to_string(&settings).map_err(|e| AppError::file(&settings, &e))?;
    let served = ServedSteps { bench, of: vec![settings, boundary.clone().unwrap_or_default()] };
    let evaluation = evaluate_on(&case, &options, &served, &progress).map_err(|e| of_streets(&e))?;
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
