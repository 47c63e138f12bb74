//! The share of zones that some classes of a land cover take, or values from a threshold on: green areas above all.

use std::path::PathBuf;

use serde::Serialize;
use shapes::Layer;

use super::{Notice, crossed, field, key_of, none_below_zero, shapes_of, swapped};
use crate::degurba::cell_km2;
use crate::raster::open;
use crate::zonal::{Rule, Statistic, each_band, spans, zonal};
use crate::{Fault, Progress};

/// Which cells are covered.
#[derive(Debug, Clone, PartialEq)]
pub enum Cover {
    /// Those of some classes.
    Classes(Vec<f64>),
    /// Those with this value or more, as of a vegetation index.
    From(f64),
}

impl Cover {
    fn holds(&self, value: f64) -> bool {
        match self {
            Cover::Classes(classes) => classes.contains(&value),
            Cover::From(least) => value >= *least,
        }
    }
}

/// One zone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverRow {
    /// The zone.
    pub key: String,
    /// Its area on the grid, km²; cells by the share inside.
    pub area_km2: f64,
    /// The part of it whose cells have a value, 0 to 1.
    pub known: f64,
    /// The covered area, km².
    pub cover_km2: f64,
    /// Covered share of what has a value. `None` where nothing has.
    pub share: Option<f64>,
    /// People, where they were asked for.
    pub people: Option<f64>,
    /// Covered square metres by person. `None` without people.
    pub m2_per_person: Option<f64>,
}

/// All zones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverTable {
    /// The zones, in their order.
    pub rows: Vec<CoverRow>,
    /// What a reader must be told.
    pub warnings: Vec<Notice>,
}

/// Below this part of a zone with values, the share is of too little of it.
const LEAST_KNOWN: f64 = 0.9;

/// Covered land of the polygons of a layer. Cells count by the share inside, and by their own area on geographic grids.
///
/// Errors: no class; an unknown attribute; what the rasters say; a request to stop.
pub fn cover_files(
    raster: &[PathBuf],
    cover: &Cover,
    zones: &Layer,
    key: Option<&str>,
    people: Option<&[PathBuf]>,
    progress: &dyn Progress,
) -> Result<CoverTable, Fault> {
    if matches!(cover, Cover::Classes(classes) if classes.is_empty()) {
        return Err(Fault::Value {
            name: "classes".to_owned(),
            found: "none".to_owned(),
            wanted: "one class of the raster or more".to_owned(),
        });
    }
    let numbers = match cover {
        Cover::Classes(classes) => classes.as_slice(),
        Cover::From(least) => std::slice::from_ref(least),
    };
    if let Some(found) = numbers.iter().find(|n| !n.is_finite()) {
        let (name, wanted) = ("classes or threshold".to_owned(), "a number".to_owned());
        return Err(Fault::Value { name, found: found.to_string(), wanted });
    }
    let key_at = field(zones, key)?;
    let source = open(raster)?;
    let frame = source.frame();
    let shapes = shapes_of(zones, frame)?;
    let spans = spans(&shapes, source.as_ref(), Rule::Exact);
    // Area, area with a value, covered area: km².
    let mut sums = vec![[0.0f64; 3]; shapes.len()];
    let part = |share: f64, stage: &str| progress.proceed(if people.is_some() { share / 2.0 } else { share }, stage);
    each_band(source.as_ref(), None, &spans, &mut sums, &part, |sums, spans, band| {
        for span in spans {
            let km2 = cell_km2(frame, span.row as usize) * span.share;
            let values = &band.values[band.cells(span)];
            let known = values.iter().filter(|v| !v.is_nan()).count();
            let covered = values.iter().filter(|v| cover.holds(**v)).count();
            for (sum, n) in sums.iter_mut().zip([values.len(), known, covered]) {
                *sum += km2 * n as f64;
            }
        }
    })?;
    let people = match people {
        None => None,
        Some(paths) => {
            let raster = open(paths)?;
            let shapes = shapes_of(zones, raster.frame())?;
            let part = |share: f64, stage: &str| progress.proceed(0.5 + share / 2.0, stage);
            let found = zonal(raster.as_ref(), None, &shapes, &[Statistic::Sum, Statistic::Min], Rule::Exact, &part)?;
            none_below_zero(zones, key_at, &raster.name(), found.iter().map(|zone| zone.values[1]))?;
            Some(found.into_iter().map(|zone| zone.values[0].unwrap_or(0.0)).collect::<Vec<f64>>())
        }
    };
    let row = |(at, [area, known, covered]): (usize, &[f64; 3])| {
        let people = people.as_ref().map(|people| people[at]);
        CoverRow {
            key: key_of(&zones.features[at], key_at),
            area_km2: *area,
            known: if *area > 0.0 { known / area } else { 0.0 },
            cover_km2: *covered,
            share: (*known > 0.0).then(|| covered / known),
            people,
            m2_per_person: people.filter(|n| *n > 0.0).map(|n| covered * 1e6 / n),
        }
    };
    let rows: Vec<CoverRow> = sums.iter().enumerate().map(row).collect();
    let mut warnings = Vec::from_iter(crossed(zones, key_at));
    warnings.extend(swapped(zones, &shapes, frame));
    let outside = rows.iter().filter(|row| row.area_km2 == 0.0).count();
    if outside > 0 {
        warnings.push(Notice::ZonesOutside { n: outside, all: rows.len(), by_centre: false });
    }
    let thin = rows.iter().filter(|row| row.area_km2 > 0.0 && row.known < LEAST_KNOWN).count();
    if thin > 0 {
        warnings.push(Notice::ZonesThin { n: thin });
    }
    if rows.iter().all(|row| row.cover_km2 == 0.0) && !rows.is_empty() {
        warnings.push(Notice::NothingCovered);
    }
    Ok(CoverTable { rows, warnings })
}
