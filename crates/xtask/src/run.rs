//! Running other programs, with what they were asked for in the error.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

/// The root of the workspace.
pub fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).map_or(manifest.clone(), PathBuf::from)
}

/// Runs a program in the root of the workspace, showing its output.
pub fn step(title: &str, program: &str, args: &[&str]) -> Result<()> {
    step_in(title, ".", program, args)
}

/// Runs a program in a folder of the workspace, showing its output.
pub fn step_in(title: &str, folder: &str, program: &str, args: &[&str]) -> Result<()> {
    eprintln!("── {title}: {program} {}", args.join(" "));
    let status = Command::new(program)
        .args(args)
        .current_dir(root().join(folder))
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{program} could not be started; is it installed?"))?;
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
