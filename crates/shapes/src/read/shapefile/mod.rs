//! Shapefiles (ESRI white paper, 1998): shapes in .shp, attributes in .dbf, the reference system in .prj.

mod dbf;
mod encoding;
mod shp;

use std::path::{Path, PathBuf};

use crate::{Crs, Fault, Feature, Layer, Place, limits, wkt};

/// The first bytes of a .shp.
pub(super) const MAGIC: &[u8] = &[0, 0, 0x27, 0x0a];

/// The files of one shapefile.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) shp: Vec<u8>,
    pub(super) dbf: Option<Vec<u8>>,
    pub(super) prj: Option<Vec<u8>>,
    pub(super) cpg: Option<Vec<u8>>,
}

/// Reads a shapefile with what lies beside it.
pub(super) fn read_file(path: &Path, file: &str, shp: Vec<u8>, asked: Option<&str>) -> Result<Layer, Fault> {
    let beside = |extension: &str| -> Result<Option<Vec<u8>>, Fault> {
        let upper = extension.to_ascii_uppercase();
        let found: Option<PathBuf> =
            [extension, &upper].into_iter().map(|e| path.with_extension(e)).find(|path| path.is_file());
        let Some(found) = found else { return Ok(None) };
        let io = |source| Fault::io(&found.to_string_lossy(), source);
        if std::fs::metadata(&found).map_err(io)?.len() > limits::FILE_BYTES {
            let place = Place::file(&found.to_string_lossy());
            return Err(Fault::TooLarge { place, what: "bytes", limit: limits::FILE_BYTES });
        }
        std::fs::read(&found).map(Some).map_err(io)
    };
    let parts = Parts { shp, dbf: beside("dbf")?, prj: beside("prj")?, cpg: beside("cpg")? };
    read(file, super::stem(file), &parts, asked)
}

/// Reads a shapefile whose parts are in memory. Without .dbf there are no attributes, without .prj no known system.
pub(super) fn read(file: &str, name: &str, parts: &Parts, asked: Option<&str>) -> Result<Layer, Fault> {
    super::only_layer(file, name, asked)?;
    let place = Place::file(file).layer(name);
    let shapes = shp::read(&parts.shp, &place)?;
    let crs = match &parts.prj {
        Some(prj) => wkt::read(&String::from_utf8_lossy(prj)),
        None => Crs::Other("unknown: there is no .prj beside the .shp".into()),
    };
    let (fields, rows) = match &parts.dbf {
        Some(dbf) => dbf::read(dbf, parts.cpg.as_deref(), &place)?,
        None => (Vec::new(), vec![dbf::Row { values: Vec::new(), is_deleted: false }; shapes.len()]),
    };
    if rows.len() != shapes.len() {
        let found = format!("the .shp has {} shapes, the .dbf {} rows", shapes.len(), rows.len());
        return Err(Fault::Damaged { place, found, todo: "bring the .shp and the .dbf that were saved together" });
    }
    // A row that was deleted stays in both files until somebody packs them.
    let kept = (1_i64..).zip(shapes).zip(rows).filter(|(_, row)| !row.is_deleted);
    let features = kept.map(|((id, shape), row)| Feature { id, shape, values: row.values }).collect();
    Ok(Layer { name: name.to_owned(), crs, fields, features })
}
