//! The ways of an extract that are walked or are streets, and where their nodes lie. Two passes: ways first, then only
//! those nodes that a way needs, so that the buildings and trees of a city are never held.

use super::{
    Fault, OsmHeader,
    block::{Block, Place},
    pass::each_block,
    rules::{StreetTraits, WayTags},
};
use crate::{
    error::StreetsError,
    progress::{Progress, Stage},
};
use rayon::prelude::*;
use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

/// Points of kept ways that are held at most: some forty times a large city, under 2 GB.
const POINTS_LIMIT: usize = 100_000_000;

/// The node of a way that the file does not hold.
pub(crate) const NO_NODE: u32 = u32::MAX;

/// Which ways of an extract to keep.
#[derive(Debug, Clone, Copy)]
pub struct WayNetwork<'a> {
    /// Ways that are walked (`walk-v1`).
    pub walked: bool,
    /// Ways that are streets (`street-v1`).
    pub streets: bool,
    /// Numbers of ways that local knowledge rules out for walking, ascending.
    pub excluded: &'a [i64],
}

/// One kept way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeptWay {
    /// Where its nodes end in the list; they begin where those of the way before end.
    pub end: u32,
    /// Whether it is walked.
    pub walked: bool,
    /// What it is as a street.
    pub street: Option<StreetTraits>,
}

/// Kept ways, in the order of the file.
#[derive(Debug)]
pub struct OsmWays {
    /// What the header of the extract says.
    pub header: OsmHeader,
    pub(crate) ways: Vec<KeptWay>,
    /// Nodes of the ways: places in `places`, or [`NO_NODE`].
    pub(crate) refs: Vec<u32>,
    /// Longitude and latitude of each node in 10⁻⁷ degrees.
    pub(crate) places: Vec<[i32; 2]>,
    /// Ways that were ruled out and would have been kept, ascending.
    pub(crate) excluded: Vec<i64>,
}

impl OsmWays {
    /// West, south, east, north of the extract in degrees: as its header says, else of the nodes of the kept ways.
    /// `None` when there is neither.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let of_nodes = || {
            let first = *self.places.first()?;
            let [low, high] = self.places.iter().fold([first; 2], |[low, high], at| {
                [[low[0].min(at[0]), low[1].min(at[1])], [high[0].max(at[0]), high[1].max(at[1])]]
            });
            Some([low[0], low[1], high[0], high[1]].map(|v| f64::from(v) / 1e7))
        };
        self.header.bounds.or_else(of_nodes)
    }
}

/// Reads the ways of an extract and the places of their nodes.
///
/// Memory: 16 bytes for each node of a way while reading, 16 bytes for each different one; blobs are held some for each
/// thread. Errors: [`StreetsError::Pbf`] with the byte of the blob; [`StreetsError::Stopped`].
pub fn read_ways(path: &Path, wanted: WayNetwork<'_>, progress: Progress<'_>) -> Result<OsmWays, StreetsError> {
    let n_points = AtomicUsize::new(0);
    let (mut ways, mut ids, mut excluded): (Vec<KeptWay>, Vec<i64>, Vec<i64>) = Default::default();
    let header = each_block(
        path,
        (Stage::Ways, true),
        progress,
        |block| kept_ways(block, wanted, &n_points),
        |Kept { ways: of_block, refs, excluded: left_out }| {
            let before = ids.len() as u32;
            excluded.extend(left_out);
            ways.extend(of_block.into_iter().map(|way| KeptWay { end: way.end + before, ..way }));
            ids.extend(refs);
        },
    )?;
    let mut needed = ids.clone();
    needed.par_sort_unstable();
    needed.dedup();
    let mut refs = vec![NO_NODE; ids.len()];
    refs.par_chunks_mut(1 << 14).zip(ids.par_chunks(1 << 14)).for_each(|(refs, ids)| {
        let mut finder = Finder { needed: &needed, at: 0 };
        refs.iter_mut().zip(ids).for_each(|(at, id)| *at = finder.find(*id).unwrap_or(NO_NODE));
    });
    drop(ids);

    let mut places = vec![UNKNOWN; needed.len()];
    each_block(
        path,
        (Stage::Nodes, false),
        progress,
        |block| needed_places(block, &needed),
        |found| {
            for (at, place) in found {
                if let Some(slot) = places.get_mut(at as usize) {
                    *slot = place;
                }
            }
        },
    )?;
    drop(needed);
    refs.par_iter_mut().for_each(|at| {
        if places.get(*at as usize).is_none_or(|place| *place == UNKNOWN) {
            *at = NO_NODE;
        }
    });
    // Unknown places would widen the bounds; they are nobody's now.
    let known = places.iter().find(|place| **place != UNKNOWN).copied();
    if let Some(known) = known {
        places.iter_mut().filter(|place| **place == UNKNOWN).for_each(|place| *place = known);
    } else {
        places.clear();
    }
    excluded.sort_unstable();
    excluded.dedup();
    Ok(OsmWays { header, ways, refs, places, excluded })
}

/// A node that was not found; no coordinate is that large.
const UNKNOWN: [i32; 2] = [i32::MIN; 2];

/// What a block holds of the wanted ways: the ways, the numbers of their nodes, and the ways that were ruled out.
struct Kept {
    ways: Vec<KeptWay>,
    refs: Vec<i64>,
    excluded: Vec<i64>,
}

fn kept_ways(block: &Block<'_>, wanted: WayNetwork<'_>, n_points: &AtomicUsize) -> Result<Kept, Fault> {
    let (mut ways, mut refs, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
    block.ways(|mut way| {
        let tags = WayTags::of(way.tags)?;
        if tags.highway.is_empty() {
            return Ok(());
        }
        let mut walked = wanted.walked && tags.is_walked();
        let street = if wanted.streets { tags.street() } else { None };
        if (walked || street.is_some()) && wanted.excluded.binary_search(&way.id).is_ok() {
            // A street on which nobody walks takes land all the same.
            excluded.push(way.id);
            walked = false;
        }
        if !walked && street.is_none() {
            return Ok(());
        }
        let first = refs.len();
        while let Some(id) = way.nodes.next()? {
            refs.push(id);
            if refs.len() - first > POINTS_LIMIT {
                return Err(Fault::TooMany(POINTS_LIMIT));
            }
        }
        if n_points.fetch_add(refs.len() - first, Ordering::Relaxed) > POINTS_LIMIT {
            return Err(Fault::TooMany(POINTS_LIMIT));
        }
        ways.push(KeptWay { end: refs.len() as u32, walked, street });
        Ok(())
    })?;
    Ok(Kept { ways, refs, excluded })
}

fn needed_places(block: &Block<'_>, needed: &[i64]) -> Result<Vec<(u32, [i32; 2])>, Fault> {
    let mut found = Vec::new();
    let mut finder = Finder { needed, at: 0 };
    block.places(|place| {
        if let Some(at) = finder.find(place.id) {
            found.push((at, on_earth(place)?));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Longitude and latitude of a node, checked.
pub(super) fn on_earth(place: Place) -> Result<[i32; 2], Fault> {
    let within = |value: i64, limit: i64| i32::try_from(value).ok().filter(|_| value.abs() <= limit);
    match (within(place.lon, 1_800_000_000), within(place.lat, 900_000_000)) {
        (Some(lon), Some(lat)) => Ok([lon, lat]),
        _ => Err(Fault::Nowhere(place.id)),
    }
}

/// Finds numbers in an ascending list, fast when one comes soon after the other.
pub(super) struct Finder<'n> {
    needed: &'n [i64],
    at: usize,
}

impl<'n> Finder<'n> {
    pub(super) fn of(needed: &'n [i64]) -> Self {
        Self { needed, at: 0 }
    }

    /// The place of a number in the list.
    pub(super) fn find(&mut self, id: i64) -> Option<u32> {
        // A few steps forward, where extracts in the order of numbers are; else a search over all.
        for _ in 0..8 {
            match self.needed.get(self.at) {
                Some(here) if *here == id => return Some(self.at as u32),
                Some(here) if *here < id => self.at += 1,
                _ => break,
            }
        }
        let before = self.at.checked_sub(1).and_then(|at| self.needed.get(at));
        let between = self.needed.get(self.at).is_none_or(|here| id < *here) && before.is_none_or(|b| *b < id);
        if between {
            return None;
        }
        match self.needed.binary_search(&id) {
            Ok(at) => {
                self.at = at;
                Some(at as u32)
            }
            Err(at) => {
                self.at = at;
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_any_order() {
        let needed: Vec<i64> = (0..1000).map(|i| i * 3).collect();
        let mut finder = Finder::of(&needed);
        for id in (0..3100).chain((0..3100).rev()).chain((0..3100).map(|i| (i * 7919) % 3100)).chain([-5, i64::MAX]) {
            let expected = if (0..3000).contains(&id) && id % 3 == 0 { Some((id / 3) as u32) } else { None };
            assert_eq!(finder.find(id), expected, "{id}");
        }
    }
}
