//! Parquet files of other programs: what is taken, what is named, and that nothing panics.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array, LargeStringArray,
    RecordBatch, StringArray, TimestampMicrosecondArray, types::Int32Type,
};
use jiff::civil::date;
use lake::{ParquetLimits, ParquetReading, read_parquet, write_parquet};
use model::{kinds::ObservationStatus, value::Period};
use parquet::{arrow::ArrowWriter, file::properties::WriterProperties};
use proptest::prelude::*;

use crate::arbitrary::{observations, pictures, row};

fn file(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(3.max(batch.num_rows() / 4))).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).expect("starts");
    writer.write(&batch).expect("writes");
    writer.into_inner().expect("ends")
}

fn text(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from_iter(values.iter().map(|v| (!v.is_empty()).then_some(*v))))
}

fn key(n: usize) -> Vec<(&'static str, ArrayRef)> {
    let places: Vec<String> = (0..n).map(|i| format!("P-{i}")).collect();
    vec![
        ("scope", text(&vec!["global"; n])),
        ("period", text(&vec!["2016-S1"; n])),
        ("place", text(&places.iter().map(String::as_str).collect::<Vec<_>>())),
        ("indicator", text(&vec!["EA-1"; n])),
    ]
}

fn read(bytes: Vec<u8>) -> ParquetReading {
    read_parquet("cities.parquet", bytes, &ParquetLimits::STANDARD)
}

/// Code, cell, value, number of further rows.
fn found(reading: &ParquetReading) -> Vec<String> {
    let line = |d: &diag::Diagnostic| {
        let cell = d.pointer.cell().unwrap_or_default();
        format!("{} {} {cell} {} +{}", d.code.id, d.code.name, d.pointer.value.as_deref().unwrap_or("-"), d.n_more)
    };
    reading.diagnostics.iter().map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_unedited_export_reads_back_equal(rows in prop::collection::vec(row(), 0..40)) {
        let mut obs = observations(&rows);
        // Readers trim texts and take the first of two rows with one key; an export has neither to do.
        obs.change.iter_mut().for_each(|c| *c = 0);
        let latest = model::observations::as_of(&obs, 0);
        let bytes = write_parquet(&obs).expect("writes");
        let reading = read(bytes);
        let repeated = reading.diagnostics.iter().filter(|d| d.code.id == "XCH319").count();
        prop_assert_eq!(reading.n_rejected, obs.len() - latest.len());
        prop_assert_eq!(repeated, reading.n_rejected);
        if repeated == 0 {
            let trimmed = |p: Vec<String>| p.into_iter().map(|t| t.replace("\\n", "").replace(' ', "")).collect::<Vec<_>>();
            prop_assert_eq!(
                trimmed(pictures(&reading.observations, 0..reading.observations.len())),
                trimmed(pictures(&obs, 0..obs.len()))
            );
            let again = write_parquet(&reading.observations).expect("writes");
            prop_assert_eq!(read(again).observations.value, reading.observations.value);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(
        at in prop::collection::vec((0..100_000usize, any::<u8>()), 1..6),
        cut in prop::option::weighted(0.2, 0..4000usize),
    ) {
        let mut columns = key(8);
        columns.push(("value", Arc::new(Float64Array::from_iter_values((0..8).map(f64::from)))));
        columns.push(("comment", text(&["a", "b", "", "d", "e", "f", "g", "h"])));
        let mut bytes = file(columns);
        for (at, byte) in at {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        bytes.truncate(cut.unwrap_or(usize::MAX));
        let reading = read(bytes);
        prop_assert!(reading.observations.len() <= 8);
        prop_assert!(!reading.observations.is_empty() || !reading.diagnostics.is_empty());
    }
}

#[test]
fn every_storage_of_a_value_is_taken() {
    let days = [16_801, 16_802, 16_803, 16_804];
    let mut columns = key(4);
    columns[1].1 = Arc::new(Int32Array::from(vec![2014, 2015, 2016, 2017]));
    columns[3].1 = Arc::new(LargeStringArray::from(vec!["EA-1", "EA-1", "EA-2", "EA-2"]));
    let dictionary: arrow_array::DictionaryArray<Int32Type> =
        vec!["male", "male", "female", "female"].into_iter().collect();
    let sex: Vec<String> = dictionary
        .downcast_dict::<StringArray>()
        .expect("text")
        .into_iter()
        .flatten()
        .map(|s| format!("sex={s}"))
        .collect();
    let breakdown: arrow_array::DictionaryArray<Int32Type> = sex.iter().map(String::as_str).collect();
    columns.push(("breakdown", Arc::new(breakdown)));
    columns.push((
        "value",
        Arc::new(Decimal128Array::from(vec![125, 250, -5, 100]).with_precision_and_scale(9, 2).expect("fits")),
    ));
    columns.push(("numerator", Arc::new(Int64Array::from(vec![Some(1), None, Some(3), Some(4)]))));
    columns.push(("denominator", text(&["1,234.5", "٤٢", "12,5", "1e3"])));
    columns.push(("measured_on", Arc::new(Date32Array::from(days.to_vec()))));
    columns.push(("sample_size", Arc::new(Float64Array::from(vec![10.0, 20.0, 30.0, 40.0]))));
    columns.push(("status", text(&["estimated", "", "measured", "measured"])));
    let reading = read(file(columns));
    assert_eq!(found(&reading), [""; 0]);
    let obs = &reading.observations;
    assert_eq!(obs.value, [Some(1.25), Some(2.5), Some(-0.05), Some(1.0)]);
    assert_eq!(obs.numerator, [Some(1.0), None, Some(3.0), Some(4.0)]);
    assert_eq!(obs.denominator, [Some(1234.5), Some(42.0), Some(12.5), Some(1000.0)]);
    assert_eq!(obs.sample_size, [Some(10), Some(20), Some(30), Some(40)]);
    assert_eq!(obs.measured_on[0], Some(date(2016, 1, 1)));
    assert_eq!(obs.period[3], Period::year(2017));
    assert_eq!(obs.row(2).breakdown_text(), "sex=female");
    assert_eq!(obs.status[..2], [ObservationStatus::Estimated, ObservationStatus::Measured]);
    assert_eq!(reading.row_numbers, [2, 3, 4, 5]);
}

#[test]
fn bad_values_are_named_with_their_rows() {
    let mut columns = key(6);
    columns[0].1 = text(&["global", "gloabl", "global", "gloabl", "", "global"]);
    columns.push(("value", text(&["1", "2", "1,234", "4", "5", "twelve"])));
    columns.push(("sample_size", Arc::new(Int64Array::from(vec![1, 2, 3, 4, 5, -6]))));
    let noon = 12 * 3_600_000_000;
    columns.push(("measured_on", Arc::new(TimestampMicrosecondArray::from(vec![0, 0, 0, 0, 0, noon]))));
    columns.push(("numerator", Arc::new(Int64Array::from(vec![1, 2, 3, 4, 5, (1 << 53) + 1]))));
    let reading = read(file(columns));
    assert_eq!(
        found(&reading),
        [
            "XCH312 parquet-value-not-in-list A3 gloabl +1",
            "XCH315 parquet-number-ambiguous E4 1,234 +0",
            "XCH316 parquet-required-empty A6  +0",
            "XCH311 parquet-value-type-differs E7 twelve +0",
            "XCH318 parquet-number-not-exact H7 9007199254740993 +0",
            "XCH313 parquet-value-out-of-bounds F7 -6 +0",
            "XCH311 parquet-value-type-differs G7 1970-01-01 T… +0",
        ]
    );
    assert_eq!(reading.row_numbers, [2]);
    assert_eq!((reading.n_rows_read, reading.n_rejected), (6, 5));
}

#[test]
fn ten_thousand_bad_values_are_few_findings() {
    let n = 10_000;
    let mut columns = key(n);
    let values: Vec<String> = (0..n).map(|i| format!("about {i}")).collect();
    columns.push(("value", text(&values.iter().map(String::as_str).collect::<Vec<_>>())));
    let reading = read(file(columns));
    assert_eq!(reading.diagnostics.len(), 20);
    assert_eq!(reading.diagnostics.iter().map(|d| 1 + d.n_more).sum::<usize>(), n);
    assert_eq!(reading.n_rejected, n);
}

#[test]
fn two_rows_with_one_key_are_named() {
    let mut columns = key(4);
    columns[2].1 = text(&["KEN", "UGA", "KEN", "KEN"]);
    let reading = read(file(columns));
    assert_eq!(found(&reading), ["XCH319 parquet-key-duplicated D4 - +0", "XCH319 parquet-key-duplicated D5 - +0"]);
    assert_eq!(reading.row_numbers, [2, 3]);
}

#[test]
fn columns_that_do_not_fit_are_named() {
    let mut columns = key(2);
    columns.retain(|(name, _)| *name != "place");
    columns.push(("Value ", Arc::new(Float64Array::from(vec![1.0, 2.0]))));
    columns.push(("remarks", text(&["a", "b"])));
    let mut list = arrow_array::builder::ListBuilder::new(arrow_array::builder::Int32Builder::new());
    list.append_value([Some(1)]);
    list.append_value([Some(2)]);
    columns.push(("value", Arc::new(list.finish())));
    columns.push(("change", Arc::new(BooleanArray::from(vec![true, false]))));
    let reading = read(file(columns));
    assert_eq!(
        found(&reading),
        [
            "XCH308 parquet-column-unknown D1 - +0",
            "XCH308 parquet-column-unknown E1 - +0",
            "XCH307 parquet-column-missing 1:1 - +0",
        ]
    );
    assert!(reading.observations.is_empty());

    let mut columns = key(2);
    let mut list = arrow_array::builder::ListBuilder::new(arrow_array::builder::Int32Builder::new());
    list.append_value([Some(1)]);
    list.append_value([Some(2)]);
    columns.push(("value", Arc::new(list.finish())));
    assert_eq!(found(&read(file(columns))), ["XCH310 parquet-column-type-unfit E1 - +0"]);
}

#[test]
fn other_files_under_our_name_are_told() {
    let check = |bytes: &[u8], expected: &str| {
        let reading = read(bytes.to_vec());
        assert_eq!(reading.diagnostics.len(), 1);
        let finding = &reading.diagnostics[0];
        let found = finding.args.iter().find(|(name, _)| *name == "found").map(|(_, v)| match v {
            diag::Arg::Text(t) => t.clone(),
            other => format!("{other:?}"),
        });
        assert_eq!(format!("{} {}", finding.code.name, found.unwrap_or_default()).trim(), expected);
    };
    let whole = file(key(4));
    check(b"", "parquet-empty");
    check(b"  <!DOCTYPE html><html><body>Sign in</body></html>", "parquet-not-parquet html");
    check(b"indicator,place,period\nEA-1,KEN,2016\n", "parquet-not-parquet text");
    check(b"PK\x03\x04............", "parquet-not-parquet zip");
    check(b"SQLite format 3\0....", "parquet-not-parquet sqlite");
    check(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "parquet-not-parquet other");
    check(&whole[..whole.len() / 2], "parquet-truncated");
    check(b"PAR1PAR1", "parquet-truncated");
    check(b"PAR1\x00\x00\x00\x00PARE", "parquet-encrypted");
    check(b"PAR1\xff\xff\xff\x7f\xff\xff\xff\x7fPAR1", "parquet-damaged");
    check(&[&whole[..4], &whole[200..]].concat(), "parquet-damaged");
    let limits = ParquetLimits { rows: 3, ..ParquetLimits::STANDARD };
    let reading = read_parquet("cities.parquet", whole, &limits);
    assert_eq!(found(&reading), ["XCH305 parquet-too-large  - +0"]);
}

#[test]
fn files_of_other_programs_are_read() {
    // Written by the script beside them; Zstandard is what Polars does by default.
    for file in [
        &include_bytes!("../files/polars-zstd.parquet")[..],
        include_bytes!("../files/polars-snappy.parquet"),
        include_bytes!("../files/polars-gzip.parquet"),
        include_bytes!("../files/polars-lz4.parquet"),
        include_bytes!("../files/duckdb.parquet"),
    ] {
        let reading = read(file.to_vec());
        assert_eq!(found(&reading), [""; 0]);
        assert_eq!(reading.observations.value, [Some(55.1), None, Some(12.0)]);
    }
    let reading = read(include_bytes!("../files/polars-brotli.parquet").to_vec());
    assert_eq!(found(&reading), ["XCH306 parquet-compression-unreadable  - +0"]);
}
