//! Any bytes as a timetable: nothing panics, and every stop has a place.
//!
//! Bytes that begin like an archive are one. Others are the tables of a feed, parted by zero bytes (stops, routes, trips, calls,
//! calendar, its exceptions, frequencies), so that the fuzzer need not find its way through checksums first.

#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use streets::{FrequencyRule, RouteTypes, read_gtfs, unwatched};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const TABLES: [&str; 7] =
    ["stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt", "calendar_dates.txt", "frequencies.txt"];

fuzz_target!(|input: &[u8]| {
    let bytes = if input.starts_with(b"PK") { input.to_vec() } else { archive(input) };
    let file = fuzz::file(&bytes, ".zip");
    for rule in [None, Some(FrequencyRule::of_method())] {
        match read_gtfs(file.path(), &RouteTypes::of_method(), rule.as_ref(), &unwatched) {
            Ok(feed) => assert!(feed.stops.iter().all(|stop| stop.place.iter().all(|v| v.is_finite()))),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

fn archive(input: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in TABLES.iter().zip(input.split(|b| *b == 0)) {
        zip.start_file(*name, stored).expect("an entry");
        zip.write_all(bytes).expect("written to memory");
    }
    zip.finish().expect("an archive").into_inner()
}
