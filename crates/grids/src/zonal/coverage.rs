//! Which share of each cell lies inside a polygon, exactly.
//!
//! Every edge is cut at the lines of the grid. Within a cell, the area between the edge and the right side of the cell, with the
//! sign of its direction, is what the edge adds to that cell; its height is what it adds to all cells further right. Sums along
//! each row give the covered share, whatever the shape of the ring. Cost: cells that the ring passes, and rows.
//!
//! Source: the trapezoid rule of signed areas; the same idea draws glyphs (Levien, font-rs, 2016).

use geo::{Coord, LineString, MultiPolygon, Polygon};

use crate::raster::Frame;

/// Below this a share is rounding noise of the sums, not area: a millionth of a millionth of a cell.
const NOISE: f64 = 1e-12;

/// Cells of one row: `start` to `end` (excluded) with one share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The row.
    pub row: u32,
    /// First column.
    pub start: u32,
    /// One past the last column.
    pub end: u32,
    /// Covered share of each of these cells, above 0, at most 1.
    pub share: f64,
}

/// The exact coverage of a polygon: spans by row and column, only those above 0. What lies outside the grid is left out.
///
/// Rings are turned as needed; parts of a multipolygon that overlap count a cell at most once whole.
pub fn exact(shape: &MultiPolygon<f64>, frame: &Frame) -> Vec<Span> {
    let mut marks = Marks { width: frame.width as f64, height: frame.height as f64, cells: Vec::new() };
    for polygon in &shape.0 {
        for (ring, sign) in rings(polygon) {
            marks.ring(ring, sign, frame);
        }
    }
    marks.spans(frame.width as u32)
}

/// The rings of a polygon, each with the sign that makes shells add and holes subtract.
fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = (&LineString<f64>, f64)> {
    let shell = std::iter::once((polygon.exterior(), 1.0));
    shell
        .chain(polygon.interiors().iter().map(|hole| (hole, -1.0)))
        .map(|(ring, wanted)| (ring, if doubled_area(ring) < 0.0 { -wanted } else { wanted }))
}

/// Twice the signed area, taken from the first corner so that large coordinates do not eat the digits.
fn doubled_area(ring: &LineString<f64>) -> f64 {
    let Some(origin) = ring.0.first() else { return 0.0 };
    ring.0
        .windows(2)
        .map(|w| (w[0].x - origin.x) * (w[1].y - origin.y) - (w[1].x - origin.x) * (w[0].y - origin.y))
        .sum()
}

/// What edges add to a cell: `area` to the cell itself, `height` to all cells right of it.
#[derive(Clone, Copy)]
struct Mark {
    row: u32,
    column: u32,
    area: f64,
    height: f64,
}

struct Marks {
    width: f64,
    height: f64,
    cells: Vec<Mark>,
}

impl Marks {
    fn ring(&mut self, ring: &LineString<f64>, sign: f64, frame: &Frame) {
        // What lies on a line of the grid but for the last digits of its coordinates lies on it, or cells beside it are touched.
        let number = |at: f64, from: f64, size: f64| {
            let number = (at - from) / size;
            let noise = 8.0 * f64::EPSILON * at.abs().max(from.abs()) / size.abs();
            if (number - number.round()).abs() <= noise { number.round() } else { number }
        };
        let place = |c: &Coord<f64>| (number(c.x, frame.left, frame.dx), number(c.y, frame.top, -frame.dy));
        for pair in ring.0.windows(2) {
            let (a, b) = (place(&pair[0]), place(&pair[1]));
            if [a.0, a.1, b.0, b.1].iter().all(|v| v.is_finite()) && a.1 != b.1 {
                // Each edge is walked downwards, so that two polygons cut their common edge at the same points.
                if a.1 < b.1 { self.edge(a, b, sign) } else { self.edge(b, a, -sign) }
            }
        }
    }

    /// An edge from `a` down to `b`, in columns and rows.
    fn edge(&mut self, a: (f64, f64), b: (f64, f64), sign: f64) {
        let slope = (b.0 - a.0) / (b.1 - a.1);
        let x_at = |y: f64| {
            if y <= a.1 {
                a.0
            } else if y >= b.1 {
                b.0
            } else {
                (a.0 + (y - a.1) * slope).clamp(a.0.min(b.0), a.0.max(b.0))
            }
        };
        let (top, bottom) = (a.1.max(0.0), b.1.min(self.height));
        if top >= bottom {
            return;
        }
        let mut y = top;
        let mut row = top.floor();
        let mut x = x_at(y);
        while y < bottom {
            let next = (row + 1.0).min(bottom);
            let to = x_at(next);
            self.in_row(row as u32, (x, y), (to, next), sign);
            (x, y, row) = (to, next, row + 1.0);
        }
    }

    /// The part of an edge within one row.
    fn in_row(&mut self, row: u32, a: (f64, f64), b: (f64, f64), sign: f64) {
        // Left to right; the height of the part is what counts, not its direction.
        let ((x0, x1), height) = (if a.0 <= b.0 { (a.0, b.0) } else { (b.0, a.0) }, b.1 - a.1);
        if height <= 0.0 || x0 >= self.width {
            return;
        }
        if x1 <= 0.0 {
            // Left of the grid: the whole row lies right of it.
            self.add(row, 0, height * sign, height * sign);
            return;
        }
        if x0.floor() == x1.floor() || x1 - x0 < 1e-300 {
            self.in_cell(row, x0, x1, height, sign);
            return;
        }
        let per_x = height / (x1 - x0);
        let mut x = x0;
        let mut left = height;
        if x < 0.0 {
            let before = (-x * per_x).min(left);
            self.add(row, 0, before * sign, before * sign);
            left -= before;
            x = 0.0;
        }
        while x < x1 && x < self.width {
            let next = (x.floor() + 1.0).min(x1);
            // The last piece takes what is left, so the heights add up exactly.
            let part = if next >= x1 { left } else { ((next - x) * per_x).min(left) };
            self.in_cell(row, x, next, part, sign);
            left -= part;
            x = next;
        }
    }

    /// A piece within one cell.
    fn in_cell(&mut self, row: u32, x0: f64, x1: f64, height: f64, sign: f64) {
        let column = x0.floor();
        if column >= self.width {
            return;
        }
        let right = (column + 1.0 - (x0 + x1) / 2.0).clamp(0.0, 1.0);
        self.add(row, column as u32, height * right * sign, height * sign);
    }

    fn add(&mut self, row: u32, column: u32, area: f64, height: f64) {
        match self.cells.last_mut() {
            Some(last) if last.row == row && last.column == column => {
                last.area += area;
                last.height += height;
            }
            _ => self.cells.push(Mark { row, column, area, height }),
        }
    }

    fn spans(mut self, width: u32) -> Vec<Span> {
        // A stable order, so that sums do not depend on anything but the ring.
        self.cells.sort_by_key(|m| (m.row, m.column));
        let mut spans: Vec<Span> = Vec::new();
        let mut push = |row: u32, start: u32, end: u32, share: f64| {
            let share = share.abs();
            if share <= NOISE || start >= end {
                return;
            }
            let share = if share >= 1.0 - NOISE { 1.0 } else { share };
            match spans.last_mut() {
                Some(s) if s.row == row && s.end == start && s.share == 1.0 && share == 1.0 => s.end = end,
                _ => spans.push(Span { row, start, end, share }),
            }
        };
        let mut i = 0;
        while i < self.cells.len() {
            let row = self.cells[i].row;
            let (mut column, mut height) = (0, 0.0);
            while i < self.cells.len() && self.cells[i].row == row {
                let at = self.cells[i].column;
                push(row, column, at, height);
                let mut area = 0.0;
                let mut added = 0.0;
                while i < self.cells.len() && (self.cells[i].row, self.cells[i].column) == (row, at) {
                    area += self.cells[i].area;
                    added += self.cells[i].height;
                    i += 1;
                }
                push(row, at, at + 1, height + area);
                height += added;
                column = at + 1;
            }
            push(row, column, width, height);
        }
        spans
    }
}

/// The cells whose centre lies inside a polygon, as spans of share 1. A centre on an edge is inside for left and lower edges,
/// so polygons that tile an area take each cell once.
pub fn centres(shape: &MultiPolygon<f64>, frame: &Frame) -> Vec<Span> {
    let mut all: Vec<(u32, u32, u32)> = Vec::new();
    for polygon in &shape.0 {
        let mut crossings: Vec<(u32, f64)> = Vec::new();
        for (ring, _) in rings(polygon) {
            for pair in ring.0.windows(2) {
                cross(pair[0], pair[1], frame, &mut crossings);
            }
        }
        crossings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for pair in crossings.as_chunks::<2>().0 {
            // The first centre at or right of the crossing.
            let column = |x: f64| ((x - frame.left) / frame.dx - 0.5).ceil().clamp(0.0, frame.width as f64) as u32;
            let (start, end) = (column(pair[0].1), column(pair[1].1));
            if pair[0].0 == pair[1].0 && start < end {
                all.push((pair[0].0, start, end));
            }
        }
    }
    all.sort_unstable();
    let mut spans: Vec<Span> = Vec::new();
    for (row, start, end) in all {
        match spans.last_mut() {
            // Parts that touch or overlap count a cell once.
            Some(last) if last.row == row && start <= last.end => last.end = last.end.max(end),
            _ => spans.push(Span { row, start, end, share: 1.0 }),
        }
    }
    spans
}

/// Where an edge crosses the lines of centres.
fn cross(a: Coord<f64>, b: Coord<f64>, frame: &Frame, crossings: &mut Vec<(u32, f64)>) {
    // Always upwards, so that both polygons at an edge compute the same numbers.
    let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
    if low.y >= high.y || ![low.x, low.y, high.x, high.y].iter().all(|v| v.is_finite()) {
        return;
    }
    let row_of = |y: f64| (frame.top - y) / frame.dy - 0.5;
    let first = (row_of(high.y).floor() - 1.0).clamp(0.0, frame.height as f64) as usize;
    let last = (row_of(low.y).ceil() + 2.0).clamp(0.0, frame.height as f64) as usize;
    for row in first..last {
        let y = frame.top - (row as f64 + 0.5) * frame.dy;
        if low.y <= y && y < high.y {
            crossings.push((row as u32, low.x + (y - low.y) * ((high.x - low.x) / (high.y - low.y))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A polygon along the lines of a grid whose numbers are not round touches no cell outside.
    #[test]
    fn along_the_lines_of_a_grid() {
        let step = 1.0 / 1200.0;
        for (left, top) in [(10.0, 50.0), (-180.0, 80.0), (10.123, 49.877)] {
            let frame = Frame { width: 300, height: 300, left, top, dx: step, dy: step, crs: shapes::Crs::Wgs84 };
            for (column, row, width, height) in [(0, 0, 300, 300), (7, 3, 60, 41), (113, 257, 1, 1), (299, 1, 1, 280)] {
                let x = |c: usize| left + c as f64 * step;
                let y = |r: usize| top - r as f64 * step;
                let (low, high) = ((x(column), y(row + height)), (x(column + width), y(row)));
                let spans = exact(&MultiPolygon(vec![geo::Rect::new(low, high).to_polygon()]), &frame);
                let n: u32 = spans.iter().map(|s| s.end - s.start).sum();
                assert_eq!(n as usize, width * height, "{left} {column}");
                assert!(spans.iter().all(|s| (s.share - 1.0).abs() < 1e-9), "{left} {column}");
            }
        }
    }
}
