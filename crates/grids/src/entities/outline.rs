//! The outline of a set of cells: rings along the edges of cells.
//!
//! One polygon for each 4-connected part; cells that meet at a corner only are apart. A ring that would touch itself at a corner
//! is split there, so every ring is simple and holes of one part may touch in points only (OGC 06-103r4).

use geo::{Coord, LineString, MultiPolygon, Polygon};
use rustc_hash::FxHashMap;

use super::Piece;
use crate::degurba::Sets;
use crate::raster::Frame;

/// A corner of cells: row and column of the lines of the grid.
type Corner = (u32, u32);

#[derive(Clone, Copy)]
struct Edge {
    from: Corner,
    to: Corner,
    /// 0 east, 1 south, 2 west, 3 north; the part lies on the right hand.
    heading: u8,
    part: u32,
}

/// Draws the outline of an entity. Pieces are in row order.
pub(super) fn outline(pieces: &[Piece], frame: &Frame) -> MultiPolygon<f64> {
    let rows = rows(pieces);
    let (part, n_parts) = parts(pieces, &rows);
    let mut edges = edges(pieces, &rows, &part);
    edges.sort_unstable_by_key(|e| (e.from, e.heading));
    let mut used = vec![false; edges.len()];
    let mut shells: Vec<Option<LineString<f64>>> = vec![None; n_parts];
    let mut holes: Vec<Vec<LineString<f64>>> = vec![Vec::new(); n_parts];
    for first in 0..edges.len() {
        if used[first] {
            continue;
        }
        let mut corners = Vec::new();
        let mut at = first;
        while !used[at] {
            used[at] = true;
            corners.push(edges[at].from);
            at = next(&edges, edges[at]);
        }
        let part = edges[first].part as usize;
        for ring in simple_rings(corners) {
            let (line, is_shell) = line(&ring, frame);
            if is_shell { shells[part] = Some(line) } else { holes[part].push(line) }
        }
    }
    let polygons = shells.into_iter().zip(holes).filter_map(|(s, h)| s.map(|s| Polygon::new(s, h)));
    MultiPolygon::new(polygons.collect())
}

/// Ranges of pieces of one row each.
fn rows(pieces: &[Piece]) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        match out.last_mut() {
            Some(range) if pieces[range.start].row == piece.row => range.end = i + 1,
            _ => out.push(i..i + 1),
        }
    }
    out
}

/// The rows above and below a row, if the entity has them.
fn beside<'a>(pieces: &'a [Piece], rows: &[std::ops::Range<usize>], i: usize, down: bool) -> &'a [Piece] {
    let other = if down { i.checked_add(1) } else { i.checked_sub(1) };
    let row = pieces[rows[i].start].row;
    let wanted = if down { row.checked_add(1) } else { row.checked_sub(1) };
    match other.and_then(|o| rows.get(o)) {
        Some(range) if Some(pieces[range.start].row) == wanted => &pieces[range.clone()],
        _ => &[],
    }
}

/// The 4-connected part of each piece, and how many there are.
fn parts(pieces: &[Piece], rows: &[std::ops::Range<usize>]) -> (Vec<u32>, usize) {
    let mut sets = Sets::new(pieces.len());
    for i in 1..rows.len() {
        let above = beside(pieces, rows, i, false);
        let (base, mut a) = (rows[i - 1].start, 0);
        let mut b = rows[i].start;
        while a < above.len() && b < rows[i].end {
            if above[a].start < pieces[b].end && pieces[b].start < above[a].end {
                sets.join(base + a, b);
            }
            if above[a].end < pieces[b].end { a += 1 } else { b += 1 }
        }
    }
    sets.numbered()
}

fn edges(pieces: &[Piece], rows: &[std::ops::Range<usize>], part: &[u32]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (i, range) in rows.iter().enumerate() {
        let (above, below) = (beside(pieces, rows, i, false), beside(pieces, rows, i, true));
        for at in range.clone() {
            let (Piece { row, start, end, .. }, part) = (pieces[at], part[at]);
            open(start, end, above, |a, b| edges.push(Edge { from: (row, a), to: (row, b), heading: 0, part }));
            edges.push(Edge { from: (row, end), to: (row + 1, end), heading: 1, part });
            open(start, end, below, |a, b| edges.push(Edge { from: (row + 1, b), to: (row + 1, a), heading: 2, part }));
            edges.push(Edge { from: (row + 1, start), to: (row, start), heading: 3, part });
        }
    }
    edges
}

/// What of `start..end` no piece covers.
fn open(start: u32, end: u32, cover: &[Piece], mut f: impl FnMut(u32, u32)) {
    let mut at = start;
    let first = cover.partition_point(|p| p.end <= start);
    for p in cover[first..].iter().take_while(|p| p.start < end) {
        if p.start > at {
            f(at, p.start);
        }
        at = at.max(p.end);
    }
    if at < end {
        f(at, end);
    }
}

/// The edge that goes on from the end of another: to the right where two begin, which stays at the same cell.
fn next(edges: &[Edge], edge: Edge) -> usize {
    let at = edges.partition_point(|e| e.from < edge.to);
    let right = (edge.heading + 1) % 4;
    match edges.get(at + 1) {
        Some(second) if second.from == edge.to && second.heading == right => at + 1,
        _ => at,
    }
}

/// Splits a ring where it comes back to a corner.
fn simple_rings(corners: Vec<Corner>) -> Vec<Vec<Corner>> {
    let mut rings = Vec::new();
    let mut place: FxHashMap<Corner, usize> = FxHashMap::default();
    let mut open: Vec<Corner> = Vec::new();
    for corner in corners {
        if let Some(at) = place.get(&corner).copied() {
            let ring = open.split_off(at);
            ring.iter().for_each(|c| {
                place.remove(c);
            });
            rings.push(ring);
        }
        place.insert(corner, open.len());
        open.push(corner);
    }
    rings.push(open);
    rings
}

/// The ring in coordinates, without corners on a straight line; shells run counterclockwise. And whether it is a shell.
fn line(ring: &[Corner], frame: &Frame) -> (LineString<f64>, bool) {
    let n = ring.len();
    let mut doubled = 0i64;
    let mut coords = Vec::new();
    for i in 0..n {
        let (before, at, after) = (ring[(i + n - 1) % n], ring[i], ring[(i + 1) % n]);
        doubled += i64::from(at.1) * i64::from(after.0) - i64::from(after.1) * i64::from(at.0);
        let straight = (before.0 == at.0 && at.0 == after.0) || (before.1 == at.1 && at.1 == after.1);
        if !straight {
            coords
                .push(Coord { x: frame.left + f64::from(at.1) * frame.dx, y: frame.top - f64::from(at.0) * frame.dy });
        }
    }
    // Walking with the part on the right is clockwise.
    coords.reverse();
    coords.extend(coords.first().copied());
    (LineString::new(coords), doubled > 0)
}

#[cfg(test)]
mod tests {
    use geo::Area;
    use shapes::Crs;

    use super::*;

    fn drawn(rows: &[&str]) -> MultiPolygon<f64> {
        let mut pieces = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            let mut start = None;
            for (c, b) in row.bytes().chain([b'.']).enumerate() {
                match (b, start) {
                    (b'#', None) => start = Some(c),
                    (b'.', Some(s)) => {
                        pieces.push(Piece { row: r as u32, start: s as u32, end: c as u32, entity: 0 });
                        start = None;
                    }
                    _ => {}
                }
            }
        }
        let (width, height) = (rows[0].len(), rows.len());
        outline(&pieces, &Frame { width, height, left: 0.0, top: 0.0, dx: 1.0, dy: 1.0, crs: Crs::Mollweide })
    }

    #[test]
    fn a_square_has_four_corners() {
        let shape = drawn(&["....", ".##.", ".##."]);
        assert_eq!(shape.0.len(), 1);
        let expected = [(1.0, -1.0), (1.0, -3.0), (3.0, -3.0), (3.0, -1.0)];
        let mut found: Vec<(f64, f64)> = shape.0[0].exterior().0[1..].iter().map(|c| (c.x, c.y)).collect();
        let first = found.iter().position(|p| *p == expected[0]).unwrap();
        found.rotate_left(first);
        assert_eq!(found, expected);
    }

    #[test]
    fn corners_part_and_rings_stay_simple() {
        // Two parts at a corner; holes at a corner; a pocket that is closed at a corner.
        for (rows, parts, holes) in [
            (&["#.", ".#"][..], 2, 0),
            (&["####", "#.##", "##.#", "####"], 1, 2),
            (&["###", "#.#", "##."], 1, 1),
            (&["#####", "#...#", "#.#.#", "#...#", "#####"], 2, 1),
        ] {
            let shape = drawn(rows);
            let cells = rows.iter().flat_map(|r| r.bytes()).filter(|b| *b == b'#').count();
            assert_eq!(shape.0.len(), parts, "{rows:?}");
            assert_eq!(shape.0.iter().map(|p| p.interiors().len()).sum::<usize>(), holes, "{rows:?}");
            assert_eq!(shape.signed_area(), cells as f64, "{rows:?}");
            for ring in shape.0.iter().flat_map(|p| p.interiors().iter().chain([p.exterior()])) {
                let mut corners: Vec<(i64, i64)> = ring.0[1..].iter().map(|c| (c.x as i64, c.y as i64)).collect();
                let n = corners.len();
                corners.sort_unstable();
                corners.dedup();
                assert_eq!(corners.len(), n, "{rows:?}");
            }
        }
    }
}
