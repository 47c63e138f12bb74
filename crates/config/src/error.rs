//! Why settings cannot be used. No variant carries a value of a secret.

use diag::Arg;
use thiserror::Error;

/// Why settings cannot be used. Faces show [`ConfigError::key`] with [`ConfigError::args`] in the reader's language.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants' messages say it; `place` is a file with its line, a variable or a flag")]
pub enum ConfigError {
    #[error("{path}: {detail}")]
    File { path: String, detail: String },
    #[error("{place}: {detail}")]
    Syntax { place: String, detail: String },
    #[error("{place}: there is no setting {key}; the nearest one is {nearest}")]
    Unknown { place: String, key: String, nearest: String },
    #[error("{place}: {key}: {detail}")]
    Wrong { place: String, key: String, detail: String },
    #[error("{place}: both {key} and {key}_file are given")]
    Twice { place: String, key: String },
    #[error("{place}: data cannot be set in a file that lies in the data folder")]
    DataInside { place: String },
}

impl ConfigError {
    /// Key of the message.
    pub fn key(&self) -> &'static str {
        match self {
            ConfigError::File { .. } => "error-file",
            ConfigError::Syntax { .. } => "error-config-syntax",
            ConfigError::Unknown { .. } => "error-config-unknown",
            ConfigError::Wrong { .. } => "error-config-wrong",
            ConfigError::Twice { .. } => "error-config-twice",
            ConfigError::DataInside { .. } => "error-config-data-inside",
        }
    }
    /// Arguments of the message.
    pub fn args(&self) -> Vec<(&'static str, Arg)> {
        let text = |name, value: &String| (name, Arg::Text(value.clone()));
        match self {
            ConfigError::File { path, detail } => vec![text("path", path), text("detail", detail)],
            ConfigError::Syntax { place, detail } => vec![text("place", place), text("detail", detail)],
            ConfigError::Unknown { place, key, nearest } => {
                vec![text("place", place), text("key", key), text("nearest", nearest)]
            }
            ConfigError::Wrong { place, key, detail } => {
                vec![text("place", place), text("key", key), text("detail", detail)]
            }
            ConfigError::Twice { place, key } => vec![text("place", place), text("key", key)],
            ConfigError::DataInside { place } => vec![text("place", place)],
        }
    }
}
