//! What the rules need to know about each cell, in one pass over the layers: sixteen bits, and the people.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use shapes::Crs;

use super::classify::Warning;
use super::geographic::cell_area_km2;
use super::options::{BuiltThreshold, Options};
use super::people::People;
use super::plausible::Plausible;
use crate::progress::step;
use crate::raster::{Frame, Source, Window};
use crate::{Fault, Progress};

/// Dense or built-up enough for an urban centre.
pub(crate) const UC: u16 = 1;
/// Dense enough for an urban cluster.
pub(crate) const UCL: u16 = 1 << 1;
/// Dense or built-up enough for a dense urban cluster.
pub(crate) const DUC: u16 = 1 << 2;
/// Dense enough for a semi-dense urban cluster.
pub(crate) const SDUC: u16 = 1 << 3;
/// Dense enough for suburbs.
pub(crate) const SURB: u16 = 1 << 4;
/// Dense enough for a village.
pub(crate) const RC: u16 = 1 << 5;
/// Dense enough for dispersed rural settlement.
pub(crate) const LDR: u16 = 1 << 6;
/// Water, by the options.
pub(crate) const WATER: u16 = 1 << 7;
/// Permanent water, by fixed numbers: never joins a centre under R2023A.
pub(crate) const BARRED: u16 = 1 << 8;
/// Not counted among the neighbours under R2023A.
pub(crate) const VOID: u16 = 1 << 9;
/// No layer has a value.
pub(crate) const MISSING: u16 = 1 << 10;
/// Not on the globe.
pub(crate) const OUTSIDE: u16 = 1 << 11;

/// The population layer has no value.
pub(crate) const NO_PEOPLE: u16 = 1 << 12;

/// What the numbers of the land and built-up layers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaUnit {
    /// m² in the cell.
    SquareMetres,
    /// Share of the cell, 0 to 1.
    Share,
}

/// The grids that a classification reads. All have one frame; NaN is missing.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// Persons in each cell (not a density).
    pub population: &'a dyn Source,
    /// Permanent land in each cell. Without it every cell is land.
    pub land: Option<&'a dyn Source>,
    /// Built-up surface in each cell. Without it the built-up rules are off.
    pub built: Option<&'a dyn Source>,
    /// What the numbers of land and built-up are.
    pub unit: AreaUnit,
}

/// The cells of all layers.
pub(crate) struct Cells {
    pub flags: Vec<u16>,
    pub people: People,
    /// Cells where no layer has a value.
    pub n_missing: u64,
    /// Cells without a number of people.
    pub n_without_people: u64,
    /// Smoothed people of the cells that may be in an urban centre, if asked for.
    pub smoothed_uc: Option<People>,
    /// Smoothed people of the cells that may be in an urban cluster, if asked for.
    pub smoothed_ucl: Option<People>,
    /// What a reader must be told of the layers.
    pub warnings: Vec<Warning>,
}

impl Layers<'_> {
    /// Checks that all layers are one grid.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let frame = self.population.frame();
        frame.check(&self.population.name())?;
        for other in [self.land, self.built].into_iter().flatten() {
            frame.same_as(other.frame(), (&self.population.name(), &other.name()))?;
        }
        Ok(())
    }

    /// By what the numbers of a row are divided: areas to make shares, and the area of a cell in km² for densities.
    fn divisors(&self, row: usize) -> (f64, f64) {
        let frame = self.population.frame();
        let km2 = cell_km2(frame, row);
        let to_share = if self.unit == AreaUnit::Share { 1.0 } else { km2 * 1e6 };
        (to_share, km2)
    }
}

/// The area of the cells of a row, km².
pub(crate) fn cell_km2(frame: &Frame, row: usize) -> f64 {
    if frame.crs == Crs::Wgs84 {
        let north = frame.top - row as f64 * frame.dy;
        cell_area_km2(north - frame.dy, north, frame.dx)
    } else {
        frame.cell_area() / 1e6
    }
}

/// A window of all layers, as wide as the grid.
pub(crate) struct Band<'a> {
    /// First row of the grid in the slices.
    pub from: usize,
    pub population: &'a [f64],
    pub land: Option<&'a [f64]>,
    pub built: Option<&'a [f64]>,
}

/// Cells of a grid that is classified, at most: half as many again as the world has at 1 km.
const MOST_CELLS: usize = 1_000_000_000;

/// How many cells of a layer are read at once, about 64 MB; more where a row of tiles has more.
const BAND_CELLS: usize = 8 << 20;

/// Reads all layers band by band, with `halo` rows more on either side, and calls with the rows of each band.
pub(crate) fn each_band(
    layers: &Layers<'_>,
    halo: usize,
    mut f: impl FnMut(std::ops::Range<usize>, &Band<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let frame = layers.population.frame();
    let sources = [Some(layers.population), layers.land, layers.built];
    let all_in_memory = sources.iter().flatten().all(|s| s.in_memory().is_some());
    let block = sources.iter().flatten().map(|s| s.block_rows()).max().unwrap_or(1).max(1);
    let fit = (BAND_CELLS / frame.width).max(1);
    let rows = if all_in_memory { frame.height } else { (fit / block).max(1) * block };
    // The same memory for every band: fresh pages cost as much as unpacking does.
    let mut buffers = [Vec::new(), Vec::new(), Vec::new()];
    let mut from = 0;
    while from < frame.height {
        let to = (from + rows).min(frame.height);
        let (a, b) = (from.saturating_sub(halo), (to + halo).min(frame.height));
        let window = Window { column: 0, row: a, width: frame.width, height: b - a };
        for (source, buffer) in sources.iter().zip(&mut buffers) {
            if let Some(source) = source.filter(|s| s.in_memory().is_none()) {
                buffer.resize(window.n_cells(), f64::NAN);
                source.read(window, buffer)?;
            }
        }
        let [population, land, built] = buffers.each_ref().map(Vec::as_slice);
        let inside = a * frame.width..b * frame.width;
        let band = Band {
            from: a,
            population: layers.population.in_memory().map_or(population, |all| &all[inside.clone()]),
            land: layers.land.map(|source| source.in_memory().map_or(land, |all| &all[inside.clone()])),
            built: layers.built.map(|source| source.in_memory().map_or(built, |all| &all[inside.clone()])),
        };
        f(from..to, &band)?;
        from = to;
    }
    Ok(())
}

impl Cells {
    /// Reads the layers once. `uc_built` and `duc_built` are the built-up thresholds, if their rules are on.
    pub fn read(
        layers: &Layers<'_>,
        options: &Options,
        (uc_built, duc_built): (Option<f64>, Option<f64>),
        progress: &dyn Progress,
    ) -> Result<Cells, Fault> {
        let frame = layers.population.frame();
        let (width, height) = (frame.width, frame.height);
        if width.saturating_mul(height) > MOST_CELLS {
            return Err(Fault::TooLarge {
                path: layers.population.name(),
                what: format!("a classification of {width} x {height} cells"),
                bytes: (width as u64).saturating_mul(height as u64).saturating_mul(2),
                limit: MOST_CELLS as u64 * 2,
            });
        }
        let o = options;
        let densities = [o.sduc_density, o.surb_density, o.rc_density, o.ldr_density, o.ucl_density, o.uc_density];
        let least = densities.into_iter().fold(o.duc_density, f64::min);
        let rule = Rule { layers, options, uc_built, duc_built, least };
        let mut flags = vec![0u16; width * height];
        let mut people = People::new(width, height);
        let window = |w: usize| (w > 1).then(|| People::new(width, height));
        let (mut smoothed_uc, mut smoothed_ucl) = (window(options.uc_smooth_pop), window(options.ucl_smooth_pop));
        let halo = options.uc_smooth_pop.max(options.ucl_smooth_pop) / 2;
        let (n_missing, n_without_people) = (AtomicU64::new(0), AtomicU64::new(0));
        let plausible = Plausible::new(layers);
        each_band(layers, halo, |rows, band| {
            let n = rows.len();
            let smooth = |w: usize| (w > 1).then(|| Smoothed::new(&rule, band, rows.clone(), w));
            let (by_uc, by_ucl) = (smooth(options.uc_smooth_pop), smooth(options.ucl_smooth_pop));
            let lines = flags[rows.start * width..rows.end * width].par_chunks_exact_mut(width);
            lines.zip(people.rows_mut(rows.start, n)).enumerate().for_each(|(i, (line, counted))| {
                let row = rows.start + i;
                let at = (row - band.from) * width;
                let population = &band.population[at..at + width];
                if !plausible.row(row, band) {
                    return;
                }
                let smoothed = (by_uc.as_ref().map(|s| s.row(row)), by_ucl.as_ref().map(|s| s.row(row)));
                let (missing, without_people) = rule.flag(row, band, smoothed, line);
                n_missing.fetch_add(missing, Ordering::Relaxed);
                n_without_people.fetch_add(without_people, Ordering::Relaxed);
                counted.fill(population, |_| true);
            });
            plausible.judge(band)?;
            for (people, by, bit) in [(&mut smoothed_uc, &by_uc, UC), (&mut smoothed_ucl, &by_ucl, UCL)] {
                let (Some(people), Some(by)) = (people, by) else { continue };
                for (i, counted) in people.rows_mut(rows.start, n).into_iter().enumerate() {
                    let row = rows.start + i;
                    counted.fill(by.row(row).0, |c| flags[row * width + c] & bit != 0);
                }
            }
            step(progress, 0.6 * rows.end as f64 / height as f64, "reading")
        })?;
        let (n_missing, n_without_people) = (n_missing.into_inner(), n_without_people.into_inner());
        let warnings = plausible.warnings();
        Ok(Cells { flags, people, n_missing, n_without_people, smoothed_uc, smoothed_ucl, warnings })
    }
}

struct Rule<'a> {
    layers: &'a Layers<'a>,
    options: &'a Options,
    uc_built: Option<f64>,
    duc_built: Option<f64>,
    /// The lowest density that any rule asks for.
    least: f64,
}

/// People and density of a row.
type Row<'a> = (&'a [f64], &'a [f64]);

/// Smoothed people and density of a row, for urban centres and for urban clusters, where they are asked for.
type Smooth<'a> = (Option<Row<'a>>, Option<Row<'a>>);

/// How many cells are compared before their flags are computed one by one.
const STEP: usize = 16;

impl Rule<'_> {
    /// The share of land, with the floor if it is asked for.
    fn land(&self, raw: f64, population: f64) -> f64 {
        if self.options.land_floor && population > 0.0 { raw.max(0.5) } else { raw }
    }

    /// The flags of a row; how many of its cells have no value in any layer, and how many no number of people.
    fn flag(&self, row: usize, band: &Band<'_>, smoothed: Smooth<'_>, line: &mut [u16]) -> (u64, u64) {
        let row_of = (self.layers.divisors(row), smoothed);
        let at = (row - band.from) * line.len();
        let population = &band.population[at..at + line.len()];
        let land = band.land.map(|l| &l[at..at + line.len()]);
        let built = band.built.map(|b| &b[at..at + line.len()]);
        let cell = |c: usize| self.flags_of(c, population[c], land.map(|l| l[c]), built.map(|b| b[c]), row_of);
        let is_smoothed = smoothed.0.is_some() || smoothed.1.is_some();
        let ladder = (!is_smoothed && land.is_none() && built.is_none()).then(|| self.ladder(row_of)).flatten();
        // Mostly a cell is as empty as its neighbours: what is the same in all layers has the same flags.
        let is_one = |all: &[f64]| all.iter().fold(true, |one, v| one & (v.to_bits() == all[0].to_bits()));
        let (mut n_missing, mut n_without_people) = (0, 0);
        for (i, chunk) in line.chunks_mut(STEP).enumerate() {
            let range = i * STEP..i * STEP + chunk.len();
            let layers = [Some(population), land, built];
            let alike = !is_smoothed && layers.iter().flatten().all(|layer| is_one(&layer[range.clone()]));
            match &ladder {
                _ if alike => chunk.fill(cell(range.start)),
                Some(ladder) => ladder.flags(&population[range], chunk),
                None => chunk.iter_mut().zip(range).for_each(|(flag, c)| *flag = cell(c)),
            }
            // A cell without any value has no number of people either.
            if chunk.iter().fold(0, |any, f| any | f) & NO_PEOPLE != 0 {
                n_missing += chunk.iter().filter(|f| **f & MISSING != 0).count() as u64;
                n_without_people += chunk.iter().filter(|f| **f & NO_PEOPLE != 0).count() as u64;
            }
        }
        if let Some((from, to)) = globe(self.layers.population.frame(), row) {
            let (from, to) = (from.min(line.len()), to.clamp(from.min(line.len()), line.len()));
            for c in (0..from).chain(to..line.len()) {
                if population[c] <= 0.0 || population[c].is_nan() {
                    line[c] |= OUTSIDE;
                }
            }
        }
        (n_missing, n_without_people)
    }

    /// Where nothing but people counts, flags change at a few numbers of people. None where such a number is not found.
    fn ladder(&self, row_of: ((f64, f64), Smooth<'_>)) -> Option<Ladder> {
        let (o, (_, km2)) = (self.options, row_of.0);
        let mut steps = Vec::with_capacity(8);
        for density in
            [o.sduc_density, o.surb_density, o.rc_density, o.ldr_density, o.duc_density, o.ucl_density, o.uc_density]
        {
            // The least number whose quotient is not below the density: rounding moves it by a step of the last digit or two.
            let mut least = density * km2;
            for _ in 0..4 {
                if least.next_down() / km2 >= density {
                    least = least.next_down();
                } else if least / km2 < density {
                    least = least.next_up();
                }
            }
            if !(least / km2 >= density && least.next_down() / km2 < density) {
                return None;
            }
            steps.push(least);
        }
        if o.water_pop.is_nan() {
            return None;
        }
        steps.push(o.water_pop.next_up());
        steps.sort_by(f64::total_cmp);
        steps.dedup();
        let of = |people: f64| self.flags_of(0, people, None, None, row_of);
        let below = of(steps.first()?.next_down());
        let flags = std::iter::once(below).chain(steps.iter().map(|least| of(*least))).collect();
        Some(Ladder { missing: of(f64::NAN), steps, flags })
    }

    /// The flags of one cell: its column, the numbers of the layers, what its row is divided by and its smoothed people.
    #[inline]
    fn flags_of(
        &self,
        c: usize,
        p: f64,
        land: Option<f64>,
        built: Option<f64>,
        ((to_share, km2), (by_uc, by_ucl)): ((f64, f64), Smooth<'_>),
    ) -> u16 {
        let o = self.options;
        let l = self.land(land.map_or(1.0, |l| l / to_share), p);
        let b = built.map_or(0.0, |b| b / to_share);
        let density = p / l / km2;
        let mut f = 0;
        let mut set = |bit: u16, on: bool| f |= if on { bit } else { 0 };
        // Farms and forest pass no test of density.
        if density >= self.least {
            set(SDUC, density >= o.sduc_density);
            set(SURB, density >= o.surb_density);
            set(RC, density >= o.rc_density);
            set(LDR, density >= o.ldr_density);
            set(DUC, density >= o.duc_density);
        }
        set(UCL, by_ucl.map_or(density, |s| s.1[c]) >= o.ucl_density);
        set(UC, by_uc.map_or(density, |s| s.1[c]) >= o.uc_density);
        if self.uc_built.is_some() || self.duc_built.is_some() {
            // The share of the land that is built up, rounded to three decimals, half up: the rounding belongs to the rule.
            // Nothing by nothing passes no test.
            let share = if b == 0.0 && l > 0.0 { 0.0 } else { (b / l * 1000.0 + 0.5).floor() / 1000.0 };
            set(UC, self.uc_built.is_some_and(|t| share >= t));
            set(DUC, self.duc_built.is_some_and(|t| share >= t));
        }
        set(NO_PEOPLE, p.is_nan());
        let at_most = |v: f64, most: f64| v <= most || v.is_nan();
        let below = |share: f64| l < share || l.is_nan();
        if below(o.water_land) && at_most(p, o.water_pop) && at_most(b, o.water_built) {
            set(WATER, true);
        }
        if below(0.5) {
            let missing = p.is_nan() && l.is_nan() && b.is_nan();
            let permanent = at_most(p, 0.0) && at_most(b, 0.0);
            set(MISSING, missing);
            set(BARRED, permanent);
            set(VOID, (permanent && !missing) || (l < 0.5 && by_uc.map_or(p, |s| s.0[c]) == 0.0));
        }
        f
    }
}

/// Flags by the number of people alone.
struct Ladder {
    /// Numbers of people at which they change, rising.
    steps: Vec<f64>,
    /// Below the first step, then from each step on.
    flags: Vec<u16>,
    /// Without a number.
    missing: u16,
}

impl Ladder {
    /// Flags of some cells; at most [`STEP`], so that they stay in registers.
    fn flags(&self, people: &[f64], out: &mut [u16]) {
        let mut at = [0u8; STEP];
        for step in &self.steps {
            at.iter_mut().zip(people).for_each(|(at, people)| *at += u8::from(*people >= *step));
        }
        for ((out, at), people) in out.iter_mut().zip(at).zip(people) {
            *out = if people.is_nan() { self.missing } else { self.flags[usize::from(at)] };
        }
    }
}

/// The columns of a row whose centres lie on the globe, in World Mollweide.
fn globe(frame: &Frame, row: usize) -> Option<(usize, usize)> {
    if frame.crs != Crs::Mollweide {
        return None;
    }
    // The ellipse of the projection: half axes 2√2·a and √2·a.
    const HALF_HEIGHT: f64 = std::f64::consts::SQRT_2 * 6_378_137.0;
    let y = (frame.top - (row as f64 + 0.5) * frame.dy) / HALF_HEIGHT;
    let x = 2.0 * HALF_HEIGHT * (1.0 - y * y).max(0.0).sqrt();
    if y.abs() > 1.0 {
        return Some((0, 0));
    }
    let from = ((-x - frame.left) / frame.dx - 0.5).ceil().clamp(0.0, frame.width as f64) as usize;
    let to = ((x - frame.left) / frame.dx - 0.5).floor().clamp(-1.0, frame.width as f64) + 1.0;
    Some((from, to as usize))
}

/// Means of people and density over a window of cells, cut at the edge of the grid; missing cells are left out.
struct Smoothed {
    from: usize,
    width: usize,
    people: Vec<f64>,
    density: Vec<f64>,
}

impl Smoothed {
    fn new(rule: &Rule<'_>, band: &Band<'_>, rows: std::ops::Range<usize>, window: usize) -> Smoothed {
        let width = rule.layers.population.frame().width;
        let densities: Vec<f64> = match &band.land {
            None => band
                .population
                .iter()
                .enumerate()
                .map(|(i, p)| p / rule.layers.divisors(band.from + i / width).1)
                .collect(),
            Some(land) => land
                .iter()
                .zip(band.population.iter())
                .enumerate()
                .map(|(i, (l, p))| {
                    let (to_share, km2) = rule.layers.divisors(band.from + i / width);
                    p / rule.land(l / to_share, *p) / km2
                })
                .collect(),
        };
        let mean = |values: &[f64]| window_means(values, width, band.from, rows.clone(), window / 2);
        let (people, density) = (mean(band.population), mean(&densities));
        Smoothed { from: rows.start, width, people, density }
    }

    fn row(&self, row: usize) -> Row<'_> {
        let at = (row - self.from) * self.width;
        (&self.people[at..at + self.width], &self.density[at..at + self.width])
    }
}

fn window_means(values: &[f64], width: usize, from: usize, rows: std::ops::Range<usize>, half: usize) -> Vec<f64> {
    let mut out = vec![f64::NAN; rows.len() * width];
    out.par_chunks_exact_mut(width).enumerate().for_each(|(i, line)| {
        let row = rows.start + i - from;
        let (r0, r1) = (row.saturating_sub(half), (row + half + 1).min(values.len() / width));
        // Sums over the rows of the window first: then a window costs its width, not its area.
        let (mut sums, mut counts) = (vec![0.0; width], vec![0u32; width]);
        for r in r0..r1 {
            for (c, v) in values[r * width..(r + 1) * width].iter().enumerate().filter(|(_, v)| !v.is_nan()) {
                sums[c] += v;
                counts[c] += 1;
            }
        }
        for (c, to) in line.iter_mut().enumerate() {
            let range = c.saturating_sub(half)..(c + half + 1).min(width);
            let n: u32 = counts[range.clone()].iter().sum();
            if n > 0 {
                *to = sums[range].iter().sum::<f64>() / f64::from(n);
            }
        }
    });
    out
}

/// The built-up thresholds in use: `None` where the rule is off.
pub(crate) fn fixed(on: bool, threshold: BuiltThreshold, optimal: Option<f64>) -> Option<f64> {
    match threshold {
        _ if !on => None,
        BuiltThreshold::Fixed(t) => Some(t),
        BuiltThreshold::Optimal => optimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Grid;

    #[test]
    fn flags_by_people_alone_are_those_of_each_cell() {
        let frame = Frame { width: 1, height: 1, left: 0.0, top: 0.0, dx: 1000.0, dy: 1000.0, crs: Crs::Mollweide };
        let grid = Grid::new(frame, vec![0.0]).expect("a grid");
        let layers = Layers { population: &grid, land: None, built: None, unit: AreaUnit::SquareMetres };
        for json in ["", r#"{"water_pop": 3.5, "water_land": 2}"#, r#"{"uc_density": 0.3, "duc_density": 1e-7}"#] {
            let options = Options::from_json(json).expect("options");
            let rule = Rule { layers: &layers, options: &options, uc_built: Some(0.2), duc_built: None, least: 0.0 };
            for km2 in [1.0, 0.73, 0.1, 1e-3, 1.0 / 3.0] {
                let row_of = ((km2 * 1e6, km2), (None, None));
                let ladder = rule.ladder(row_of).expect("a ladder");
                let near = ladder.steps.iter().flat_map(|s| [s.next_down(), *s, s.next_up(), s * 1.5]);
                let people: Vec<f64> = near.chain([0.0, -0.0, 1e300, f64::NAN, f64::INFINITY, 49.999]).collect();
                for people in people.chunks(STEP) {
                    let mut out = vec![0; people.len()];
                    ladder.flags(people, &mut out);
                    let each: Vec<u16> = people.iter().map(|p| rule.flags_of(0, *p, None, None, row_of)).collect();
                    assert_eq!(out, each, "{json} {km2} {people:?}");
                }
            }
        }
    }
}
