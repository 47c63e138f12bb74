//! Maps of cities and countries as files: the picture and the table of one of the maps that a page shows.

use app::analyses;
use axum::{extract::Path, response::Response};
use model::value::Id;

use crate::{
    chart::CityMap,
    failure::Failure,
    pages::{
        files::{download, off_thread},
        found_map::{map_of_analysis, map_of_job, map_of_place},
        place_map,
    },
    visit::Visit,
};

/// A file of a map by its ending: `svg` or `csv`.
fn file(map: Option<CityMap>, of: &str, name: &str) -> Result<Response, Failure> {
    let map = map.ok_or_else(Failure::not_found)?;
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let name = format!("{of}-{name}");
    match (ending, &map.table) {
        ("svg", _) if !map.svg.0.0.is_empty() => Ok(download(map.svg.0.0.into_bytes(), "image/svg+xml", &name)),
        ("csv", Some(table)) => Ok(download(table.csv(), "text/csv; charset=utf-8", &name)),
        _ => Err(Failure::not_found()),
    }
}

/// A file of one of a place's maps: `where.svg`, `where.csv`, `sp.svg`, `sp.csv`, `times.svg`.
pub async fn of_place(v: Visit, Path((id, name)): Path<(String, String)>) -> Result<Response, Failure> {
    let place = v.records().places.get(&id).cloned().ok_or_else(Failure::not_found)?;
    match name.as_str() {
        "where.svg" | "where.csv" => file(place_map::of_place(&v, &Id::new(&id)), &id, &name),
        "sp.svg" | "sp.csv" => {
            let map = tokio::task::block_in_place(|| map_of_place(&v, &place).0);
            file(map, &id, &name)
        }
        _ => {
            let svg = tokio::task::block_in_place(|| super::analysis_times::file(&v, &place, &name));
            let svg = svg.ok_or_else(Failure::not_found)?;
            Ok(download(svg.into_bytes(), "image/svg+xml", &format!("{id}-{name}")))
        }
    }
}

/// A file of the map of an analysis of the register: `an.svg`, `an.csv`.
pub async fn of_analysis(v: Visit, Path((id, name)): Path<(String, String)>) -> Result<Response, Failure> {
    known(&name)?;
    let (app, world, asked) = (v.site.app.clone(), v.world.clone(), id.clone());
    let view = off_thread(move || analyses::analysis(&app, &world, &asked)).await??.ok_or_else(Failure::not_found)?;
    file(tokio::task::block_in_place(|| map_of_analysis(&v, &view.found, &id)), &id, &name)
}

/// A file of the map of what a job found.
pub async fn of_job(v: Visit, Path((id, name)): Path<(String, String)>) -> Result<Response, Failure> {
    known(&name)?;
    let (app, asked) = (v.site.app.clone(), id.clone());
    let found = off_thread(move || analyses::job_view(&app, &asked)).await??.ok_or_else(Failure::not_found)?;
    file(tokio::task::block_in_place(|| map_of_job(&v, &found, &id)), &id, &name)
}

fn known(name: &str) -> Result<(), Failure> {
    matches!(name, "an.svg" | "an.csv").then_some(()).ok_or_else(Failure::not_found)
}
