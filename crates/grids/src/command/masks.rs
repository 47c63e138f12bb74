//! Which cells are built at two dates, from surfaces at each or from the year in which each was built.

use super::growth::BuiltCells;
use crate::Fault;
use crate::degurba::{AreaUnit, SLACK};
use crate::fault::Holds;
use crate::raster::{Frame, Source, Window, open};

/// The built cells of two dates, by windows.
pub(super) struct Masks {
    sources: Vec<Box<dyn Source>>,
    rule: MaskRule,
}

enum MaskRule {
    /// From the one number on a cell is built; the other is all that it can have.
    Least { least: f64, most: f64 },
    /// Built by each of two years.
    Years([f64; 2]),
}

impl Masks {
    pub fn open(built: BuiltCells<'_>) -> Result<Masks, Fault> {
        match built {
            BuiltCells::Surfaces { before, after, unit, least } => {
                if !(least > 0.0 && least <= 1.0) {
                    return Err(Fault::Value {
                        name: "share of a built cell".to_owned(),
                        found: least.to_string(),
                        wanted: "above 0, at most 1".to_owned(),
                    });
                }
                let sources = vec![open(before)?, open(after)?];
                let [first, second] = [&sources[0], &sources[1]];
                first.frame().same_as(second.frame(), (&first.name(), &second.name()))?;
                let most = match unit {
                    AreaUnit::Share => 1.0,
                    AreaUnit::SquareMetres => first.frame().cell_area(),
                };
                Ok(Masks { sources, rule: MaskRule::Least { least: least * most, most } })
            }
            BuiltCells::FirstYear { raster, years } => {
                Ok(Masks { sources: vec![open(raster)?], rule: MaskRule::Years(years) })
            }
        }
    }

    pub fn source(&self) -> &dyn Source {
        self.sources[0].as_ref()
    }

    pub fn frame(&self) -> &Frame {
        self.source().frame()
    }

    pub fn name(&self) -> String {
        self.source().name()
    }

    /// Which cells of a window are built at each date. What is missing is not built.
    ///
    /// Errors: a surface below zero or larger than its cell; what the rasters say.
    pub fn read(&self, window: Window) -> Result<[Vec<bool>; 2], Fault> {
        let mut values = vec![f64::NAN; window.n_cells()];
        let mut mask = |source: &dyn Source, most: f64, is: &dyn Fn(f64) -> bool| {
            source.read(window, &mut values)?;
            // A code for missing cells that the file does not name is no year and no surface.
            if let Some(at) = values.iter().position(|v| *v < 0.0 || *v > most * SLACK) {
                let (row, column) = (window.row + at / window.width, window.column + at % window.width);
                let (name, found) = (source.name(), values[at]);
                return Err(Fault::Implausible { name, holds: Holds::Built, found, most, row, column });
            }
            // No number is missing and below another, or above.
            Ok::<_, Fault>(values.iter().map(|v| is(*v)).collect::<Vec<bool>>())
        };
        match self.rule {
            MaskRule::Least { least, most } => {
                let is = |v: f64| v >= least;
                Ok([mask(self.sources[0].as_ref(), most, &is)?, mask(self.sources[1].as_ref(), most, &is)?])
            }
            MaskRule::Years([first, second]) => {
                let source = self.sources[0].as_ref();
                let any = f64::INFINITY;
                Ok([mask(source, any, &|v| v <= first)?, mask(source, any, &|v| v <= second)?])
            }
        }
    }
}
