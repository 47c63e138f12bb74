//! A server in another language that says `ready WHERE` on its first line and ends when its standard input does.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A running server. Its input is a pipe from here, so it ends with its owner, however that ends.
pub(crate) struct Server {
    /// What it said after `ready`.
    pub place: String,
    child: Child,
}

impl Server {
    /// Starts a program and waits until it is ready. Panics when it does not get there.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("{command:?} cannot be started: {e}"));
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            let mut out = BufReader::new(out);
            out.read_line(&mut line).ok();
            // The rest of the output is drained, or the server would block on a full pipe.
            std::thread::spawn(move || out.lines().for_each(drop));
        }
        let place = line.trim().strip_prefix("ready ").map(str::to_owned);
        Server { place: place.unwrap_or_else(|| panic!("{command:?} is not ready, but says: {line}")), child }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A folder below `tests` of the workspace.
pub fn folder(name: &str) -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest).join("tests").join(name)
}

/// Installs the packages of a folder with a `package-lock.json`, unless they are there as the lock wants them.
///
/// Panics when npm is missing or fails. Tests in several processes wait for each other.
pub fn packages(folder: &Path) {
    let lock = File::create(folder.join(".installing")).expect("a lock");
    lock.lock().expect("the lock");
    let wanted = fs::read(folder.join("package-lock.json")).expect("package-lock.json");
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return;
    }
    let done = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--silent"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .status()
        .expect("npm is installed (Debian: nodejs, npm)");
    assert!(done.success(), "npm ci in {} ended with {done}", folder.display());
    fs::write(stamp, wanted).expect("the stamp");
}
