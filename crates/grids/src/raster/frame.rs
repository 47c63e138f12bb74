//! Where a grid lies: its origin, the size of its cells, its extent in cells and its reference system.

use shapes::Crs;

use crate::Fault;

/// A grid of rectangular cells, north up, counted from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The left edge, in the unit of the reference system.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The width of a cell, positive.
    pub dx: f64,
    /// The height of a cell, positive.
    pub dy: f64,
    /// What the coordinates are.
    pub crs: Crs,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First column.
    pub column: usize,
    /// First row.
    pub row: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Window {
    /// How many cells.
    pub fn n_cells(&self) -> usize {
        self.width * self.height
    }
}

/// How far, in cells, two edges may lie apart and still be one. Files write origins with about ten digits.
const SLACK_CELLS: f64 = 1e-4;

impl Frame {
    /// How many cells.
    pub fn n_cells(&self) -> usize {
        self.width * self.height
    }

    /// All of it.
    pub fn whole(&self) -> Window {
        Window { column: 0, row: 0, width: self.width, height: self.height }
    }

    /// The area of a cell in the square of the unit: m² in metres, square degrees in degrees.
    pub fn cell_area(&self) -> f64 {
        self.dx * self.dy
    }

    /// The centre of a cell.
    pub fn centre(&self, row: usize, column: usize) -> (f64, f64) {
        (self.left + (column as f64 + 0.5) * self.dx, self.top - (row as f64 + 0.5) * self.dy)
    }

    /// The right edge.
    pub fn right(&self) -> f64 {
        self.left + self.width as f64 * self.dx
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.top - self.height as f64 * self.dy
    }

    /// Checks that this is a grid at all: cells, finite edges, a size that memory can count.
    pub fn check(&self, name: &str) -> Result<(), Fault> {
        let bad = |why: &str| Err(Fault::Grid { name: name.to_owned(), why: why.to_owned() });
        if self.width == 0 || self.height == 0 {
            return bad("the grid has no cells");
        }
        if self.width > i32::MAX as usize || self.height > i32::MAX as usize {
            return bad("the grid has more than 2 147 483 647 columns or rows");
        }
        if !(self.dx.is_finite() && self.dy.is_finite() && self.dx > 0.0 && self.dy > 0.0) {
            return bad("the size of a cell is not a positive number");
        }
        if ![self.left, self.top, self.right(), self.bottom()].iter().all(|v| v.is_finite()) {
            return bad("an edge of the grid is not a finite number");
        }
        Ok(())
    }

    /// Checks that another grid has the same cells as this one; else says which differ and by how much.
    pub fn same_as(&self, other: &Frame, names: (&str, &str)) -> Result<(), Fault> {
        match self.difference(other) {
            None => Ok(()),
            Some(difference) => {
                Err(Fault::Unaligned { first: names.0.to_owned(), second: names.1.to_owned(), difference })
            }
        }
    }

    fn difference(&self, other: &Frame) -> Option<String> {
        if let Some(d) = self.difference_of_cells(other) {
            return Some(d);
        }
        if (self.width, self.height) != (other.width, other.height) {
            return Some(format!("{} x {} cells against {} x {}", self.width, self.height, other.width, other.height));
        }
        let (dx, dy) = (other.left - self.left, other.top - self.top);
        if dx.abs() > SLACK_CELLS * self.dx || dy.abs() > SLACK_CELLS * self.dy {
            return Some(format!(
                "the origin of the second lies {dx} to the east and {dy} to the north ({} and {} cells)",
                dx / self.dx,
                dy / self.dy
            ));
        }
        None
    }

    /// What differs in reference system and size of cells.
    pub(crate) fn difference_of_cells(&self, other: &Frame) -> Option<String> {
        if self.crs != other.crs {
            return Some(format!("their reference systems are {} and {}", self.crs, other.crs));
        }
        // The error of the size adds up over the grid, so it is compared over the whole grid.
        let over = (self.width.max(other.width).max(self.height).max(other.height)) as f64;
        if (self.dx - other.dx).abs() * over > SLACK_CELLS * self.dx * 10.0
            || (self.dy - other.dy).abs() * over > SLACK_CELLS * self.dy * 10.0
        {
            return Some(format!("their cells are {} x {} and {} x {} large", self.dx, self.dy, other.dx, other.dy));
        }
        None
    }

    /// By how many columns and rows another grid of the same cells lies right of and below this one; `Err` is the part of a
    /// cell by which it misses the grid.
    pub(crate) fn offset_of(&self, other: &Frame) -> Result<(i64, i64), (f64, f64)> {
        let (c, r) = ((other.left - self.left) / self.dx, (self.top - other.top) / self.dy);
        let (cr, rr) = (c.round(), r.round());
        let slack = SLACK_CELLS * 10.0;
        if (c - cr).abs() > slack || (r - rr).abs() > slack || cr.abs() > 1e12 || rr.abs() > 1e12 {
            return Err((c - cr, r - rr));
        }
        Ok((cr as i64, rr as i64))
    }
}
