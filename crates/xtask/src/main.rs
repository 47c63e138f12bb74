//! `cargo xtask test`, `cargo xtask check`, `cargo xtask licences`, `cargo xtask docs`: what a fresh clone needs and nothing else.

mod api;
mod docs;
mod licences;
mod packages;
mod run;
mod test;
mod trials;
#[cfg(test)]
mod workspace;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask test     install what is missing, then run every test (Rust, then the browser)
cargo xtask check    what the gate does and more: format, lint, docs, licences, advisories, tests, fuzzing for a minute
cargo xtask licences only the licences of all libraries, and what is known against them
cargo xtask docs     write the generated files again (docs/codes.md, docs/schema.md, islands)
cargo xtask schemathesis [--minutes N]
                     ask the programming interface by its document for so long (default 2)
cargo xtask bench    run the benchmarks and print their table (release build)
cargo xtask crash    kill programs that write and look at what they left: [--on sqlite|postgres] [--cycles N] [--seed N]
cargo xtask faults   let the disk say no, damage the file, take memory away: [--stride N]
cargo xtask concurrency
                     many writers and readers, every answer judged: [--on sqlite|postgres] [--over app|http] [--seconds N]";

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("test") => test::test(),
        Some("check") => test::check(),
        Some("licences") => licences::check(),
        Some("docs") => docs::write(),
        Some("schemathesis") => api::schemathesis(60 * minutes(args)?),
        Some("bench") => run::step("benchmarks", "python3", &["benches/run.py"]),
        Some(name @ ("crash" | "faults" | "concurrency")) => trials::trial(name, &args.collect::<Vec<_>>()),
        Some("help" | "--help" | "-h") | None => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => bail!("unknown task `{other}`\n\n{USAGE}"),
    }
}

/// The number after `--minutes`, or two.
fn minutes(mut args: impl Iterator<Item = String>) -> Result<u64> {
    match (args.next().as_deref(), args.next()) {
        (None, _) => Ok(2),
        (Some("--minutes"), Some(number)) => Ok(number.parse()?),
        _ => bail!("expected --minutes N\n\n{USAGE}"),
    }
}
