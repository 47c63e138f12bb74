//! What a city's growth is made of, its urban extent and its densities at two dates, from rasters of built-up land.

use std::collections::HashMap;
use std::path::PathBuf;

use geo::MultiPolygon;
use serde::Serialize;
use shapes::{Crs, Layer};

use super::masks::Masks;
use super::{Notice, crossed, field, key_of, none_below_zero, shapes_of, swapped};
use crate::degurba::AreaUnit;
use crate::land::{Extent, UrbanClass, UrbanExtent, growth, urban_extent};
use crate::progress::step;
use crate::raster::{Frame, Window, open};
use crate::zonal::{Rule, Span, Statistic, spans, zonal};
use crate::{Fault, Progress};

/// Cells of the piece of a grid that one city may take, with what lies around it.
const MOST_CELLS: usize = 200_000_000;

/// Where it says which cells are built at two dates.
#[derive(Debug, Clone, Copy)]
pub enum BuiltCells<'a> {
    /// Built-up surface by cell at each date; a cell is built from a share of its area on.
    Surfaces {
        /// At the first date.
        before: &'a [PathBuf],
        /// At the second date.
        after: &'a [PathBuf],
        /// What the numbers are.
        unit: AreaUnit,
        /// The share, above 0 to 1.
        least: f64,
    },
    /// The first year in which each cell was built, and two years.
    FirstYear {
        /// The raster.
        raster: &'a [PathBuf],
        /// The years.
        years: [f64; 2],
    },
}

/// How growth is told apart.
#[derive(Debug, Clone, Copy)]
pub struct GrowthRule {
    /// Years between the two dates.
    pub years: f64,
    /// Cells around a patch that are looked at.
    pub buffer: usize,
    /// At or below this index a patch leaps over open land.
    pub leapfrog_lei: f64,
    /// The rule of the urban extent.
    pub extent: Extent,
}

/// Kinds of growth, in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Kinds<T> {
    /// Patches with more than half of their surroundings built.
    pub infill: T,
    /// Patches at the edge.
    pub extension: T,
    /// Patches away from what was built.
    pub leapfrog: T,
}

impl<T: Copy> Kinds<T> {
    fn of([infill, extension, leapfrog]: [T; 3]) -> Kinds<T> {
        Kinds { infill, extension, leapfrog }
    }
}

/// The urban extent of a city at one date.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct ExtentAt {
    /// Built cells in surroundings more than half built, km².
    pub urban_km2: f64,
    /// Built cells in surroundings built by 25 to 50 percent, km².
    pub suburban_km2: f64,
    /// Other built cells, km².
    pub rural_km2: f64,
    /// Open cells near urban and suburban ones, km².
    pub fringe_km2: f64,
    /// Small open patches that these enclose, km².
    pub captured_km2: f64,
    /// All of these but the rural ones, km².
    pub extent_km2: f64,
    /// Built share of the extent. `None` without an extent.
    pub saturation: Option<f64>,
    /// Mean over the built cells of the extent of the open share of the disc around each (Angel, Parent and Civco 2012,
    /// doi 10.1068/b36063t). `None` without an extent.
    pub openness: Option<f64>,
}

/// The growth of one city.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GrowthRow {
    /// The city.
    pub key: String,
    /// Built cells at each date, km².
    pub built_km2: [f64; 2],
    /// Newly built cells, km².
    pub new_km2: Kinds<f64>,
    /// Patches of new cells.
    pub patches: Kinds<u64>,
    /// Cells given back, km².
    pub lost_km2: f64,
    /// Settlements that the city swallowed: built at the first date, outside of its limits then, km². `None` where the limits of
    /// the first date are not known.
    pub included_km2: Option<f64>,
    /// What each kind adds to the linear land consumption rate, a year; `None` where nothing was built at the start.
    pub lcr_parts: Option<Kinds<f64>>,
    /// What losses take from it.
    pub lcr_lost: Option<f64>,
    /// The urban extent at each date. `None` where cells are too large for it.
    pub extent: Option<[ExtentAt; 2]>,
    /// People at each date, where they were asked for.
    pub people: Option<[f64; 2]>,
}

impl GrowthRow {
    /// People by km² of built cells at each date. `None` where nothing is built, or people are not known.
    pub fn densities(&self) -> [Option<f64>; 2] {
        [0, 1].map(|at| self.people.filter(|_| self.built_km2[at] > 0.0).map(|people| people[at] / self.built_km2[at]))
    }

    /// By how much density changes, ln(d₂ / d₁) / t: above 0 the city densifies, below it thins out.
    pub fn density_rate(&self, years: f64) -> Option<f64> {
        let [Some(first), Some(second)] = self.densities() else { return None };
        (first > 0.0 && second > 0.0 && years > 0.0).then(|| (second / first).ln() / years)
    }
}

/// All cities.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GrowthTable {
    /// The cities, in their order.
    pub rows: Vec<GrowthRow>,
    /// What a reader must be told.
    pub warnings: Vec<Notice>,
}

/// Growth of the polygons of a layer. A cell belongs to a city by its centre.
///
/// `before` are the limits of the first date, with the same attribute `key`; `people` rasters of persons by cell at both dates.
/// Errors: grids that are not in metres or do not align; an unknown attribute; years that do not follow; a city of more cells
/// than memory should hold.
pub fn growth_from_grids(
    built: BuiltCells<'_>,
    people: Option<(&[PathBuf], &[PathBuf])>,
    (zones, before): (&Layer, Option<&Layer>),
    key: Option<&str>,
    rule: GrowthRule,
    progress: &dyn Progress,
) -> Result<GrowthTable, Fault> {
    if !(rule.years > 0.0 && rule.years.is_finite()) {
        return Err(Fault::Value {
            name: "years".to_owned(),
            found: rule.years.to_string(),
            wanted: "a number of years above 0 between the two dates".to_owned(),
        });
    }
    let key_at = field(zones, key)?;
    let former_key = before.map_or(Ok(None), |layer| field(layer, key))?;
    before.map_or(Ok(()), |layer| unlike(layer, former_key))?;
    let masks = Masks::open(built)?;
    let frame = masks.frame();
    if matches!(frame.crs, Crs::Wgs84) || (frame.dx - frame.dy).abs() > 1e-9 * frame.dx {
        return Err(Fault::Projection {
            name: masks.name(),
            crs: format!("{}, cells of {} by {}", frame.crs, frame.dx, frame.dy),
            wanted: "growth is told apart in square cells of metres; warp the raster to an equal-area projection",
        });
    }
    let layers = [Some((zones, key_at)), before.map(|layer| (layer, former_key))];
    let crossings = layers.into_iter().flatten().filter_map(|(layer, key)| crossed(layer, key));
    let mut warnings: Vec<Notice> = crossings.collect();
    // With fewer than two cells from the middle of the disc to its rim, a disc says nothing of surroundings.
    let with_extent = rule.extent.radius_m >= 2.0 * frame.dx;
    if !with_extent {
        warnings.push(Notice::CellsTooLarge { side_m: frame.dx, radius_m: rule.extent.radius_m });
    }
    let shapes = shapes_of(zones, frame)?;
    warnings.extend(swapped(zones, &shapes, frame));
    let former = match (before, former_key) {
        (Some(layer), key) => Some((layer, key, shapes_of(layer, frame)?)),
        _ => None,
    };
    let inside = spans(&shapes, masks.source(), Rule::Centre);
    let people = match people {
        None => None,
        Some((first, second)) => {
            Some([people_of(first, (zones, key_at), progress)?, people_of(second, (zones, key_at), progress)?])
        }
    };
    let mut rows = Vec::with_capacity(shapes.len());
    let mut n_empty = 0;
    for (at, feature) in zones.features.iter().enumerate() {
        step(progress, at as f64 / shapes.len() as f64, "growth")?;
        let name = key_of(feature, key_at);
        let former = former.as_ref().and_then(|(layer, key, shapes)| {
            let is_same =
                |f: &shapes::Feature| if key.is_some() { key_of(f, *key) == name } else { f.id == feature.id };
            let same = layer.features.iter().zip(shapes).filter(|(f, _)| is_same(f));
            let all: Vec<MultiPolygon<f64>> = same.map(|(_, shape)| shape.clone()).collect();
            (!all.is_empty()).then(|| spans(&all, masks.source(), Rule::Centre).concat())
        });
        n_empty += usize::from(inside[at].is_empty());
        let people = people.as_ref().map(|[first, second]| [first[at], second[at]]);
        rows.push(city(&masks, (&inside[at], former.as_deref()), name, people, (rule, with_extent))?);
    }
    if n_empty > 0 {
        warnings.push(Notice::ZonesWithoutCentre { n: n_empty });
    }
    Ok(GrowthTable { rows, warnings })
}

/// Refuses limits of the first date of which two are of one city: nobody said which of them counts.
fn unlike(before: &Layer, key: Option<usize>) -> Result<(), Fault> {
    let mut seen = HashMap::new();
    for (at, feature) in before.features.iter().enumerate() {
        let name = key_of(feature, key);
        if let Some(first) = seen.insert(name.clone(), at) {
            let place = format!("features {} and {}", first + 1, at + 1);
            let why = format!("both are limits of {name} at the first date; merge them to one, or take one out");
            return Err(Fault::Table { name: before.name.clone(), place, why });
        }
    }
    Ok(())
}

/// People of each zone, cells by the share inside.
fn people_of(
    paths: &[PathBuf],
    (zones, key): (&Layer, Option<usize>),
    progress: &dyn Progress,
) -> Result<Vec<f64>, Fault> {
    let raster = open(paths)?;
    let shapes = shapes_of(zones, raster.frame())?;
    let found = zonal(raster.as_ref(), None, &shapes, &[Statistic::Sum, Statistic::Min], Rule::Exact, progress)?;
    none_below_zero(zones, key, &raster.name(), found.iter().map(|zone| zone.values[1]))?;
    Ok(found.into_iter().map(|zone| zone.values[0].unwrap_or(0.0)).collect())
}

/// The growth of one city.
fn city(
    masks: &Masks,
    (inside, former): (&[Span], Option<&[Span]>),
    key: String,
    people: Option<[f64; 2]>,
    (rule, with_extent): (GrowthRule, bool),
) -> Result<GrowthRow, Fault> {
    let frame = masks.frame();
    let km2 = frame.cell_area() / 1e6;
    let none = GrowthRow {
        key,
        built_km2: [0.0; 2],
        new_km2: Kinds::default(),
        patches: Kinds::default(),
        lost_km2: 0.0,
        included_km2: former.map(|_| 0.0),
        lcr_parts: None,
        lcr_lost: None,
        extent: None,
        people,
    };
    let around = rule.extent.radius_m.max(rule.extent.fringe_m).max(rule.extent.captured_m2.sqrt());
    let mut margin = rule.buffer.max(if with_extent { (around / frame.dx).ceil() as usize } else { 0 });
    let Some(mut window) = window_around(inside, frame, margin) else { return Ok(none) };
    // What is enclosed must be seen whole: the piece grows while an open patch of the city reaches its edge.
    let ([before, after], extents) = loop {
        if window.n_cells() > MOST_CELLS {
            return Err(Fault::TooLarge {
                path: masks.name(),
                what: format!("the piece of the grid around {}", none.key),
                bytes: window.n_cells() as u64 * 8,
                limit: MOST_CELLS as u64 * 8,
            });
        }
        let built = masks.read(window)?;
        if !with_extent {
            break (built, None);
        }
        let of = |built: &[bool]| urban_extent(built, window.width, frame.dx, rule.extent);
        let extents = [of(&built[0])?, of(&built[1])?];
        margin *= 2;
        let larger = window_around(inside, frame, margin).filter(|larger| *larger != window);
        let here = marked(inside, window);
        match larger.filter(|larger| larger.n_cells() <= MOST_CELLS) {
            Some(larger) if extents.iter().flat_map(|of| &of.cut_off).any(|cell| here[*cell]) => window = larger,
            _ => break (built, Some(extents)),
        }
    };
    let here = marked(inside, window);
    let found = growth((&before, &after), &here, window.width, rule.buffer, rule.leapfrog_lei)?;
    let mut patches = [0u64; 3];
    found.patches.iter().for_each(|patch| patches[patch.kind as usize] += 1);
    let included = former.map(|former| {
        let was = marked(former, window);
        here.iter().zip(&was).zip(&before).filter(|((here, was), built)| **here && !**was && **built).count()
    });
    let extent = extents.map(|extents| extents.map(|found| extent_at(&found, &here, frame.dx)));
    let parts = found.lcr_parts(rule.years);
    Ok(GrowthRow {
        built_km2: [found.cells_before, found.cells_after].map(|n| n as f64 * km2),
        new_km2: Kinds::of(found.new_cells.map(|n| n as f64 * km2)),
        patches: Kinds::of(patches),
        lost_km2: found.lost_cells as f64 * km2,
        included_km2: included.map(|n| n as f64 * km2),
        lcr_parts: parts.map(|[infill, extension, leapfrog, _]| Kinds { infill, extension, leapfrog }),
        lcr_lost: parts.map(|parts| parts[3]),
        extent,
        ..none
    })
}

fn extent_at(found: &UrbanExtent, here: &[bool], cell_m: f64) -> ExtentAt {
    let km2 = cell_m * cell_m / 1e6;
    let mut of = ExtentAt::default();
    let (mut n_built, mut open) = (0u64, 0.0);
    let cells = found.classes.iter().zip(&found.built_around).zip(here).filter(|(_, here)| **here);
    for ((class, built_around), _) in cells {
        let area = match class {
            UrbanClass::Urban => &mut of.urban_km2,
            UrbanClass::Suburban => &mut of.suburban_km2,
            UrbanClass::Rural => &mut of.rural_km2,
            UrbanClass::Fringe => &mut of.fringe_km2,
            UrbanClass::Captured => &mut of.captured_km2,
            UrbanClass::Open => continue,
        };
        *area += km2;
        if class.is_extent() {
            of.extent_km2 += km2;
        }
        if matches!(class, UrbanClass::Urban | UrbanClass::Suburban) {
            n_built += 1;
            open += 1.0 - built_around;
        }
    }
    of.saturation = (of.extent_km2 > 0.0).then(|| (of.urban_km2 + of.suburban_km2) / of.extent_km2);
    of.openness = (n_built > 0).then(|| open / n_built as f64);
    of
}

/// The window of a grid around some cells, with a margin where the grid goes on.
fn window_around(spans: &[Span], frame: &Frame, margin: usize) -> Option<Window> {
    let top = spans.iter().map(|s| s.row).min()? as usize;
    let bottom = spans.iter().map(|s| s.row).max()? as usize + 1;
    let left = spans.iter().map(|s| s.start).min()? as usize;
    let right = spans.iter().map(|s| s.end).max()? as usize;
    let (row, column) = (top.saturating_sub(margin), left.saturating_sub(margin));
    let width = (right + margin).min(frame.width) - column;
    let height = (bottom + margin).min(frame.height) - row;
    Some(Window { column, row, width, height })
}

/// The cells of a window that lie in spans.
fn marked(spans: &[Span], window: Window) -> Vec<bool> {
    let mut cells = vec![false; window.n_cells()];
    let columns = window.column..window.column + window.width;
    for span in spans {
        let row = span.row as usize;
        if !(window.row..window.row + window.height).contains(&row) {
            continue;
        }
        let from = (span.start as usize).clamp(columns.start, columns.end) - window.column;
        let to = (span.end as usize).clamp(columns.start, columns.end) - window.column;
        let line = (row - window.row) * window.width;
        cells[line + from..line + to].fill(true);
    }
    cells
}
