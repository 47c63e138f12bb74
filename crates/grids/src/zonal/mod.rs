//! Statistics of the cells of a grid within zones, each cell weighted by the share of it that is inside.
//!
//! A band of rows is read once for all zones; zones are measured side by side. Formulas and conventions are in
//! `docs/methods/zonal-statistics.md`; they are those of exactextract 0.3, so figures can be compared.

mod coverage;
mod gather;
mod statistic;

use geo::{Geometry, MultiPolygon};
use rayon::prelude::*;

pub use coverage::{Span, centres, exact};
pub use statistic::Statistic;

use crate::progress::step;
use crate::raster::{Source, Window};
use crate::{Fault, Progress};
use gather::Gathered;

/// Which cells belong to a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Each by the share of it that lies inside.
    Exact,
    /// Those whose centre lies inside, whole.
    Centre,
}

/// What was found in one zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// One answer for each statistic asked for; `None` where there is none (no cell with a value).
    pub values: Vec<Option<f64>>,
    /// Cells inside the zone and the grid, with or without a value, by their shares.
    pub covered: f64,
    /// Of these, the cells with a value: the statistic `count`.
    pub count: f64,
}

/// How many cells of a raster are in memory at once, 128 MB.
const BAND_CELLS: usize = 16 << 20;

/// The polygons of a shape; nothing for points and lines.
pub fn polygons(shape: Option<&Geometry<f64>>) -> MultiPolygon<f64> {
    match shape {
        Some(Geometry::Polygon(p)) => MultiPolygon::new(vec![p.clone()]),
        Some(Geometry::MultiPolygon(m)) => m.clone(),
        Some(Geometry::Rect(r)) => MultiPolygon::new(vec![r.to_polygon()]),
        Some(Geometry::GeometryCollection(all)) => {
            MultiPolygon::new(all.0.iter().flat_map(|g| polygons(Some(g)).0).collect())
        }
        _ => MultiPolygon::new(Vec::new()),
    }
}

/// The spans of all zones, measured side by side.
pub(crate) fn spans(zones: &[MultiPolygon<f64>], source: &dyn Source, rule: Rule) -> Vec<Vec<Span>> {
    let frame = source.frame();
    zones
        .par_iter()
        .map(|zone| match rule {
            Rule::Exact => exact(zone, frame),
            Rule::Centre => centres(zone, frame),
        })
        .collect()
}

/// Computes statistics of a raster within zones that are in its reference system.
///
/// Shape: one [`Zone`] for each polygon, in their order; a polygon outside the grid gives a count of 0 and no mean.
/// Weights have the grid of the values. Zones may overlap: each is computed alone.
/// Errors: weights that do not align; weighted statistics without weights; what the rasters say; a request to stop.
pub fn zonal(
    values: &dyn Source,
    weights: Option<&dyn Source>,
    zones: &[MultiPolygon<f64>],
    statistics: &[Statistic],
    rule: Rule,
    progress: &dyn Progress,
) -> Result<Vec<Zone>, Fault> {
    if let Some(weights) = weights {
        values.frame().same_as(weights.frame(), (&values.name(), &weights.name()))?;
    } else if let Some(s) = statistics.iter().find(|s| s.needs_weights()) {
        return Err(Fault::Value {
            name: "statistics".to_owned(),
            found: s.to_string(),
            wanted: "a statistic without weights, as no raster of weights is given".to_owned(),
        });
    }
    let spans = spans(zones, values, rule);
    let mut gathered: Vec<Gathered> = spans.iter().map(|_| Gathered::new(statistics)).collect();
    each_band(values, weights, &spans, &mut gathered, progress, |gathered, spans, band| gathered.take(spans, band))?;
    Ok(gathered.into_par_iter().map(|g| g.finish(statistics)).collect())
}

/// Rows of values and weights, for the part of the columns that any zone touches.
pub(crate) struct Band<'a> {
    pub window: Window,
    pub values: &'a [f64],
    pub weights: Option<&'a [f64]>,
}

impl Band<'_> {
    /// The cells of a span.
    pub fn cells(&self, span: &Span) -> std::ops::Range<usize> {
        let at = (span.row as usize - self.window.row) * self.window.width;
        at + span.start as usize - self.window.column..at + span.end as usize - self.window.column
    }
}

/// Reads what the zones touch, band by band, and calls for each zone with its spans in the band, zones side by side and the
/// bands of one zone in order.
pub(crate) fn each_band<T: Send>(
    values: &dyn Source,
    weights: Option<&dyn Source>,
    spans: &[Vec<Span>],
    into: &mut [T],
    progress: &dyn Progress,
    take: impl Fn(&mut T, &[Span], &Band<'_>) + Sync,
) -> Result<(), Fault> {
    let all = || spans.iter().flatten();
    let rows = |s: &[Span]| Some((s.first()?.row as usize, s.last()?.row as usize + 1));
    let Some(bottom) = spans.iter().filter_map(|s| rows(s)).map(|r| r.1).max() else { return Ok(()) };
    let top = spans.iter().filter_map(|s| rows(s)).map(|r| r.0).min().unwrap_or(0);
    let left = all().map(|s| s.start as usize).min().unwrap_or(0);
    let right = all().map(|s| s.end as usize).max().unwrap_or(0);
    let block = values.block_rows().max(1);
    let fit = (BAND_CELLS / (right - left)).max(1) / block * block;
    let rows_at_once = fit.max(block.min((BAND_CELLS * 4 / (right - left)).max(1)));
    let (mut from, mut buffer, mut weighed) = (top, Vec::new(), Vec::new());
    while from < bottom {
        step(progress, (from - top) as f64 / (bottom - top) as f64, "zones")?;
        let to = ((from / rows_at_once + 1) * rows_at_once).min(bottom);
        let window = Window { column: left, row: from, width: right - left, height: to - from };
        buffer.resize(window.n_cells(), f64::NAN);
        values.read(window, &mut buffer)?;
        if let Some(weights) = weights {
            weighed.resize(window.n_cells(), f64::NAN);
            weights.read(window, &mut weighed)?;
        }
        let band = Band { window, values: &buffer, weights: weights.map(|_| weighed.as_slice()) };
        into.par_iter_mut().zip(spans).for_each(|(into, spans)| {
            let first = spans.partition_point(|s| (s.row as usize) < from);
            let last = spans.partition_point(|s| (s.row as usize) < to);
            if first < last {
                take(into, &spans[first..last], &band);
            }
        });
        from = to;
    }
    step(progress, 1.0, "zones")
}
