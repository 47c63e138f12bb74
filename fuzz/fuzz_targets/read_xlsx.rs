//! Any bytes as a workbook: nothing panics, and what was read can be written and read back equal.
//!
//! Bytes that begin like an archive are one. Others are the inner parts of a workbook, parted by zero
//! bytes (sheet, shared texts, styles, workbook), so that the fuzzer need not find its way through
//! checksums first.

#![no_main]

use std::io::{Cursor, Write};

use exchange::{Limits, NamedBytes, read, write_xlsx};
use fuzz::{meta, rows, tables};
use libfuzzer_sys::fuzz_target;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const RELATIONS: &str =
    r#"<Relationships><Relationship Id="r" Type="/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK_RELATIONS: &str = r#"<Relationships><Relationship Id="a" Type="/worksheet" Target="a.xml"/><Relationship Id="s" Type="/sharedStrings" Target="s.xml"/><Relationship Id="t" Type="/styles" Target="t.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook><sheets><sheet name="funds" r:id="a"/></sheets></workbook>"#;

fuzz_target!(|input: &[u8]| {
    let bytes = if input.starts_with(b"PK") { input.to_vec() } else { archive(input) };
    let limits =
        Limits { inflated_bytes: 16 << 20, text_bytes: 4 << 20, rows: 10_000, findings: 1_000, ..Limits::STANDARD };
    let reading = read(&[NamedBytes { name: "a.xlsx".to_owned(), bytes }], &limits, &|_, _| {});
    if reading.records.is_empty() && reading.observations.is_empty() {
        return;
    }
    let bytes = write_xlsx(tables(&reading), &meta()).expect("what was read fits");
    let again = read(&[NamedBytes { name: "a.xlsx".to_owned(), bytes }], &limits, &|_, _| {});
    assert!(!again.has_errors(), "{:#?}", again.diagnostics);
    assert_eq!(rows(&reading), rows(&again));
});

fn archive(input: &[u8]) -> Vec<u8> {
    let mut parts = input.split(|b| *b == 0);
    let mut next = |default: &'static str| parts.next().filter(|p| !p.is_empty()).unwrap_or(default.as_bytes());
    let entries = [
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS.as_bytes()),
        ("xl/a.xml", next("<worksheet/>")),
        ("xl/s.xml", next("<sst/>")),
        ("xl/t.xml", next("<styleSheet/>")),
        ("xl/workbook.xml", next(WORKBOOK)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in entries {
        zip.start_file(name, stored).expect("an entry");
        zip.write_all(bytes).expect("written to memory");
    }
    zip.finish().expect("an archive").into_inner()
}
