//! Layers of maps as shapes, read from their files once: a place's page has several, and each of them is a file of evidence.

use std::{fs, sync::Arc, time::UNIX_EPOCH};

use shapes::Layer;

use super::{found::FoundLayer, job};
use crate::{App, enter::evidence, error::AppError, space::of_shapes};

/// A layer of a map as shapes.
#[derive(Clone, Debug)]
pub struct LayerShapes {
    /// The shapes as the file has them.
    pub shapes: Arc<Layer>,
    /// Says which file it was: another file, or the same one with other bytes, has another.
    pub tag: String,
    /// How large the file is.
    pub n_bytes: usize,
}

/// The shapes of a layer: of a job from its folder, else from the evidence.
///
/// Files of evidence are named by their fingerprint, so that what was read of one holds for ever; a job's file is read again when
/// its length or its time differs. What is kept is bounded (see [`App::shapes`]).
///
/// Errors: a file that is not there or damaged.
pub fn layer_shapes(app: &App, job: Option<&str>, layer: &FoundLayer) -> Result<LayerShapes, AppError> {
    match job {
        None => {
            let name = layer.file.strip_prefix("evidence/").ok_or(AppError::Unknown)?;
            evidence_shapes(app, name)
        }
        // Names of layers' files are ours: plain names in the job's folder.
        Some(id) => {
            let path = job::folder(app, id)?.join(&layer.file);
            let about = fs::metadata(&path).map_err(|e| AppError::file(&path, &e))?;
            let time = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
            let tag = format!("{}-{}-{}", path.display(), about.len(), time.as_nanos());
            of_file(app, tag, &layer.file, || fs::read(&path).map_err(|e| AppError::file(&path, &e)))
        }
    }
}

/// The shapes of a file of evidence.
pub(crate) fn evidence_shapes(app: &App, name: &str) -> Result<LayerShapes, AppError> {
    of_file(app, name.to_owned(), name, || evidence(app, name).ok_or(AppError::Unknown))
}

fn of_file(
    app: &App,
    tag: String,
    name: &str,
    bytes: impl FnOnce() -> Result<Vec<u8>, AppError>,
) -> Result<LayerShapes, AppError> {
    let (shapes, n_bytes) = app.shapes().get_or(&tag, || {
        let bytes = bytes()?;
        let layer = shapes::read_bytes(name, &bytes, None).map_err(|found| of_shapes(&found))?;
        // A position is some forty bytes of text and sixteen in memory: the file is about as large as what is read of it.
        Ok::<_, AppError>(((Arc::new(layer), bytes.len()), bytes.len()))
    })?;
    Ok(LayerShapes { shapes, tag, n_bytes })
}
