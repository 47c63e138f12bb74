//! Several rasters as one grid: tiles of one size of cell, on one lattice, in any order; what no tile covers is missing.

use std::ops::Range;
use std::path::Path;

use super::frame::Frame;
use super::source::{Source, check_window};
use super::{Raster, Window};
use crate::Fault;

/// Two values that differ by less than this share of the larger are one: what rounding to 32 bits leaves.
const SAME: f64 = 1e-6;

/// Whether two values are two.
fn differ(a: f64, b: f64) -> bool {
    a != b && (a.is_infinite() || b.is_infinite() || (a - b).abs() > SAME * a.abs().max(b.abs()))
}

/// Tiles seen as one grid. Where tiles overlap they must say the same; a tile without a value leaves the word to the other.
pub struct Mosaic {
    frame: Frame,
    tiles: Vec<Tile>,
    block_rows: usize,
}

/// One tile.
struct Tile {
    source: Box<dyn Source>,
    /// Column and row of its upper left cell in the whole.
    column: usize,
    row: usize,
    /// Whether a tile before it has cells in common with it.
    overlaps: bool,
}

impl Tile {
    /// The part of a window that the tile has, counted in the whole: columns and rows.
    fn part(&self, window: Window) -> Option<(Range<usize>, Range<usize>)> {
        let frame = self.source.frame();
        let columns = window.column.max(self.column)..(window.column + window.width).min(self.column + frame.width);
        let rows = window.row.max(self.row)..(window.row + window.height).min(self.row + frame.height);
        (!columns.is_empty() && !rows.is_empty()).then_some((columns, rows))
    }

    /// The value of a cell of the whole; NaN where the tile has none.
    fn value(&self, column: usize, row: usize) -> Result<f64, Fault> {
        let mut value = [f64::NAN];
        let cell = Window { column, row, width: 1, height: 1 };
        if self.part(cell).is_some() {
            self.source.read(Window { column: column - self.column, row: row - self.row, ..cell }, &mut value)?;
        }
        Ok(value[0])
    }
}

impl std::fmt::Debug for Mosaic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mosaic").field("frame", &self.frame).field("n_tiles", &self.tiles.len()).finish()
    }
}

impl Mosaic {
    /// Opens files and joins them.
    pub fn open<P: AsRef<Path>>(paths: &[P]) -> Result<Mosaic, Fault> {
        let tiles = paths
            .iter()
            .map(|p| Ok(Box::new(Raster::open(p.as_ref())?) as Box<dyn Source>))
            .collect::<Result<Vec<_>, Fault>>()?;
        Mosaic::join(tiles)
    }

    /// Joins sources to one grid.
    ///
    /// Errors: no tile; tiles that differ in reference system or size of cells; an origin off the lattice of the first.
    pub fn join(tiles: Vec<Box<dyn Source>>) -> Result<Mosaic, Fault> {
        let Some(first) = tiles.first() else {
            return Err(Fault::Grid { name: "mosaic".to_owned(), why: "no tile is named".to_owned() });
        };
        let base = first.frame().clone();
        let mut offsets = Vec::with_capacity(tiles.len());
        for tile in &tiles {
            let unaligned = |difference| Fault::Unaligned { first: first.name(), second: tile.name(), difference };
            if let Some(difference) = base.difference_of_cells(tile.frame()) {
                return Err(unaligned(difference));
            }
            offsets.push(base.offset_of(tile.frame()).map_err(|(c, r)| {
                unaligned(format!("the second lies {c} cells to the right and {r} down of the lattice of the first"))
            })?);
        }
        let extent = |at: fn(&(i64, i64)) -> i64, size: fn(&Frame) -> usize| {
            let low = offsets.iter().map(at).min().unwrap_or(0);
            let high = offsets.iter().zip(&tiles).map(|(o, t)| at(o) + size(t.frame()) as i64).max().unwrap_or(0);
            (low, (high - low) as usize)
        };
        let (c0, width) = extent(|o| o.0, |f| f.width);
        let (r0, height) = extent(|o| o.1, |f| f.height);
        let (left, top) = (base.left + c0 as f64 * base.dx, base.top - r0 as f64 * base.dy);
        let frame = Frame { width, height, left, top, ..base };
        frame.check("mosaic")?;
        let block_rows = tiles.iter().map(|t| t.block_rows()).max().unwrap_or(1);
        let mut placed: Vec<Tile> = Vec::with_capacity(tiles.len());
        for (source, (c, r)) in tiles.into_iter().zip(offsets) {
            let (column, row) = ((c - c0) as usize, (r - r0) as usize);
            let window = Window { column, row, width: source.frame().width, height: source.frame().height };
            let overlaps = placed.iter().any(|before| before.part(window).is_some());
            placed.push(Tile { source, column, row, overlaps });
        }
        Ok(Mosaic { frame, tiles: placed, block_rows })
    }

    /// What is told of a cell in which a tile says something else than one before it.
    fn contradiction(&self, at: usize, (column, row): (usize, usize), value: f64) -> Fault {
        let second = &self.tiles[at];
        for first in &self.tiles[..at] {
            match first.value(column, row) {
                Ok(other) if !other.is_nan() => {
                    let (x, y) = self.frame.centre(row, column);
                    return Fault::TilesDiffer {
                        first: first.source.name(),
                        second: second.source.name(),
                        values: [other, value],
                        cell: [row - second.row, column - second.column],
                        at: [x, y],
                        crs: self.frame.crs.to_string(),
                    };
                }
                Ok(_) => {}
                Err(fault) => return fault,
            }
        }
        let why = format!("row {row}, column {column} was read twice and is not the same");
        Fault::Grid { name: second.source.name(), why }
    }
}

impl Source for Mosaic {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn name(&self) -> String {
        match self.tiles.first() {
            Some(first) => format!("{} and {} more tiles", first.source.name(), self.tiles.len() - 1),
            None => "mosaic".to_owned(),
        }
    }

    fn block_rows(&self) -> usize {
        self.block_rows
    }

    fn read(&self, window: Window, into: &mut [f64]) -> Result<(), Fault> {
        check_window(self, window, into.len())?;
        into.fill(f64::NAN);
        let mut part = Vec::new();
        for (at, tile) in self.tiles.iter().enumerate() {
            let Some((columns, rows)) = tile.part(window) else { continue };
            let (width, height) = (columns.len(), rows.len());
            let inner = Window { column: columns.start - tile.column, row: rows.start - tile.row, width, height };
            part.clear();
            part.resize(inner.n_cells(), f64::NAN);
            tile.source.read(inner, &mut part)?;
            for (i, line) in part.chunks_exact(width).enumerate() {
                let start = (rows.start - window.row + i) * window.width + columns.start - window.column;
                let into = &mut into[start..start + width];
                if !tile.overlaps {
                    into.copy_from_slice(line);
                    continue;
                }
                for (c, (to, v)) in into.iter_mut().zip(line).enumerate() {
                    if to.is_nan() {
                        *to = *v;
                    } else if !v.is_nan() && differ(*to, *v) {
                        return Err(self.contradiction(at, (columns.start + c, rows.start + i), *v));
                    }
                }
            }
        }
        Ok(())
    }
}
