//! Time and memory of this process.

use std::time::Instant;

use anyhow::Result;
use rayon::prelude::*;

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

/// How many bytes a second all threads together read and write when they only copy memory: the best of several copies of a piece
/// that no cache holds.
pub fn copied_per_second() -> f64 {
    const BYTES: usize = 256 << 20;
    const AT_ONCE: usize = 1 << 20;
    let (from, mut to) = (vec![1u8; BYTES], vec![2u8; BYTES]);
    let copy = |_| {
        let start = Instant::now();
        to.par_chunks_mut(AT_ONCE).zip(from.par_chunks(AT_ONCE)).for_each(|(to, from)| to.copy_from_slice(from));
        std::hint::black_box(&to);
        2.0 * BYTES as f64 / start.elapsed().as_secs_f64()
    };
    (0..8).map(copy).fold(0.0, f64::max)
}
