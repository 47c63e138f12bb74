//! A zip with a shapefile's parts, or with one of the other formats inside.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use zip::ZipArchive;

use super::shapefile::Parts;
use crate::{Fault, Layer, Place};

/// The first bytes of a zip.
pub(super) const MAGIC: &[u8] = b"PK\x03\x04";
/// Bytes of all members that are unpacked: 1 GiB.
const MOST_BYTES: u64 = 1 << 30;
/// Members of a zip.
const MOST_MEMBERS: usize = 10_000;

/// A layer in the zip: which members make it.
#[derive(Default)]
struct Members {
    /// By extension, the member's number.
    parts: BTreeMap<String, usize>,
}

/// Reads the layer asked for, or the only one.
pub(super) fn read(file: &str, bytes: &[u8], asked: Option<&str>) -> Result<Layer, Fault> {
    let place = Place::file(file);
    let broken = |error: zip::result::ZipError| Fault::damaged(&place, format!("the zip cannot be opened ({error})"));
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if zip.len() > MOST_MEMBERS {
        return Err(Fault::TooLarge { place, what: "files in a zip", limit: MOST_MEMBERS as u64 });
    }
    let mut layers: BTreeMap<String, Members> = BTreeMap::new();
    for at in 0..zip.len() {
        let Some(Ok(name)) = zip.name_for_index(at).map(|name| name.map(|name| name.into_owned())) else { continue };
        // What some systems put beside each file is none.
        let is_shadow = name.split('/').any(|part| part.starts_with("._") || part == "__MACOSX");
        let Some((stem, extension)) = name.rsplit_once('.') else { continue };
        let extension = extension.to_ascii_lowercase();
        let is_known = ["shp", "dbf", "prj", "cpg", "gpkg", "geojson", "json", "fgb"].contains(&extension.as_str());
        if is_known && !is_shadow {
            layers.entry(stem.to_owned()).or_default().parts.insert(extension, at);
        }
    }
    layers
        .retain(|_, members| ["shp", "gpkg", "geojson", "json", "fgb"].iter().any(|e| members.parts.contains_key(*e)));
    let short = |stem: &str| stem.rsplit('/').next().unwrap_or(stem).to_owned();
    let names: Vec<String> = layers.keys().map(|stem| short(stem)).collect();
    let chosen = match (asked, layers.len()) {
        (_, 0) => {
            return Err(Fault::Unrecognised {
                file: file.to_owned(),
                found: "the zip has no .shp, .gpkg, .geojson or .fgb in it".into(),
            });
        }
        (_, 1) => layers.into_iter().next(),
        (Some(asked), _) => match layers.into_iter().find(|(stem, _)| short(stem) == asked) {
            Some(found) => Some(found),
            None => {
                return Err(Fault::NoSuchLayer { file: file.to_owned(), asked: asked.to_owned(), layers: names });
            }
        },
        (None, _) => return Err(Fault::ManyLayers { file: file.to_owned(), layers: names }),
    };
    let Some((stem, members)) = chosen else { return Err(Fault::damaged(&place, "the zip is empty")) };
    let mut left = MOST_BYTES;
    let mut take = |extension: &str| -> Result<Option<Vec<u8>>, Fault> {
        let Some(at) = members.parts.get(extension) else { return Ok(None) };
        let member = zip.by_index(*at).map_err(broken)?;
        let mut unpacked = Vec::new();
        // What a member says about its size is not believed.
        member
            .take(left + 1)
            .read_to_end(&mut unpacked)
            .map_err(|error| Fault::damaged(&place, format!("the zip cannot be unpacked ({error})")))?;
        left = left.checked_sub(unpacked.len() as u64).ok_or_else(|| Fault::TooLarge {
            place: place.clone(),
            what: "bytes in a zip",
            limit: MOST_BYTES,
        })?;
        Ok(Some(unpacked))
    };
    if let Some(shp) = take("shp")? {
        let parts = Parts { shp, dbf: take("dbf")?, prj: take("prj")?, cpg: take("cpg")? };
        if !parts.shp.starts_with(super::shapefile::MAGIC) {
            return Err(Fault::damaged(&place, "the .shp is none"));
        }
        let name = short(&stem);
        return super::shapefile::read(file, &name, &parts, asked.filter(|asked| *asked != super::stem(file)));
    }
    for extension in ["gpkg", "geojson", "json", "fgb"] {
        if let Some(inner) = take(extension)? {
            let name = format!("{}.{extension}", short(&stem));
            if inner.starts_with(MAGIC) {
                return Err(Fault::damaged(&place, "there is a zip in the zip"));
            }
            // Asked for by the member's name, the layer within is the only one.
            let asked = asked.filter(|asked| *asked != short(&stem) && *asked != super::stem(file));
            return super::read_bytes(&name, &inner, asked);
        }
    }
    Err(Fault::damaged(&place, "the zip is empty"))
}
