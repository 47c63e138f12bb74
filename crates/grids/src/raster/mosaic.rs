//! Several rasters as one grid: tiles of one size of cell, on one lattice, in any order; what no tile covers is missing.

use std::path::Path;

use super::frame::Frame;
use super::source::{Source, check_window};
use super::{Raster, Window};
use crate::Fault;

/// Tiles seen as one grid. Where tiles overlap, the first that has a value counts.
pub struct Mosaic {
    frame: Frame,
    /// Each tile with the column and row of its upper left cell.
    tiles: Vec<(Box<dyn Source>, usize, usize)>,
    block_rows: usize,
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
        let tiles =
            tiles.into_iter().zip(offsets).map(|(t, (c, r))| (t, (c - c0) as usize, (r - r0) as usize)).collect();
        Ok(Mosaic { frame, tiles, block_rows })
    }
}

impl Source for Mosaic {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn name(&self) -> String {
        match self.tiles.first() {
            Some((first, ..)) => format!("{} and {} more tiles", first.name(), self.tiles.len() - 1),
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
        for (tile, column, row) in &self.tiles {
            let frame = tile.frame();
            let (c0, c1) = (window.column.max(*column), (window.column + window.width).min(column + frame.width));
            let (r0, r1) = (window.row.max(*row), (window.row + window.height).min(row + frame.height));
            if c0 >= c1 || r0 >= r1 {
                continue;
            }
            let inner = Window { column: c0 - column, row: r0 - row, width: c1 - c0, height: r1 - r0 };
            part.clear();
            part.resize(inner.n_cells(), f64::NAN);
            tile.read(inner, &mut part)?;
            for (i, line) in part.chunks_exact(inner.width).enumerate() {
                let at = (r0 - window.row + i) * window.width + c0 - window.column;
                for (to, v) in into[at..at + inner.width].iter_mut().zip(line) {
                    if to.is_nan() {
                        *to = *v;
                    }
                }
            }
        }
        Ok(())
    }
}
