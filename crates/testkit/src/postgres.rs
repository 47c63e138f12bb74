//! PostgreSQL servers of the tests' own, each in a folder of its own, reached by a socket in it: one for a process's
//! databases, and clusters that a trial kills and starts again.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// The address of a new database without tables. `TEST_PG_URL` names a server to use, by a database on it whose user
/// may make others; else one is started, which ends with the process.
///
/// Panics when there is no server and none can be started: Debian's package `postgresql` has what is needed.
pub fn database() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let server = match std::env::var("TEST_PG_URL") {
        Ok(address) => address,
        Err(_) => server().address("postgres"),
    };
    make_database(&server, &name);
    at_database(&server, &name)
}

fn make_database(server: &str, name: &str) {
    let made = Command::new(program("psql"))
        .args(["-q", "-X", "-d", server, "-c", &format!("create database {name} template template0")])
        .output()
        .expect("psql runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// The same server, another database.
fn at_database(address: &str, name: &str) -> String {
    let (before, options) = address.split_once('?').map_or((address, None), |(a, b)| (a, Some(b)));
    let server = before.rsplit_once('/').map_or(before, |(server, _)| server);
    options.map_or(format!("{server}/{name}"), |o| format!("{server}/{name}?{o}"))
}

/// Whether the server waits for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// It does, as in life: what it acknowledges is on the disk.
    Synced,
    /// It does not, which is quicker; the cluster ends with its test anyway.
    Unsynced,
}

/// A cluster and its server, which end with their owner.
pub struct Cluster {
    folder: PathBuf,
    /// Ends, and with it the server, when this process does: its input is a pipe from here.
    keeper: Child,
    answers: BufReader<ChildStdout>,
}

fn server() -> &'static Cluster {
    static SERVER: OnceLock<Cluster> = OnceLock::new();
    SERVER.get_or_init(|| Cluster::start(Disk::Unsynced))
}

/// Makes a cluster, starts its server at each line of input, and stops it when the input ends. `$1` is the folder of
/// programs, `$2` ours, `$3` the server's options, `$4` on what stands before a program that must not run as root.
const KEEPER: &str = r#"
set -e
bin=$1; dir=$2; options=$3; shift 3; as=$*
$as "$bin/initdb" -N -D "$dir/data" -U ekistics -A trust --locale=C.UTF-8 -E UTF8 >/dev/null </dev/null
while read -r word; do
    if $as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -c listen_addresses='' $options" start >/dev/null 2>&1 </dev/null
    then echo ready; else echo failed; fi
done
$as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
rm -rf "$dir"
"#;

impl Cluster {
    /// Makes a cluster in a folder of its own and starts its server. Panics when that fails.
    pub fn start(disk: Disk) -> Cluster {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("ekistics-pg-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        let fsync = if disk == Disk::Synced { "on" } else { "off" };
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(programs()).arg(&folder);
        keeper.arg(format!("-c fsync={fsync} -c max_connections=300"));
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0");
        if is_root {
            // The server refuses to run as root; the package brings a user for it.
            let owned = Command::new("chown").arg("postgres").arg(&folder).status();
            assert!(owned.is_ok_and(|s| s.success()), "the user postgres owns {}", folder.display());
            keeper.args(["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]);
        } else {
            keeper.arg("env");
        }
        let mut keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("sh runs");
        let answers = BufReader::new(keeper.stdout.take().expect("its answers"));
        let mut cluster = Cluster { folder, keeper, answers };
        assert!(cluster.started(), "PostgreSQL starts in {}: {}", cluster.folder.display(), cluster.log());
        cluster
    }

    /// The address of one of its databases.
    pub fn address(&self, database: &str) -> String {
        format!("postgres://ekistics@localhost/{database}?host={}", self.folder.display())
    }

    /// The address of a new database without tables.
    pub fn database(&self, name: &str) -> String {
        make_database(&self.address("postgres"), name);
        self.address(name)
    }

    /// Kills the server's first process with the signal that none can catch, as a machine does that has no memory left.
    pub fn kill(&self) {
        let file = fs::read_to_string(self.folder.join("data/postmaster.pid")).expect("the server's pid");
        let pid = file.lines().next().unwrap_or_default().trim();
        assert!(pid.parse::<u32>().is_ok(), "{pid} is a process");
        Command::new("kill").args(["-9", pid]).status().expect("kill runs");
    }

    /// Starts the server again, once the last process of the one that was killed has gone. Panics after a minute.
    pub fn restart(&mut self) {
        let start = Instant::now();
        while !self.started() {
            assert!(start.elapsed() < Duration::from_secs(60), "PostgreSQL starts again: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn started(&mut self) -> bool {
        let mut line = String::new();
        let asked = self.keeper.stdin.as_mut().is_some_and(|input| input.write_all(b"start\n").is_ok());
        asked && self.answers.read_line(&mut line).is_ok() && line.trim() == "ready"
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The keeper stops the server and removes the folder.
        self.keeper.stdin.take();
        self.keeper.wait().ok();
    }
}

/// Where the server's programs lie; Debian keeps them out of the path.
fn programs() -> PathBuf {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|found| found.flatten().map(|e| e.path().join("bin")).filter(|p| p.join("initdb").is_file()).collect())
        .unwrap_or_default();
    versions.sort();
    let in_path = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).find(|p| p.join("initdb").is_file())
    };
    versions.pop().or_else(in_path).expect("PostgreSQL is installed (Debian: postgresql), or TEST_PG_URL is given")
}

fn program(name: &str) -> PathBuf {
    let here = Path::new("/usr/bin").join(name);
    if here.is_file() { here } else { programs().join(name) }
}
