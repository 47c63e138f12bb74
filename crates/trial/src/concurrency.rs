//! Many write and many read, all at once; every call is noted, and the whole history judged afterwards.
//!
//! A writer reads a record, and writes a new value against the position that it read, naming the value that it
//! replaces; a conflict is tried again. A reader reads a record.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, ensure};
use app::{App, OpenMode};
use clap::ValueEnum;
use jiff::Timestamp;
use model::{Kind, value::Lang};
use register::{Log, Verifier};
use store::StoreError;
use tempfile::TempDir;
use testkit::postgres::{Cluster, Disk};

use crate::{
    dice::Dice,
    history::{self, Logged, Read, Write},
    place::{Database, Place},
    readers::{Connection, Server},
    written::{checked, unit},
};

/// What is asked for.
#[derive(clap::Args)]
pub struct Concurrency {
    /// The database.
    #[arg(long, value_enum, default_value = "sqlite")]
    pub on: Database,
    /// How readers read.
    #[arg(long, value_enum, default_value = "app")]
    pub over: Over,
    /// For how long.
    #[arg(long, default_value_t = 300)]
    pub seconds: u64,
    /// Who write.
    #[arg(long, default_value_t = 64)]
    pub writers: u64,
    /// Who read.
    #[arg(long, default_value_t = 500)]
    pub readers: u64,
    /// Records that they write and read.
    #[arg(long, default_value_t = 300)]
    pub records: u64,
    /// How long a reader looks at what it read before it reads again [default: 50 in one program, 500 over HTTP].
    #[arg(long)]
    pub pause_ms: Option<u64>,
    /// The run fails when the 95th of a hundred reads takes longer.
    #[arg(long, default_value_t = 100)]
    pub most_ms: u64,
    /// What all chance follows from.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Where the register lies; a folder for temporary files by default.
    #[arg(long)]
    pub folder: Option<PathBuf>,
}

/// How readers read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Over {
    /// In the program that writes, from the world that pages are made of.
    App,
    /// The record's page, from `ekistics serve` beside the program that writes.
    Http,
}

/// What everybody in the run shares.
struct Run {
    app: App,
    start: Instant,
    until: Instant,
    n_records: u64,
    pause: Duration,
    conflicts: AtomicU64,
}

impl Run {
    fn now(&self) -> u64 {
        self.start.elapsed().as_nanos() as u64
    }
    fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }
    /// The value of a record in the current world.
    async fn look(&self, record: u32) -> Result<(Arc<app::World>, Read)> {
        let invoked = self.now();
        let world = self.app.world().await?;
        let value = world.records().units.get(id(record)).map(|u| u.title.show(Lang::En).to_owned());
        let answered = self.now();
        let value = value_in(&value.context("the record is there")?)?;
        let read = Read { record, value, position: Some(world.snapshot().position), invoked, answered };
        Ok((world, read))
    }
}

fn id(record: u32) -> String {
    format!("RECORD-{record}")
}

fn title(value: u64, replaced: u64) -> String {
    format!("worth {value} after {replaced}")
}

fn number_after(text: &str, mark: &str) -> Result<u64> {
    let (_, rest) = text.split_once(mark).with_context(|| format!("no {mark} in the answer"))?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    Ok(digits.parse()?)
}

fn value_in(text: &str) -> Result<u64> {
    number_after(text, "worth ")
}

/// Runs, judges, and says what was measured.
pub fn run(args: &Concurrency) -> Result<()> {
    let folder = match &args.folder {
        Some(folder) => tempfile::Builder::new().prefix("concurrency-").tempdir_in(folder)?,
        None => TempDir::with_prefix("ekistics-concurrency-")?,
    };
    let cluster = (args.on == Database::Postgres).then(|| Cluster::start(Disk::Synced));
    let place = Place { data: folder.path().to_owned(), database: cluster.as_ref().map(|c| c.database("concurrency")) };
    let pause = args.pause_ms.unwrap_or(if args.over == Over::App { 50 } else { 500 });
    println!(
        "concurrency: {} writers, {} readers ({}, {pause} ms between two reads), {} records, {} s, {}, seed {}",
        args.writers,
        args.readers,
        if args.over == Over::App { "in one program" } else { "over HTTP" },
        args.records,
        args.seconds,
        args.on.name(),
        args.seed
    );
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let app = App::open_in(&place.data, place.database.as_deref(), OpenMode::Create).await?;
        app::load_demo(&app, Timestamp::now()).await?;
        let edits = (0..args.records).map(|r| unit(&id(r as u32), &title(0, 0))).collect();
        let position = app.store()?.head().await?.0;
        let first = checked(app.world().await?.records(), "trial", Timestamp::now(), position, edits)?;
        let begin = app.store()?.append(first).await?.number;
        let server = (args.over == Over::Http).then(|| Server::start(&place)).transpose()?;
        let start = Instant::now();
        let run = Arc::new(Run {
            app,
            start,
            until: start + Duration::from_secs(args.seconds),
            n_records: args.records,
            pause: Duration::from_millis(pause),
            conflicts: AtomicU64::new(0),
        });
        let dice = Dice::new(args.seed);
        let writers: Vec<_> = (0..args.writers).map(|w| tokio::spawn(writer(run.clone(), w, dice.fork(w)))).collect();
        let readers: Vec<_> = (0..args.readers)
            .map(|r| {
                let (run, dice) = (run.clone(), dice.fork(1 << 20 | r));
                let address = server.as_ref().map(|s| s.address);
                tokio::spawn(async move {
                    match address {
                        None => reader(run, dice).await,
                        Some(address) => http_reader(run, dice, address).await,
                    }
                })
            })
            .collect();
        let (mut writes, mut reads, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        for task in writers {
            let (written, read) = task.await??;
            writes.extend(written);
            seen.extend(read);
        }
        for task in readers {
            reads.extend(task.await??);
        }
        let seconds = start.elapsed().as_secs_f64();
        report(&run, &writes, &reads, seconds);
        let p95 = at(&latencies(reads.iter().map(|r| (r.invoked, r.answered))), 95.0);
        let n_read = reads.len() + seen.len();
        reads.extend(seen);
        judge(&run, begin, &writes, &reads).await?;
        println!(
            "  linearisable: {} writes form one chain for each record, {n_read} reads each saw what was current; chain and tables whole",
            writes.len()
        );
        ensure!(p95 <= args.most_ms as f64, "the 95th of a hundred reads took {p95:.1} ms, not {} ms", args.most_ms);
        drop(server);
        run.app.store()?.close().await;
        Ok(())
    })
}

async fn writer(run: Arc<Run>, number: u64, mut dice: Dice) -> Result<(Vec<Write>, Vec<Read>)> {
    let (mut writes, mut reads) = (Vec::new(), Vec::new());
    let author = format!("writer {number}");
    let mut n_written = 0;
    while !run.is_over() {
        let record = dice.below(run.n_records) as u32;
        n_written += 1;
        let value = (number + 1) << 32 | n_written;
        loop {
            let (world, read) = run.look(record).await?;
            reads.push(read);
            let edits = vec![unit(&id(record), &title(value, read.value))];
            let checked = checked(world.records(), &author, Timestamp::now(), world.snapshot().position, edits)?;
            let invoked = run.now();
            match run.app.store()?.append(checked).await {
                Ok(committed) => {
                    let (replaced, answered) = (read.value, run.now());
                    writes.push(Write { record, value, replaced, number: committed.number, invoked, answered });
                    break;
                }
                Err(StoreError::Conflict { .. }) => drop(run.conflicts.fetch_add(1, Ordering::Relaxed)),
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok((writes, reads))
}

async fn reader(run: Arc<Run>, mut dice: Dice) -> Result<Vec<Read>> {
    let mut reads = Vec::new();
    tokio::time::sleep(dice.within(run.pause)).await;
    while !run.is_over() {
        reads.push(run.look(dice.below(run.n_records) as u32).await?.1);
        tokio::time::sleep(run.pause).await;
    }
    Ok(reads)
}

async fn http_reader(run: Arc<Run>, mut dice: Dice, address: std::net::SocketAddr) -> Result<Vec<Read>> {
    let mut reads = Vec::new();
    tokio::time::sleep(dice.within(run.pause)).await;
    let mut connection = Connection::open(address).await?;
    while !run.is_over() {
        let record = dice.below(run.n_records) as u32;
        let invoked = run.now();
        let page = connection.get(&format!("/records/unit/{}", id(record))).await?;
        let answered = run.now();
        reads.push(Read { record, value: value_in(&page)?, position: None, invoked, answered });
        tokio::time::sleep(run.pause).await;
    }
    Ok(reads)
}

/// Milliseconds from call to answer, sorted.
fn latencies(calls: impl Iterator<Item = (u64, u64)>) -> Vec<f64> {
    let mut all: Vec<f64> = calls.map(|(invoked, answered)| (answered - invoked) as f64 / 1e6).collect();
    all.sort_unstable_by(f64::total_cmp);
    all
}

fn at(sorted: &[f64], percent: f64) -> f64 {
    let rank = (sorted.len() as f64 * percent / 100.0).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

fn report(run: &Run, writes: &[Write], reads: &[Read], seconds: f64) {
    let line = |what: &str, sorted: &[f64]| {
        println!(
            "  {what}: {} in {seconds:.0} s, {:.0} a second; p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms, slowest {:.1} ms",
            sorted.len(),
            sorted.len() as f64 / seconds,
            at(sorted, 50.0),
            at(sorted, 95.0),
            at(sorted, 99.0),
            at(sorted, 100.0)
        );
    };
    line("writes", &latencies(writes.iter().map(|w| (w.invoked, w.answered))));
    line("reads", &latencies(reads.iter().map(|r| (r.invoked, r.answered))));
    println!("  conflicts, each tried again: {}", run.conflicts.load(Ordering::Relaxed));
}

/// Reads the log, verifies it, and holds the history against it.
async fn judge(run: &Run, begin: u64, writes: &[Write], reads: &[Read]) -> Result<()> {
    let store = run.app.store()?;
    let (mut verifier, mut log, mut next) = (Verifier::default(), Vec::new(), 1);
    loop {
        let batch = store.read(next, 5_000).await?;
        if batch.is_empty() {
            break;
        }
        for (change, revision) in batch {
            verifier.take(&change, &revision).map_err(|b| anyhow!("the chain is broken: {b}"))?;
            next = revision.seq + 1;
            if change.number > begin {
                let record = revision.record.rsplit('-').next().unwrap_or_default().parse()?;
                let (_, row) = revision.row().context("a unit")?;
                let title = Kind::Unit.def().column("title_en").and_then(|at| row.get(at)).map(|v| v.to_text());
                let title = title.unwrap_or_default();
                let (value, replaced) = (value_in(&title)?, number_after(&title, "after ")?);
                log.push(Logged { number: change.number, record, value, replaced });
            }
        }
    }
    let (n_revisions, head) = store.tip().await?;
    verifier.finish(n_revisions, &head).map_err(|b| anyhow!("the head is another: {b}"))?;
    if let Some(found) = store.disagreement().await? {
        return Err(anyhow!("the tables differ from the log: {found}"));
    }
    // Positions before the first write all show the beginning.
    history::check(&log, writes, reads).map_err(|wrong| anyhow!("the history is not linearisable: {wrong}"))
}
