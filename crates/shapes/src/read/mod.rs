//! Reading: the bytes say which format it is, the name only what to call it.

mod archive;
mod flatbuffer;
mod flatgeobuf;
mod geojson;
mod geopackage;
mod shapefile;
mod topojson;
mod values;

use std::{fs::File, io::Read, path::Path};

use geo::{BoundingRect as _, Geometry};

use crate::{Fault, Layer, Place, limits};

/// Formats that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    GeoPackage,
    GeoJson,
    FlatGeobuf,
    Shapefile,
    Zip,
}

/// Bytes that tell formats apart.
const HEAD_BYTES: usize = 4096;

/// Reads one layer of a file, recognised by its bytes: GeoPackage, GeoJSON, TopoJSON, FlatGeobuf, a Shapefile with the
/// .dbf, .prj and .cpg beside it, or a zip with one of them.
///
/// `layer` names one where the file has several; a file with one needs no name.
/// Empty geometries are `None`; rings that are not closed are closed; heights and measures are left out.
///
/// Errors: see [`Fault`]; each names the file and, where it is about one, the layer and the feature.
pub fn read(path: &Path, layer: Option<&str>) -> Result<Layer, Fault> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let io = |source| Fault::io(&path.to_string_lossy(), source);
    let mut file = File::open(path).map_err(io)?;
    let n_bytes = file.metadata().map_err(io)?.len();
    if n_bytes > limits::FILE_BYTES {
        return Err(too_large(&name));
    }
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(io)?;
    let read = match recognise(&name, &head)? {
        Format::GeoPackage => geopackage::read_file(path, &name, layer),
        format => {
            // What was declared is not trusted: a device or a pipe has no length.
            file.take(limits::FILE_BYTES).read_to_end(&mut head).map_err(io)?;
            match format {
                Format::Shapefile => shapefile::read_file(path, &name, head, layer),
                _ => read_format(format, &name, &head, layer),
            }
        }
    }?;
    on_a_map(&name, read)
}

/// Refuses coordinates so large that areas and distances of them are no numbers any more.
fn on_a_map(name: &str, layer: Layer) -> Result<Layer, Fault> {
    let is_far = |shape: &Geometry<f64>| {
        let bounds = shape.bounding_rect();
        bounds.filter(|of| [of.min(), of.max()].iter().any(|at| at.x.abs().max(at.y.abs()) > limits::COORDINATE))
    };
    let far = layer.features.iter().find_map(|of| Some((of.id, is_far(of.shape.as_ref()?)?)));
    let Some((id, bounds)) = far else { return Ok(layer) };
    let place = Place::file(name).layer(&layer.name).feature(id);
    let [x, y] = [bounds.min(), bounds.max()].map(|at| if at.x.abs() > at.y.abs() { at.x } else { at.y });
    let found = if x.abs() > y.abs() { x } else { y };
    Err(Fault::damaged(&place, format!("the coordinate {found:e} lies on no map")))
}

/// Reads one layer of a file whose bytes are in memory; `name` is what to call it, with its extension.
///
/// A .shp alone has no attributes and no reference system: hand in a zip with its parts.
///
/// Errors and the rest: as [`read`].
pub fn read_bytes(name: &str, bytes: &[u8], layer: Option<&str>) -> Result<Layer, Fault> {
    if bytes.len() as u64 > limits::FILE_BYTES {
        return Err(too_large(name));
    }
    on_a_map(name, read_format(recognise(name, bytes.get(..HEAD_BYTES).unwrap_or(bytes))?, name, bytes, layer)?)
}

fn read_format(format: Format, name: &str, bytes: &[u8], layer: Option<&str>) -> Result<Layer, Fault> {
    match format {
        Format::GeoPackage => geopackage::read_bytes(name, bytes, layer),
        Format::GeoJson => geojson::read(name, bytes, layer),
        Format::FlatGeobuf => flatgeobuf::read(name, bytes, layer),
        Format::Zip => archive::read(name, bytes, layer),
        Format::Shapefile => {
            let parts = shapefile::Parts { shp: bytes.to_vec(), ..shapefile::Parts::default() };
            shapefile::read(name, stem(name), &parts, layer)
        }
    }
}

fn too_large(name: &str) -> Fault {
    Fault::TooLarge { place: Place::file(name), what: "bytes", limit: limits::FILE_BYTES }
}

/// The format of a file by its first bytes.
fn recognise(name: &str, head: &[u8]) -> Result<Format, Fault> {
    if head.starts_with(b"SQLite format 3\0") {
        return Ok(Format::GeoPackage);
    }
    for (magic, format) in
        [(flatgeobuf::MAGIC, Format::FlatGeobuf), (shapefile::MAGIC, Format::Shapefile), (archive::MAGIC, Format::Zip)]
    {
        if head.starts_with(magic) {
            return Ok(format);
        }
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0x1e);
    let found = match first {
        Some(b'{') => return Ok(Format::GeoJson),
        None => "there is nothing in the file",
        Some(_) if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") => {
            "the text is in UTF-16, save it in UTF-8"
        }
        Some(b'[') => "it is JSON, but a list and not GeoJSON",
        Some(_) if head.starts_with(b"PAR1") => "it is Parquet, which is written but not read: save as GeoPackage",
        Some(_) if name.to_ascii_lowercase().ends_with(".dbf") => "it is a part of a shapefile: name the .shp or a zip",
        Some(b'<') => "it is XML (KML and GML are not read: save as GeoPackage)",
        Some(_) => "its first bytes are of none that we know",
    };
    Err(Fault::Unrecognised { file: name.to_owned(), found: found.to_owned() })
}

/// The name of a layer where the file gives none: the file's, without folder and extension.
fn stem(name: &str) -> &str {
    Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name)
}

/// Takes the one layer of a file that has no more.
fn only_layer(file: &str, named: &str, asked: Option<&str>) -> Result<(), Fault> {
    match asked {
        Some(asked) if asked != named && asked != stem(file) => {
            Err(Fault::NoSuchLayer { file: file.to_owned(), asked: asked.to_owned(), layers: vec![named.to_owned()] })
        }
        _ => Ok(()),
    }
}
