//! From an extract of OpenStreetMap to the walking distance of every node from the nearest of many stops; then a second
//! threshold on the same field, and points put on the network.
//!
//! Size: nodes of the made-up city; its stops lie at nodes, so that no rule of snapping decides.

use std::{
    fs,
    io::{BufWriter, Write},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result};
use rayon::prelude::*;
use streets::{Field, Network, Reached, Serving, SnapIndex, Source, WayNetwork, read_ways, unwatched};

use crate::{Measured, Task, clock, dice::Dice, extract, shared};

const REPETITIONS: usize = 3;
const LIMIT_M: f64 = 2_000.0;
const LEAST_PART_M: f64 = 1_000.0;
const N_STOPS: usize = 1_000;
const N_CELLS: usize = 100_000;
/// How many of the numbers to check tell of the network alone.
const N_OF_NETWORK: usize = 5;
/// Which of the numbers to check is how many nodes the network has.
const AT_NODES: usize = 2;

/// Writes a made-up city.
pub fn prepare(task: &Task) -> Result<()> {
    fs::create_dir_all(&task.folder)?;
    let path = task.folder.join("city.osm.pbf");
    extract::write(&path, task.size)?;
    write_stops(&path, &task.folder)
}

/// Takes the streets of Porto, four times side by side.
pub fn prepare_porto(task: &Task) -> Result<()> {
    let from = shared::data("geo/bench/porto_x4.osm.pbf")?;
    fs::create_dir_all(&task.folder)?;
    let path = task.folder.join("city.osm.pbf");
    fs::copy(from, &path)?;
    write_stops(&path, &task.folder)
}

fn network(path: &Path) -> Result<Network> {
    let ways = read_ways(path, WayNetwork { walked: true, streets: false, excluded: &[] }, &unwatched)?;
    Ok(Network::walking(&ways, LEAST_PART_M)?)
}

/// Some nodes of the network as stops: longitude and latitude.
fn write_stops(path: &Path, folder: &Path) -> Result<()> {
    let network = network(path)?;
    let mut dice = Dice(5);
    let mut file = BufWriter::new(fs::File::create(folder.join("stops.csv"))?);
    for _ in 0..N_STOPS {
        let [lon, lat] = network.place(dice.below(network.graph.n_nodes() as u64) as u32);
        writeln!(file, "{lon:.7},{lat:.7}")?;
    }
    Ok(file.flush()?)
}

/// Reads the stops.
fn read_stops(folder: &Path) -> Result<Vec<[f64; 2]>> {
    let text = fs::read_to_string(folder.join("stops.csv"))?;
    let place = |line: &str| {
        let (lon, lat) = line.split_once(',').context("a stop has two numbers")?;
        Ok([lon.parse()?, lat.parse()?])
    };
    text.lines().map(place).collect()
}

/// As [`run`], beside a peer that rounds its distances: the network must agree, the distances cannot.
pub fn run_rounded(task: &Task) -> Result<Measured> {
    let mut measured = run(task)?;
    measured.check.truncate(N_OF_NETWORK);
    Ok(measured)
}

/// As [`run`], beside a peer with rules of its own for what is walked: both networks have as many hundred thousands of nodes.
pub fn run_by_other_rules(task: &Task) -> Result<Measured> {
    let mut measured = run(task)?;
    measured.check = vec![(measured.check[AT_NODES] / 1e5).round()];
    Ok(measured)
}

/// From the file to the field, and what is asked of the field afterwards.
pub fn run(task: &Task) -> Result<Measured> {
    let path = task.folder.join("city.osm.pbf");
    let stops = read_stops(&task.folder)?;
    let field_of = || {
        let network = network(&path)?;
        let sources: Vec<Source> =
            SnapIndex::of(&network).nodes(&stops).into_iter().flatten().map(Source::Node).collect();
        let field = Field::search(&network.graph, &sources, LIMIT_M, Serving::Forget, &unwatched)?;
        Ok((network, field))
    };
    // Once for its memory: what one repetition gave back, the allocator keeps for the next.
    drop(field_of()?);
    let peak_mb = clock::peak_memory_mb();
    let (seconds, (network, field)) = clock::repeat(REPETITIONS, field_of)?;

    let mut dice = Dice(9);
    let cells: Vec<[f64; 2]> = (0..N_CELLS)
        .map(|_| {
            let [lon, lat] = network.place(dice.below(network.graph.n_nodes() as u64) as u32);
            [lon + (dice.share() - 0.5) * 0.01, lat + (dice.share() - 0.5) * 0.01]
        })
        .collect();
    let index = SnapIndex::of(&network);
    let (snapping, snapped) = clock::repeat(REPETITIONS, || Ok(index.edges(&cells, f64::INFINITY)))?;
    let people_within = |threshold_m: f64| {
        let within = |cell: &&streets::Snapped| field.distance_m(&network.graph, cell) <= threshold_m;
        snapped.par_iter().flatten().filter(within).count()
    };
    let start = Instant::now();
    let n_first = people_within(500.0);
    let first = start.elapsed().as_secs_f64();
    let (second, n_second) = clock::repeat(REPETITIONS, || Ok(people_within(1_000.0)))?;
    anyhow::ensure!(n_first <= n_second, "a longer walk reaches fewer");
    let (reaching, reached) = clock::repeat(REPETITIONS, || Ok(Reached::within(&network.graph, &[(&field, 500.0)])))?;
    anyhow::ensure!(reached.length_m() > 0.0, "nothing is reached");

    let distances = field.distances_m();
    let within = |threshold_m: f64| distances.iter().filter(|d| **d <= threshold_m).count() as f64;
    let counts = network.counts;
    let walked: f64 = distances.iter().filter(|d| d.is_finite()).sum();
    let check = vec![
        counts.nodes_before_prune as f64,
        counts.edges_before_prune as f64,
        counts.nodes as f64,
        counts.edges as f64,
        counts.length_km,
        within(500.0),
        within(1_000.0),
        walked,
    ];
    let least = |times: &[f64]| times.iter().copied().fold(f64::INFINITY, f64::min);
    let notes = vec![
        ("snap_100000_s".to_owned(), least(&snapping)),
        ("threshold_s".to_owned(), first.max(least(&second))),
        ("reached_s".to_owned(), least(&reaching)),
    ];
    Ok(Measured { seconds, check, peak_mb, notes, ..Measured::default() })
}
