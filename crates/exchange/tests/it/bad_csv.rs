//! CSV: encodings, separators, quotes, ragged rows, and rows as a spreadsheet counts them.

use crate::build::{arg, found, read_one};

const TEXT: &str = "id,title_en,earmark\nF,Café,core\n";

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn encodings() {
    let bom = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
    let latin = TEXT.replace('é', "#").into_bytes().iter().map(|b| if *b == b'#' { 0xe9 } else { *b }).collect();
    for (bytes, expected) in [
        (TEXT.as_bytes().to_vec(), &[][..]),
        (bom(b"\xef\xbb\xbf", TEXT.into()), &[]),
        (bom(b"\xff\xfe", utf16(TEXT, u16::to_le_bytes)), &[]),
        (bom(b"\xfe\xff", utf16(TEXT, u16::to_be_bytes)), &[]),
        (utf16(TEXT, u16::to_le_bytes), &["XCH012"]),
        (utf16(TEXT, u16::to_be_bytes), &["XCH012"]),
        (latin, &["XCH012"]),
    ] {
        let reading = read_one("funds.csv", &bytes);
        assert_eq!(found(&reading), expected);
        assert_eq!(reading.records[0].row[1].to_text(), "Café");
    }
    let cut = bom(b"\xff\xfe", utf16(TEXT, u16::to_le_bytes)[..21].to_vec());
    assert_eq!(found(&read_one("funds.csv", cut)), ["XCH013"]);
    assert_eq!(found(&read_one("funds.csv", b"\xef\xbb\xbfid\n\xff\n")), ["XCH013"]);
}

#[test]
fn separators() {
    for text in [
        "id;title_en;earmark\nF;Fund, big;core\n",
        "id\ttitle_en\tearmark\nF\tFund, big\tcore\n",
        "id,title_en,earmark\r\nF,\"Fund, big\",core\r\n",
        "sep=;\r\nid;title_en;earmark\r\nF;Fund, big;core\r\n",
        "id,title_en,earmark\rF,\"Fund, big\",core\r",
    ] {
        let reading = read_one("funds.csv", text);
        assert_eq!(found(&reading), Vec::<String>::new(), "{text}");
        assert_eq!(reading.records[0].row[1].to_text(), "Fund, big", "{text}");
    }
}

#[test]
fn rows_are_counted_as_a_spreadsheet_shows_them() {
    for (text, row) in [
        ("id,title_en,earmark\nF,\"two\nlines\",core\nG,Fund,\n", 3),
        ("id,title_en,earmark\r\n\r\nF,Fund,core\r\nG,Fund,\r\n", 4),
        ("id,title_en,earmark\nF,Fund,core\n\n\nG,Fund,\n", 5),
        ("\n\nid,title_en,earmark\nF,Fund,core\nG,Fund,\n", 5),
        ("sep=,\nid,title_en,earmark\nF,Fund,core\nG,Fund,\n", 4),
    ] {
        let reading = read_one("funds.csv", text);
        assert_eq!(found(&reading), [format!("XCH045 C{row}")], "{text:?}");
    }
    let head = "indicator,place,period,scope,value,comment\n";
    for (rows, row) in [
        ("I,A,2020,global,1,\nI,A,2020,globl,1,\n", 3),
        ("I,A,2020,global,1,\"two\nlines\"\nI,A,2020,globl,1,\n", 3),
        ("\r\nI,A,2020,global,1,\r\n\r\nI,A,2020,globl,1,\r\n", 5),
        ("# Indicator *,b,c,d,e,f\n\nI,A,2020,globl,1,\n", 4),
        ("I,A,2020,global,1,5\" pipe\n\nI,A,2020,globl,1,\n", 4),
    ] {
        let reading = read_one("observations.csv", format!("{head}{rows}"));
        assert_eq!(found(&reading), [format!("XCH041 D{row}")], "{rows:?}");
    }
}

#[test]
fn ragged_rows_are_named() {
    for (name, head, good) in [
        ("funds.csv", "id,title_en,earmark", "F,Fund,core"),
        ("observations.csv", "indicator,place,period,scope,value", "I,A,2020,global,1"),
    ] {
        let reading = read_one(name, format!("{head}\n{good}\nG,Fund\n{good},x,y\n{good},,\n"));
        // The last row's extra cells are empty: a separator at the end of rows is common and harmless.
        let codes: Vec<String> = found(&reading).into_iter().filter(|f| !f.starts_with("XCH050")).collect();
        assert_eq!(codes, ["XCH036 3:3", "XCH036 4:4"], "{name}");
        assert_eq!(arg(&reading.diagnostics[0], "n_cells"), "2");
    }
}

#[test]
fn a_mark_that_is_never_closed_is_found() {
    for (name, text) in [
        ("funds.csv", "id,title_en,earmark\nF,\"Fund,core\nG,Fund,core\n"),
        ("observations.csv", "indicator,place,period,scope,value,comment\nI,A,2020,global,1,\"x\nI,B,2020,global,1,\n"),
    ] {
        let codes = found(&read_one(name, text));
        assert!(codes.contains(&"XCH037 2:2".to_owned()), "{name} {codes:?}");
    }
}
