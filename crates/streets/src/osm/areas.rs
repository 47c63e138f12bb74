//! Areas of an extract by their tags: closed ways and multipolygons.

use super::{
    Fault, TagMatch,
    block::{Block, Tags},
    pass::all_blocks,
    ways::{Finder, on_earth},
};
use crate::{
    error::StreetsError,
    overlay::alternating,
    progress::{Progress, Stage},
};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;

/// Which areas to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaRule {
    /// Tags that make an area one of these: all of one row.
    pub any: Vec<Vec<TagMatch>>,
    /// Tags that rule it out, each alone.
    pub none: Vec<TagMatch>,
}

impl AreaRule {
    /// Potential open public space: parks, gardens, playgrounds, commons, recreation grounds, village greens, squares and
    /// pedestrian areas; not what is private, for customers, for a fee, or a building.
    pub fn open_space() -> Self {
        Self {
            any: vec![
                vec![TagMatch::of("leisure", &["park", "garden", "playground", "common"])],
                vec![TagMatch::of("landuse", &["recreation_ground", "village_green"])],
                vec![TagMatch::of("place", &["square"])],
                vec![TagMatch::of("highway", &["pedestrian"]), TagMatch::of("area", &["yes"])],
            ],
            none: vec![
                TagMatch::of("access", &["private", "no", "customers", "permit"]),
                TagMatch::of("fee", &["yes"]),
                TagMatch { key: "building".into(), values: Vec::new() },
            ],
        }
    }

    /// The value of the first tag of the row that is met.
    fn kind<'a>(&self, tags: Tags<'a, '_>) -> Result<Option<&'a [u8]>, Fault> {
        let mut own = Vec::new();
        let mut tags = tags;
        while let Some(tag) = tags.next()? {
            own.push(tag);
        }
        let has =
            |wanted: &TagMatch| own.iter().find(|(key, value)| wanted.is_met(key, value)).map(|(_, value)| *value);
        // Anything with the key is ruled out by a tag without values, also `no`: the method says so of buildings.
        let has_any = |wanted: &TagMatch| {
            let key = wanted.key.as_bytes();
            own.iter().any(|(own, value)| *own == key && (wanted.values.is_empty() || wanted.is_met(own, value)))
        };
        if self.none.iter().any(has_any) {
            return Ok(None);
        }
        let row = self.any.iter().find(|row| !row.is_empty() && row.iter().all(|tag| has(tag).is_some()));
        Ok(row.and_then(|row| has(row.first()?)))
    }
}

/// An area.
#[derive(Debug, Clone, PartialEq)]
pub struct OsmArea {
    /// `w` or `r` and its number.
    pub id: String,
    /// The value of the tag that was looked for.
    pub kind: String,
    /// Its polygons in degrees.
    pub shape: MultiPolygon<f64>,
}

/// A way whose nodes are needed.
struct Line {
    id: i64,
    nodes: Vec<i64>,
    /// What it is as an area of its own.
    kind: Option<String>,
}

/// A multipolygon with its ways.
struct Relation {
    id: i64,
    kind: String,
    ways: Vec<i64>,
}

/// Nodes that are held at most.
const LIMIT: usize = 50_000_000;
/// Ways that a multipolygon may have. The outline of a country has some thousands; joining looks through all.
const WAYS_LIMIT: usize = 20_000;

/// Areas that a rule takes: closed ways first, then multipolygons, each in the order of the file. An area whose outline
/// is not whole in the extract is left out; how many is the second answer.
///
/// Three passes: relations, ways, nodes.
pub fn areas(path: &Path, rule: &AreaRule, progress: Progress<'_>) -> Result<(Vec<OsmArea>, u64), StreetsError> {
    let blocks = all_blocks(path, (Stage::Tables, true), progress, |block| relations(block, rule))?;
    let relations: Vec<Relation> = blocks.into_iter().flatten().collect();
    let mut members: Vec<i64> = relations.iter().flat_map(|relation| &relation.ways).copied().collect();
    members.sort_unstable();
    members.dedup();
    let blocks = all_blocks(path, (Stage::Ways, true), progress, |block| lines(block, rule, &members))?;
    let lines: Vec<Line> = blocks.into_iter().flatten().collect();
    let n_nodes: usize = lines.iter().map(|line| line.nodes.len()).sum();
    if n_nodes > LIMIT {
        return Err(StreetsError::TooLarge { what: "points of areas", n: n_nodes as u64, limit: LIMIT as u64 });
    }
    let mut needed: Vec<i64> = lines.iter().flat_map(|line| &line.nodes).copied().collect();
    needed.sort_unstable();
    needed.dedup();
    let blocks = all_blocks(path, (Stage::Nodes, false), progress, |block| places(block, &needed))?;
    let mut at = vec![None; needed.len()];
    for (number, place) in blocks.into_iter().flatten() {
        if let Some(slot) = at.get_mut(number as usize) {
            *slot = Some(place);
        }
    }
    let place = |node: &i64| needed.binary_search(node).ok().and_then(|number| at.get(number).copied().flatten());
    let ring = |nodes: &[i64]| -> Option<LineString<f64>> {
        let coords: Option<Vec<Coord<f64>>> = nodes.iter().map(place).collect();
        coords.filter(|coords| coords.len() >= 4).map(LineString::new)
    };

    let (mut areas, mut n_broken) = (Vec::new(), 0);
    let by_id: FxHashMap<i64, &Line> = lines.iter().map(|line| (line.id, line)).collect();
    for line in &lines {
        let Some(kind) = &line.kind else { continue };
        match ring(&line.nodes) {
            Some(ring) => {
                let shape = match touches_itself(&line.nodes) {
                    false => MultiPolygon(vec![Polygon::new(ring, Vec::new())]),
                    true => alternating(&[ring]),
                };
                areas.push(OsmArea { id: format!("w{}", line.id), kind: kind.clone(), shape });
            }
            None => n_broken += 1,
        }
    }
    for relation in &relations {
        // Roles are often wrong or missing, and say nothing of islands in lakes: what lies in what decides.
        let ways: Option<Vec<&[i64]>> =
            relation.ways.iter().map(|id| by_id.get(id).map(|line| line.nodes.as_slice())).collect();
        let rings: Option<Vec<LineString<f64>>> =
            ways.and_then(joined).and_then(|rings| rings.iter().map(|nodes| ring(nodes)).collect());
        match rings.filter(|rings| !rings.is_empty()) {
            Some(rings) => {
                let shape = alternating(&rings);
                areas.push(OsmArea { id: format!("r{}", relation.id), kind: relation.kind.clone(), shape });
            }
            None => n_broken += 1,
        }
    }
    Ok((areas, n_broken))
}

fn relations(block: &Block<'_>, rule: &AreaRule) -> Result<Vec<Relation>, Fault> {
    let mut found = Vec::new();
    block.relations(|mut relation| {
        let mut tags = relation.tags;
        let mut is_polygon = false;
        while let Some((key, value)) = tags.next()? {
            is_polygon |= key == b"type" && value == b"multipolygon";
        }
        if !is_polygon {
            return Ok(());
        }
        let Some(kind) = rule.kind(relation.tags)? else { return Ok(()) };
        let mut ways = Vec::new();
        while let Some(id) = relation.next_way()? {
            ways.push(id);
        }
        if ways.len() > WAYS_LIMIT {
            // Without an outline it is told as one that is not whole.
            ways.clear();
        }
        found.push(Relation { id: relation.id, kind: String::from_utf8_lossy(kind).into_owned(), ways });
        Ok(())
    })?;
    Ok(found)
}

fn lines(block: &Block<'_>, rule: &AreaRule, members: &[i64]) -> Result<Vec<Line>, Fault> {
    let mut found = Vec::new();
    block.ways(|mut way| {
        let kind = rule.kind(way.tags)?;
        let is_member = members.binary_search(&way.id).is_ok();
        if kind.is_none() && !is_member {
            return Ok(());
        }
        let mut nodes = Vec::new();
        while let Some(node) = way.nodes.next()? {
            if nodes.len() == LIMIT {
                return Err(Fault::TooMany(LIMIT));
            }
            nodes.push(node);
        }
        let closed = nodes.len() >= 4 && nodes.first() == nodes.last();
        let kind = kind.filter(|_| closed).map(|kind| String::from_utf8_lossy(kind).into_owned());
        if kind.is_some() || is_member {
            found.push(Line { id: way.id, nodes, kind });
        }
        Ok(())
    })?;
    Ok(found)
}

fn places(block: &Block<'_>, needed: &[i64]) -> Result<Vec<(u32, Coord<f64>)>, Fault> {
    let (mut found, mut finder) = (Vec::new(), Finder::of(needed));
    block.places(|place| {
        if let Some(at) = finder.find(place.id) {
            let [x, y] = on_earth(place)?.map(|v| f64::from(v) / 1e7);
            found.push((at, Coord { x, y }));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Whether a closed line comes to a node more than once between its ends.
fn touches_itself(nodes: &[i64]) -> bool {
    let mut seen = FxHashSet::default();
    nodes.iter().skip(1).any(|node| !seen.insert(*node))
}

/// Lines joined end to end into rings; `None` when an end stays open.
fn joined(mut lines: Vec<&[i64]>) -> Option<Vec<Vec<i64>>> {
    let mut rings = Vec::new();
    while let Some(line) = lines.pop() {
        let mut ring = line.to_vec();
        while ring.first() != ring.last() || ring.len() < 4 {
            let end = *ring.last()?;
            let next = lines.iter().position(|line| line.first() == Some(&end) || line.last() == Some(&end))?;
            let next = lines.swap_remove(next);
            if next.first() == Some(&end) {
                ring.extend(next.iter().skip(1));
            } else {
                ring.extend(next.iter().rev().skip(1));
            }
        }
        rings.push(ring);
    }
    Some(rings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_from_lines() {
        assert_eq!(joined(vec![&[1, 2, 3, 1]]), Some(vec![vec![1, 2, 3, 1]]));
        let two = joined(vec![&[3, 4, 1], &[1, 2, 3], &[7, 8, 9, 7]]).expect("rings");
        assert_eq!(two, [vec![7, 8, 9, 7], vec![1, 2, 3, 4, 1]]);
        // Backwards.
        assert_eq!(joined(vec![&[1, 4, 3], &[1, 2, 3]]).expect("a ring"), [vec![1, 2, 3, 4, 1]]);
        assert_eq!(joined(vec![&[1, 2, 3]]), None);
        assert_eq!(joined(vec![&[1, 2], &[3, 1]]), None);
        assert_eq!(joined(vec![]), Some(vec![]));
    }
}
