//! Why a file of shapes cannot be read or written.

use std::fmt;

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The layer, where it is known.
    pub layer: Option<String>,
    /// The feature's number, where one is meant.
    pub feature: Option<i64>,
}

impl Place {
    /// The file as a whole.
    pub fn file(name: &str) -> Self {
        Self { file: name.to_owned(), ..Self::default() }
    }

    /// A layer of it.
    pub fn layer(&self, name: &str) -> Self {
        Self { layer: Some(name.to_owned()), ..self.clone() }
    }

    /// A feature of it.
    pub fn feature(&self, number: i64) -> Self {
        Self { feature: Some(number), ..self.clone() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(layer) = &self.layer {
            write!(f, ", layer {layer}")?;
        }
        if let Some(feature) = self.feature {
            write!(f, ", feature {feature}")?;
        }
        Ok(())
    }
}

/// Why a file of shapes cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file system said no.
    #[error("{file}: {source}")]
    Io {
        /// The file.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The bytes are of no kind that we read.
    #[error("{file}: {found}; expected a GeoPackage, GeoJSON, FlatGeobuf or a Shapefile (also zipped)")]
    Unrecognised {
        /// The file.
        file: String,
        /// What it looks like.
        found: String,
    },
    /// The file has several layers and none was asked for.
    #[error("{file}: there are several layers, name one of them: {}", .layers.join(", "))]
    ManyLayers {
        /// The file.
        file: String,
        /// Their names.
        layers: Vec<String>,
    },
    /// The layer that was asked for is not there.
    #[error("{file}: there is no layer {asked}; there is: {}", .layers.join(", "))]
    NoSuchLayer {
        /// The file.
        file: String,
        /// The name asked for.
        asked: String,
        /// The names there are.
        layers: Vec<String>,
    },
    /// The file contradicts itself, breaks off or is not what it begins as.
    #[error("{place}: {found}; {todo}")]
    Damaged {
        /// Where.
        place: Place,
        /// What was found.
        found: String,
        /// What to do about it.
        todo: &'static str,
    },
    /// Coordinates that are no degrees in a file that must be in degrees.
    #[error(
        "{place}{}: the position {}, {} looks like metres; GeoJSON is in longitude and latitude (RFC 7946) unless it names its \
         system in `crs`; project it to EPSG:4326, or give a GeoPackage",
        .name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default(), .at[0], .at[1]
    )]
    NotDegrees {
        /// Which feature.
        place: Place,
        /// What the file calls it, where an attribute does.
        name: Option<String>,
        /// The position.
        at: [f64; 2],
    },
    /// More than we hold.
    #[error("{place}: more than {limit} {what}; split the file")]
    TooLarge {
        /// Where.
        place: Place,
        /// What there is too much of.
        what: &'static str,
        /// How much may be.
        limit: u64,
    },
    /// Something that we do not read or write.
    #[error("{place}: {found}; {todo}")]
    Unsupported {
        /// Where.
        place: Place,
        /// What it is.
        found: String,
        /// What to do about it.
        todo: &'static str,
    },
}

/// What to do about a file that is broken.
pub(crate) const SAVE_AGAIN: &str = "the file is damaged: save it again from the program that made it";

impl Fault {
    /// A file that is broken at a place.
    pub(crate) fn damaged(place: &Place, found: impl Into<String>) -> Self {
        Self::Damaged { place: place.clone(), found: found.into(), todo: SAVE_AGAIN }
    }

    /// A failure of the file system.
    pub(crate) fn io(file: &str, source: std::io::Error) -> Self {
        Self::Io { file: file.to_owned(), source }
    }
}
