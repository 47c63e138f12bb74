//! Every call for the disk fails once: with no room, with an error of the device, with half of it written; once, or
//! from there on. Then the register is opened as if nothing had been, and must hold what was acknowledged.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use store::Mode;
use tempfile::TempDir;

use crate::{audit::Audit, damage, memory, place::Place, runtime, written::Acknowledged};

/// What is asked for.
#[derive(clap::Args)]
pub struct Faults {
    /// Only every so manyth call fails; 1: each.
    #[arg(long, default_value_t = 1)]
    pub stride: u64,
    /// Only every so manyth place of the file is damaged; 1: three in each page.
    #[arg(long, default_value_t = 1)]
    pub damage_stride: usize,
    /// Rows of the file that is imported with little memory.
    #[arg(long, default_value_t = 60_000)]
    pub rows: usize,
}

/// How a call fails: the kind, and for how long.
const KINDS: &[(&str, &str)] =
    &[("enospc", "once"), ("enospc", "on"), ("eio", "once"), ("eio", "on"), ("short", "once")];

/// Runs all trials on SQLite.
pub fn run(faults: &Faults) -> Result<()> {
    let folder = TempDir::with_prefix("ekistics-faults-")?;
    let library = build(folder.path())?;
    disk(faults, &library, folder.path())?;
    read_only(&library, folder.path())?;
    damage::run(faults.damage_stride, folder.path())?;
    memory::run(faults.rows, folder.path())
}

/// Builds the library that stands before the C library.
fn build(folder: &Path) -> Result<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faults/faults.c");
    let library = folder.join("faults.so");
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-O2", "-o"]).args([&library, &source]).arg("-ldl").output()?;
    ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    Ok(library)
}

/// How a run ended.
struct Ended {
    acknowledged: Vec<Acknowledged>,
    complaints: Vec<String>,
    n_calls: u64,
}

fn disk(faults: &Faults, library: &Path, folder: &Path) -> Result<()> {
    let start = Instant::now();
    println!("disk: each call for the disk fails, SQLite");
    let clean = scenario(library, &folder.join("clean"), 0, "eio", "once")?;
    ensure!(clean.complaints.is_empty() && clean.acknowledged.len() == 3, "without a fault: {:?}", clean.complaints);
    println!("  the scenario makes about {} calls", clean.n_calls);
    let mut complaints: BTreeMap<String, u64> = BTreeMap::new();
    for (number, (kind, lasts)) in KINDS.iter().enumerate() {
        let (mut n_runs, mut n_kept, mut n_silent) = (0, 0, 0);
        let mut at = 1 + number as u64 % faults.stride;
        loop {
            let place = folder.join(format!("{kind}-{lasts}-{at}"));
            let ended = scenario(library, &place, at, kind, lasts)?;
            let context = || format!("call {at} fails with {kind}, {lasts}");
            reopen(&place, &ended.acknowledged).with_context(context)?;
            std::fs::remove_dir_all(&place)?;
            if ended.n_calls < at {
                break;
            }
            n_runs += 1;
            n_kept += ended.acknowledged.len();
            n_silent += u64::from(ended.complaints.is_empty());
            ended.complaints.into_iter().for_each(|c| *complaints.entry(c).or_default() += 1);
            at += faults.stride;
        }
        println!(
            "  {kind} {lasts}: {n_runs} runs, {n_kept} acknowledged changes, all there; {n_silent} runs needed no word"
        );
    }
    println!("  what was said:");
    complaints.iter().for_each(|(said, n)| println!("    {n} × {said}"));
    println!("disk: nothing acknowledged was lost, nothing half, no panic, in {:.0?}", start.elapsed());
    Ok(())
}

/// Runs the scenario with one fault.
fn scenario(library: &Path, place: &Path, at: u64, kind: &str, lasts: &str) -> Result<Ended> {
    std::fs::create_dir_all(place)?;
    let count = place.with_extension("count");
    let output = Command::new(std::env::current_exe()?)
        .arg("scenario")
        .args(Place::folder(place).arguments())
        .env("LD_PRELOAD", library)
        .env("FAULT_FOLDER", place)
        .env("FAULT_AT", at.to_string())
        .env("FAULT_KIND", kind)
        .env("FAULT_LASTS", lasts)
        .env("FAULT_COUNT", &count)
        .stdin(Stdio::null())
        .output()?;
    let (said, cried) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success() && !cried.contains("panicked"), "ended with {}: {said}{cried}", output.status);
    let n_calls = std::fs::read_to_string(&count)?.trim().parse()?;
    std::fs::remove_file(&count)?;
    let mut ended = Ended { acknowledged: Vec::new(), complaints: Vec::new(), n_calls };
    for line in said.lines() {
        match Acknowledged::read(line)? {
            Some(acknowledged) => ended.acknowledged.push(acknowledged),
            None => ended.complaints.push(line.replace(&place.display().to_string(), "FOLDER")),
        }
    }
    Ok(ended)
}

/// Opens what is there without faults: checked from the first revision, and once more after it went on.
fn reopen(place: &Path, acknowledged: &[Acknowledged]) -> Result<()> {
    let place = Place::folder(place);
    runtime()?.block_on(async {
        let store = place.open(Mode::Create).await.context("it opens again")?;
        let lake = place.lake()?;
        Audit::default().look(&store, &lake, acknowledged).await?;
        store.close().await;
        anyhow::Ok(())
    })
}

/// A folder in which nothing can be written: reading works, writing is refused by name.
fn read_only(library: &Path, folder: &Path) -> Result<()> {
    let data = folder.join("read-only");
    scenario(library, &data, 0, "eio", "once")?;
    let ekistics = |args: &[&str]| -> Result<(Option<i32>, String)> {
        let output = Command::new(crate::product()?)
            .args(args)
            .arg("--data")
            .arg(&data)
            .env("LD_PRELOAD", library)
            .env("FAULT_FOLDER", &data)
            .env("FAULT_KIND", "readonly")
            .stdin(Stdio::null())
            .output()?;
        let said = [output.stdout, output.stderr].concat();
        Ok((output.status.code(), String::from_utf8_lossy(&said).trim().to_owned()))
    };
    println!("read-only folder:");
    let file = folder.join("places.csv");
    std::fs::write(&file, "id,kind,title_en\n001,world,World\n")?;
    let file = file.display().to_string();
    for (args, expected) in [(&["status"][..], 0), (&["verify"], 0), (&["import", "--yes", &file], 3)] {
        let (code, said) = ekistics(args)?;
        println!("  ekistics {}: {}", args[0], said.lines().next().unwrap_or_default());
        ensure!(code == Some(expected) && !said.contains("panicked"), "{args:?} ended with {code:?}: {said}");
    }
    Ok(())
}
