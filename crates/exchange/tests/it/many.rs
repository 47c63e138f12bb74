//! Many rows and many findings: grouping, counting, limits, and the two ways through observations.

use exchange::{Limits, observation_rows};
use model::value::Value;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::build::{arg, file, found, read, read_one};

#[test]
fn ten_thousand_errors_are_one_line_and_all_kept() {
    let mut csv = String::from("id,title_en,earmark\n");
    (0..10_000).for_each(|i| csv.push_str(&format!("F{i},Fund,cor\n")));
    let reading = read_one("funds.csv", &csv);
    assert_eq!(found(&reading), ["XCH041 C2"]);
    assert_eq!(reading.diagnostics[0].n_more, 9_999);
    assert_eq!(reading.all_diagnostics.len(), 10_000);
    assert_eq!((reading.n_rejected, reading.rejected.len()), (10_000, 10_000));

    // Twenty are still told one by one.
    let few: String = csv.lines().take(21).map(|l| format!("{l}\n")).collect();
    assert_eq!(read_one("funds.csv", few).diagnostics.len(), 20);
}

#[test]
fn findings_beyond_the_limit_are_counted() {
    let limits = Limits { findings: 100, ..Limits::STANDARD };
    for (name, head, row) in [
        ("funds.csv", "id,title_en,earmark", "F,Fund,cor"),
        ("observations.csv", "indicator,place,period,scope,value", "I,A,2020,globl,1"),
    ] {
        let csv = format!("{head}\n{}", format!("{row}\n").repeat(1_000));
        let reading = exchange::read(&[file(name, csv)], &limits, &|_, _| {});
        assert_eq!(reading.diagnostics[0].n_more, 999, "{name}");
        assert_eq!(reading.all_diagnostics.len(), 101, "{name}");
        let note = reading.all_diagnostics.last().expect("a note");
        assert_eq!((note.code.id, arg(note, "n")), ("XCH016", "1000".to_owned()));
        assert_eq!((reading.n_rejected, reading.rejected.len()), (1_000, 100), "{name}");
    }
    let limits = Limits { rows: 10, ..Limits::STANDARD };
    let csv = format!("indicator,place,period,scope,value\n{}", "I,A,2020,global,1\n".repeat(11));
    let reading = exchange::read(&[file("observations.csv", csv)], &limits, &|_, _| {});
    assert_eq!(found(&reading), ["XCH026"]);
    assert!(reading.observations.is_empty());
}

#[test]
fn findings_are_sorted_by_sheet_row_and_column() {
    let files =
        [file("places.csv", "id,kind,title_en\nA,x,T\n"), file("funds.csv", "earmark,id,title_en\nx,a b,T\ny,G,T\n")];
    assert_eq!(found(&read(&files)), ["XCH041 B2", "XCH041 A2", "XCH040 B2", "XCH041 A3"]);
}

#[test]
fn many_pieces_make_one_table() {
    // About 10 MB, so several pieces, some of them with quoted line breaks.
    let mut csv = String::from("indicator,place,period,scope,value,comment\n");
    let n = 150_000;
    for i in 0..n {
        let comment =
            if i % 50_000 < 10 { "\"two\nlines, \"\"quoted\"\"\"" } else { "nothing to say about this one here" };
        csv.push_str(&format!("SLUM{},P{},{},global,{}.{},{comment}\n", i % 7, i, 2000 + i % 20, i, i % 10));
    }
    csv.push_str("SLUM0,P0,2000,global,1,\nSLUM0,X,2000,global,much,\n");
    let reading = read_one("observations.csv", &csv);
    let last = n + 2;
    assert_eq!(found(&reading), [format!("XCH050 A{last}"), format!("XCH040 E{}", last + 1)]);
    assert_eq!(reading.observations.len(), n - 1);
    for at in [0, 1, 49_999, n - 2] {
        // Row 2 lost its key to the last but one.
        let row = reading.observations.row(at);
        assert_eq!(row.place(), format!("P{}", at + 1));
        assert_eq!(reading.observation_origins.of(at).map(|o| o.row), Some(at as u32 + 3));
    }
    assert_eq!(reading.observations.row(49_999).comment(), "two\nlines, \"quoted\"");
}

#[test]
fn progress_reaches_the_end() {
    let csv = format!("indicator,place,period,scope,value\n{}", "I,A,2020,global,1\n".repeat(10));
    let last = std::sync::Mutex::new((0, 0));
    let files = [file("observations.csv", csv)];
    exchange::read(&files, &Limits::STANDARD, &|done, total| *last.lock().expect("a lock") = (done, total));
    let (done, total) = *last.lock().expect("a lock");
    assert_eq!((done, total), (files[0].bytes.len() as u64, files[0].bytes.len() as u64));
}

proptest! {
    /// The fast way through observations and the general one agree, whatever the cells hold.
    #[test]
    fn both_ways_agree(
        rows in vec((
            select(&["I", "J ", "\"K\"", "", "a b", "'=x", "é"][..]),
            select(&["KEN", "", " UGA", "\"T\nZ\"", "T-1"][..]),
            select(&["2020", "2020-Q1", "٢٠٢٠", "20", "", "\" 2021\""][..]),
            select(&["global", "globl", "", "\"delivered\""][..]),
            select(&["1", "-2.5", "1e3", "\"1,234\"", "12 ", "x", "", "0.1", "9007199254740993", "\" \""][..]),
            select(&["", "5", "5.5", "-1", "30000000000", "٥"][..]),
        ), 0..20),
        crlf in any::<bool>(),
    ) {
        let end = if crlf { "\r\n" } else { "\n" };
        let table = |last: &str| {
            let mut text = format!("note,indicator,place,period,scope,value,sample_size{end}");
            for (i, p, t, s, v, n) in &rows {
                text.push_str(&format!(",{i},{p},{t},{s},{v},{n}{end}"));
            }
            format!("{text}{last},I,ZZZ,2020,global,1,{end}")
        };
        // A stray mark in a cell that is not looked at sends the file the general way.
        let fast = read_one("observations.csv", table("5 pipe"));
        let general = read_one("observations.csv", table("5\" pipe"));
        let values = |r: &exchange::Reading| observation_rows(&r.observations).rows.collect::<Vec<Vec<Value>>>();
        prop_assert_eq!(values(&fast), values(&general));
        prop_assert_eq!(found(&fast), found(&general));
        prop_assert_eq!(fast.n_rejected, general.n_rejected);
        let places = |r: &exchange::Reading| (0..r.observations.len()).map(|i| r.observation_origins.of(i).map(|o| o.row)).collect::<Vec<_>>();
        prop_assert_eq!(places(&fast), places(&general));
    }
}
