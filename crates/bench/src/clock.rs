//! Time and memory of this process.

use std::time::Instant;

use anyhow::Result;

/// Does the work `n` times; the wall times in seconds and the last answer.
pub fn repeat<T>(n: usize, mut work: impl FnMut() -> Result<T>) -> Result<(Vec<f64>, T)> {
    let mut seconds = Vec::with_capacity(n);
    loop {
        let start = Instant::now();
        let answer = work()?;
        seconds.push(start.elapsed().as_secs_f64());
        if seconds.len() >= n {
            return Ok((seconds, answer));
        }
    }
}

/// The most memory that this process held at once, in megabytes; `None` where the system does not say.
pub fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
