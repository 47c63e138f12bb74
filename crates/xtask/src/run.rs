//! Running other programs, with what they were asked for in the error.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

/// How long one step may take: far more than the longest needs, less than whoever waits for all of them grants.
const PATIENCE: Duration = Duration::from_secs(40 * 60);

/// The root of the workspace.
pub fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).map_or(manifest.clone(), PathBuf::from)
}

/// The path of a program of ours in a folder of the target: `debug` or `release`.
pub fn program(folder: &str, name: &str) -> String {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join(folder).join(name).display().to_string()
}

/// Runs a program in the root of the workspace, showing its output.
pub fn step(title: &str, program: &str, args: &[&str]) -> Result<()> {
    step_in(title, ".", program, args)
}

/// Runs a program in a folder of the workspace, showing its output. One that does not end is ended, with an error.
pub fn step_in(title: &str, folder: &str, program: &str, args: &[&str]) -> Result<()> {
    eprintln!("── {title}: {program} {}", args.join(" "));
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(args)
        .current_dir(root().join(folder))
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("{program} could not be started; is it installed?"))?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().ok();
            bail!("{title}: `{program} {}` did not end in {PATIENCE:?}", args.join(" "));
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    eprintln!("── {title}: {:.0?}", started.elapsed());
    ensure!(status.success(), "{title}: `{program} {}` ended with {status}", args.join(" "));
    Ok(())
}

/// Whether a program answers.
pub fn answers(program: &str, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}
