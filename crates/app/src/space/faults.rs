//! What readers of shapes, grids, streets and tables say, as findings whose words are in three languages.
//!
//! Each finding says by `problem` what it is, and names file, layer, feature or column apart. What a library said of the inside of a
//! damaged file stays in its own words, as `detail`.

use std::{fs, path::Path};

use diag::{Diagnostic, Pointer};
use grids::Holds;
use shapes::Fault;
use streets::{Expected, SettingFault, StreetsError};

use super::codes::{GEO001, GEO002, GEO003, GEO004, GEO005, GEO018, GEO021};
use crate::error::AppError;

/// What is wrong with a file of shapes.
pub(crate) fn of_shapes(found: &Fault) -> AppError {
    AppError::Refused(vec![shapes_finding(found)])
}

fn shapes_finding(found: &Fault) -> Diagnostic {
    let told = |problem: &str, file: &str| Diagnostic::new(&GEO001).arg("problem", problem).arg("file", file);
    let told = match found {
        Fault::Io { file, source } => return told("io", file).arg("detail", source.to_string()),
        Fault::Unrecognised { file, found } => return told("unrecognised", file).arg("detail", found),
        Fault::ManyLayers { file, layers } => told("many_layers", file).arg("known", layers.join(", ")).field("layer"),
        Fault::NoSuchLayer { file, asked, layers } => {
            told("no_such_layer", file).arg("asked", asked).arg("known", layers.join(", ")).field("layer")
        }
        Fault::TooLarge { place, limit, .. } => {
            told("too_large", &place.file).arg("most", i64::try_from(*limit).unwrap_or(i64::MAX))
        }
        Fault::NotDegrees { place, name, at } => {
            let place = match name {
                Some(name) => format!("{place} ({name})"),
                None => place.to_string(),
            };
            told("not_degrees", &place).arg("at", format!("{}, {}", at[0], at[1]))
        }
        Fault::Damaged { place, found, .. } => return told("damaged", &place.to_string()).arg("detail", found),
        Fault::Unsupported { place, found, .. } => {
            return told("unsupported", &place.to_string()).arg("detail", found);
        }
    };
    told.arg("detail", found.to_string())
}

/// What is wrong with a raster.
pub(crate) fn of_grids(found: grids::Fault) -> AppError {
    AppError::Refused(vec![grids_finding(&found)])
}

/// What is wrong with a raster, or with an option of what is computed of it.
pub(crate) fn grids_finding(found: &grids::Fault) -> Diagnostic {
    use grids::Fault as G;
    let told = |problem: &str, file: &str| Diagnostic::new(&GEO002).arg("problem", problem).arg("file", file);
    match found {
        G::Stopped => Diagnostic::new(&GEO004),
        G::Shapes(of) => shapes_finding(of),
        G::Io { path, cause } => told("io", path).arg("detail", cause.to_string()),
        G::NotTiff { path, .. } => told("not_tiff", path).arg("detail", found.to_string()),
        G::Truncated { path, .. } => told("truncated", path).arg("detail", found.to_string()),
        G::Unsupported { path, what, .. } => told("unsupported", path).arg("detail", what),
        G::NoPlace { path, .. } => told("no_place", path).arg("detail", found.to_string()),
        G::Turned { path, .. } => told("turned", path).arg("detail", found.to_string()),
        G::Unaligned { first, second, difference } => {
            told("unaligned", first).arg("other", second).arg("detail", difference)
        }
        G::Projection { name, crs, .. } => told("projection", name).arg("found", crs).arg("detail", found.to_string()),
        G::TilesDiffer { first, second, values, at, crs, .. } => {
            let at = format!("{}, {} ({crs})", at[0], at[1]);
            let [one, other] = values.map(|value| value.to_string());
            let told = told("tiles_differ", first).arg("other", second).arg("found", one).arg("wanted", other);
            told.arg("at", at).arg("detail", found.to_string())
        }
        G::Implausible { name, found: value, .. } if !value.is_finite() => {
            told("endless", name).arg("detail", found.to_string())
        }
        G::Implausible { name, holds, found: value, most, row, column } => {
            let role = match holds {
                Holds::People => "population",
                Holds::Land => "land",
                Holds::Built => "built",
            };
            let problem = if *value < 0.0 { "below" } else { "above" };
            let told = Diagnostic::new(&GEO018).arg("problem", problem).arg("role", role).arg("file", name);
            let told = told.arg("found", value.to_string()).arg("most", most.to_string());
            told.arg("row", *row).arg("column", *column)
        }
        G::Table { name, place, why } => {
            let told = Diagnostic::new(&GEO021).arg("problem", "row").arg("file", name);
            told.arg("place", place).arg("detail", why)
        }
        G::Value { name, found, wanted } => {
            let told = Diagnostic::new(&GEO005).arg("problem", "value").arg("key", name).arg("found", found);
            told.arg("detail", wanted)
        }
        G::Unknown { name, nearest: Some(nearest), .. } => {
            Diagnostic::new(&GEO005).arg("problem", "nearest").arg("key", name).arg("known", nearest)
        }
        G::Unknown { name, nearest: None, known, .. } => {
            Diagnostic::new(&GEO005).arg("problem", "unknown").arg("key", name).arg("known", known)
        }
        _ => Diagnostic::new(&GEO002).arg("detail", found.to_string()),
    }
}

/// A file of text that somebody gave: a table or options.
///
/// Errors: a file that cannot be opened, or is no text in UTF-8.
pub(crate) fn text_of(path: &Path) -> Result<String, AppError> {
    let file = path.display().to_string();
    let refused = |problem: &str, detail: String| {
        let found = Diagnostic::new(&GEO021).arg("problem", problem).arg("file", &file).arg("detail", detail);
        AppError::Refused(vec![found])
    };
    let bytes = fs::read(path).map_err(|error| refused("io", error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| refused("no_text", error.utf8_error().valid_up_to().to_string()))
}

/// What is wrong with a file of a street network.
pub(crate) fn of_streets(found: &StreetsError) -> AppError {
    let told = |problem: &str, file: &str| Diagnostic::new(&GEO003).arg("problem", problem).arg("file", file);
    let finding = match found {
        StreetsError::Stopped { .. } => Diagnostic::new(&GEO004),
        StreetsError::Io { file, source } => told("io", file).arg("detail", source.to_string()),
        StreetsError::Pbf { file, at, fault } => {
            let at = i64::try_from(*at).unwrap_or(i64::MAX);
            told("pbf", file).arg("n", at).arg("detail", fault.to_string())
        }
        StreetsError::NoColumn { file, column, found } => {
            told("no_column", file).arg("column", column).arg("known", found).arg("detail", found)
        }
        StreetsError::Csv { file, why }
        | StreetsError::Gtfs { file, why }
        | StreetsError::Case { file, why }
        | StreetsError::Shape { file, why } => told("file", file).arg("detail", why),
        StreetsError::Setting { file, fault } => {
            setting_finding(fault).at(Pointer { file: Some(file.clone()), ..Pointer::default() })
        }
        other => Diagnostic::new(&GEO003).arg("detail", other.to_string()),
    };
    AppError::Refused(vec![finding])
}

/// What is wrong with an option of a computation. Readers of forms have no file of settings: the option says where it stands.
pub(crate) fn setting_finding(fault: &SettingFault) -> Diagnostic {
    let told = |problem: &str, key: &str| Diagnostic::new(&GEO005).arg("problem", problem).arg("key", key);
    match fault {
        SettingFault::NotJson { line, column } => not_json(*line, *column),
        SettingFault::NotText => Diagnostic::new(&GEO005).arg("problem", "no_text"),
        SettingFault::Slip { found, known } => told("nearest", found).arg("known", *known),
        SettingFault::NotAnObject => told("no_object", r#"{"frequency": true}"#),
        SettingFault::Wrong { key, found, expected } => {
            let found = told(expected.code(), key).arg("found", found);
            match expected {
                Expected::Number(low, high) => found.arg("low", *low).arg("high", *high),
                _ => found,
            }
        }
        SettingFault::UnknownPart { key, found, known } => {
            told("part", key).arg("found", found.as_str()).arg("known", known)
        }
        SettingFault::Needs { key, missing } => told("needs", key).arg("role", *missing),
        SettingFault::NotWith { key, other } => told("not_with", key).arg("role", *other),
    }
}

/// Options that are no JSON.
pub(crate) fn not_json(line: usize, column: usize) -> Diagnostic {
    Diagnostic::new(&GEO005).arg("problem", "json").arg("line", line).arg("column", column)
}

/// An option that nobody knows.
pub(crate) fn unknown_option(key: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::new(&GEO005).arg("problem", "unknown").arg("key", key).arg("known", known.join(", "))
}
