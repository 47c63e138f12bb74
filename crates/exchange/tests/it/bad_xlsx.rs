//! Workbooks: merged cells, formulas, errors, days in both systems, numbers as text, hidden rows.

use jiff::civil::date;
use model::value::Value;

use crate::build::{Book, arg, book, found, read_one, sheet_data};

#[test]
fn merged_cells_are_refused_with_their_range() {
    let data = sheet_data(&[&["id", "title_en", "earmark"], &["F", "Fund", "core"]]);
    let sheet = format!(r#"{data}<mergeCells count="1"><mergeCell ref="B2:C5"/></mergeCells>"#);
    let reading = read_one("a.xlsx", Book { sheets: &[("funds", &sheet)], strings: &[], from_1904: false }.bytes());
    assert_eq!(found(&reading), ["XCH030 B2"]);
    assert_eq!(arg(&reading.diagnostics[0], "range"), "B2:C5");
}

#[test]
fn formulas_and_errors() {
    let header = &["indicator", "place", "period", "scope", "value"][..];
    for (cell, expected, n) in [
        ("<|<f>1+1</f><v>2</v>", &["XCH031 E2"][..], 1),
        ("<|<f>1+1</f>", &["XCH032 E2"], 0),
        ("<t=\"str\"|<f>A1&amp;\"\"</f><v>7.5</v>", &["XCH031 E2", "XCH035 E2"], 1),
        ("<|<f t=\"shared\" si=\"99999999999\"/><v>2</v>", &["XCH031 E2"], 1),
        ("<t=\"e\"|<v>#N/A</v>", &["XCH033 E2"], 0),
        ("<t=\"b\"|<v>1</v>", &["XCH040 E2"], 0),
        ("<s=\"1\"|<v>41640</v>", &["XCH040 E2"], 0),
        ("<t=\"n\"|<v>1e999</v>", &["XCH040 E2"], 0),
        ("<t=\"s\"|<v>0</v>", &["XCH035 E2"], 1),
    ] {
        let data = sheet_data(&[header, &["I", "KEN", "2020", "global", cell]]);
        let book = Book { sheets: &[("observations", &data)], strings: &["12.5"], from_1904: false };
        let reading = read_one("a.xlsx", book.bytes());
        assert_eq!(found(&reading), expected, "{cell}");
        assert_eq!(reading.observations.len(), n, "{cell}");
    }
}

#[test]
fn days_in_both_systems() {
    let rows: &[&[&str]] = &[
        &["id", "title_en", "starts_on", "ends_on"],
        &["E", "Forum", "<s=\"1\"|<v>41640</v>", "2014-01-03"],
        &["F", "Forum", "<t=\"d\"|<v>2014-01-01T00:00:00</v>", ""],
    ];
    for (from_1904, first) in [(false, date(2014, 1, 1)), (true, date(2018, 1, 2))] {
        let bytes = Book { sheets: &[("events", &sheet_data(rows))], strings: &[], from_1904 }.bytes();
        let reading = read_one("a.xlsx", bytes);
        assert_eq!(found(&reading), Vec::<String>::new());
        let days: Vec<&Value> = reading.records.iter().map(|d| &d.row[7]).collect();
        assert_eq!(days, [&Value::Date(first), &Value::Date(date(2014, 1, 1))]);
    }
    // A number without the look of a day may be of either system.
    let reading =
        read_one("a.xlsx", book("events", &[&["id", "title_en", "starts_on"], &["E", "F", "<|<v>41640</v>"]]));
    assert_eq!(found(&reading), ["XCH040 C2"]);
    // A month typed as a period becomes the first of the month in a spreadsheet.
    let rows: &[&[&str]] = &[
        &["indicator", "place", "period", "scope", "value"],
        &["I", "KEN", "<s=\"1\"|<v>42430</v>", "global", "<|<v>1</v>"],
        &["I", "UGA", "<|<v>2016</v>", "global", "<|<v>1</v>"],
    ];
    let reading = read_one("a.xlsx", book("observations", rows));
    let periods: Vec<String> = reading.observations.period.iter().map(ToString::to_string).collect();
    assert_eq!(periods, ["2016-03", "2016"]);
}

#[test]
fn rich_texts_and_escapes_are_read_as_they_look() {
    let rich = r#"<r><t>Kib</t></r><r><rPr><b/></rPr><t xml:space="preserve">era &amp; co</t></r><rPh><t>no</t></rPh>"#;
    let data = sheet_data(&[
        &["id", "title_en", "earmark"],
        &["F", &format!("<t=\"inlineStr\"|<is>{rich}</is>"), "core"],
        &["G", "a_x000D_&#10;b_x005F_x0041_", "core"],
    ]);
    let reading = read_one("a.xlsx", Book { sheets: &[("funds", &data)], strings: &[], from_1904: false }.bytes());
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(reading.records[0].row[1].to_text(), "Kibera & co");
    assert_eq!(reading.records[1].row[1].to_text(), "a\nb_x0041_");
}

#[test]
fn hidden_rows_are_told_and_blank_rows_passed_over() {
    let data = sheet_data(&[&["id", "title_en", "earmark"], &["", "", ""], &["F", "Fund", "core"]])
        .replace(r#"<row r="3">"#, r#"<row r="3" hidden="1">"#);
    let reading = read_one("a.xlsx", Book { sheets: &[("funds", &data)], strings: &[], from_1904: false }.bytes());
    assert_eq!(found(&reading), ["XCH038"]);
    assert_eq!(reading.records[0].origin.row, 3);
    assert_eq!(reading.n_rows_read, 1);
}

#[test]
fn a_used_range_that_is_wrong_changes_nothing() {
    let data = sheet_data(&[&["id", "title_en", "earmark"], &["F", "Fund", "core"]]);
    let sheet = format!(r#"<dimension ref="A1:XFD1048576"/>{data}"#);
    let reading = read_one("a.xlsx", Book { sheets: &[("funds", &sheet)], strings: &[], from_1904: false }.bytes());
    assert_eq!(reading.records.len(), 1);
}

#[test]
fn observations_may_be_split_over_sheets() {
    let head = &["indicator", "place", "period", "scope", "value"][..];
    let one = sheet_data(&[head, &["I", "KEN", "2020", "global", "<|<v>1</v>"]]);
    let two = sheet_data(&[head, &["I", "UGA", "2020", "global", "<|<v>2</v>"], &["I", "KEN", "2020", "global", ""]]);
    let sheets = [("observations", one.as_str()), ("observations_2", &two)];
    let reading = read_one("a.xlsx", Book { sheets: &sheets, strings: &[], from_1904: false }.bytes());
    assert_eq!(found(&reading), ["XCH050 A3"]);
    assert!(arg(&reading.diagnostics[0], "first_sheet").ends_with("observations"));
    assert_eq!(reading.observations.len(), 1);
    let origin = reading.observation_origins.of(0).expect("an origin");
    assert_eq!((origin.sheet.sheet.as_str(), origin.row), ("observations_2", 2));
}
