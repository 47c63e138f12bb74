//! What was found, read back: of a job from its folder, of an analysis of the register from its evidence.

use std::{cmp::Reverse, collections::BTreeMap, fs, path::Path};

use model::{
    kinds::{Analysis, Place},
    value::Id,
};

use super::{
    found::{Found, FoundCity, FoundLayer},
    job,
    prepared::{LayerShapes, layer_shapes},
    request::AnalysisRequest,
};
use crate::{App, enter::evidence, error::AppError, world::World};

/// An analysis of the register with what it found.
#[derive(Clone, Debug)]
pub struct AnalysisView {
    /// Its record.
    pub record: Analysis,
    /// What was found.
    pub found: Found,
}

/// A layer of a map with its shapes.
#[derive(Clone, Debug)]
pub struct AnalysisLayer {
    /// What it is.
    pub layer: FoundLayer,
    /// Its shapes.
    pub shapes: LayerShapes,
    /// Urban centres by the attribute `number`.
    pub centres: BTreeMap<i64, FoundCity>,
    /// What was asked.
    pub request: Option<AnalysisRequest>,
    /// The boundaries within which figures of places were computed.
    pub boundaries: BTreeMap<String, String>,
}

pub(super) fn read(path: &Path) -> Result<Found, AppError> {
    let bytes = fs::read(path).map_err(|e| AppError::file(path, &e))?;
    serde_json::from_slice(&bytes).map_err(|e| AppError::File { path: path.to_owned(), detail: e.to_string() })
}

/// What a job that is done found; none for one that is not.
///
/// Errors: no such job, an answer that cannot be read.
pub fn job_view(app: &App, id: &str) -> Result<Option<Found>, AppError> {
    let held = job::job(app, id)?;
    if held.state != job::JobState::Done {
        return Ok(None);
    }
    read(&job::folder(app, id)?.join("results.json")).map(Some)
}

/// A layer of what a job found.
///
/// Errors: no such job or layer.
pub fn job_layer(app: &App, id: &str, layer: &str) -> Result<AnalysisLayer, AppError> {
    let found = job_view(app, id)?.ok_or(AppError::Unknown)?;
    the_layer(app, Some(id), &found, layer)
}

fn the_layer(app: &App, job: Option<&str>, found: &Found, id: &str) -> Result<AnalysisLayer, AppError> {
    let layer = found.layers.iter().find(|of| of.id == id).ok_or(AppError::Unknown)?;
    let shapes = layer_shapes(app, job, layer)?;
    Ok(AnalysisLayer {
        shapes,
        centres: found.centres_of(layer),
        request: found.request.clone(),
        boundaries: found.boundaries(),
        layer: layer.clone(),
    })
}

fn kept(app: &App, name: &str) -> Option<Vec<u8>> {
    evidence(app, name.strip_prefix("evidence/")?)
}

/// An analysis of a world with what it found. None when the world has no such analysis.
///
/// Errors: evidence that is not there or cannot be read.
pub fn analysis(app: &App, world: &World, id: &str) -> Result<Option<AnalysisView>, AppError> {
    let Some(record) = world.records().analyses.get(id) else { return Ok(None) };
    let missing = |detail: String| AppError::File { path: record.results.0.clone().into(), detail };
    let bytes = kept(app, &record.results.0).ok_or_else(|| missing(id.to_owned()))?;
    let found = serde_json::from_slice(&bytes).map_err(|e| missing(e.to_string()))?;
    Ok(Some(AnalysisView { record: record.clone(), found }))
}

/// A layer of an analysis of a world.
///
/// Errors: no such analysis or layer in it.
pub fn analysis_layer(app: &App, world: &World, id: &str, layer: &str) -> Result<AnalysisLayer, AppError> {
    let view = analysis(app, world, id)?.ok_or(AppError::Unknown)?;
    the_layer(app, None, &view.found, layer)
}

/// The analyses about a place or the places above it, the newest first. Of several of one time those on which figures of the
/// register rest come first, then the one that was computed last.
pub fn analyses_of(world: &World, place: &Id<Place>) -> Vec<Analysis> {
    let records = world.records();
    let Some(of) = records.places.of(place) else { return Vec::new() };
    let above = crate::frameworks::ancestors(world, of);
    let is_about = |a: &&Analysis| a.place == *place || above.iter().any(|up| up.id == a.place);
    let mut found: Vec<Analysis> = records.analyses.iter().filter(is_about).cloned().collect();
    let all = &world.snapshot().observations;
    let is_in_force = |of: &Analysis| {
        let name = format!("analysis/{}", of.id);
        let is_its = |text: &str| text.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        world.rows_at(&of.place).iter().any(|row| is_its(all.dict.text(all.evidence[*row])))
    };
    // Names of later computations end in a higher number.
    found.sort_by_cached_key(|of| {
        let name = of.id.as_str().to_owned();
        Reverse((of.period, is_in_force(of), name.len(), name))
    });
    found
}
