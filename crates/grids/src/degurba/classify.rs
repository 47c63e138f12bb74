//! Classes of level 1 and level 2 from the clusters of a grid. What both levels need is found once.

use std::sync::Arc;

use rayon::prelude::*;

use super::buffer::{touched, union};
use super::cells::{Cells, DUC, LDR, Layers, OUTSIDE, RC, SDUC, SURB, UC, UCL, WATER, cell_km2, fixed};
use super::centres::urban_centres;
use super::labels::LabelledRuns;
use super::options::{BuiltThreshold, Connectivity, Options};
use super::people::People;
use super::runs::{Components, Run, Runs};
use super::threshold::{Optimal, optimal_threshold};
use crate::fault::Holds;
use crate::progress::step;
use crate::raster::Frame;
use crate::{Fault, Progress};

/// In the output: no class, because the cell is not on the globe.
pub const NO_CLASS: u8 = 255;
/// The codes of level 1, densest first.
pub const LEVEL_1: [u8; 4] = [3, 2, 1, 0];
/// The codes of level 2, densest first.
pub const LEVEL_2: [u8; 8] = [30, 23, 22, 21, 13, 12, 11, 10];

/// The name of a class of cells. Codes are those of the GHSL; Eurostat counts level 1 the other way round, so names are safer.
pub fn class_name(code: u8) -> &'static str {
    match code {
        3 | 30 => "urban centre",
        2 => "urban cluster",
        1 => "rural",
        0 | 10 => "water",
        23 => "dense urban cluster",
        22 => "semi-dense urban cluster",
        21 => "suburban or peri-urban",
        13 => "rural cluster",
        12 => "low density rural",
        11 => "very low density rural",
        _ => "no class",
    }
}

/// The class of level 1 that a class of level 2 belongs to.
pub fn level_1_of(code: u8) -> u8 {
    if code == NO_CLASS { code } else { code / 10 * u8::from(code != 10) }
}

/// Which levels are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levels {
    /// Level 1.
    One,
    /// Level 2.
    Two,
    /// Both; what they share is computed once.
    Both,
}

/// What a reader of the result must be told.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Warning {
    /// Without a built-up layer the built-up rules are off.
    NoBuiltLayer,
    /// Without a land layer every cell is land.
    NoLandLayer,
    /// A geographic grid: densities use the area of each cell, but this is not the official method.
    Geographic,
    /// Cells of another size than 1 km²: gap and buffer are counted in cells.
    CellSize(f64),
    /// The threshold comes from this grid; it is meant to come from the whole world.
    OwnThreshold(Optimal),
    /// The population of urban clusters is smoothed at level 1 only.
    SmoothingAtLevel1Only,
    /// A cell with more persons than one ever had.
    Crowded {
        /// The greatest number of persons.
        most: f64,
        /// What a cell of this size ever had, at most.
        limit: f64,
    },
    /// A layer of square metres whose greatest number is that of a share or a percent.
    LooksLikeShares {
        /// Land or built-up surface.
        holds: Holds,
        /// Its greatest number.
        most: f64,
        /// The area of a cell, m².
        cell_m2: f64,
    },
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Warning::NoBuiltLayer => write!(f, "no built-up layer is given: the built-up rules are off"),
            Warning::NoLandLayer => write!(f, "no land layer is given: every cell counts as land"),
            Warning::Geographic => write!(
                f,
                "the grid is in degrees: densities use the area of each cell, distances are in cells; not the official method"
            ),
            Warning::CellSize(km2) => {
                write!(f, "cells have {km2} km², not 1: gaps and buffers are counted in cells; not the official method")
            }
            Warning::OwnThreshold(o) => write!(
                f,
                "the built-up threshold {} is the mean {:.4} of {} cells of this grid; the official one is of the world",
                o.threshold, o.mean_built, o.n_cells
            ),
            Warning::SmoothingAtLevel1Only => {
                write!(f, "ucl_smooth_pop changes urban clusters of level 1; level 2 has no such clusters")
            }
            Warning::Crowded { most, limit } => write!(
                f,
                "a cell has {most:.0} persons, where none of its size ever had {limit:.0}: is this the grid of people?"
            ),
            Warning::LooksLikeShares { holds, most, cell_m2 } => write!(
                f,
                "the greatest number of the {holds} layer is {most}, a cell has {cell_m2:.0} m²: square metres in each cell are meant, not shares or percents"
            ),
        }
    }
}

/// Cells and people of one class.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct ClassCount {
    /// Its code.
    pub code: u8,
    /// Its name.
    pub name: &'static str,
    /// How many cells.
    pub cells: u64,
    /// Persons in them.
    pub population: f64,
    /// Their area, km².
    pub area_km2: f64,
}

/// Clusters of one kind that are large enough.
#[derive(Debug, Clone)]
pub struct Clusters {
    pub(crate) found: Arc<Components>,
    pub(crate) kept: Vec<bool>,
}

/// A classified grid.
#[derive(Debug)]
pub struct Classes {
    /// Where it lies.
    pub frame: Frame,
    /// One code of level 1 for each cell, row by row, if asked for.
    pub level_1: Option<Vec<u8>>,
    /// One code of level 2 for each cell, row by row, if asked for.
    pub level_2: Option<Vec<u8>>,
    /// Cells and people by class of level 1.
    pub counts_1: Vec<ClassCount>,
    /// Cells and people by class of level 2.
    pub counts_2: Vec<ClassCount>,
    /// The built-up threshold of urban centres in use, if that rule is on.
    pub built_threshold: Option<f64>,
    /// Cells where no layer has a value; they come out as water.
    pub n_missing: u64,
    /// Cells without a number of people.
    pub n_without_population: u64,
    /// What a reader must be told.
    pub warnings: Vec<Warning>,
    pub(crate) centres: LabelledRuns,
    /// Kept clusters by the code of their class; 2 for urban clusters of level 1.
    pub(crate) clusters: Vec<(u8, Clusters)>,
    pub(crate) people: People,
}

/// Classifies a grid.
///
/// Shape: layers of one frame; the result has the same.
/// Errors: layers that do not align; a grid that is not of 1 km² and equal area (unless `other_grid` is set); people below zero, land or
/// built-up surface below zero or larger than its cell;
/// no cluster to take an optimal threshold from; a request to stop.
/// Sums are in double precision and row order, so the result does not depend on the number of threads.
pub fn classify(
    layers: &Layers<'_>,
    options: &Options,
    levels: Levels,
    progress: &dyn Progress,
) -> Result<Classes, Fault> {
    layers.check()?;
    let frame = layers.population.frame().clone();
    let mut warnings = Vec::new();
    check_grid(layers, options, &mut warnings)?;
    let two = levels != Levels::One || options.l1_from_l2;
    if layers.land.is_none() {
        warnings.push(Warning::NoLandLayer);
    }
    let has_built = layers.built.is_some();
    let (uc_on, duc_on) = (options.uc_built && has_built, options.duc_built && has_built && two);
    if !has_built && (options.uc_built || (options.duc_built && two)) {
        warnings.push(Warning::NoBuiltLayer);
    }
    if options.ucl_smooth_pop > 1 && two {
        warnings.push(Warning::SmoothingAtLevel1Only);
    }
    let wanted = |on: bool, t: BuiltThreshold| on && t == BuiltThreshold::Optimal;
    let optimal = if wanted(uc_on, options.uc_built_thr) || wanted(duc_on, options.duc_built_thr) {
        step(progress, 0.0, "built-up threshold")?;
        let optimal = optimal_threshold(layers, options.land_floor)?;
        warnings.push(Warning::OwnThreshold(optimal));
        Some(optimal.threshold)
    } else {
        None
    };
    let built_threshold = fixed(uc_on, options.uc_built_thr, optimal);
    let thresholds = (built_threshold, fixed(duc_on, options.duc_built_thr, optimal));

    let mut cells = Cells::read(layers, options, thresholds, progress)?;
    warnings.append(&mut cells.warnings);
    step(progress, 0.6, "clusters")?;
    let same_dense = options.uc_density == options.duc_density && thresholds.0 == thresholds.1;
    let (dense, mut clusters) = find_clusters(&cells, options, levels, two, same_dense, frame.width);
    step(progress, 0.7, "urban centres")?;
    let centres = urban_centres(&dense, &cells.flags, options, frame.width);
    drop(dense);
    step(progress, 0.8, "classes")?;
    drop_near_denser(&mut clusters, &centres, frame.width, options.sduc_buffer);

    let painter = Painter { flags: &cells.flags, centres: &centres, clusters: &clusters, width: frame.width };
    let level_2 = two.then(|| painter.level_2());
    let level_1 = match (&level_2, levels) {
        (_, Levels::Two) => None,
        (Some(two), _) if options.l1_from_l2 => Some(two.par_iter().map(|c| level_1_of(*c)).collect()),
        _ => Some(painter.level_1()),
    };
    let level_2 = level_2.filter(|_| levels != Levels::One);
    step(progress, 0.95, "sums")?;
    let count = |codes: &[u8], classes: &Option<Vec<u8>>| {
        classes.as_ref().map(|c| class_counts(codes, c, &cells.people, &frame)).unwrap_or_default()
    };
    let (counts_1, counts_2) = (count(&LEVEL_1, &level_1), count(&LEVEL_2, &level_2));
    step(progress, 1.0, "sums")?;
    Ok(Classes {
        level_1,
        level_2,
        counts_1,
        counts_2,
        built_threshold,
        n_missing: cells.n_missing,
        n_without_population: cells.n_without_people,
        warnings,
        centres,
        clusters,
        people: cells.people,
        frame,
    })
}

/// Refuses what the method does not hold for, or warns where it was asked for.
fn check_grid(layers: &Layers<'_>, options: &Options, warnings: &mut Vec<Warning>) -> Result<(), Fault> {
    let frame = layers.population.frame();
    let refuse = |wanted| Err(Fault::Projection { name: layers.population.name(), crs: frame.crs.to_string(), wanted });
    if frame.crs.is_geographic() {
        if !options.other_grid {
            return refuse(
                "cells of different size give no common density; move the people to an equal-area grid of 1 km (ESRI:54009 or \
                 EPSG:3035), or set other_grid for a result that is not official",
            );
        }
        warnings.push(Warning::Geographic);
    } else if !frame.crs.is_equal_area() {
        return refuse("the method needs an equal-area grid of 1 km (ESRI:54009 or EPSG:3035)");
    } else {
        let km2 = cell_km2(frame, 0);
        if (km2 - 1.0).abs() > 1e-6 {
            if !options.other_grid {
                return Err(Fault::Grid {
                    name: layers.population.name(),
                    why: format!("cells have {km2} km²; sum the people to cells of 1 km², or set other_grid"),
                });
            }
            warnings.push(Warning::CellSize(km2));
        }
    }
    Ok(())
}

/// What a cluster is made of: mask and connectivity decide its cells, the size which are kept.
struct Wanted {
    code: u8,
    bit: u16,
    conn: Connectivity,
    size: f64,
    people: Counted,
}

/// Which people a component is summed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    Plain,
    SmoothedForCentres,
    SmoothedForClusters,
}

/// The components that urban centres grow from, and all other clusters. What is made of the same cells is found once.
fn find_clusters(
    cells: &Cells,
    o: &Options,
    levels: Levels,
    two: bool,
    same_dense: bool,
    width: usize,
) -> (Arc<Components>, Vec<(u8, Clusters)>) {
    // Equal densities are one mask, so that 300 persons, 8 neighbours are labelled once for 2, 21 and 13.
    let masks = [(SURB, o.surb_density), (RC, o.rc_density), (SDUC, o.sduc_density)];
    let bit = |density: f64| masks.iter().find(|m| m.1 == density).map_or(0, |m| m.0);
    let plain = |code, density, conn, size| Wanted { code, bit: bit(density), conn, size, people: Counted::Plain };
    let people = if o.uc_smooth_pop > 1 { Counted::SmoothedForCentres } else { Counted::Plain };
    let dense = if same_dense && people == Counted::Plain { DUC } else { UC };
    let centre = (dense, o.uc_conn, people);
    let mut wanted = Vec::new();
    if levels != Levels::Two && !o.l1_from_l2 {
        let mut ucl = plain(2, o.ucl_density, o.ucl_conn, o.ucl_size);
        if o.ucl_smooth_pop > 1 {
            ucl = Wanted { bit: UCL, people: Counted::SmoothedForClusters, ..ucl };
        } else if ucl.bit == 0 {
            ucl.bit = UCL;
        }
        wanted.push(ucl);
    }
    if two {
        wanted.push(Wanted { code: 23, bit: DUC, conn: o.duc_conn, size: o.duc_size, people: Counted::Plain });
        wanted.push(plain(22, o.sduc_density, o.sduc_conn, o.sduc_size));
        wanted.push(plain(21, o.surb_density, o.surb_conn, o.surb_size));
        wanted.push(plain(13, o.rc_density, o.rc_conn, o.rc_size));
    }
    let mut kinds: Vec<(u16, Connectivity, Counted)> = wanted.iter().map(|w| (w.bit, w.conn, w.people)).collect();
    kinds.push(centre);
    kinds.sort_unstable_by_key(|(bit, conn, people)| (*bit, *conn == Connectivity::Eight, *people));
    kinds.dedup();
    let found: Vec<Arc<Components>> = kinds
        .par_iter()
        .map(|(bit, conn, counted)| {
            let smoothed = match counted {
                Counted::Plain => None,
                Counted::SmoothedForCentres => cells.smoothed_uc.as_ref(),
                Counted::SmoothedForClusters => cells.smoothed_ucl.as_ref(),
            };
            let people = smoothed.unwrap_or(&cells.people);
            Arc::new(Components::of(Runs::of(&cells.flags, width, *bit), *conn, people))
        })
        .collect();
    let place = |kind: (u16, Connectivity, Counted)| kinds.iter().position(|k| *k == kind).map(|at| &found[at]);
    let of_centres = place(centre).map(Arc::clone).unwrap_or_default();
    let clusters = wanted
        .into_iter()
        .filter_map(|w| {
            let found = place((w.bit, w.conn, w.people))?;
            Some((w.code, Clusters { found: Arc::clone(found), kept: found.kept(w.size) }))
        })
        .collect();
    (of_centres, clusters)
}

impl Clusters {
    /// The runs of kept clusters in a row.
    fn row(&self, row: usize) -> impl Iterator<Item = Run> {
        self.found.runs.row(row).filter(|i| self.kept[self.found.of[*i] as usize]).map(|i| self.found.runs.runs[i])
    }
}

fn clusters_of(clusters: &[(u8, Clusters)], code: u8) -> Option<&Clusters> {
    clusters.iter().find(|(c, _)| *c == code).map(|(_, c)| c)
}

/// A semi-dense cluster counts only where no denser place is near; one that is too near is dropped whole.
fn drop_near_denser(clusters: &mut [(u8, Clusters)], centres: &LabelledRuns, width: usize, buffer: usize) {
    let Some(dense) = clusters_of(clusters, 23) else { return };
    let near: Vec<Vec<Run>> = (0..centres.runs.n_rows())
        .into_par_iter()
        .with_min_len(64)
        .map(|row| union(centres.runs.row(row).map(|i| centres.runs.runs[i]), dense.row(row)))
        .collect();
    if let Some((_, semi)) = clusters.iter_mut().find(|(c, _)| *c == 22) {
        let touched = touched(&semi.found, &near, width, buffer);
        for (kept, touched) in semi.kept.iter_mut().zip(touched) {
            *kept &= !touched;
        }
    }
}

struct Painter<'a> {
    flags: &'a [u16],
    centres: &'a LabelledRuns,
    clusters: &'a [(u8, Clusters)],
    width: usize,
}

impl Painter<'_> {
    fn level_1(&self) -> Vec<u8> {
        self.paint(3, &[2], |f| if f & WATER != 0 { 0 } else { 1 })
    }

    fn level_2(&self) -> Vec<u8> {
        // Water takes only what is not even dispersed settlement.
        self.paint(30, &[13, 21, 22, 23], |f| match f {
            f if f & LDR != 0 => 12,
            f if f & WATER != 0 => 10,
            _ => 11,
        })
    }

    /// Paints the ground, then the clusters in this order, then the centres over them.
    fn paint(&self, centre: u8, codes: &[u8], ground: impl Fn(u16) -> u8 + Sync) -> Vec<u8> {
        let mut out = vec![0; self.flags.len()];
        let layers: Vec<(u8, &Clusters)> =
            codes.iter().filter_map(|c| clusters_of(self.clusters, *c).map(|k| (*c, k))).collect();
        out.par_chunks_exact_mut(self.width).with_min_len(16).enumerate().for_each(|(row, line)| {
            for (to, f) in line.iter_mut().zip(&self.flags[row * self.width..]) {
                *to = if f & OUTSIDE != 0 { NO_CLASS } else { ground(*f) };
            }
            for (code, clusters) in &layers {
                for run in clusters.row(row) {
                    line[run.start as usize..run.end as usize].fill(*code);
                }
            }
            for i in self.centres.runs.row(row) {
                let run = self.centres.runs.runs[i];
                line[run.start as usize..run.end as usize].fill(centre);
            }
        });
        out
    }
}

/// How many bytes of a line are a code. Pieces of 255, because so many fit into a byte: the processor counts many at once.
fn n_equal(line: &[u8], code: u8) -> u64 {
    line.chunks(255).map(|piece| u64::from(piece.iter().map(|c| u8::from(*c == code)).sum::<u8>())).sum()
}

/// Cells, people and area of each class; sums of rows are added in the order of rows.
fn class_counts(codes: &[u8], classes: &[u8], people: &People, frame: &Frame) -> Vec<ClassCount> {
    let mut place = [usize::MAX; 256];
    for (i, code) in codes.iter().enumerate() {
        place[usize::from(*code)] = i;
    }
    let rows: Vec<[(u64, f64); 8]> = classes
        .par_chunks_exact(frame.width)
        .with_min_len(16)
        .enumerate()
        .map(|(row, line)| {
            let mut sums = [(0, 0.0); 8];
            for (sum, code) in sums.iter_mut().zip(codes) {
                sum.0 = n_equal(line, *code);
            }
            people.each(row, |c, v| {
                if let Some((_, sum)) = sums.get_mut(place[usize::from(line[c])]) {
                    *sum += v;
                }
            });
            sums
        })
        .collect();
    let mut out: Vec<ClassCount> = codes
        .iter()
        .map(|c| ClassCount { code: *c, name: class_name(*c), cells: 0, population: 0.0, area_km2: 0.0 })
        .collect();
    for (row, sums) in rows.iter().enumerate() {
        let km2 = cell_km2(frame, row);
        for (total, (cells, population)) in out.iter_mut().zip(sums) {
            total.cells += cells;
            total.population += population;
            total.area_km2 += *cells as f64 * km2;
        }
    }
    out
}
