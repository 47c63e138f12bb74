//! Writing: whole or not at all.

mod geojson;
mod geopackage;
mod geoparquet;
mod topojson;

use std::{
    io::{self, Write},
    path::Path,
};

pub use geojson::{write_geojson, write_geojson_to};
pub use geopackage::{geopackage_bytes, write_geopackage};
pub use geoparquet::{write_geoparquet, write_geoparquet_to};
pub use topojson::topojson_bytes;

use crate::Fault;

/// The file's name for a message.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Writes a file beside its place and moves it there when it is whole, so that a failure leaves what was.
fn whole<E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
) -> Result<(), E> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".part-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: the umask takes away what must not be.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let half = builder.tempfile_in(folder)?;
    let mut buffered = io::BufWriter::with_capacity(1 << 16, half);
    fill(&mut buffered)?;
    let half = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    half.as_file().sync_all()?;
    half.persist(path).map_err(|error| error.error)?;
    Ok(())
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
