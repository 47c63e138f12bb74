//! Access of people to public transport and open space in one city, from a folder.

use std::{ops::ControlFlow, path::PathBuf};

use serde_json::Value as Json;
use streets::{Options, Shapes, evaluate, write_cells};

use super::{Watch, of_streets, outputs};
use crate::error::AppError;

/// A city and what is wanted of it.
#[derive(Clone, Debug)]
pub struct AccessRequest {
    /// The folder with `case.json`.
    pub folder: PathBuf,
    /// Where the distance of every cell goes, as CSV.
    pub cells: Option<PathBuf>,
    /// Whether the shapes of served areas are drawn, which takes most of the time.
    pub with_shapes: bool,
}

/// SDG 11.2.1, open space and streets of a city: shares by group, areas, counts, and what a reader must be told.
///
/// Errors: files that are damaged or contradict themselves, and an end on request. Nothing is written then.
pub fn access_case(asked: &AccessRequest, watch: Watch<'_>) -> Result<Json, AppError> {
    if let Some(cells) = &asked.cells {
        // A table of an earlier time may be made anew; what the case is made of may not.
        let settings = streets::CaseSettings::read(&asked.folder).map_err(|e| of_streets(&e))?;
        let mut inputs = settings.files();
        inputs.push(asked.folder.join("case.json"));
        outputs::check(&[cells], &[&inputs])?;
    }
    let mut options = Options::of_method();
    if !asked.with_shapes {
        options.shapes = Shapes::Skip;
    }
    let progress = |stage: streets::Stage, done: u64, all: u64| {
        let name = serde_json::to_value(stage).ok().and_then(|s| s.as_str().map(str::to_owned)).unwrap_or_default();
        let share = if all > 0 { done as f64 / all as f64 } else { 0.0 };
        if watch(&name, share) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let found = evaluate(&asked.folder, &options, &progress).map_err(|e| of_streets(&e))?;
    if let Some(path) = &asked.cells {
        write_cells(path, &found.cells).map_err(|e| of_streets(&e))?;
    }
    serde_json::to_value(&found.report)
        .map_err(|e| AppError::File { path: asked.folder.clone(), detail: e.to_string() })
}
