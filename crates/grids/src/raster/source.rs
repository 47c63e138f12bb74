//! What every computation reads from: something with a frame that hands out windows of numbers.

use std::path::Path;

use super::{Frame, Mosaic, Raster, Window};
use crate::Fault;

/// A grid of numbers that is read by windows. Missing cells are NaN, and nothing else is.
pub trait Source: Sync {
    /// Where it lies.
    fn frame(&self) -> &Frame;

    /// What a person calls it, for messages.
    fn name(&self) -> String;

    /// How many rows are cheapest to read at once, from row 0.
    fn block_rows(&self) -> usize;

    /// Reads a window that lies inside the frame, row by row, into a slice of exactly its size.
    fn read(&self, window: Window, into: &mut [f64]) -> Result<(), Fault>;

    /// The cells themselves, row by row, where they are in memory anyway.
    fn in_memory(&self) -> Option<&[f64]> {
        None
    }
}

/// A grid in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Where it lies.
    pub frame: Frame,
    /// One number for each cell, row by row from the upper left; NaN where missing.
    pub values: Vec<f64>,
}

impl Grid {
    /// A grid from its numbers.
    ///
    /// Errors: a frame that is none, or another number of values than cells.
    pub fn new(frame: Frame, values: Vec<f64>) -> Result<Grid, Fault> {
        frame.check("grid")?;
        if frame.n_cells() != values.len() {
            return Err(Fault::Grid {
                name: "grid".to_owned(),
                why: format!("{} values for {} cells", values.len(), frame.n_cells()),
            });
        }
        Ok(Grid { frame, values })
    }

    /// All of a source, in memory. Refuses more than `limit_cells`.
    pub fn read(source: &dyn Source, limit_cells: usize) -> Result<Grid, Fault> {
        let frame = source.frame().clone();
        let n = frame.width.checked_mul(frame.height).filter(|n| *n <= limit_cells).ok_or_else(|| Fault::TooLarge {
            path: source.name(),
            what: "the grid in memory".to_owned(),
            bytes: (frame.width as u64).saturating_mul(frame.height as u64).saturating_mul(8),
            limit: limit_cells as u64 * 8,
        })?;
        let mut values = vec![f64::NAN; n];
        source.read(frame.whole(), &mut values)?;
        Ok(Grid { frame, values })
    }
}

impl Source for Grid {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn name(&self) -> String {
        "grid in memory".to_owned()
    }

    fn block_rows(&self) -> usize {
        1
    }

    fn read(&self, window: Window, into: &mut [f64]) -> Result<(), Fault> {
        check_window(self, window, into.len())?;
        for (i, row) in into.chunks_exact_mut(window.width).enumerate() {
            let start = (window.row + i) * self.frame.width + window.column;
            row.copy_from_slice(&self.values[start..start + window.width]);
        }
        Ok(())
    }

    fn in_memory(&self) -> Option<&[f64]> {
        Some(&self.values)
    }
}

/// Refuses a window that reaches out of the grid, or a slice of another size.
pub(crate) fn check_window(source: &dyn Source, w: Window, len: usize) -> Result<(), Fault> {
    let frame = source.frame();
    let inside = w.column.checked_add(w.width).is_some_and(|c| c <= frame.width)
        && w.row.checked_add(w.height).is_some_and(|r| r <= frame.height);
    if inside && w.n_cells() == len && len > 0 {
        return Ok(());
    }
    Err(Fault::Grid {
        name: source.name(),
        why: format!(
            "columns {} + {}, rows {} + {} are not a window of {} x {} cells",
            w.column, w.width, w.row, w.height, frame.width, frame.height
        ),
    })
}

/// Opens one file, or several tiles as one grid.
pub fn open<P: AsRef<Path>>(paths: &[P]) -> Result<Box<dyn Source>, Fault> {
    match paths {
        [] => Err(Fault::Grid { name: "grid".to_owned(), why: "no file is named".to_owned() }),
        [one] => Ok(Box::new(Raster::open(one.as_ref())?)),
        many => Ok(Box::new(Mosaic::open(many)?)),
    }
}
