//! Built-up land by year, from rasters whose value is the first year in which a cell was built.

use geo::MultiPolygon;

use crate::raster::Source;
use crate::zonal::{Rule, each_band, spans};
use crate::{Fault, Progress};

/// The area that was built by each of some years, in each zone: one row for each zone, in the square of the grid's unit (m²).
///
/// A cell counts from the year that is its value; missing cells were never built. Areas only grow with the year.
/// Errors: what the raster says; a request to stop.
pub fn built_by_year(
    first_year: &dyn Source,
    zones: &[MultiPolygon<f64>],
    years: &[f64],
    rule: Rule,
    progress: &dyn Progress,
) -> Result<Vec<Vec<f64>>, Fault> {
    let spans = spans(zones, first_year, rule);
    let mut sums = vec![vec![0.0; years.len()]; zones.len()];
    each_band(first_year, None, &spans, &mut sums, progress, |sums, spans, band| {
        for span in spans {
            for v in &band.values[band.cells(span)] {
                for (sum, year) in sums.iter_mut().zip(years) {
                    *sum += if v <= year { span.share } else { 0.0 };
                }
            }
        }
    })?;
    let area = first_year.frame().cell_area();
    sums.iter_mut().flatten().for_each(|s| *s *= area);
    Ok(sums)
}
