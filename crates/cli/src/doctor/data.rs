//! Checks of the data folder and of its copies.

use std::{fs, time::Duration};

use diag::Severity;
use jiff::Timestamp;

use super::{Finding, Seen, fine, found, shown, whole};

/// In the data folder: when the last copy was finished, as an instant; its time of change when nothing readable is in it.
const BACKUP_MARKER: &str = "last-backup";
/// How old a copy may be when nobody said how often they are made.
const USUAL_AGE: Duration = Duration::from_secs(24 * 3600);

/// The folder is there.
pub fn folder(seen: &Seen) -> Vec<Finding> {
    let path = &seen.settings.config.data;
    match fs::metadata(path) {
        Ok(m) if m.is_dir() => fine("doctor-data-fine", vec![("path", shown(path))]),
        _ => found(Severity::Error, "doctor-data-missing", vec![("path", shown(path))]),
    }
}

/// The folder and what matters in it belong to us, and others neither read nor write there.
#[cfg(unix)]
pub fn permissions(seen: &Seen) -> Vec<Finding> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = &seen.settings.config.data;
    let Ok(of_folder) = fs::metadata(folder) else { return Vec::new() };
    let us = rustix::process::geteuid();
    let mut all = Vec::new();
    let inside = ["register.sqlite", "lake", "evidence"].map(|name| folder.join(name));
    let is_closed = of_folder.permissions().mode() & 0o007 == 0;
    for path in [folder.clone()].iter().chain(&inside) {
        let Ok(metadata) = fs::metadata(path) else { continue };
        let mode = metadata.permissions().mode();
        let args = || vec![("path", shown(path))];
        // Root may write anywhere; what it writes is then not the server's.
        if metadata.uid() != us.as_raw() {
            let owner =
                [("path", shown(path)), ("owner", whole(metadata.uid().into())), ("us", whole(us.as_raw().into()))];
            all.extend(found(Severity::Warning, "doctor-data-foreign", owner.to_vec()));
        }
        if mode & 0o002 != 0 {
            all.extend(found(Severity::Error, "doctor-data-writable", args()));
        } else if mode & 0o004 != 0 && !is_closed && path == folder {
            all.extend(found(Severity::Warning, "doctor-data-readable", args()));
        }
        if rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_err() {
            all.extend(found(Severity::Error, "doctor-data-locked", args()));
        }
    }
    if all.is_empty() { fine("doctor-data-closed", Vec::new()) } else { all }
}
/// Elsewhere permissions are another matter, and nothing is said.
#[cfg(not(unix))]
pub fn permissions(_: &Seen) -> Vec<Finding> {
    Vec::new()
}

/// Copies are made, and the last one is not too old.
pub fn backup(seen: &Seen) -> Vec<Finding> {
    let backup = &seen.settings.config.backup;
    let Some(to) = &backup.to else { return found(Severity::Note, "doctor-backup-unset", Vec::new()) };
    let path = seen.settings.config.data.join(BACKUP_MARKER);
    let inside = fs::read_to_string(&path).ok().and_then(|t| t.lines().next()?.trim().parse::<Timestamp>().ok());
    let changed = || Timestamp::try_from(fs::metadata(&path).ok()?.modified().ok()?).ok();
    let Some(at) = inside.or_else(changed) else {
        return found(Severity::Warning, "doctor-backup-none", vec![("to", to.as_str().into())]);
    };
    let age = Duration::try_from(seen.now.duration_since(at)).unwrap_or_default();
    let every = backup.every.map_or(USUAL_AGE, |i| i.length());
    let hours = |d: Duration| whole(d.as_secs() / 3600);
    let args = vec![("hours", hours(age)), ("every", hours(every))];
    // One that failed may be made good by the next.
    if age > every * 2 { found(Severity::Error, "doctor-backup-old", args) } else { fine("doctor-backup-fine", args) }
}
