//! Where results go: checked before anything is computed, so that no input is written over and nothing is lost at the end.

use std::path::{Path, PathBuf};

use diag::Diagnostic;

use super::codes::GEO020;
use crate::error::AppError;

/// Refuses outputs that cannot be written: in a folder that is not there, a folder or a device itself, one of the inputs, or twice
/// the same.
pub(super) fn check(outputs: &[&Path], inputs: &[&[PathBuf]]) -> Result<(), AppError> {
    let refused = |path: &Path, problem: &str| {
        let found = Diagnostic::new(&GEO020).arg("file", path.display().to_string()).arg("problem", problem);
        Err(AppError::Refused(vec![found]))
    };
    // The same file by another name is the same file.
    let same = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let mut seen: Vec<PathBuf> = Vec::new();
    for path in outputs {
        // A link is written through: what counts is where it leads.
        let path = &match shapes::destination(path) {
            Ok(path) => path,
            Err(error) => return refused(path, &error.to_string()),
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return refused(path, "no_folder");
        }
        if path.exists() && !path.is_file() {
            return refused(path, "no_file");
        }
        // A file that is not there yet has no place of its own, its folder has.
        let own = match path.exists() {
            true => same(path),
            false => same(folder).join(path.file_name().unwrap_or_default()),
        };
        if inputs.iter().copied().flatten().any(|input| input.exists() && same(input) == own) {
            return refused(path, "input");
        }
        if seen.contains(&own) {
            return refused(path, "twice");
        }
        seen.push(own);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_said_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("in.tif"), b"in").expect("written");
        std::fs::write(at("old.tif"), b"old").expect("written");
        let problem = |outputs: &[&Path], inputs: &[PathBuf]| match check(outputs, &[inputs]) {
            Err(AppError::Refused(found)) => {
                found[0].args.iter().find(|(name, _)| *name == "problem").map(|(_, value)| format!("{value:?}"))
            }
            _ => None,
        };
        let inputs = [at("in.tif")];
        let is = |found: Option<String>, wanted: &str| {
            assert!(found.as_deref().is_some_and(|f| f.contains(wanted)), "{found:?}")
        };
        is(problem(&[&at("in.tif")], &inputs), "input");
        is(problem(&[&folder.path().join("./in.tif")], &inputs), "input");
        is(problem(&[&at("none/out.tif")], &inputs), "no_folder");
        is(problem(&[folder.path()], &inputs), "no_file");
        is(problem(&[&at("a.tif"), &folder.path().join("./a.tif")], &inputs), "twice");
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink("in.tif", at("to-in.tif")).expect("a link");
            symlink("new.tif", at("to-new.tif")).expect("a link");
            symlink("none/new.tif", at("to-none.tif")).expect("a link");
            is(problem(&[&at("to-in.tif")], &inputs), "input");
            is(problem(&[&at("to-none.tif")], &inputs), "no_folder");
            is(problem(&[&at("to-new.tif"), &at("new.tif")], &inputs), "twice");
        }
        assert_eq!(problem(&[&at("old.tif"), &at("new.tif"), Path::new("new-here.tif")], &inputs), None);
    }
}
