//! The degree of urbanisation from files.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Map, Value};

use super::Notice;
use crate::degurba::{AreaUnit, ClassCount, Classes, Layers, Levels, NO_CLASS, Options, class_name, classify};
use crate::entities::{Outlines, Place, entities, layer};
use crate::raster::{Compression, Pixels, Resampling, Writing, open, write_cog};
use crate::{Fault, Progress};

/// What to classify and where to put it.
#[derive(Debug, Clone)]
pub struct ClassifyRequest<'a> {
    /// Population: one GeoTIFF or several tiles.
    pub population: &'a [PathBuf],
    /// Land; none for "all land".
    pub land: &'a [PathBuf],
    /// Built-up surface; none switches the built-up rules off.
    pub built: &'a [PathBuf],
    /// Options as JSON, see [`Options::from_json`]; empty for the default.
    pub params: &'a str,
    /// Which levels.
    pub levels: Levels,
    /// Where the raster of level 1 goes.
    pub level_1: Option<&'a Path>,
    /// Where the raster of level 2 goes.
    pub level_2: Option<&'a Path>,
    /// Where the GeoPackage of entities goes: one layer for each kind.
    pub entities: Option<&'a Path>,
    /// Named points in the reference system of the grid.
    pub places: &'a [Place],
}

/// How many entities of one kind there are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntityCount {
    /// The class.
    pub code: u8,
    /// Its name.
    pub class: &'static str,
    /// How many.
    pub entities: usize,
    /// Persons in all of them.
    pub population: f64,
}

/// What was classified.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// The levels that were computed.
    pub levels: Vec<u8>,
    /// All options, as used.
    pub params: Map<String, Value>,
    /// Columns and rows.
    pub size: (usize, usize),
    /// The reference system.
    pub crs: String,
    /// The classes of level 1.
    pub level_1: Vec<ClassCount>,
    /// The classes of level 2.
    pub level_2: Vec<ClassCount>,
    /// Entities by kind.
    pub entities: Vec<EntityCount>,
    /// The built-up threshold in use, if its rule is on.
    pub built_threshold: Option<f64>,
    /// Cells where no layer has a value.
    pub missing_cells: u64,
    /// Cells without a number of people.
    pub cells_without_population: u64,
    /// What a reader must be told.
    pub warnings: Vec<Notice>,
}

/// Reads, classifies, writes, and says what came out.
///
/// Errors: those of [`classify`], of reading and of writing. A file appears when it is complete.
pub fn classify_files(request: &ClassifyRequest<'_>, progress: &dyn Progress) -> Result<Summary, Fault> {
    let options = Options::from_json(request.params)?;
    let population = open(request.population)?;
    let optional = |paths: &[PathBuf]| if paths.is_empty() { Ok(None) } else { open(paths).map(Some) };
    let (land, built) = (optional(request.land)?, optional(request.built)?);
    let layers = Layers {
        population: population.as_ref(),
        land: land.as_deref(),
        built: built.as_deref(),
        unit: AreaUnit::SquareMetres,
    };
    // The classification is most of the work; writing is the rest.
    let part = |share: f64, stage: &str| progress.proceed(share * 0.8, stage);
    let classes = classify(&layers, &options, request.levels, &part)?;
    crate::progress::step(progress, 0.8, "writing")?;
    for (path, codes) in [(request.level_1, &classes.level_1), (request.level_2, &classes.level_2)] {
        if let (Some(path), Some(codes)) = (path, codes) {
            let writing = Writing {
                compression: Compression::Deflate,
                overviews: Resampling::Mode,
                nodata: Some(f64::from(NO_CLASS)),
            };
            write_cog(path, &classes.frame, Pixels::U8(codes), writing)?;
        }
    }
    crate::progress::step(progress, 0.9, "entities")?;
    let counts = write_entities(request, &layers, &classes)?;
    crate::progress::step(progress, 1.0, "entities")?;
    let levels = [(1, classes.level_1.is_some()), (2, classes.level_2.is_some())];
    Ok(Summary {
        levels: levels.into_iter().filter(|l| l.1).map(|l| l.0).collect(),
        params: options.to_map(),
        size: (classes.frame.width, classes.frame.height),
        crs: classes.frame.crs.to_string(),
        entities: counts,
        built_threshold: classes.built_threshold,
        missing_cells: classes.n_missing,
        cells_without_population: classes.n_without_population,
        warnings: classes.warnings.into_iter().map(Notice::Classes).collect(),
        level_1: classes.counts_1,
        level_2: classes.counts_2,
    })
}

fn write_entities(
    request: &ClassifyRequest<'_>,
    layers: &Layers<'_>,
    classes: &Classes,
) -> Result<Vec<EntityCount>, Fault> {
    let mut codes = vec![30];
    if classes.level_1.is_some() && classes.clusters.iter().any(|(c, _)| *c == 2) {
        codes.push(2);
    }
    if classes.level_2.is_some() {
        codes.extend([23, 22, 21, 13]);
    }
    let outlines = if request.entities.is_some() { Outlines::Drawn } else { Outlines::None };
    let (mut counts, mut drawn) = (Vec::new(), Vec::new());
    for code in codes {
        let found = entities(classes, layers, code, request.places, outlines)?;
        let population = found.iter().map(|e| e.population).sum::<f64>() + 0.0;
        counts.push(EntityCount { code, class: class_name(code), entities: found.len(), population });
        if request.entities.is_some() {
            drawn.push(layer(&class_name(code).replace([' ', '-'], "_"), &classes.frame, &found));
        }
    }
    if let Some(path) = request.entities {
        shapes::write_geopackage(path, &drawn)?;
    }
    Ok(counts)
}
