//! Data that lie beside the repository, too large to be in it. A benchmark that needs what is not there is skipped.

use std::path::PathBuf;

/// What a benchmark needs and this machine does not have.
#[derive(Debug)]
pub struct Missing(String);

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is not here", self.0)
    }
}

impl std::error::Error for Missing {}

/// A path below `../shared/data`, if it is there.
pub fn data(path: &str) -> Result<PathBuf, Missing> {
    let full = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    if full.exists() { Ok(full) } else { Err(Missing(format!("../shared/data/{path}"))) }
}
