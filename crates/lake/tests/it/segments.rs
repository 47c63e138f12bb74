//! Segments as files: names, damage, kills, and what other tools see.

use std::fs;

use lake::{Filter, Lake, LakeError, SegmentId, Sizes};
use model::{
    kinds::Scope,
    observations::{NewRow, Observations},
    value::Period,
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;

use crate::arbitrary::{observations, pictures, row};

pub const SMALL: Sizes = Sizes { rows_in_group: 5, rows_in_part: 11 };

/// `n` rows over three indicators, some places and years.
fn some(n: usize) -> Observations {
    let mut obs = Observations::default();
    for i in 0..n {
        let (indicator, place) = (format!("I-{}", i % 3), format!("P-{:03}", i / 3 % 50));
        let period = Period::year(2000 + (i / 150) as i16);
        obs.push(&NewRow::new(&indicator, &place, period, Scope::Global, Some(i as f64)));
    }
    obs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_written_is_read(rows in prop::collection::vec(row(), 0..60), registered_by in 5..9u64) {
        let folder = tempfile::tempdir().expect("a folder");
        let lake = Lake::open_sized(folder.path(), SMALL).expect("opens");
        let mut obs = observations(&rows);
        let segment = lake.write_segment(&obs).expect("writes");
        prop_assert_eq!(segment.n_rows, rows.len() as u64);
        lake.verify_segment(&segment.id).expect("intact");
        let back = lake.load(&[(segment.id, registered_by)], &Filter::default()).expect("reads");
        // A row without a change belongs to the one that registered the segment.
        obs.change.iter_mut().filter(|c| **c == 0).for_each(|c| *c = registered_by);
        prop_assert_eq!(pictures(&back, 0..back.len()), pictures(&obs, 0..obs.len()));
        let ids: Vec<_> = back.rows().map(|r| (r.indicator().to_owned(), r.place().to_owned(), r.period())).collect();
        prop_assert!(ids.is_sorted());
    }
}

#[test]
fn equal_rows_have_one_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::open(folder.path()).expect("opens");
    let obs = some(400);
    let first = lake.write_segment(&obs).expect("writes");
    let again = lake.write_segment(&obs).expect("writes");
    assert_eq!(first, again);
    assert!(lake.contains(&first.id));
    assert_eq!(lake.path(&first.id).metadata().expect("is there").len(), first.n_bytes);
    // The order in which rows came does not matter, nor does the number of threads.
    let mut turned = Observations::default();
    for idx in (0..obs.len()).rev() {
        let row = obs.row(idx);
        turned.push(&NewRow::new(row.indicator(), row.place(), row.period(), row.scope(), row.value()));
    }
    assert_eq!(lake.write_segment(&turned).expect("writes").id, first.id);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert_eq!(one.install(|| lake.write_segment(&obs)).expect("writes").id, first.id);
    assert_eq!(fs::read_dir(folder.path()).expect("reads").count(), 1, "nothing unfinished stays");
}

#[test]
fn damage_is_named_and_never_read_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::open_sized(folder.path(), Sizes { rows_in_group: 64, rows_in_part: 100 }).expect("opens");
    let id = lake.write_segment(&some(400)).expect("writes").id;
    let path = lake.path(&id);
    let whole = fs::read(&path).expect("reads");
    for n_bytes in [0, 3, 4, 100, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..n_bytes]).expect("writes");
        // Another process, which has not yet read the footer.
        let lake = Lake::open(folder.path()).expect("opens");
        let loaded = lake.load(&[(id.clone(), 1)], &Filter::default());
        assert!(matches!(loaded, Err(LakeError::Damaged { .. })), "{n_bytes} bytes: {:?}", loaded.map(|o| o.len()));
        assert!(matches!(lake.verify_segment(&id), Err(LakeError::Damaged { .. })));
    }
    // One bit in the middle of a page.
    let mut altered = whole.clone();
    altered[200] ^= 1;
    fs::write(&path, &altered).expect("writes");
    assert!(matches!(lake.verify_segment(&id), Err(LakeError::Damaged { .. })));
    // Writing the rows again mends it.
    assert_eq!(lake.write_segment(&some(400)).expect("writes").id, id);
    lake.verify_segment(&id).expect("mended");

    let other = SegmentId::parse(&"0".repeat(64)).expect("an id");
    assert!(matches!(lake.verify_segment(&other), Err(LakeError::Missing(_))));
    assert!(matches!(lake.load(&[(other, 1)], &Filter::default()), Err(LakeError::Missing(_))));
}

#[test]
fn a_killed_writer_leaves_nothing_that_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::open(folder.path()).expect("opens");
    fs::write(folder.path().join("unfinished-1-0"), b"PAR1").expect("writes");
    assert_eq!(lake.remove_unfinished().expect("removes"), 1);
    assert_eq!(lake.remove_unfinished().expect("removes"), 0);
}

#[test]
fn a_folder_that_cannot_be_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lake");
    fs::write(&file, b"not a folder").expect("writes");
    assert!(matches!(Lake::open(&file), Err(LakeError::Io { path, .. }) if path == file));
}

#[test]
fn a_period_without_text_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::open(folder.path()).expect("opens");
    let mut obs = Observations::default();
    let period = Period::of_months(2016 * 12 + 1, 2016 * 12 + 6).expect("five months");
    obs.push(&NewRow::new("I", "KEN", period, Scope::Global, Some(1.0)));
    assert!(matches!(lake.write_segment(&obs), Err(LakeError::PeriodWithoutText { row_idx: 0, .. })));
    assert_eq!(fs::read_dir(folder.path()).expect("reads").count(), 0, "nothing unfinished stays");
}

#[test]
fn other_tools_see_plain_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::open(folder.path()).expect("opens");
    let id = lake.write_segment(&some(10)).expect("writes").id;
    let file = fs::File::open(lake.path(&id)).expect("opens");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("reads");
    let columns: Vec<String> =
        reader.schema().fields().iter().map(|f| format!("{} {}", f.name(), f.data_type())).collect();
    assert_eq!(
        columns.join(", "),
        "indicator Utf8, place Utf8, period Utf8, period_start Date32, period_end Date32, breakdown Utf8, scope Utf8, \
         project Utf8, entity Utf8, stage Utf8, value Float64, numerator Float64, denominator Float64, \
         standard_error Float64, sample_size Int64, status Utf8, state Utf8, source Utf8, evidence Utf8, \
         measured_on Date32, comment Utf8, change Int64"
    );
}

#[test]
fn row_groups_that_cannot_hold_an_answer_are_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::open_sized(folder.path(), Sizes { rows_in_group: 50, rows_in_part: 100 }).expect("opens");
    let id = lake.write_segment(&some(900)).expect("writes").id;
    let segments = [(id.clone(), 1)];
    let filter = Filter::of_indicators(["I-1"]);
    let spans = lake.spans(&segments, &filter).expect("reads");
    assert!(spans.n_skipped >= 10 && spans.n_read <= 8, "{spans:?}");
    assert_eq!(lake.load(&segments, &filter).expect("reads").len(), 300);
    let nowhere = lake.spans(&segments, &Filter::of_indicators(["I-9"])).expect("reads");
    assert_eq!(nowhere.n_read, 0);
    let place = Filter { places: Some(["P-007".to_owned()].into()), ..filter.clone() };
    assert!(lake.spans(&segments, &place).expect("reads").n_read < spans.n_read);
    assert_eq!(lake.load(&segments, &place).expect("reads").len(), 6);

    // What is passed over is not opened: with the pages of the other indicators destroyed the answer stays.
    let path = lake.path(&id);
    let mut bytes = fs::read(&path).expect("reads");
    bytes[4..2000].fill(0xff);
    fs::write(&path, bytes).expect("writes");
    assert_eq!(lake.load(&segments, &Filter::of_indicators(["I-2"])).expect("reads").len(), 300);
    assert!(matches!(lake.load(&segments, &Filter::of_indicators(["I-0"])), Err(LakeError::Damaged { .. })));
}
