//! Input files in the node's folder, by the fingerprint of their bytes; and the exercise files that the program carries.

use std::{fs, io::Write as _, path::PathBuf};

use diag::Diagnostic;
use exchange::NamedBytes;
use model::kinds::AnalysisMethod;
use rust_embed::RustEmbed;

use super::request::{Input, InputFile};
use crate::{App, error::AppError, space::codes::GEO012};

/// The exercise grids, boundaries and streets; `samples/space/README.md` says how they were made.
#[derive(RustEmbed)]
#[folder = "../../samples/space"]
struct Sample;

/// Copies a file into the node's folder. One that is there already is left alone.
///
/// Errors: a file that cannot be read or kept, or whose name is a way to elsewhere.
pub(super) fn keep(app: &App, file: &InputFile) -> Result<Input, AppError> {
    let unusable = |detail: String| {
        let found = Diagnostic::new(&GEO012).arg("role", &file.role).arg("detail", detail);
        AppError::Refused(vec![found.field(&file.role)])
    };
    if file.name.is_empty() || file.name.starts_with('.') || file.name.contains(['/', '\\', '\0', ':']) {
        return Err(unusable(file.name.clone()));
    }
    let read = |e: std::io::Error| unusable(format!("{}: {e}", file.name));
    let mut hash = blake3::Hasher::new();
    hash.update_reader(fs::File::open(&file.path).map_err(read)?).map_err(read)?;
    let fingerprint = hash.finalize().to_hex().to_string();
    let folder = folder(app)?.join(&fingerprint);
    let place = folder.join(&file.name);
    if !place.exists() {
        fs::create_dir_all(&folder).map_err(|e| AppError::file(&folder, &e))?;
        let mut half = tempfile::NamedTempFile::new_in(&folder).map_err(|e| AppError::file(&folder, &e))?;
        std::io::copy(&mut fs::File::open(&file.path).map_err(read)?, &mut half)
            .map_err(|e| AppError::file(&place, &e))?;
        half.as_file().sync_all().map_err(|e| AppError::file(&place, &e))?;
        half.persist(&place).map_err(|e| AppError::file(&place, &e.error))?;
    }
    Ok(Input { role: file.role.clone(), name: file.name.clone(), fingerprint })
}

/// Removes an input. One that is not there is gone.
pub(super) fn forget(app: &App, input: &Input) -> Result<(), AppError> {
    let Ok(path) = path(app, input) else { return Ok(()) };
    fs::remove_file(&path).map_err(|e| AppError::file(&path, &e))?;
    // A folder with the same bytes under another name stays.
    let _ = path.parent().map(fs::remove_dir);
    Ok(())
}

fn folder(app: &App) -> Result<PathBuf, AppError> {
    Ok(app.folder()?.space().join("inputs"))
}

/// Where an input lies.
///
/// Errors: an input that this node does not hold.
pub(super) fn path(app: &App, input: &Input) -> Result<PathBuf, AppError> {
    let is_hash = input.fingerprint.len() == 64 && input.fingerprint.bytes().all(|b| b.is_ascii_hexdigit());
    let path = folder(app)?.join(&input.fingerprint).join(&input.name);
    if is_hash && !input.name.contains(['/', '\\']) && path.is_file() {
        return Ok(path);
    }
    let detail = format!("{} ({})", input.name, input.fingerprint.get(..12).unwrap_or_default());
    Err(AppError::Refused(vec![Diagnostic::new(&GEO012).arg("role", &input.role).arg("detail", detail)]))
}

/// Exercise files that lie in a folder of their own for as long as this lives.
#[derive(Debug)]
pub struct SampleFiles {
    /// The files with their roles.
    pub files: Vec<InputFile>,
    _folder: tempfile::TempDir,
}

/// The exercise files of a method: grids of a country for the degree of urbanisation, at two dates for land; streets, stops,
/// people and open spaces of a city for access.
///
/// Errors: a folder that cannot be written.
pub fn sample_files(method: AnalysisMethod) -> Result<SampleFiles, AppError> {
    let names: &[(&str, &str)] = match method {
        AnalysisMethod::Urbanisation => {
            &[("population", "kenya/POP_2025.tif"), ("land", "kenya/LAND.tif"), ("built", "kenya/BUILT_2025.tif")]
        }
        AnalysisMethod::Land => &[
            ("population", "kenya/POP_2015.tif"),
            ("population_later", "kenya/POP_2025.tif"),
            ("built", "kenya/BUILT_2015.tif"),
            ("built_later", "kenya/BUILT_2025.tif"),
        ],
        AnalysisMethod::Access => &[
            ("case", "nairobi/case.json"),
            ("osm", "nairobi/nairobi.osm.pbf"),
            ("area", "nairobi/area.geojson"),
            ("stops", "nairobi/stops.csv"),
            ("population", "nairobi/population.csv"),
            ("open_space", "nairobi/open_space.geojson"),
        ],
    };
    let folder = tempfile::tempdir().map_err(|e| AppError::file(std::env::temp_dir(), &e))?;
    let mut files = Vec::new();
    for (role, name) in names {
        let Some(bytes) = Sample::get(name) else { continue };
        let name = name.rsplit('/').next().unwrap_or(name).to_owned();
        let path = folder.path().join(&name);
        let write = || fs::File::create(&path)?.write_all(&bytes.data);
        write().map_err(|e| AppError::file(&path, &e))?;
        files.push(InputFile { role: (*role).to_owned(), name, path });
    }
    Ok(SampleFiles { files, _folder: folder })
}

/// The exercise boundaries.
pub fn sample_boundaries() -> Option<NamedBytes> {
    let bytes = Sample::get("boundaries.geojson")?.data.into_owned();
    Some(NamedBytes { name: "boundaries.geojson".to_owned(), bytes })
}
