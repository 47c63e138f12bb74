//! What the operating system knows of this process: memory, processor time, open files. Linux tells it in `/proc`;
//! elsewhere nothing is known, and nothing is said.

use std::fs;

/// A reading; what is not known is missing.
#[derive(Debug, Default)]
pub(super) struct Process {
    pub resident_bytes: Option<u64>,
    pub virtual_bytes: Option<u64>,
    /// User and system.
    pub cpu_seconds: Option<f64>,
    /// Seconds since 1970.
    pub started_at: Option<f64>,
    pub open_files: Option<u64>,
    pub most_files: Option<u64>,
    pub threads: Option<u64>,
}

/// Reads them.
pub(super) fn read() -> Process {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program stands in parentheses and may hold spaces; fields are counted after it, from the third.
    let fields: Vec<u64> = stat
        .rsplit_once(") ")
        .map(|(_, rest)| rest.split_whitespace().map(|f| f.parse().unwrap_or(0)).collect())
        .unwrap_or_default();
    let field = |number: usize| fields.get(number - 3).copied();
    let ticks = ticks_per_second();
    let seconds = |number: usize| field(number).map(|n| n as f64 / ticks);
    Process {
        resident_bytes: field(24).map(|pages| pages * page_bytes()),
        virtual_bytes: field(23),
        cpu_seconds: seconds(14).zip(seconds(15)).map(|(user, system)| user + system),
        started_at: booted_at().zip(seconds(22)).map(|(booted, after)| booted + after),
        open_files: fs::read_dir("/proc/self/fd").ok().map(|entries| entries.count() as u64),
        most_files: most_files(),
        threads: field(20),
    }
}

fn booted_at() -> Option<f64> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    text.lines().find_map(|l| l.strip_prefix("btime "))?.trim().parse().ok()
}

fn most_files() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/limits").ok()?;
    text.lines().find_map(|l| l.strip_prefix("Max open files"))?.split_whitespace().next()?.parse().ok()
}

#[cfg(unix)]
fn ticks_per_second() -> f64 {
    rustix::param::clock_ticks_per_second() as f64
}
#[cfg(unix)]
fn page_bytes() -> u64 {
    rustix::param::page_size() as u64
}
#[cfg(not(unix))]
fn ticks_per_second() -> f64 {
    100.0
}
#[cfg(not(unix))]
fn page_bytes() -> u64 {
    4096
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_knows_itself() {
        let p = read();
        assert!(p.resident_bytes.is_some_and(|n| n > 1 << 20 && n < 1 << 40), "{p:?}");
        assert!(p.virtual_bytes >= p.resident_bytes, "{p:?}");
        assert!(p.cpu_seconds.is_some_and(|s| (0.0..3600.0).contains(&s)), "{p:?}");
        // After 2020 and before the machine's own now, give or take the ticks.
        assert!(p.started_at.is_some_and(|s| s > 1.577e9), "{p:?}");
        assert!(p.open_files.is_some_and(|n| n >= 3) && p.most_files >= p.open_files, "{p:?}");
        assert!(p.threads.is_some_and(|n| n >= 1), "{p:?}");
    }
}
