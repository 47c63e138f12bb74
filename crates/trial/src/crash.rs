//! Programs that write are killed at a random moment; then the register must be whole, hold everything that was
//! acknowledged, and go on. On PostgreSQL the server itself is killed too.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use register::Log;
use store::Mode;
use tempfile::TempDir;
use testkit::postgres::{Cluster, Disk};

use crate::{
    audit::{Audit, Seen},
    dice::Dice,
    place::{Database, Place},
    runtime,
    written::Acknowledged,
};

/// What is asked for.
#[derive(clap::Args)]
pub struct Crash {
    /// The database.
    #[arg(long, value_enum, default_value = "sqlite")]
    pub on: Database,
    /// How often a program is killed.
    #[arg(long, default_value_t = 2000)]
    pub cycles: u64,
    /// What all chance follows from; timing aside, the same seed gives the same run.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// A new register after so many cycles, so that a cycle stays cheap.
    #[arg(long, default_value_t = 25)]
    pub renew: u64,
    /// PostgreSQL's server is killed in one of so many cycles.
    #[arg(long, default_value_t = 8)]
    pub server_every: u64,
    /// Where the registers lie; a folder for temporary files by default.
    #[arg(long)]
    pub folder: Option<PathBuf>,
}

/// Writers of a program.
const WRITERS: u64 = 4;
/// A program is killed within this time of its start, or of an acknowledgement.
const EARLY: Duration = Duration::from_millis(250);
const LATE: Duration = Duration::from_micros(1_500);
/// A program that says nothing for so long hangs.
const SILENCE: Duration = Duration::from_secs(60);

/// What happened in all cycles.
#[derive(Default)]
struct Counts {
    acknowledged: u64,
    killed_before_first: u64,
    seen: Seen,
    most_revisions: u64,
    servers_killed: u64,
    second_programs: u64,
    registers: u64,
}

/// Runs the cycles; the first thing that is wrong ends the run and leaves the register for a look.
pub fn run(crash: &Crash) -> Result<()> {
    let start = Instant::now();
    println!("crash: {} on {}, seed {}", counted(crash.cycles, "cycle"), crash.on.name(), crash.seed);
    let mut folder = match &crash.folder {
        Some(folder) => tempfile::Builder::new().prefix("crash-").tempdir_in(folder)?,
        None => TempDir::with_prefix("ekistics-crash-")?,
    };
    let mut cluster = (crash.on == Database::Postgres).then(|| Cluster::start(Disk::Synced));
    let mut counts = Counts::default();
    let mut register: Option<(Place, Audit)> = None;
    for cycle in 0..crash.cycles {
        let (place, audit) = match &mut register {
            Some((place, audit)) if cycle % crash.renew != 0 => (place, audit),
            _ => {
                counts.registers += 1;
                let made = new_register(folder.path(), cycle, cluster.as_ref())?;
                let (place, audit) = register.insert((made, Audit::default()));
                (place, audit)
            }
        };
        let is_last = (cycle + 1) % crash.renew == 0 || cycle + 1 == crash.cycles;
        let dice = Dice::new(crash.seed).fork(cycle);
        if let Err(error) = one(crash, place, audit, cluster.as_mut(), dice, is_last, &mut counts) {
            folder.disable_cleanup(true);
            let kept =
                format!("cycle {cycle} of seed {}; its register is kept in {}", crash.seed, place.data.display());
            return Err(error.context(kept));
        }
        if is_last {
            std::fs::remove_dir_all(&place.data).ok();
        }
        if (cycle + 1) % 250 == 0 {
            println!("  {} cycles, {} changes, {:.0?}", cycle + 1, counts.seen.n_changes, start.elapsed());
        }
    }
    let Counts { seen, .. } = counts;
    println!(
        "  killed: {}, {} of them before their first change",
        counted(crash.cycles, "program"),
        counts.killed_before_first
    );
    println!(
        "  two programs at once: {} cycles; server killed: {} cycles",
        counts.second_programs, counts.servers_killed
    );
    println!("  acknowledged: {}, each found with exactly its content", counted(counts.acknowledged, "change"));
    println!("  not acknowledged but there, each whole: {}", seen.n_unacknowledged);
    println!(
        "  in all: {} of {} revisions and {} segments in {}; chains recomputed from the start: {}, the longest {} revisions",
        counted(seen.n_changes, "change"),
        seen.n_revisions,
        seen.n_segments,
        counted(counts.registers, "register"),
        counts.registers,
        counts.most_revisions
    );
    println!("crash: nothing lost, nothing half, in {:.0?}", start.elapsed());
    Ok(())
}

fn counted(n: u64, of: &str) -> String {
    format!("{n} {of}{}", if n == 1 { "" } else { "s" })
}

fn new_register(folder: &Path, cycle: u64, cluster: Option<&Cluster>) -> Result<Place> {
    let data = folder.join(format!("register-{cycle}"));
    std::fs::create_dir_all(&data)?;
    Ok(Place { data, database: cluster.map(|c| c.database(&format!("crash_{cycle}"))) })
}

/// Starts programs, kills them, looks.
fn one(
    crash: &Crash,
    place: &Place,
    audit: &mut Audit,
    mut cluster: Option<&mut Cluster>,
    mut dice: Dice,
    is_last: bool,
    counts: &mut Counts,
) -> Result<()> {
    let mut programs = vec![Program::start(place, dice.next(), 0)?];
    if dice.one_in(4) {
        counts.second_programs += 1;
        programs.push(Program::start(place, dice.next(), WRITERS)?);
    }
    // A third of the kills fall anywhere from the start on, the others shortly after a change was acknowledged.
    if dice.one_in(3) {
        std::thread::sleep(dice.within(EARLY));
    } else {
        let n = 1 + dice.below(60);
        programs[0].wait_for(n)?;
        std::thread::sleep(dice.within(LATE));
    }
    let server_dies = cluster.is_some() && dice.one_in(crash.server_every);
    let runtime = runtime()?;
    let mut survivor = None;
    if let Some(cluster) = cluster.as_mut().filter(|_| server_dies) {
        survivor = Some(runtime.block_on(place.open(Mode::Create)).context("a program that only watches")?);
        cluster.kill();
        counts.servers_killed += 1;
        std::thread::sleep(dice.within(LATE));
    }
    let mut acknowledged = Vec::new();
    for mut program in programs {
        // The second program goes on for a moment beside the one that was killed.
        let said = program.kill()?;
        std::thread::sleep(dice.within(LATE));
        counts.killed_before_first += u64::from(said.acknowledged.is_empty());
        if let Some(error) = said.error.filter(|_| !server_dies) {
            anyhow::bail!("a program that nothing had happened to said: {error}");
        }
        acknowledged.extend(said.acknowledged);
    }
    if let Some(cluster) = cluster.filter(|_| server_dies) {
        cluster.restart();
    }
    counts.acknowledged += acknowledged.len() as u64;
    runtime.block_on(async {
        if let Some(survivor) = survivor {
            // A program that was running all the while goes on, once the server is there again.
            survivor.head().await.context("a program that outlived its server")?;
            survivor.close().await;
        }
        let store = place.open(Mode::Create).await.context("the register opens again")?;
        let lake = place.lake()?;
        let seen = audit.look(&store, &lake, &acknowledged).await?;
        counts.seen.n_changes += seen.n_changes;
        counts.seen.n_revisions += seen.n_revisions;
        counts.seen.n_segments += seen.n_segments;
        counts.seen.n_unacknowledged += seen.n_unacknowledged;
        if is_last {
            counts.most_revisions = counts.most_revisions.max(audit.recompute(&store, &lake).await?);
        }
        store.close().await;
        Ok(())
    })
}

/// A program that writes.
struct Program {
    child: Child,
    lines: Receiver<String>,
    said: Vec<String>,
}

/// What it said until its end.
struct Said {
    acknowledged: Vec<Acknowledged>,
    error: Option<String>,
}

impl Program {
    fn start(place: &Place, seed: u64, first: u64) -> Result<Program> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("write")
            .args(place.arguments())
            .args(["--seed", &seed.to_string(), "--first", &first.to_string(), "--writers", &WRITERS.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let output = BufReader::new(child.stdout.take().context("its output")?);
        let (sender, lines) = channel();
        std::thread::spawn(move || output.lines().map_while(|l| l.ok()).try_for_each(|l| sender.send(l)));
        Ok(Program { child, lines, said: Vec::new() })
    }

    /// Waits for so many acknowledgements, or its end.
    fn wait_for(&mut self, n: u64) -> Result<()> {
        let mut missing = n;
        while missing > 0 {
            match self.lines.recv_timeout(SILENCE) {
                Ok(line) => {
                    missing -= u64::from(line.starts_with("ack "));
                    self.said.push(line);
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => anyhow::bail!("a program said nothing for {SILENCE:?}"),
            }
        }
        Ok(())
    }

    /// Kills it with the signal that none can catch, and reads what it had said.
    fn kill(&mut self) -> Result<Said> {
        self.child.kill()?;
        let status = self.child.wait()?;
        self.said.extend(self.lines.iter());
        let mut said = Said { acknowledged: Vec::new(), error: None };
        if status.code().is_some() {
            // It was not we who ended it.
            let mut cried = String::new();
            self.child.stderr.take().map(|mut e| e.read_to_string(&mut cried)).transpose()?;
            said.error = Some(format!("{status}: {cried}"));
        }
        for line in &self.said {
            match Acknowledged::read(line)? {
                Some(acknowledged) => said.acknowledged.push(acknowledged),
                None if line.starts_with("error") => said.error = Some(line.clone()),
                None => ensure!(line == "ready", "a program said {line}"),
            }
        }
        Ok(said)
    }
}

impl Drop for Program {
    /// A trial that found something leaves nobody writing on.
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
