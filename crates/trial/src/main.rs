//! Trials of the register: it is killed, refused its disk, damaged and asked by many at once, and must keep what it
//! promises (`docs/operations/durability.md`).
//!
//! `cargo xtask crash`, `faults` and `concurrency` run this program; a short run of each is part of `cargo xtask test`.
//!
//! Invariant: nothing here is part of the product; it judges the register by what a program of its own remembers.

mod audit;
mod concurrency;
mod crash;
mod damage;
mod dice;
mod faults;
mod history;
mod memory;
mod place;
mod readers;
mod scenario;
mod writers;
mod written;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Trials of the register.
#[derive(Parser)]
#[command(name = "ekistics-trial")]
struct Cli {
    #[command(subcommand)]
    trial: Trial,
}

#[derive(Subcommand)]
enum Trial {
    /// Kills programs that write, and looks at what they left, again and again.
    Crash(crash::Crash),
    /// Lets every call for the disk fail in turn, flips bytes, forbids writing, takes memory away.
    Faults(faults::Faults),
    /// Lets many write and read at once, and checks that every answer was true when it was given.
    Concurrency(concurrency::Concurrency),
    /// Writes until it is killed; started by `crash`.
    #[command(hide = true)]
    Write(writers::Write),
    /// Opens, writes three changes, closes; started by `faults`.
    #[command(hide = true)]
    Scenario(scenario::Scenario),
}

fn main() -> Result<()> {
    match Cli::parse().trial {
        Trial::Crash(crash) => crash::run(&crash),
        Trial::Faults(faults) => faults::run(&faults),
        Trial::Concurrency(concurrency) => concurrency::run(&concurrency),
        Trial::Write(write) => writers::run(&write),
        Trial::Scenario(scenario) => scenario::run(&scenario),
    }
}

/// The program `ekistics`, which is built beside this one.
fn product() -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("ekistics");
    anyhow::ensure!(path.is_file(), "{} is not there: build it with `cargo build --package cli`", path.display());
    Ok(path)
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}
