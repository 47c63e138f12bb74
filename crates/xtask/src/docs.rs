//! Files that are generated from the code and kept in the repository.

use std::{fs, process::Command};

use anyhow::{Context, Result, ensure};

use crate::run::root;

/// Each generated file with the arguments of `ekistics` that print it.
const GENERATED: &[(&str, &[&str])] = &[
    ("docs/codes.md", &["explain", "--all", "--markdown"]),
    ("docs/schema.md", &["workbook", "schema", "--markdown"]),
];

/// Writes the generated files again.
pub fn write() -> Result<()> {
    for (path, text) in generate()? {
        fs::write(root().join(path), text).with_context(|| path.to_owned())?;
        eprintln!("wrote {path}");
    }
    Ok(())
}

/// Fails when a generated file differs from what the code says.
pub fn unchanged() -> Result<()> {
    for (path, text) in generate()? {
        let there = fs::read_to_string(root().join(path)).unwrap_or_default();
        ensure!(there == text, "{path} is not what the code says: run `cargo xtask docs` and commit it");
    }
    Ok(())
}

fn generate() -> Result<Vec<(&'static str, String)>> {
    GENERATED
        .iter()
        .map(|(path, args)| {
            let output = Command::new(env!("CARGO"))
                .args(["run", "--quiet", "--package", "cli", "--"])
                .args(*args)
                .current_dir(root())
                .output()
                .context("cargo could not be started")?;
            ensure!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
            Ok((*path, String::from_utf8(output.stdout)?))
        })
        .collect()
}
