//! Files that are not what they are called, packed too tightly, or broken.

use exchange::{Limits, write_xlsx};
use model::Kind;

use crate::build::{Book, arg, book, file, found, meta, read, read_one, sheet_data, zip};

#[test]
fn content_decides_not_the_name() {
    let ole = |name: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    for (name, content, kind) in [
        ("a.xlsx", b"\x89PNG\r\n\x1a\n....".to_vec(), "png"),
        ("results.csv", b"\n <!DOCTYPE HTML><html><body>login</body></html>".to_vec(), "html"),
        ("results.csv", b"<?xml version='1.0'?><x/>".to_vec(), "xml"),
        ("results.csv", b"{\"a\": 1}".to_vec(), "json"),
        ("a.xlsx", b"%PDF-1.7".to_vec(), "pdf"),
        ("a.xlsx", ole("Workbook"), "xls"),
        ("a.xlsx", ole("WordDocument"), "doc"),
        (
            "a.xlsx",
            zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"")]),
            "ods",
        ),
        ("a.xlsx", zip(&[("word/document.xml", b"<w/>")]), "docx"),
        ("a.xlsx", zip(&[("xl/workbook.bin", b"")]), "xlsb"),
        ("a.xlsx", zip(&[("holiday.txt", b"sun")]), "zip"),
        ("a.csv", b"\x1f\x8b\x08\x00".to_vec(), "gzip"),
        ("a.csv", b"PAR1....".to_vec(), "parquet"),
        ("a.csv", b"a,b\n\x00\x01\x02\x00\x00\x00\x03".to_vec(), "binary"),
    ] {
        let reading = read_one(name, &content);
        assert_eq!(found(&reading), ["XCH002"], "{kind}");
        assert_eq!(arg(&reading.diagnostics[0], "found"), kind);
    }
    for empty in [&b""[..], b" \r\n\t"] {
        assert_eq!(found(&read_one("results.csv", empty)), ["XCH001"]);
        assert_eq!(found(&read_one("a.xlsx", empty)), ["XCH001"]);
    }
    assert_eq!(found(&read_one("results.csv", b"\xef\xbb\xbf")), ["XCH001"]);
    assert_eq!(found(&read_one("a.xlsx", ole("EncryptedPackage"))), ["XCH003"]);
}

#[test]
fn a_workbook_under_another_name_is_read() {
    let bytes = book("funds", &[&["id", "title_en", "earmark"], &["F", "Fund", "core"]]);
    let reading = read_one("funds.csv", bytes);
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(reading.records.len(), 1);
}

#[test]
fn what_unpacks_without_end_is_stopped() {
    // 70 MiB of blanks pack into 70 KiB; the text of one cell. Beyond 64 MiB the ratio decides.
    let mut sheet = String::from("<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id");
    sheet.push_str(&" ".repeat(70 << 20));
    sheet.push_str("</t></is></c></row></sheetData>");
    let bomb = Book { sheets: &[("funds", &sheet)], strings: &[], from_1904: false }.bytes();
    assert!(bomb.len() < 1 << 20);
    let reading = read_one("bomb.xlsx", &bomb);
    assert_eq!(found(&reading), ["XCH005"]);

    // The size that the archive declares is a lie: 10 bytes. What counts is what comes out.
    let size = (sheet.len() as u64 + 100) as u32;
    let mut liar = bomb;
    for at in 0..liar.len() - 4 {
        let declared = u32::from_le_bytes([liar[at], liar[at + 1], liar[at + 2], liar[at + 3]]);
        if declared.abs_diff(size) < 1_000 {
            liar[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
        }
    }
    let limits = Limits { inflated_bytes: 1 << 20, ..Limits::STANDARD };
    let codes = found(&exchange::read(&[file("bomb.xlsx", liar)], &limits, &|_, _| {}));
    assert!(codes == ["XCH005"] || codes == ["XCH004"], "{codes:?}");
}

#[test]
fn limits_of_an_archive() {
    let many: Vec<(String, &[u8])> = (0..3_000).map(|i| (format!("xl/x{i}"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    let reading = read_one("a.xlsx", zip(&many));
    assert_eq!(found(&reading), ["XCH006"]);
    assert_eq!(arg(&reading.diagnostics[0], "n"), "3000");

    let strings = Book { sheets: &[("funds", "")], strings: &["long enough"; 100], from_1904: false }.bytes();
    let limits = Limits { text_bytes: 1_000, ..Limits::STANDARD };
    let reading = exchange::read(&[file("a.xlsx", strings)], &limits, &|_, _| {});
    assert_eq!(found(&reading), ["XCH005"]);
}

#[test]
fn a_broken_archive_is_damaged() {
    let good = write_xlsx(Vec::new(), &meta()).expect("a workbook");
    assert_eq!(found(&read_one("a.xlsx", &good[..good.len() / 2])), ["XCH004"]);
    for (sheet, why) in [
        ("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v>", "no end"),
        ("<sheetData><row r=\"0\"></row></sheetData>", "row 0"),
        ("<sheetData><row r=\"2\"><c><v>1</v></c></row><row r=\"1\"></row></sheetData>", "order"),
        ("<sheetData><row r=\"1\"><c r=\"ZZZZZZZZZ1\"><v>1</v></c></row></sheetData>", "cell"),
        ("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row></sheetData>", "no such text"),
        ("<sheetData><row r=\"1\"><c r=\"A1\" t=\"b\"><v>maybe</v></c></row></sheetData>", "no truth"),
        ("<sheetData><row r=\"1\"><c r=\"A1\"><v>&#xFFFFFFFF;</v></c></row></sheetData>", "no sign"),
    ] {
        let good = sheet_data(&[&["id", "title_en", "earmark"], &["F", "Fund", "core"]]);
        let bytes = Book { sheets: &[("places", sheet), ("funds", &good)], strings: &[], from_1904: false }.bytes();
        let reading = read_one("a.xlsx", bytes);
        let codes = found(&reading);
        assert!(codes.first().is_some_and(|c| c.starts_with("XCH004") || c.starts_with("XCH02")), "{why}: {codes:?}");
        assert_eq!(reading.records.len(), 1, "{why}: the next sheet is read all the same");
    }
}

#[test]
fn a_folder_is_read_as_one() {
    let files = [
        file("data/datapackage.json", br#"{"resources":[{"name":"funds","path":"money.csv","encoding":"latin1"}]}"#),
        file("data/money.csv", b"id,title_en,earmark\nF,Caf\xe9,core\n"),
        file("data/places.csv", "id,kind,title_en\nKEN,country,Kenya\n"),
        file("data/README.md", "# Notes"),
    ];
    let reading = read(&files);
    assert_eq!(found(&reading), ["XCH014"]);
    let kinds: Vec<Kind> = reading.records.iter().map(|d| d.kind).collect();
    assert_eq!(kinds, [Kind::Fund, Kind::Place]);
    assert_eq!(reading.records[0].row[1].to_text(), "Café");

    let broken = read(&[file("datapackage.json", "{"), file("funds.csv", "id,title_en,earmark\nF,Fund,core\n")]);
    assert_eq!(found(&broken), ["XCH015"]);
    assert_eq!(broken.records.len(), 1);
}

#[test]
fn another_version_of_the_schema_is_refused() {
    let data = sheet_data(&[&["id", "title_en", "earmark"], &["F", "Fund", "core"]]);
    for (version, age) in [("2", "newer"), ("0", "older")] {
        let schema = sheet_data(&[&["schema", "ekistics-workbook"], &["version", &format!("<|<v>{version}</v>")]]);
        let sheets = [("funds", data.as_str()), ("!_schema", &schema)];
        let reading = read_one("a.xlsx", Book { sheets: &sheets, strings: &[], from_1904: false }.bytes());
        assert_eq!(found(&reading), ["XCH007"]);
        assert_eq!(arg(&reading.diagnostics[0], "age"), age);
        assert!(reading.records.is_empty());
    }
    let package = br#"{"ekistics:schema":"ekistics-workbook","ekistics:schema_version":9}"#;
    let reading = read(&[file("datapackage.json", package)]);
    assert_eq!(found(&reading), ["XCH007"]);
}
