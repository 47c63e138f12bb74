//! Rolling up observations over place and time as of a change, against the same question in SQL on the
//! same Parquet file.
//!
//! Size: observations. About 85 in 100 are first reports of a key, the rest corrections in later changes;
//! the question is asked as of a change before the last ones, so that some corrections do not count yet.
//! The rows lie in one segment, as after compaction, or in one for each change, as they came.

use std::{collections::BTreeMap, fs, io::Write};

use anyhow::{Context, Result};
use lake::{Lake, RollUp, Rule, SegmentId};
use model::{
    kinds::Scope,
    observations::{NewRow, Observations},
    value::{Grain, Period},
};

use crate::{Measured, Task, clock};

const N_INDICATORS: usize = 40;
const N_YEARS: usize = 25;
const FIRST_YEAR: i16 = 2000;
const N_REGIONS: usize = 22;
const N_CHANGES: u64 = 12;
/// The question is asked as of this change.
const AS_OF: u64 = 9;
const REPETITIONS: usize = 3;

/// Numbers that look random and are the same in every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// All rows in one segment.
pub fn prepare(task: &Task) -> Result<()> {
    write(task, |_| 0)
}

/// One segment for each change.
pub fn prepare_history(task: &Task) -> Result<()> {
    write(task, |change| change as usize)
}

/// Writes the segments, `segment_of` says which change goes where, and the places with their regions.
fn write(task: &Task, segment_of: fn(u64) -> usize) -> Result<()> {
    fs::create_dir_all(&task.folder)?;
    let n_keys = task.size * 85 / 100;
    let step = n_keys / (task.size - n_keys).max(1);
    let n_places = n_keys.div_ceil(N_INDICATORS * N_YEARS);
    let names: Vec<String> = (0..n_places).map(|p| format!("CITY-{p:05}")).collect();
    let indicators: Vec<String> = (0..N_INDICATORS).map(|i| format!("EA-{i:02}")).collect();
    let projects: Vec<String> = (0..200).map(|p| format!("PRJ-{p:03}")).collect();
    let mut numbers = Numbers(2014);
    let mut segments: BTreeMap<usize, Observations> = BTreeMap::new();
    for row in 0..task.size {
        // A correction names a key of the first pass again, in a later change; no key is corrected twice, because
        // SQL does not say which of two rows with one key and one change is the later one.
        let (key, change) = if row < n_keys {
            (row, 1 + numbers.next() % 4)
        } else {
            ((row - n_keys) * step, 5 + numbers.next() % (N_CHANGES - 4))
        };
        let (indicator, rest) = (key % N_INDICATORS, key / N_INDICATORS);
        let (year, place) = (rest % N_YEARS, rest / N_YEARS);
        let period = Period::year(FIRST_YEAR + year as i16);
        let value = (numbers.next() % 1_000_000) as f64 / 8.0;
        segments.entry(segment_of(change)).or_default().push(&NewRow {
            project: &projects[place % projects.len()],
            change,
            ..NewRow::new(&indicators[indicator], &names[place], period, Scope::Delivered, Some(value))
        });
    }
    let lake = Lake::open(&task.folder)?;
    let mut list = String::new();
    for obs in segments.values() {
        list += &lake.write_segment(obs)?.id.relative_path();
        list += "\n";
    }
    fs::write(task.folder.join("segments.txt"), list)?;
    fs::write(task.folder.join("as-of.txt"), AS_OF.to_string())?;
    let mut places = fs::File::create(task.folder.join("places.csv"))?;
    writeln!(places, "place,region")?;
    for (p, name) in names.iter().enumerate() {
        writeln!(places, "{name},R-{:02}", p % N_REGIONS)?;
    }
    Ok(())
}

/// Asks for every indicator by region and year.
pub fn run(task: &Task) -> Result<Measured> {
    let list = fs::read_to_string(task.folder.join("segments.txt"))?;
    let segments: Vec<(SegmentId, u64)> = list
        .lines()
        .map(|path| {
            let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".parquet")).and_then(SegmentId::parse);
            Ok((id.with_context(|| format!("{path} is no segment"))?, N_CHANGES))
        })
        .collect::<Result<_>>()?;
    let places = fs::read_to_string(task.folder.join("places.csv"))?;
    let groups: BTreeMap<String, String> = places
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(place, region)| (place.to_owned(), region.to_owned()))
        .collect();
    let question = RollUp {
        rules: (0..N_INDICATORS).map(|i| (format!("EA-{i:02}"), Rule::Sum)).collect(),
        scope: Scope::Delivered,
        breakdown: String::new(),
        grain: Grain::Year,
        groups,
        last_change: AS_OF,
    };
    let (seconds, answer) = clock::repeat(REPETITIONS, || {
        // A new lake each time, so that no footer is remembered.
        Ok(Lake::open(&task.folder)?.roll_up(&segments, &question)?)
    })?;
    let total: f64 = answer.rows.iter().filter_map(|r| r.answer.ok()).sum();
    let n_latest: u64 = answer.rows.iter().map(|r| r.n_with_value).sum();
    Ok(Measured { seconds, check: vec![answer.rows.len() as f64, n_latest as f64, total], ..Measured::default() })
}
