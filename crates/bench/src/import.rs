//! Importing observations from a CSV file: read, judge, compare, write the segment and the change; against a library
//! that only reads the same file. Size: rows.

use std::{
    fs,
    io::{BufWriter, Write},
};

use anyhow::{Result, ensure};
use app::{App, NamedBytes, OpenMode};
use jiff::{Timestamp, civil::date};

use crate::{Measured, Task, clock};

const N_PLACES: usize = 2_000;
const N_YEARS: usize = 25;

/// Writes the file, and the records that it refers to.
pub fn prepare(task: &Task) -> Result<()> {
    let mut out = BufWriter::new(fs::File::create(task.folder.join("observations.csv"))?);
    writeln!(out, "indicator,place,period,breakdown,scope,value,status,source")?;
    let n_indicators = task.size.div_ceil(N_PLACES * N_YEARS * 2);
    for i in 0..task.size {
        let (place, year, sex, indicator) =
            (i % N_PLACES, i / N_PLACES % N_YEARS, i / (N_PLACES * N_YEARS) % 2, i / (N_PLACES * N_YEARS * 2));
        let breakdown = ["sex=female", "sex=male"][sex];
        let value = (i * 7_919 % 100_000) as f64 / 8.0;
        let status = if i % 17 == 0 { "estimated" } else { "measured" };
        writeln!(out, "IND-{indicator:03},CITY-{place:05},{},{breakdown},global,{value},{status},S-1", 1995 + year)?;
    }
    out.flush()?;
    let folder = task.folder.join("records");
    fs::create_dir_all(&folder)?;
    let mut places = String::from("id,kind,title_en\n");
    (0..N_PLACES).for_each(|p| places.push_str(&format!("CITY-{p:05},city,City {p}\n")));
    let mut indicators = String::from("id,result,title_en,measure,unit,reporting,status\n");
    (0..n_indicators)
        .for_each(|i| indicators.push_str(&format!("IND-{i:03},R,Indicator {i},flow,person,incremental,confirmed\n")));
    for (name, text) in [
        ("places.csv", places.as_str()),
        ("indicators.csv", &indicators),
        ("plans.csv", "id,title_en,kind,status,starts_on\nP,Plan,strategic_plan,in_force,1995-01-01\n"),
        ("levels.csv", "plan,position,title_en,role\nP,1,Outcome,outcome\n"),
        ("results.csv", "id,plan,level,code,title_en\nR,P,1,R,Result\n"),
        ("dimensions.csv", "id,title_en,partition\nsex,Sex,true\n"),
        ("categories.csv", "dimension,code,title_en\nsex,female,Female\nsex,male,Male\n"),
        ("sources.csv", "id,title_en,kind\nS-1,Census,dataset\n"),
    ] {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// As often as the peer reads: the first time a program asks for so much memory is slower for both.
const REPETITIONS: usize = 3;

/// Imports the file into a register that holds the records; each time into a new one.
pub fn run(task: &Task) -> Result<Measured> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let data = task.folder.join("data");
    let import = |app: &App, files: Vec<NamedBytes>| {
        runtime.block_on(async {
            let preview = app::preview_import(app, "bench", files, date(2025, 1, 1), &|_, _| {}).await?;
            ensure!(preview.can_confirm, "{:?}", preview.diagnostics.first());
            let by = app::access::Actor::Local { name: "bench".into() };
            let written = app::confirm_import(app, &preview.token, &by, "bench", Timestamp::UNIX_EPOCH).await?;
            ensure!(written.is_ok(), "the file is refused");
            Ok(preview.counts.added)
        })
    };
    let mut measured = Measured::default();
    fs::remove_dir_all(&data).ok();
    for repetition in 0..REPETITIONS {
        // A folder of its own: the database of the one before may still be closing.
        let app = runtime.block_on(App::open(&data.join(repetition.to_string()), OpenMode::Create))?;
        import(&app, app::read_path(&task.folder.join("records"))?)?;
        let file = task.folder.join("observations.csv");
        let (seconds, n) = clock::repeat(1, || import(&app, app::read_path(&file)?))?;
        measured.seconds.extend(seconds);
        measured.check = vec![n as f64];
    }
    Ok(measured)
}
