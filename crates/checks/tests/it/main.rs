//! Tests of the checks that go over all of them, of the way they are run, and the acceptance list.

mod acceptance;
mod catalogue;
mod framework;
mod observations;
mod sample;
mod wording;

use checks::{Filter, Report, check, snapshot_of};
use jiff::civil::Date;

/// What is found in records written as tables (see `checks::Example`).
fn report(on: Date, tables: &[&str]) -> Report {
    let snapshot = snapshot_of(tables).unwrap_or_else(|e| panic!("{e:?}"));
    check(&snapshot, on, &Filter::ALL)
}

/// The ids of the records on which a code fires, sorted.
fn found(report: &Report, code: &str) -> Vec<String> {
    let mut ids: Vec<String> = report.of(code).filter_map(|d| d.record.as_ref()).map(|r| r.id.clone()).collect();
    ids.sort();
    ids
}
