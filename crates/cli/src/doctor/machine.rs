//! Checks of the machine: room on the disk, memory, open files. What the system does not tell is not judged.

use std::fs;

use diag::Severity;

use super::{Finding, Seen, fine, found, shown, whole};

const MB: u64 = 1 << 20;
/// Below this a change may fail to be written: a large import and SQLite's journal beside it.
const DISK_ERROR_MB: u64 = 200;
const DISK_WARNING_MB: u64 = 2_000;
/// A segment is one file, a piece of evidence another.
const INODES_WARNING: u64 = 10_000;
/// A world of a million observations takes 150 MB, and the next is made beside it.
const MEMORY_WARNING_MB: u64 = 400;
/// Connections of readers, files of the lake, the database.
const FILES_WARNING: u64 = 1_024;

#[cfg(unix)]
fn volume(seen: &Seen) -> Option<rustix::fs::StatVfs> {
    rustix::fs::statvfs(&seen.settings.config.data).ok()
}

/// There is room for more data.
#[cfg(unix)]
pub fn disk(seen: &Seen) -> Vec<Finding> {
    let Some(volume) = volume(seen) else { return Vec::new() };
    let free = volume.f_bavail.saturating_mul(volume.f_frsize) / MB;
    let args = vec![("path", shown(&seen.settings.config.data)), ("free", whole(free))];
    match free {
        n if n < DISK_ERROR_MB => found(Severity::Error, "doctor-disk-low", args),
        n if n < DISK_WARNING_MB => found(Severity::Warning, "doctor-disk-low", args),
        _ => fine("doctor-disk-fine", args),
    }
}

/// There is room for more files.
#[cfg(unix)]
pub fn inodes(seen: &Seen) -> Vec<Finding> {
    let Some(volume) = volume(seen) else { return Vec::new() };
    let args = vec![("path", shown(&seen.settings.config.data)), ("free", whole(volume.f_favail))];
    match volume.f_favail {
        // Some file systems have no limit and say 0 of 0.
        _ if volume.f_files == 0 => Vec::new(),
        0 => found(Severity::Error, "doctor-inodes-low", args),
        n if n < INODES_WARNING => found(Severity::Warning, "doctor-inodes-low", args),
        _ => fine("doctor-inodes-fine", args),
    }
}

/// Elsewhere nothing is known.
#[cfg(not(unix))]
pub fn disk(_: &Seen) -> Vec<Finding> {
    Vec::new()
}
/// Elsewhere nothing is known.
#[cfg(not(unix))]
pub fn inodes(_: &Seen) -> Vec<Finding> {
    Vec::new()
}

/// There is memory for another world.
pub fn memory(_: &Seen) -> Vec<Finding> {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = |line: &str| line.split_whitespace().nth(1)?.parse::<u64>().ok();
    let Some(free) = text.lines().find(|l| l.starts_with("MemAvailable:")).and_then(kilobytes) else {
        return Vec::new();
    };
    let args = vec![("free", whole(free / 1024))];
    if free / 1024 < MEMORY_WARNING_MB {
        found(Severity::Warning, "doctor-memory-low", args)
    } else {
        fine("doctor-memory-fine", args)
    }
}

/// Enough files and connections may be open.
pub fn open_files(_: &Seen) -> Vec<Finding> {
    let text = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let limit = text.lines().find_map(|l| l.strip_prefix("Max open files"));
    match limit.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()) {
        // `unlimited` is no number, and no concern.
        None => Vec::new(),
        Some(n) if n < FILES_WARNING => found(Severity::Warning, "doctor-files-low", vec![("n", whole(n))]),
        Some(n) => fine("doctor-files-fine", vec![("n", whole(n))]),
    }
}
