//! Built-up land and people at two dates, as rasters: what growth and the rates of land both start from.

use std::path::PathBuf;

use diag::Diagnostic;

use super::codes::GEO005;
use crate::error::AppError;

/// Rasters of built-up land and of people at two dates; each raster may be given as several tiles.
#[derive(Clone, Debug, Default)]
pub struct TwoDates {
    /// Built-up surface at the first and the second date.
    pub built: (Vec<PathBuf>, Vec<PathBuf>),
    /// The first year in which each cell was built, in place of surfaces.
    pub built_year: Vec<PathBuf>,
    /// The two years, where it is given.
    pub between: Option<(f64, f64)>,
    /// Population at the first and the second date; none for land alone.
    pub population: (Vec<PathBuf>, Vec<PathBuf>),
    /// Years between the dates, where surfaces are given.
    pub years: Option<f64>,
}

/// Rasters at the first and at the second date.
pub(super) type AtBoth<'a> = (&'a [PathBuf], &'a [PathBuf]);

/// How it is said what is built.
#[derive(Clone, Copy, Debug)]
pub(super) enum Built<'a> {
    /// A surface at each date.
    Surfaces(&'a [PathBuf], &'a [PathBuf]),
    /// The first year in which each cell was built, and the two years.
    FirstYear(&'a [PathBuf], [f64; 2]),
}

impl<'a> Built<'a> {
    /// A raster that covers what is looked at.
    pub fn one(self) -> &'a [PathBuf] {
        match self {
            Built::Surfaces(first, _) | Built::FirstYear(first, _) => first,
        }
    }
}

impl TwoDates {
    /// What is built, and the years between the dates.
    ///
    /// Errors: neither two surfaces with the years between them nor a raster of years with two of them.
    pub(super) fn built(&self) -> Result<(Built<'_>, f64), AppError> {
        let (before, after) = &self.built;
        match (self.built_year.is_empty(), self.between, self.years) {
            (false, Some((since, until)), _) => Ok((Built::FirstYear(&self.built_year, [since, until]), until - since)),
            (true, _, Some(years)) if !before.is_empty() && !after.is_empty() => {
                Ok((Built::Surfaces(before, after), years))
            }
            _ => Err(wanted("--built --built-later --years | --built-year --since --until")),
        }
    }

    /// The people at both dates, where they are given.
    ///
    /// Errors: people at one date only.
    pub(super) fn people(&self) -> Result<Option<AtBoth<'_>>, AppError> {
        let (before, after) = &self.population;
        match (before.is_empty(), after.is_empty()) {
            (true, true) => Ok(None),
            (false, false) => Ok(Some((before, after))),
            _ => Err(wanted("--population --population-later")),
        }
    }
}

fn wanted(detail: &str) -> AppError {
    AppError::Refused(vec![Diagnostic::new(&GEO005).arg("detail", detail)])
}
