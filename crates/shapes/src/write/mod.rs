//! Writing: whole or not at all.

mod geojson;
mod geopackage;
mod geoparquet;
mod topojson;
mod whole;

use std::{io, path::Path};

pub use geojson::{write_geojson, write_geojson_to};
pub use geopackage::{geopackage_bytes, write_geopackage};
pub use geoparquet::{write_geoparquet, write_geoparquet_to};
pub use topojson::topojson_bytes;
use whole::whole;
pub use whole::{destination, write_whole};

use crate::Fault;

/// The file's name for a message.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A failure while writing: of the system or of the layer.
enum Failed {
    Io(io::Error),
    Fault(Fault),
}

impl From<io::Error> for Failed {
    fn from(source: io::Error) -> Self {
        Self::Io(source)
    }
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Failed {
    fn fault(self, file: &str) -> Fault {
        match self {
            Self::Io(source) => Fault::io(file, source),
            Self::Fault(fault) => fault,
        }
    }
}
