//! Any bytes as the CSV file of any table: nothing panics, and what was read can be written and read
//! back equal.
//!
//! The first byte chooses the table by its file name; the rest is the file.

#![no_main]

use exchange::{Limits, NamedBytes, read, write_csv_folder};
use fuzz::{meta, rows, tables};
use libfuzzer_sys::fuzz_target;
use model::Kind;

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    // One name more than there are tables: then the header tells.
    let name = Kind::ALL.get(usize::from(*first) % (Kind::ALL.len() + 1)).map_or("unknown", |kind| kind.sheet());
    let file = NamedBytes { name: format!("{name}.csv"), bytes: bytes.to_vec() };
    let limits = Limits { rows: 10_000, findings: 1_000, ..Limits::STANDARD };
    let reading = read(&[file], &limits, &|_, _| {});
    let again = read(&write_csv_folder(tables(&reading), &meta()), &limits, &|_, _| {});
    assert!(!again.has_errors(), "{:#?}", again.diagnostics);
    assert_eq!(rows(&reading), rows(&again));
});
