//! Files that are generated from the code and kept in the repository.

use std::{fs, process::Command};

use anyhow::{Context, Result, ensure};

use crate::run;

/// Each generated file with the arguments of `ekistics` that print it.
const GENERATED: &[(&str, &[&str])] = &[
    ("docs/codes.md", &["explain", "--all", "--markdown"]),
    ("docs/schema.md", &["workbook", "schema", "--markdown"]),
];

/// Builds the program and writes the generated files again.
pub fn write() -> Result<()> {
    run::step("build", env!("CARGO"), &["build", "--workspace", "--features", "cli/traces", "--bin", "ekistics"])?;
    for (path, text) in generate()? {
        fs::write(run::root().join(path), text).with_context(|| path.to_owned())?;
        eprintln!("wrote {path}");
    }
    Ok(())
}

/// Fails when a generated file differs from what the code says; asks the program that was just built.
pub fn unchanged() -> Result<()> {
    for (path, text) in generate()? {
        let there = fs::read_to_string(run::root().join(path)).unwrap_or_default();
        ensure!(there == text, "{path} is not what the code says: run `cargo xtask docs` and commit it");
    }
    Ok(())
}

fn generate() -> Result<Vec<(&'static str, String)>> {
    GENERATED
        .iter()
        .map(|(path, args)| {
            let program = run::program("debug", "ekistics");
            let output = Command::new(&program).args(*args).current_dir(run::root()).output().context(program)?;
            ensure!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
            Ok((*path, String::from_utf8(output.stdout)?))
        })
        .collect()
}
