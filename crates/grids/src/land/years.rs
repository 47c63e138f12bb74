//! Built-up land by year, from rasters whose value is the first year in which a cell was built.

use geo::MultiPolygon;

use crate::degurba::cell_km2;
use crate::raster::Source;
use crate::zonal::{Rule, each_band, spans};
use crate::{Fault, Progress};

/// What was built in a zone.
#[derive(Debug, Clone, PartialEq)]
pub struct BuiltByYear {
    /// The area that was built by each of the years asked for, m².
    pub areas: Vec<f64>,
    /// How much of the zone cells cover, in cells.
    pub covered: f64,
    /// How much of it cells with a value cover, in cells: missing cells were never built.
    pub known: f64,
    /// The least value of a cell; infinite without any.
    pub least: f64,
}

/// The area that was built by each of some years, in each zone: one row for each zone. On a grid in degrees the area of a cell is
/// that on the ellipsoid.
///
/// A cell counts from the year that is its value; missing cells were never built. Areas only grow with the year.
/// Errors: what the raster says; a request to stop.
pub fn built_by_year(
    first_year: &dyn Source,
    zones: &[MultiPolygon<f64>],
    years: &[f64],
    rule: Rule,
    progress: &dyn Progress,
) -> Result<Vec<BuiltByYear>, Fault> {
    let spans = spans(zones, first_year, rule);
    let none = BuiltByYear { areas: vec![0.0; years.len()], covered: 0.0, known: 0.0, least: f64::INFINITY };
    let mut found = vec![none; zones.len()];
    let frame = first_year.frame();
    let is_geographic = frame.crs.is_geographic();
    each_band(first_year, None, &spans, &mut found, progress, |of, spans, band| {
        for span in spans {
            let area = if is_geographic { span.share * cell_km2(frame, span.row as usize) * 1e6 } else { span.share };
            let values = &band.values[band.cells(span)];
            of.covered += span.share * values.len() as f64;
            for v in values.iter().filter(|v| !v.is_nan()) {
                of.known += span.share;
                of.least = of.least.min(*v);
                for (sum, year) in of.areas.iter_mut().zip(years) {
                    *sum += if v <= year { area } else { 0.0 };
                }
            }
        }
    })?;
    if !is_geographic {
        let area = frame.cell_area();
        found.iter_mut().flat_map(|of| &mut of.areas).for_each(|sum| *sum *= area);
    }
    Ok(found)
}
