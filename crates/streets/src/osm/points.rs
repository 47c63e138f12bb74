//! Nodes of an extract by their tags: stops, schools, clinics.

use super::{Fault, block::Block, pass::all_blocks, ways::on_earth};
use crate::{
    error::StreetsError,
    progress::{Progress, Stage},
    tables::{Capacity, Stop},
};
use std::path::Path;

/// A tag that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagMatch {
    /// The key.
    pub key: String,
    /// Its values; none: any value but `no`.
    pub values: Vec<String>,
}

impl TagMatch {
    /// A key with one of some values (none: any but `no`).
    pub fn of(key: &str, values: &[&str]) -> Self {
        Self { key: key.into(), values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    pub(super) fn is_met(&self, key: &[u8], value: &[u8]) -> bool {
        key == self.key.as_bytes()
            && if self.values.is_empty() {
                value != b"no"
            } else {
                self.values.iter().any(|own| own.as_bytes() == value)
            }
    }
}

/// A node with a tag that was looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct OsmPoint {
    /// `n` and its number.
    pub id: String,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Longitude and latitude in degrees.
    pub place: [f64; 2],
    /// Which of the tags it has, by their place in the list: the first that it has.
    pub tag: usize,
}

/// Nodes that have at least one of some tags, in the order of the file.
pub fn points(path: &Path, tags: &[TagMatch], progress: Progress<'_>) -> Result<Vec<OsmPoint>, StreetsError> {
    let blocks = all_blocks(path, (Stage::Tables, true), progress, |block| tagged(block, tags))?;
    Ok(blocks.into_iter().flatten().collect())
}

fn tagged(block: &Block<'_>, tags: &[TagMatch]) -> Result<Vec<OsmPoint>, Fault> {
    let mut points = Vec::new();
    block.nodes(|place, mut own| {
        let (mut found, mut name) = (None, None);
        while let Some((key, value)) = own.next()? {
            if key == b"name" {
                name = Some(value);
            }
            let at = tags.iter().position(|tag| tag.is_met(key, value));
            found = [found, at].into_iter().flatten().min();
        }
        if let Some(tag) = found {
            let place_degrees = on_earth(place)?.map(|v| f64::from(v) / 1e7);
            let name = name.map(|name| String::from_utf8_lossy(name).into_owned());
            points.push(OsmPoint { id: format!("n{}", place.id), name, place: place_degrees, tag });
        }
        Ok(())
    })?;
    Ok(points)
}

/// Stops of public transport among the nodes of an extract: stops of buses and trams are low, stations, halts, entrances
/// of undergrounds and ferry terminals are high capacity. A node that is both gives two.
pub fn stops_of_osm(path: &Path, progress: Progress<'_>) -> Result<Vec<Stop>, StreetsError> {
    let low = [TagMatch::of("highway", &["bus_stop"]), TagMatch::of("railway", &["tram_stop"])];
    let high = [
        TagMatch::of("railway", &["station", "halt", "subway_entrance"]),
        TagMatch::of("amenity", &["ferry_terminal"]),
    ];
    let blocks = all_blocks(path, (Stage::Tables, true), progress, |block| {
        let of = |capacity, tags: &[TagMatch]| {
            let stop = |point: OsmPoint| Stop { id: point.id, place: point.place, capacity, line: 0 };
            Ok::<_, Fault>(tagged(block, tags)?.into_iter().map(stop).collect::<Vec<_>>())
        };
        Ok([of(Capacity::Low, &low)?, of(Capacity::High, &high)?].concat())
    })?;
    Ok(blocks.into_iter().flatten().collect())
}
