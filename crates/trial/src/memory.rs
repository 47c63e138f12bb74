//! A large import in too little memory: the program may end, the register stays as it was or has all of it.

use std::{
    fmt::Write as _,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use app::{App, OpenMode};

use crate::{product, runtime};

/// Address space that the program gets, in megabytes: from what it cannot even start with to more than it needs.
const MEGABYTES: [u64; 9] = [40, 80, 120, 160, 220, 300, 400, 600, 4000];

/// How long a program may take before it counts as one that never ends.
const PATIENCE_SECONDS: u32 = 60;
/// What `timeout` ends with when it had to end its program.
const TIMED_OUT: i32 = 124;

/// Imports a file of so many rows again and again.
pub fn run(n_rows: usize, folder: &Path) -> Result<()> {
    let start = Instant::now();
    println!("memory: an import of {n_rows} rows in too little of it");
    let (records, observations, data) =
        (folder.join("records"), folder.join("observations.csv"), folder.join("memory"));
    files(n_rows, &records, &observations)?;
    let import = |limit_mb: u64, file: &Path| -> Result<std::process::Output> {
        // The limit is the shell's, which then becomes the program.
        let output = Command::new("timeout")
            .args(["-k", "1", &PATIENCE_SECONDS.to_string()])
            .args(["sh", "-c", "ulimit -v \"$1\"; shift; exec \"$@\"", "sh", &(limit_mb * 1024).to_string()])
            .arg(product()?)
            .arg("import")
            .arg(file)
            .arg("--yes")
            .arg("--data")
            .arg(&data)
            .stdin(Stdio::null())
            // Rust's own printing of a backtrace needs memory, and waits for itself for ever when there is none.
            .env_remove("RUST_BACKTRACE")
            .output()?;
        ensure!(output.status.code() != Some(TIMED_OUT), "with {limit_mb} MB the import never ended");
        Ok(output)
    };
    let first = import(8_000, &records)?;
    ensure!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let runtime = runtime()?;
    let mut n_ended = 0;
    let mut is_there = false;
    for limit in MEGABYTES {
        let output = import(limit, &observations)?;
        let (n, position) = runtime.block_on(look(&data)).with_context(|| format!("after {limit} MB"))?;
        let was_there = std::mem::replace(&mut is_there, n == n_rows);
        ensure!(n == 0 || n == n_rows, "{n} of {n_rows} observations are there");
        ensure!(was_there || is_there == output.status.success(), "{}: {n} observations are there", output.status);
        n_ended += u64::from(!output.status.success());
        println!("  {limit} MB: {}, then {n} observations at change {position}, intact", output.status);
    }
    ensure!(is_there, "the import never came to its end");
    ensure!(n_ended > 0, "there was always enough memory");
    println!("memory: whole after {n_ended} programs that ended, in {:.0?}", start.elapsed());
    Ok(())
}

async fn look(data: &Path) -> Result<(usize, u64)> {
    let app = App::open(data, OpenMode::Existing).await?;
    let verdict = app::verify(&app, None, &|_, _| {}).await?;
    ensure!(verdict.broken.is_none(), "{:?}", verdict.broken);
    let world = app.world().await?;
    Ok((world.snapshot().observations.len(), world.snapshot().position))
}

/// Records, and observations that refer to them.
fn files(n_rows: usize, records: &Path, observations: &Path) -> Result<()> {
    std::fs::create_dir_all(records)?;
    let n_places = n_rows.div_ceil(25);
    let mut places = String::from("id,kind,title_en\n");
    (0..n_places).try_for_each(|p| writeln!(places, "CITY-{p:05},city,City {p}"))?;
    for (name, text) in [
        ("places.csv", places.as_str()),
        ("plans.csv", "id,title_en,kind,status,starts_on\nP,Plan,strategic_plan,in_force,1995-01-01\n"),
        ("levels.csv", "plan,position,title_en,role\nP,1,Outcome,outcome\n"),
        ("results.csv", "id,plan,level,code,title_en\nR,P,1,R,Result\n"),
        (
            "indicators.csv",
            "id,result,title_en,measure,unit,reporting,status\nI,R,Indicator,flow,person,incremental,confirmed\n",
        ),
    ] {
        std::fs::write(records.join(name), text)?;
    }
    let mut text = String::from("indicator,place,period,scope,value\n");
    (0..n_rows)
        .try_for_each(|i| writeln!(text, "I,CITY-{:05},{},global,{}", i / 25, 1995 + i % 25, i * 7_919 % 100_000))?;
    Ok(std::fs::write(observations, text)?)
}
