//! A PostgreSQL server of the tests' own: one a process, in a folder of its own, reached by a socket in it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
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
    let made = Command::new(program("psql"))
        .args(["-q", "-X", "-d", &server, "-c", &format!("create database {name} template template0")])
        .output()
        .expect("psql runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    at_database(&server, &name)
}

/// The same server, another database.
fn at_database(address: &str, name: &str) -> String {
    let (before, options) = address.split_once('?').map_or((address, None), |(a, b)| (a, Some(b)));
    let server = before.rsplit_once('/').map_or(before, |(server, _)| server);
    options.map_or(format!("{server}/{name}"), |o| format!("{server}/{name}?{o}"))
}

struct Server {
    folder: PathBuf,
    /// Ends, and with it the server, when this process does: its input is a pipe from here.
    _keeper: Child,
}

impl Server {
    fn address(&self, database: &str) -> String {
        format!("postgres://ekistics@localhost/{database}?host={}", self.folder.display())
    }
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(start)
}

/// Makes a cluster and runs it until standard input ends. `$1` is the folder of programs, `$2` ours, `$3` on what
/// stands before a program that must not run as root.
const KEEPER: &str = r#"
set -e
bin=$1; dir=$2; shift 2
"$@" "$bin/initdb" -D "$dir/data" -U ekistics -A trust --locale=C.UTF-8 -E UTF8 >/dev/null
"$@" "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -c listen_addresses='' -c fsync=off -c max_connections=300" start >/dev/null
echo ready
cat >/dev/null || true
"$@" "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null
rm -rf "$dir"
"#;

fn start() -> Server {
    let folder = std::env::temp_dir().join(format!("ekistics-pg-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0");
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "keeper"]).arg(programs()).arg(&folder);
    if is_root {
        // The server refuses to run as root; the package brings a user for it.
        let owned = Command::new("chown").arg("postgres").arg(&folder).status();
        assert!(owned.is_ok_and(|s| s.success()), "the user postgres owns {}", folder.display());
        keeper.args(["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    } else {
        keeper.arg("env");
    }
    let mut child = keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("sh runs");
    let mut line = String::new();
    if let Some(out) = child.stdout.take() {
        BufReader::new(out).read_line(&mut line).ok();
    }
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    assert_eq!(line.trim(), "ready", "PostgreSQL starts in {}: {log}", folder.display());
    Server { folder, _keeper: child }
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
