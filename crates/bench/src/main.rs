//! The benchmark program: `ekistics-bench NAME prepare|run SIZE FOLDER`.
//!
//! One benchmark is one file here and one row in [`BENCHMARKS`]; `benches/run.py` calls this program,
//! the peer's script of the same name in `benches/peers`, and prints the table.
//!
//! Invariant: nothing here is part of the product; a figure printed here is a time, never a result.

mod append;
mod boundaries;
mod check;
mod clock;
mod degurba;
mod dice;
mod extract;
mod ground;
mod import;
mod index_trial;
mod pages;
mod read_parquet;
mod roll_up;
mod shared;
mod snapshot;
mod streets;
mod survey;
mod synthetic;
mod zonal;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// The allocator of the product, so that both are measured alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is asked for.
struct Task {
    /// How large the input is; each benchmark says of what.
    size: usize,
    /// Where the input lies; the peer reads the same files.
    folder: PathBuf,
}

/// What was measured.
#[derive(Default)]
struct Measured {
    /// Wall time of each repetition, in seconds.
    seconds: Vec<f64>,
    /// Numbers that the peer must find as well, so that both did the same work.
    check: Vec<f64>,
    /// The bytes that the work cannot do without: input read once, output written once. Set against a copy of memory, they tell
    /// how far from the limit of the machine it is.
    moved_bytes: Option<f64>,
    /// The most memory held, where it was looked at before the end.
    peak_mb: Option<f64>,
    /// Other numbers by their names, some of which have goals of their own.
    notes: Vec<(String, f64)>,
}

/// One benchmark.
struct Benchmark {
    name: &'static str,
    /// Makes the input; not measured, and in another process than the measurement.
    prepare: fn(&Task) -> Result<()>,
    /// Does the work several times.
    run: fn(&Task) -> Result<Measured>,
}

const BENCHMARKS: &[Benchmark] = &[
    Benchmark { name: "append", prepare: append::prepare, run: append::run },
    Benchmark { name: "boundaries", prepare: boundaries::prepare, run: boundaries::run },
    Benchmark { name: "boundaries-shaken", prepare: boundaries::prepare_shaken, run: boundaries::run_shaken },
    Benchmark { name: "check", prepare: check::prepare, run: check::run },
    Benchmark { name: "degurba", prepare: degurba::prepare, run: degurba::run },
    Benchmark { name: "degurba-europe", prepare: degurba::prepare_europe, run: degurba::run },
    Benchmark { name: "degurba-percolation", prepare: degurba::prepare_percolation, run: degurba::run },
    Benchmark { name: "degurba-world", prepare: degurba::prepare_world, run: degurba::run_world },
    Benchmark { name: "degurba-world-layers", prepare: degurba::prepare_world_layers, run: degurba::run_world_layers },
    Benchmark { name: "home-page", prepare: pages::prepare, run: pages::home },
    Benchmark { name: "import", prepare: import::prepare, run: import::run },
    Benchmark { name: "index-trial", prepare: index_trial::prepare, run: index_trial::run },
    Benchmark { name: "load", prepare: pages::prepare, run: pages::load },
    Benchmark { name: "roll-up", prepare: roll_up::prepare, run: roll_up::run },
    Benchmark { name: "roll-up-history", prepare: roll_up::prepare_history, run: roll_up::run },
    Benchmark { name: "read-parquet", prepare: read_parquet::prepare, run: read_parquet::run },
    Benchmark { name: "snapshot", prepare: snapshot::prepare, run: snapshot::run },
    Benchmark { name: "streets", prepare: streets::prepare, run: streets::run },
    Benchmark { name: "streets-pandana", prepare: streets::prepare, run: streets::run_rounded },
    Benchmark { name: "streets-porto", prepare: streets::prepare_porto, run: streets::run },
    Benchmark { name: "streets-porto-pyrosm", prepare: streets::prepare_porto, run: streets::run_by_other_rules },
    Benchmark { name: "survey", prepare: survey::prepare, run: survey::run },
    Benchmark { name: "survey-replicates", prepare: survey::prepare_replicates, run: survey::run_replicates },
    Benchmark { name: "survey-svy", prepare: survey::prepare, run: survey::run },
    Benchmark { name: "tracking-page", prepare: pages::prepare, run: pages::tracking },
    Benchmark { name: "zonal", prepare: zonal::prepare, run: zonal::run },
];

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [name, phase, size, folder] = &args[..] else {
        let names: Vec<&str> = BENCHMARKS.iter().map(|b| b.name).collect();
        bail!("usage: ekistics-bench NAME prepare|run SIZE FOLDER\nbenchmarks: {}", names.join(", "));
    };
    let benchmark = BENCHMARKS.iter().find(|b| b.name == name).with_context(|| format!("no benchmark {name}"))?;
    let size = size.parse().with_context(|| format!("{size} is no size"))?;
    let task = Task { size, folder: PathBuf::from(folder) };
    match phase.as_str() {
        "prepare" => match (benchmark.prepare)(&task) {
            Err(e) if e.is::<shared::Missing>() => {
                println!("{}", serde_json::json!({"skipped": e.to_string()}));
                Ok(())
            }
            other => other,
        },
        "run" => {
            let mut measured = (benchmark.run)(&task)?;
            let peak_mb = measured.peak_mb.or_else(clock::peak_memory_mb);
            let best = measured.seconds.iter().copied().fold(f64::INFINITY, f64::min);
            if let Some(bytes) = measured.moved_bytes {
                measured.notes.push(("gb_per_s".to_owned(), bytes / best / 1e9));
                measured.notes.push(("copy_gb_per_s".to_owned(), clock::copied_per_second() / 1e9));
            }
            let notes: serde_json::Map<_, _> = measured.notes.into_iter().map(|(k, v)| (k, v.into())).collect();
            let line = serde_json::json!({
                "seconds": measured.seconds,
                "check": measured.check,
                "peak_mb": peak_mb,
                "notes": notes,
            });
            println!("{line}");
            Ok(())
        }
        other => bail!("{other} is neither prepare nor run"),
    }
}
