//! Urban extent: built-up land with the open land it encloses, the older reading of "land" in SDG 11.3.1.

use crate::Fault;
use crate::degurba::{Components, Connectivity, People, Runs};

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrbanClass {
    /// Built, in a disc more than half built.
    Urban,
    /// Built, in a disc built by 25 to 50 percent.
    Suburban,
    /// Built, in a disc built by less.
    Rural,
    /// Open, near urban or suburban cells.
    Fringe,
    /// Open and enclosed by urban, suburban and fringe cells, in a small patch.
    Captured,
    /// Open land.
    Open,
}

impl UrbanClass {
    /// Whether it belongs to the urban extent.
    pub fn is_extent(self) -> bool {
        matches!(self, Self::Urban | Self::Suburban | Self::Fringe | Self::Captured)
    }
}

/// The lengths of the rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Radius of the disc: 564.19 m for a km²; Trends.Earth takes 500.
    pub radius_m: f64,
    /// Open cells whose centre is nearer than this are fringe.
    pub fringe_m: f64,
    /// Open patches below this are captured, m²: 200 ha.
    pub captured_m2: f64,
}

impl Default for Extent {
    /// A disc of a square kilometre, a fringe of 100 m, patches below 200 ha.
    fn default() -> Extent {
        Extent { radius_m: (1e6 / std::f64::consts::PI).sqrt(), fringe_m: 100.0, captured_m2: 2e6 }
    }
}

/// The classes of the cells of a grid, and what lies around each.
#[derive(Debug, Clone, PartialEq)]
pub struct UrbanExtent {
    /// The class of each cell.
    pub classes: Vec<UrbanClass>,
    /// The share of built cells in the disc around each cell, 0 to 1.
    pub built_around: Vec<f64>,
    /// Cells of open patches that are small as far as they are seen, and reach the edge of the mask: a larger piece decides.
    pub cut_off: Vec<usize>,
}

/// Classes of the cells of a grid of square cells of `cell_m` metres. A cell is in the disc if its centre is.
///
/// Errors: a mask that is no rectangle; lengths that are not positive or reach over more than 500 cells.
/// Source: UN-Habitat training modules of SDG 11.3.1 (2018).
pub fn urban_extent(built: &[bool], width: usize, cell_m: f64, rule: Extent) -> Result<UrbanExtent, Fault> {
    let bad = |why: &str| Fault::Grid { name: "built-up mask".to_owned(), why: why.to_owned() };
    if width == 0 || !built.len().is_multiple_of(width) {
        return Err(bad("not a rectangle"));
    }
    let reach = rule.radius_m.max(rule.fringe_m) / cell_m;
    if !(cell_m > 0.0 && reach.is_finite() && (0.0..=500.0).contains(&reach)) {
        return Err(bad("cells are too small or too large for these distances"));
    }
    let height = built.len() / width;
    let counts = in_disc(built, width, rule.radius_m / cell_m);
    let all = in_disc(&vec![true; built.len()], width, rule.radius_m / cell_m);
    let built_around: Vec<f64> = counts.iter().zip(&all).map(|(n, of)| f64::from(*n) / f64::from(*of)).collect();
    let mut classes: Vec<UrbanClass> = built
        .iter()
        .zip(&built_around)
        .map(|(built, share)| match share {
            _ if !built => UrbanClass::Open,
            share if *share > 0.5 => UrbanClass::Urban,
            share if *share >= 0.25 => UrbanClass::Suburban,
            _ => UrbanClass::Rural,
        })
        .collect();
    let dense: Vec<bool> = classes.iter().map(|c| matches!(c, UrbanClass::Urban | UrbanClass::Suburban)).collect();
    // Nearer than the distance, not as near: a hair less than it.
    let near = in_disc(&dense, width, (rule.fringe_m / cell_m) * (1.0 - 1e-12));
    for (class, n) in classes.iter_mut().zip(near) {
        if *class == UrbanClass::Open && n > 0 {
            *class = UrbanClass::Fringe;
        }
    }
    let cut_off = capture(&mut classes, width, height, rule.captured_m2 / (cell_m * cell_m));
    Ok(UrbanExtent { classes, built_around, cut_off })
}

/// How many marked cells have their centre within `radius` cells of each cell's centre.
fn in_disc(marked: &[bool], width: usize, radius: f64) -> Vec<u32> {
    let height = marked.len() / width;
    let mut sums = vec![0u32; (width + 1) * height];
    for row in 0..height {
        for c in 0..width {
            sums[row * (width + 1) + c + 1] = sums[row * (width + 1) + c] + u32::from(marked[row * width + c]);
        }
    }
    let half = radius as usize;
    let mut out = vec![0; marked.len()];
    for row in 0..height {
        for r in row.saturating_sub(half)..(row + half + 1).min(height) {
            let dy = row.abs_diff(r) as f64;
            let dx = (radius * radius - dy * dy).max(0.0).sqrt() as usize;
            let line = &sums[r * (width + 1)..(r + 1) * (width + 1)];
            for c in 0..width {
                out[row * width + c] += line[(c + dx + 1).min(width)] - line[c.saturating_sub(dx)];
            }
        }
    }
    out
}

/// Open patches that only touch the extent, not the edge of the grid nor rural built cells, and are small. Answers the cells of
/// those that are small as far as they are seen, and go on beyond the edge.
fn capture(classes: &mut [UrbanClass], width: usize, height: usize, most_cells: f64) -> Vec<usize> {
    let flags: Vec<u16> = classes.iter().map(|c| u16::from(*c == UrbanClass::Open)).collect();
    let found = Components::of(Runs::of(&flags, width, 1), Connectivity::Four, &People::new(width, height));
    let n = found.people.len();
    let (mut cells, mut enclosed, mut at_edge) = (vec![0u64; n], vec![true; n], vec![false; n]);
    for row in 0..height {
        for i in found.runs.row(row) {
            let (run, patch) = (found.runs.runs[i], found.of[i] as usize);
            let (start, end) = (run.start as usize, run.end as usize);
            cells[patch] += (end - start) as u64;
            if row == 0 || row + 1 == height || start == 0 || end == width {
                at_edge[patch] = true;
                continue;
            }
            let rural = |r: usize, c: usize| classes[r * width + c] == UrbanClass::Rural;
            let beside = rural(row, start - 1) || rural(row, end);
            if beside || (start..end).any(|c| rural(row - 1, c) || rural(row + 1, c)) {
                enclosed[patch] = false;
            }
        }
    }
    let mut cut_off = Vec::new();
    for row in 0..height {
        for i in found.runs.row(row) {
            let (run, patch) = (found.runs.runs[i], found.of[i] as usize);
            if !enclosed[patch] || cells[patch] as f64 >= most_cells {
                continue;
            }
            let here = row * width + run.start as usize..row * width + run.end as usize;
            match at_edge[patch] {
                true => cut_off.extend(here),
                false => classes[here].fill(UrbanClass::Captured),
            }
        }
    }
    cut_off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_park_is_captured_and_a_farm_is_not() {
        let n = 61;
        // A solid town of 41 x 41 cells of 30 m with a park of 11 x 11 in it, and one cell far away.
        let mut built = vec![false; n * n];
        for r in 10..51 {
            for c in 10..51 {
                built[r * n + c] = !((25..36).contains(&r) && (25..36).contains(&c));
            }
        }
        built[0] = true;
        let found = urban_extent(&built, n, 30.0, Extent::default()).unwrap();
        // What lies around is counted for open cells too: the edge of the park sees the town.
        assert!(found.built_around[0] < 0.25 && found.built_around[25 * n + 30] > 0.5);
        let classes = found.classes;
        assert_eq!(classes[30 * n + 30], UrbanClass::Captured);
        assert_eq!(classes[26 * n + 26], UrbanClass::Fringe);
        assert_eq!(classes[20 * n + 20], UrbanClass::Urban);
        assert_eq!(classes[0], UrbanClass::Rural);
        assert_eq!(classes[60 * n + 60], UrbanClass::Open);
        assert_eq!(classes[9 * n + 30], UrbanClass::Fringe);
    }
}
