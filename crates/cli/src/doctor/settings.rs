//! Checks of the settings themselves.

use std::path::Path;

use diag::Severity;

use super::{Finding, Problem, Seen, fine, found, shown, whole};

/// The settings can be read.
pub fn readable(seen: &Seen) -> Vec<Finding> {
    match (seen.problem, &seen.settings.file) {
        (Some(problem), _) => {
            let because = Some(Problem { key: problem.key(), args: problem.args() });
            vec![Finding { severity: Some(Severity::Error), key: "doctor-config-bad", args: Vec::new(), because }]
        }
        (None, Some(file)) => fine("doctor-config-fine", vec![("path", shown(file))]),
        (None, None) => fine("doctor-config-none", Vec::new()),
    }
}

/// No variable is misspelt.
pub fn variables(seen: &Seen) -> Vec<Finding> {
    let strangers = seen.settings.strangers.iter();
    strangers
        .flat_map(|name| found(Severity::Warning, "doctor-config-stranger", vec![("name", name.as_str().into())]))
        .collect()
}

/// Another map of the world is there, can be read, and says whose figures its areas show. The server does not start without it.
pub fn world(seen: &Seen) -> Vec<Finding> {
    let Some(path) = &seen.settings.config.maps.world else { return Vec::new() };
    match app::read_world(path) {
        Ok(package) => {
            let (all, coded) = package.n_areas();
            let n = |n: usize| whole(u64::try_from(n).unwrap_or(u64::MAX));
            let args =
                [("path", shown(path)), ("version", package.version().into()), ("n", n(all)), ("coded", n(coded))];
            fine("doctor-world-fine", args.to_vec())
        }
        Err(fault) => {
            let args = vec![("path", shown(path)), ("detail", fault.to_string().into())];
            found(Severity::Error, "doctor-world-bad", args)
        }
    }
}

/// Files with secrets are read by their owner and group alone.
pub fn permissions(seen: &Seen) -> Vec<Finding> {
    let holds_secret = seen.settings.file.as_ref().filter(|file| {
        let fields = config::fields();
        let from_file = |key: &str| matches!(seen.settings.source(key), config::Source::File(path, _) if path == *file);
        fields.iter().any(|f| f.kind == config::Kind::Secret && from_file(&f.key))
    });
    // A file that names another file for its secrets is counted too: one cannot tell from here, and it does no harm.
    holds_secret
        .into_iter()
        .chain(&seen.settings.secret_files)
        .filter(|path| is_open(path))
        .flat_map(|path| found(Severity::Error, "doctor-config-open", vec![("path", shown(path))]))
        .collect()
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o007 != 0)
}
#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}
