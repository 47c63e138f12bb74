//! Headers: order, unknown, missing, doubled and blank columns; sheets and files by name.

use model::Kind;

use crate::build::{Book, arg, book, found, read_one, sheet_data};

fn check(csv: &str, expected: &[&str], n_records: usize) {
    let reading = read_one("funds.csv", csv);
    assert_eq!(found(&reading), expected, "{csv}");
    assert_eq!(reading.records.len(), n_records, "{csv}");
    // The same table as a workbook gives the same findings.
    let rows: Vec<Vec<&str>> = csv.lines().map(|l| l.split(',').collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let reading = read_one("a.xlsx", book("funds", &rows));
    assert_eq!(found(&reading), expected, "{csv}");
    assert_eq!(reading.records.len(), n_records, "{csv}");
}

#[test]
fn headers_in_any_order() {
    check("earmark,title_zh,id\ncore,基金,F", &[], 1);
    check("id,title_en,earmark,_errors\nF,Fund,core,old message", &[], 1);
    check("id,title_en,earmark\n# Id *,Name *,Earmark *\nF,Fund,core", &[], 1);
    check("id,title_en,earmark\n,,\nF,Fund,core\n,,", &[], 1);
}

#[test]
fn columns_that_do_not_fit() {
    check("id,title_en,earmark,colour\nF,Fund,core,red", &["XCH023 D1"], 1);
    check("id,title_en,earmark,Title_EN\nF,Fund,core,x", &["XCH023 D1"], 1);
    check("id,title_en,earmark,earmark\nF,Fund,core,core", &["XCH021 D1"], 0);
    check("id,title_en\nF,Fund", &["XCH024 1:1"], 0);
    check("id,earmark\nF,core", &["XCH024 1:1"], 0);
    check("id,title_en,,earmark\nF,Fund,x,core", &["XCH022 C1"], 0);
    check("id,title_en,,earmark\nF,Fund,,core", &[], 1);
}

#[test]
fn a_near_name_is_proposed() {
    for (name, near) in [("Earmark", "earmark"), ("ear mark", "earmark"), ("titel_en", "title_en"), ("xyz", "")] {
        let reading = read_one("funds.csv", format!("id,{name}\n"));
        let unknown = reading.diagnostics.iter().find(|d| d.code.id == "XCH023").expect("an unknown column");
        assert_eq!(arg(unknown, "nearest"), near);
    }
}

#[test]
fn too_many_columns_are_counted() {
    let header = vec!["x"; 1_000_000].join(",");
    let reading = read_one("funds.csv", format!("{header}\n1\n"));
    assert_eq!(found(&reading), ["XCH025 1:1"]);
    assert_eq!(arg(&reading.diagnostics[0], "n"), "1000000");
    let wide: Vec<&str> = vec!["x"; 1_200];
    let reading = read_one("a.xlsx", book("funds", &[&wide]));
    assert_eq!(found(&reading), ["XCH025 1:1"]);
}

#[test]
fn sheets_are_known_by_name() {
    let data = sheet_data(&[&["id", "title_en", "earmark"], &["F", "Fund", "core"]]);
    let more = sheet_data(&[&["id", "title_en", "earmark"], &["G", "Fund", "core"]]);
    let sheets = [
        ("readme", "<sheetData/>"),
        ("lists", "<sheetData/>"),
        ("Funds", data.as_str()),
        ("!funds_2", &more),
        ("found", &data),
        ("My notes", &data),
    ];
    let reading = read_one("a.xlsx", Book { sheets: &sheets, strings: &[], from_1904: false }.bytes());
    assert_eq!(found(&reading), ["XCH009", "XCH008", "XCH008"]);
    assert_eq!(arg(&reading.diagnostics[1], "nearest"), "funds");
    assert_eq!(arg(&reading.diagnostics[2], "near"), "no");
    assert_eq!(reading.records.len(), 2);

    let reading = read_one("a.xlsx", book("Sheet1", &[&["id"]]));
    assert_eq!(found(&reading), ["XCH010", "XCH008"]);
    let below = r#"<sheetData><row r="3"><c r="A3"><v>1</v></c></row></sheetData>"#;
    let reading = read_one("a.xlsx", Book { sheets: &[("funds", below)], strings: &[], from_1904: false }.bytes());
    assert_eq!(found(&reading), ["XCH020 1:1"]);
}

#[test]
fn files_are_known_by_name_or_header() {
    let observations = "indicator,place,period,scope,value\nI,KEN,2020,global,1\n";
    assert_eq!(read_one("out/upload (3).csv", observations).observations.len(), 1);
    let funds = "id,title_en,earmark\nF,Fund,core\n";
    for name in ["funds.csv", "FUNDS.CSV", "a/b/funds_2.csv", "x.txt"] {
        let reading = read_one(name, funds);
        assert_eq!(reading.records.first().map(|d| d.kind), Some(Kind::Fund), "{name}");
    }
    // Nearly every table has an id and a title.
    let reading = read_one("founds.csv", "id,title_en\nF,Fund\n");
    assert_eq!(found(&reading), ["XCH011 1:1"]);
    assert_eq!(arg(&reading.diagnostics[0], "nearest"), "funds");
}
