//! The workbook of corrections goes round: rows come out, are repaired, and go in.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use exchange::{TemplateText, write_corrections};

use crate::build::{found, meta, read_one};

fn corrections(reading: &exchange::Reading) -> Vec<u8> {
    let message = |d: &diag::Diagnostic| format!("{} in {}", d.code.id, d.pointer.cell().unwrap_or_default());
    write_corrections(reading, &message, &meta(), &TemplateText::of_definitions()).expect("a workbook")
}

#[test]
fn rejected_rows_carry_their_messages() {
    let csv = "earmark,id,title_en\ncore,G,Good\ncor,a b,Fund\ncore,H,\n";
    let reading = read_one("funds.csv", csv);
    let bytes = corrections(&reading);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).expect("a workbook");
    let range = book.worksheet_range("funds").expect("a sheet");
    let width = range.width();
    let text = |row: u32, col: usize| range.get_value((row, col as u32)).map(ToString::to_string).unwrap_or_default();
    assert_eq!(text(0, width - 1), "_errors");
    assert_eq!(text(2, 0), "a b");
    assert_eq!(text(2, width - 1), "XCH041 in A3\nXCH040 in B3");
    assert_eq!(text(3, width - 1), "XCH045 in C4");

    // The same faults are found again, where they now stand.
    let again = read_one("corrections.xlsx", &bytes);
    let mut codes = found(&again);
    codes.sort();
    assert_eq!(codes.iter().map(|c| &c[..6]).collect::<Vec<_>>(), ["XCH040", "XCH041", "XCH045"]);
    assert!(again.all_diagnostics.iter().all(|d| d.pointer.row > Some(2)));
}

#[test]
fn good_cells_of_a_bad_row_keep_their_type() {
    let csv = "indicator,place,period,scope,value,measured_on\nI,KEN,2020,globl,12.5,2020-05-01\n";
    let bytes = corrections(&read_one("observations.csv", csv));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("observations").expect("a sheet");
    let row: Vec<Data> = range.rows().nth(2).expect("a row").to_vec();
    assert!(row.contains(&Data::Float(12.5)));
    assert!(row.iter().any(|c| matches!(c, Data::DateTime(_))));
    assert!(row.contains(&Data::String("globl".into())));
}

#[test]
fn nothing_wrong_gives_no_table() {
    let bytes = corrections(&read_one("funds.csv", "id,title_en,earmark\nF,Fund,core\n"));
    assert_eq!(found(&read_one("a.xlsx", bytes)), ["XCH010"]);
}
