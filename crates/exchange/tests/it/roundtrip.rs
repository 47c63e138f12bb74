//! What was written reads back equal, from both containers, without a finding.

use exchange::{NamedBytes, Reading, Table, observation_rows, write_csv_folder, write_xlsx};
use model::{Kind, value::Value};
use proptest::prelude::*;

use crate::{
    build::{found, meta, read},
    rows::rows,
};

type Tables = Vec<(Kind, Vec<Vec<Value>>)>;

fn all_kinds() -> impl Strategy<Value = Tables> {
    Kind::ALL.iter().map(|kind| rows(*kind).prop_map(|rows| (*kind, rows))).collect::<Vec<_>>()
}

fn tables(data: &Tables) -> Vec<Table<'_>> {
    data.iter().map(|(kind, rows)| Table { kind: *kind, rows: Box::new(rows.iter().cloned()) }).collect()
}

fn check(reading: &Reading, data: &Tables) {
    assert_eq!(found(reading), Vec::<String>::new(), "{:#?}", reading.diagnostics.first());
    let mut records = reading.records.iter();
    for (kind, rows) in data {
        if *kind == Kind::Observation {
            let read: Vec<Vec<Value>> = observation_rows(&reading.observations).rows.collect();
            let status = Kind::Observation.def().column("status").expect("a column");
            let expected: Vec<Vec<Value>> = rows
                .iter()
                .cloned()
                .map(|mut row| {
                    for (at, default) in [(status, "measured"), (status + 1, "provisional")] {
                        if row[at].is_null() {
                            row[at] = Value::Text(default.into());
                        }
                    }
                    row
                })
                .collect();
            assert_eq!(read, expected);
            assert_eq!(reading.observation_origins.len(), rows.len());
            continue;
        }
        for row in rows {
            let draft = records.next().expect("a draft for each row");
            assert_eq!((draft.kind, &draft.row), (*kind, row));
        }
    }
    assert!(records.next().is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn csv_reads_back_equal(data in all_kinds()) {
        let files = write_csv_folder(tables(&data), &meta());
        check(&read(&files), &data);
    }

    #[test]
    fn xlsx_reads_back_equal(data in all_kinds()) {
        let bytes = write_xlsx(tables(&data), &meta()).expect("a workbook");
        check(&read(&[NamedBytes { name: "all.xlsx".into(), bytes }]), &data);
    }
}

#[test]
fn equal_data_give_equal_bytes() {
    let row = vec![Value::Text("fund".into()); 1];
    let mut full = vec![Value::Null; Kind::Fund.def().columns.len()];
    full[..1].clone_from_slice(&row);
    let data = vec![(Kind::Fund, vec![full])];
    let twice = || write_xlsx(tables(&data), &meta()).expect("a workbook");
    assert_eq!(twice(), twice());
    let twice = || write_csv_folder(tables(&data), &meta()).into_iter().map(|f| f.bytes).collect::<Vec<_>>();
    assert_eq!(twice(), twice());
}
