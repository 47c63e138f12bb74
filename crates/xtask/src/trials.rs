//! The trials of the register: `crates/trial` built with the product beside it, and run.

use anyhow::Result;

use crate::run;

/// How the trial and the product are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Build {
    /// Quickly: for what either holds or does not.
    Debug,
    /// As it is shipped: for what is measured.
    Release,
}

/// The trials with what their short runs are told; each short run takes well below a minute. Debug builds are slow, so
/// their reads may take longer than the promise says.
const SHORT: &[&[&str]] = &[
    &["crash", "--on", "sqlite", "--cycles", "60"],
    &["crash", "--on", "postgres", "--cycles", "40"],
    &["faults", "--stride", "12", "--damage-stride", "14", "--rows", "5000"],
    &["concurrency", "--on", "sqlite", "--seconds", "8", "--writers", "16", "--readers", "100", "--most-ms", "2000"],
    &["concurrency", "--on", "postgres", "--seconds", "8", "--writers", "16", "--readers", "100", "--most-ms", "2000"],
];

/// Runs one trial with arguments of its own.
pub fn trial(name: &str, args: &[String]) -> Result<()> {
    let build = if name == "concurrency" { Build::Release } else { Build::Debug };
    let program = built(build)?;
    let args: Vec<&str> = std::iter::once(name).chain(args.iter().map(String::as_str)).collect();
    run::step(name, &program, &args)
}

/// A short run of each, with the programs that were just built.
pub fn short() -> Result<()> {
    let program = run::program("debug", "ekistics-trial");
    SHORT.iter().try_for_each(|args| run::step("trial", &program, args))
}

fn built(build: Build) -> Result<String> {
    let (profile, folder) = if build == Build::Release { ("release", "release") } else { ("dev", "debug") };
    run::step("build", env!("CARGO"), &["build", "--profile", profile, "--package", "trial", "--package", "cli"])?;
    Ok(run::program(folder, "ekistics-trial"))
}
