//! Running the tests, from nothing.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{api, docs, licences, packages, run, trials};

/// Installs what is missing and runs every test, and each trial for a while.
pub fn test() -> Result<()> {
    packages::install()?;
    // What releases turn on is built and tested too.
    run::step("build", env!("CARGO"), &["build", "--workspace", "--all-targets", "--features", "cli/traces"])?;
    run::step("tests", env!("CARGO"), &["test", "--workspace", "--features", "cli/traces"])?;
    docs::unchanged()?;
    trials::short()?;
    api::schemathesis(30)?;
    browser()
}

/// What the gate does, and format, lint, docs, licences, advisories and a minute of fuzzing.
pub fn check() -> Result<()> {
    run::step("format", env!("CARGO"), &["fmt", "--all", "--check"])?;
    run::step("lint", env!("CARGO"), &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    run::step("docs", env!("CARGO"), &["doc", "--workspace", "--no-deps", "--document-private-items", "--quiet"])?;
    licences::check()?;
    test()?;
    fuzz()
}

/// A bounded run of each fuzz target from its seeds.
fn fuzz() -> Result<()> {
    if !run::answers("cargo", &["fuzz", "--version"]) {
        run::step("fuzzer", "cargo", &["install", "--locked", "cargo-fuzz"])?;
    }
    for target in [
        "read_csv",
        "read_xlsx",
        "read_parquet",
        "read_microdata",
        "read_shapes",
        "read_geotiff",
        "read_osm",
        "read_gtfs",
        "read_log",
        "api_query",
        "api_change",
    ] {
        fs::create_dir_all(run::root().join("fuzz/corpus").join(target))?;
        let (corpus, seeds) = (format!("corpus/{target}"), format!("seeds/{target}"));
        // Without a sanitizer the stable toolchain suffices; panics are what we look for.
        let args = [
            "RUSTC_BOOTSTRAP=1",
            "cargo",
            "fuzz",
            "run",
            target,
            "--sanitizer",
            "none",
            &corpus,
            &seeds,
            "--",
            "-max_total_time=30",
            "-rss_limit_mb=4096",
        ];
        run::step_in("fuzz", "fuzz", "env", &args)?;
    }
    Ok(())
}

/// Walks the newcomer's path in a real browser against the real server.
fn browser() -> Result<()> {
    let folder = "tests/browser";
    run::step_in("browser test packages", folder, "npm", &["ci", "--no-audit", "--no-fund", "--silent"])?;
    let data = std::env::temp_dir().join(format!("ekistics-browser-{}", std::process::id()));
    let shots = run::root().join("target/screenshots");
    fs::create_dir_all(&shots)?;
    let server = Server::start(&data)?;
    let walk = |file: &str| run::step_in("browser", folder, "node", &[file, &server.url, &shots.display().to_string()]);
    let walks = ["walk.mjs", "questionnaire.mjs", "space.mjs", "investments.mjs"];
    let result = walks.into_iter().try_for_each(walk);
    drop(server);
    fs::remove_dir_all(&data).ok();
    result
}

/// A running server that ends with its owner.
pub(crate) struct Server {
    child: Child,
    /// Its address, without a slash at the end.
    pub url: String,
}

impl Server {
    /// Serves the sample programme from a new folder, on any free port.
    pub fn start(data: &Path) -> Result<Self> {
        let mut child = Command::new(run::program("debug", "ekistics"))
            .args(["demo", "--port", "0", "--data"])
            .arg(data)
            .current_dir(run::root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("the server could not be started")?;
        let output = child.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(Ok(line)) = lines.next() {
            println!("{line}");
            if let Some(at) = line.find("http://127.0.0.1:") {
                let url = line[at..].split_whitespace().next().unwrap_or_default().trim_end_matches('/').to_owned();
                // The rest of the output is drained, or the server would block on a full pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Server { child, url });
            }
        }
        let status = child.wait()?;
        ensure!(status.success(), "the server ended with {status} before it listened");
        bail!("the server ended before it listened")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        run::answers("kill", &["-INT", &self.child.id().to_string()]);
        std::thread::sleep(std::time::Duration::from_millis(500));
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
