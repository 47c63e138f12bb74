//! The classification against a second one, written cell by cell from docs/methods/degree-of-urbanisation.md without any
//! thought of speed, on random grids with random options.

use grids::Quiet;
use grids::degurba::{AreaUnit, Layers, Levels, Options, classify};
use grids::raster::{Frame, Grid, Source};
use proptest::prelude::*;
use serde_json::{Value, json};
use shapes::Crs;

/// A grid of the model: rows from the north, missing as NaN.
struct Model<'a> {
    width: usize,
    height: usize,
    people: Vec<f64>,
    land: Vec<f64>,
    built: Vec<f64>,
    options: &'a Value,
}

impl Model<'_> {
    fn number(&self, name: &str) -> f64 {
        self.options[name].as_f64().unwrap()
    }

    fn n(&self) -> usize {
        self.width * self.height
    }

    /// Cells within `reach`, the cell itself among them.
    fn window(&self, at: usize, reach: usize) -> Vec<usize> {
        let (row, column) = (at / self.width, at % self.width);
        let rows = row.saturating_sub(reach)..(row + reach + 1).min(self.height);
        let columns = column.saturating_sub(reach)..(column + reach + 1).min(self.width);
        rows.flat_map(|r| columns.clone().map(move |c| r * self.width + c)).collect()
    }

    fn beside(&self, at: usize, connectivity: u64) -> Vec<usize> {
        let edge = |other: &usize| other / self.width == at / self.width || other % self.width == at % self.width;
        let around = self.window(at, 1).into_iter().filter(|other| *other != at);
        around.filter(|other| connectivity == 8 || edge(other)).collect()
    }

    /// Parts of a mask, each as its cells.
    fn parts(&self, mask: &[bool], connectivity: u64) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.n()];
        let mut parts = Vec::new();
        for start in 0..self.n() {
            if !mask[start] || seen[start] {
                continue;
            }
            seen[start] = true;
            let mut part = vec![start];
            let mut next = 0;
            while next < part.len() {
                for other in self.beside(part[next], connectivity) {
                    if mask[other] && !seen[other] {
                        seen[other] = true;
                        part.push(other);
                    }
                }
                next += 1;
            }
            parts.push(part);
        }
        parts
    }

    fn clusters(&self, mask: &[bool], people: &[f64], which: &str) -> Vec<Vec<usize>> {
        let connectivity = self.options[format!("{which}_conn")].as_u64().unwrap();
        let size = self.number(&format!("{which}_size"));
        let count = |part: &Vec<usize>| part.iter().map(|c| people[*c]).filter(|p| !p.is_nan()).sum::<f64>() >= size;
        self.parts(mask, connectivity).into_iter().filter(count).collect()
    }

    fn density(&self) -> Vec<f64> {
        self.people.iter().zip(&self.land).map(|(p, l)| p / l).collect()
    }

    fn built_share(&self, at: usize) -> f64 {
        (self.built[at] / self.land[at] * 1000.0 + 0.5).floor() / 1000.0
    }

    /// People and density, as means over a window where the options say so.
    fn smoothed(&self, option: &str) -> (Vec<f64>, Vec<f64>) {
        let reach = match self.options[option].as_u64().unwrap() as usize {
            0 => return (self.people.clone(), self.density()),
            side => side / 2,
        };
        let mean = |values: &[f64]| -> Vec<f64> {
            let of = |at| {
                let held: Vec<f64> =
                    self.window(at, reach).into_iter().map(|c| values[c]).filter(|v| !v.is_nan()).collect();
                held.iter().sum::<f64>() / held.len() as f64
            };
            (0..self.n()).map(of).collect()
        };
        (mean(&self.people), mean(&self.density()))
    }

    fn above(&self, density: &[f64], which: &str) -> Vec<bool> {
        let least = self.number(&format!("{which}_density"));
        density.iter().map(|d| *d >= least).collect()
    }

    fn none_or(value: f64, test: impl Fn(f64) -> bool) -> bool {
        value.is_nan() || test(value)
    }

    fn permanent_water(&self, at: usize) -> bool {
        Self::none_or(self.land[at], |v| v < 0.5)
            && Self::none_or(self.people[at], |v| v <= 0.0)
            && Self::none_or(self.built[at], |v| v <= 0.0)
    }

    /// No layer has a value.
    fn missing(&self, at: usize) -> bool {
        self.people[at].is_nan() && self.land[at].is_nan() && self.built[at].is_nan()
    }

    fn water(&self, at: usize) -> bool {
        Self::none_or(self.land[at], |v| v < self.number("water_land"))
            && Self::none_or(self.people[at], |v| v <= self.number("water_pop"))
            && Self::none_or(self.built[at], |v| v <= self.number("water_built"))
    }

    fn smooth(&self, labels: &mut Vec<usize>, people: &[f64]) {
        loop {
            let mut next = labels.clone();
            for at in 0..self.n() {
                if labels[at] != 0 {
                    continue;
                }
                let around = self.beside(at, 8);
                for label in around.iter().map(|c| labels[*c]).filter(|l| *l != 0) {
                    let members = around.iter().filter(|c| labels[**c] == label).count();
                    let joins = match self.options["uc_smooth"].as_str() {
                        Some("R2022A") => members >= 5,
                        Some("R2023A") => {
                            let void = |c: &&usize| {
                                let water = self.permanent_water(**c) && !self.missing(**c);
                                labels[**c] == 0 && (water || (self.land[**c] < 0.5 && people[**c] == 0.0))
                            };
                            !self.permanent_water(at) && 2 * members > 8 - around.iter().filter(void).count()
                        }
                        _ => false,
                    };
                    if joins {
                        next[at] = label;
                    }
                }
            }
            if next == *labels {
                return;
            }
            *labels = next;
        }
    }

    fn fill(&self, labels: &mut [usize]) {
        let gap = self.options["uc_gap"].as_u64().unwrap() as usize;
        let before = labels.to_vec();
        let n_labels = before.iter().max().copied().unwrap_or(0);
        for label in 1..=n_labels {
            let mask: Vec<bool> = before.iter().map(|l| *l == label).collect();
            for part in self.parts(&mask, 4) {
                let mut rest = vec![true; self.n()];
                part.iter().for_each(|c| rest[*c] = false);
                for hole in self.parts(&rest, 4) {
                    // A neighbour beyond the edge leads out.
                    let outside = hole.iter().any(|c| {
                        let (row, column) = (c / self.width, c % self.width);
                        row == 0 || column == 0 || row + 1 == self.height || column + 1 == self.width
                    });
                    if !outside && hole.len() < gap {
                        hole.into_iter().filter(|c| before[*c] == 0).for_each(|c| labels[c] = label);
                    }
                }
            }
        }
    }

    fn centres(&self) -> Vec<bool> {
        let (people, density) = self.smoothed("uc_smooth_pop");
        let mut mask = self.above(&density, "uc");
        if self.options["uc_built"].as_bool().unwrap() {
            let least = self.number("uc_built_thr");
            mask.iter_mut().enumerate().for_each(|(at, m)| *m |= self.built_share(at) >= least);
        }
        let mut labels = vec![0; self.n()];
        for (i, cluster) in self.clusters(&mask, &people, "uc").iter().enumerate() {
            cluster.iter().for_each(|c| labels[*c] = i + 1);
        }
        if self.options["order"] == "smooth_then_fill" {
            self.smooth(&mut labels, &people);
            self.fill(&mut labels);
        } else {
            self.fill(&mut labels);
            self.smooth(&mut labels, &people);
        }
        labels.iter().map(|l| *l != 0).collect()
    }

    fn level_1(&self) -> Vec<u8> {
        let mut codes = vec![1; self.n()];
        (0..self.n()).filter(|c| self.water(*c)).for_each(|c| codes[c] = 0);
        let (people, density) = self.smoothed("ucl_smooth_pop");
        for cluster in self.clusters(&self.above(&density, "ucl"), &people, "ucl") {
            cluster.iter().for_each(|c| codes[*c] = 2);
        }
        self.centres().iter().enumerate().filter(|(_, m)| **m).for_each(|(c, _)| codes[c] = 3);
        codes
    }

    fn level_2(&self) -> Vec<u8> {
        let density = self.density();
        let mut codes = vec![0; self.n()];
        let give = |codes: &mut Vec<u8>, cells: &[usize], code: u8| {
            cells.iter().for_each(|c| {
                if codes[*c] == 0 {
                    codes[*c] = code
                }
            });
        };
        self.centres().iter().enumerate().filter(|(_, m)| **m).for_each(|(c, _)| codes[c] = 30);

        let mut dense = self.above(&density, "duc");
        if self.options["duc_built"].as_bool().unwrap() {
            let least = self.number("duc_built_thr");
            dense.iter_mut().enumerate().for_each(|(at, m)| *m |= self.built_share(at) >= least);
        }
        for cluster in self.clusters(&dense, &self.people, "duc") {
            give(&mut codes, &cluster, 23);
        }
        let denser: Vec<bool> = codes.iter().map(|c| *c == 30 || *c == 23).collect();
        let buffer = self.options["sduc_buffer"].as_u64().unwrap() as usize;
        for cluster in self.clusters(&self.above(&density, "sduc"), &self.people, "sduc") {
            if !cluster.iter().any(|c| self.window(*c, buffer).iter().any(|o| denser[*o])) {
                give(&mut codes, &cluster, 22);
            }
        }
        for (which, code) in [("surb", 21), ("rc", 13)] {
            for cluster in self.clusters(&self.above(&density, which), &self.people, which) {
                give(&mut codes, &cluster, code);
            }
        }
        for (at, density) in density.iter().enumerate() {
            if *density >= self.number("ldr_density") {
                give(&mut codes, &[at], 12);
            }
            let code = if self.water(at) { 10 } else { 11 };
            give(&mut codes, &[at], code);
        }
        codes
    }
}

/// Any options, near those that are used, so that all rules bear on small grids. Sizes are no sums of the people of cells
/// where means are taken, so that the order of additions decides nothing.
fn options() -> impl Strategy<Value = Value> {
    let conn = || prop::sample::select(vec![4, 8]);
    let window = || prop::sample::select(vec![0, 0, 0, 3, 5]);
    let share = || prop::sample::select(vec![0.1, 0.2, 0.201, 0.5]);
    let density = || prop::sample::select(vec![50.0, 300.0, 900.0, 1500.0, 3000.0]);
    let size = || prop::sample::select(vec![499.3, 1_603.7, 4_999.7, 12_001.3, 36_003.1, 50_000.7]);
    let centre = (density(), size(), conn(), any::<bool>(), share(), window(), 0u64..24, any::<bool>());
    let smooth = prop::sample::select(vec![json!("R2022A"), json!("R2023A"), json!("R2023A"), json!(null)]);
    let clusters = prop::collection::vec((density(), size(), conn()), 5);
    let water = (prop::sample::select(vec![0.2, 0.5, 1.0]), prop::sample::select(vec![0.0, 30.0]), share());
    (centre, smooth, clusters, window(), any::<bool>(), share(), 0u64..5, density(), water).prop_map(
        |(uc, smooth, clusters, ucl_window, duc_built, duc_share, buffer, ldr, water)| {
            let mut o = json!({
                "uc_density": uc.0, "uc_size": uc.1, "uc_conn": uc.2, "uc_built": uc.3, "uc_built_thr": uc.4,
                "uc_smooth_pop": uc.5, "uc_gap": uc.6, "uc_smooth": smooth,
                "order": if uc.7 { "smooth_then_fill" } else { "fill_then_smooth" },
                "ucl_smooth_pop": ucl_window, "duc_built": duc_built, "duc_built_thr": duc_share,
                "sduc_buffer": buffer, "ldr_density": ldr,
                "water_land": water.0, "water_pop": water.1, "water_built": water.2,
            });
            for (which, (density, size, conn)) in ["ucl", "duc", "sduc", "surb", "rc"].iter().zip(clusters) {
                o[format!("{which}_density")] = json!(density);
                o[format!("{which}_size")] = json!(size);
                o[format!("{which}_conn")] = json!(conn);
            }
            o
        },
    )
}

/// Cells of all sorts; `empty` of twenty are without people, so that some grids are one town and others dust.
fn layers() -> impl Strategy<Value = (usize, Vec<f64>, Vec<f64>, Vec<f64>)> {
    (1usize..72, 1usize..24, 0u32..20, 0u32..12).prop_flat_map(|(width, height, empty, wet)| {
        let n = width * height;
        let some = prop::sample::select(vec![30.0, 320.0, 950.0, 1600.0, 1600.0, 6000.0, 30_000.0, f64::NAN]);
        let people = prop_oneof![empty => Just(0.0), 20 - empty => some];
        let land = prop_oneof![20 - wet => Just(1.0), wet => prop::sample::select(vec![0.49, 0.5, 0.0, f64::NAN])];
        let built = prop::sample::select(vec![0.0, 0.0, 0.1, 0.2, 0.1996, 0.0996, 0.6, 0.6, f64::NAN]);
        (Just(width), prop::collection::vec(people, n), prop::collection::vec(land, n), prop::collection::vec(built, n))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_cell_is_as_the_rules_say((width, people, land, built) in layers(), options in options(), layered in 0u8..4) {
        let height = people.len() / width;
        let frame =
            Frame { width, height, left: 0.0, top: 0.0, dx: 1000.0, dy: 1000.0, crs: Crs::LaeaEurope };
        let grid = |values: &Vec<f64>| Grid::new(frame.clone(), values.clone()).unwrap();
        let (has_land, has_built) = (layered & 1 == 0, layered & 2 == 0);
        let (land_grid, built_grid) = (grid(&land), grid(&built));
        let population = grid(&people);
        let layers = Layers {
            population: &population,
            land: has_land.then_some(&land_grid as &dyn Source),
            built: has_built.then_some(&built_grid as &dyn Source),
            unit: AreaUnit::Share,
        };
        let asked = Options::from_map(options.as_object().unwrap()).unwrap();
        let found = classify(&layers, &asked, Levels::Both, &Quiet).unwrap();

        // Without a layer all is land and nothing is built, and the rules of built-up land are off.
        let mut options = options;
        if !has_built {
            (options["uc_built"], options["duc_built"]) = (json!(false), json!(false));
        }
        let n = width * height;
        let model = Model {
            width,
            height,
            people,
            land: if has_land { land } else { vec![1.0; n] },
            built: if has_built { built } else { vec![0.0; n] },
            options: &options,
        };
        prop_assert_eq!(found.level_1.unwrap(), model.level_1(), "level 1, {} columns, {}", width, &options);
        prop_assert_eq!(found.level_2.unwrap(), model.level_2(), "level 2, {} columns, {}", width, &options);
    }
}
