//! Bad input gets a clear message and loses nothing.

use std::io::Write;

use rust_xlsxwriter::{Formula, Workbook};
use serde_json::Value as Json;
use tempfile::TempDir;

use super::support::{complaint, file, json, sample};

/// Imports bytes under a name; expects refusal with a code, and that nothing changed.
fn refuse(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>, code: &str) -> Json {
    let path = file(folder.path(), name, bytes);
    let found = json(folder.path(), &["import", &path, "--yes"], 1);
    let codes: Vec<&str> =
        found["diagnostics"].as_array().expect("a list").iter().filter_map(|d| d["code"].as_str()).collect();
    assert!(codes.contains(&code), "{name}: {codes:?}");
    assert_eq!(found["written"], false);
    found
}

fn position(folder: &TempDir) -> u64 {
    json(folder.path(), &["demo", "--no-serve"], 0)["records"]["position"].as_u64().expect("a position")
}

#[test]
fn refused_files_leave_no_trace() {
    let folder = sample();
    refuse(&folder, "empty.xlsx", "", "XCH001");
    refuse(&folder, "picture.xlsx", b"\x89PNG\r\n\x1a\n0000000000000000", "XCH002");
    refuse(&folder, "page.csv", "<!doctype html><html><body>sign in</body></html>", "XCH002");
    refuse(
        &folder,
        "results.csv",
        "id,plan,parent,level,code,title_en\nR-X,P1419R,R-Y,5,X,X\nR-Y,P1419R,R-X,5,Y,Y\n",
        "REG004",
    );
    let dangling =
        refuse(&folder, "targets.csv", "indicator,kind,on,value\nI-1419-FA11,target,2019-12-31,5\n", "REG002");
    let first = &dangling["diagnostics"][0];
    assert_eq!(first["source"]["cell"], "A2", "{first}");
    assert!(first["remedy"].as_str().is_some_and(|r| r.contains("I-1419-FA1")), "{first}");
    refuse(&folder, "targets.csv", "indicator,kind,kind,value\nI-1419-FA1,target,target,5\n", "XCH021");
    refuse(&folder, "targets.csv", "indicator,kind,on,value\nI-1419-FA1,goal,2019-12-31,5\n", "XCH041");
    refuse(&folder, "targets.csv", "indicator,kind,on,value\nI-1419-FA1,target,2019-12-31,five\n", "XCH040");
    refuse(
        &folder,
        "observations.csv",
        "indicator,place,period,scope,value\nI-1419-FA1,KEN,2016,supported,5\n",
        "REG025",
    );
    let header: Vec<String> = (0..1_000_000).map(|i| format!("c{i}")).collect();
    refuse(&folder, "targets.csv", header.join(","), "XCH025");
    assert_eq!(position(&folder), 1);
    let lake = folder.path().join("lake");
    let segments = std::fs::read_dir(lake).expect("the lake").count();
    assert_eq!(segments, 1, "a refused import left a segment");
}

#[test]
fn ten_thousand_errors_are_grouped_and_downloadable() {
    let folder = sample();
    let mut csv = String::from("indicator,kind,on,value\n");
    (0..10_000).for_each(|i| csv.push_str(&format!("I-1419-FA1,target,2019-12-{:02},x{i}\n", i % 28 + 1)));
    let path = file(folder.path(), "targets.csv", csv);
    let all = folder.path().join("findings.csv").display().to_string();
    let found = json(folder.path(), &["import", &path, "--yes", "--findings", &all], 1);
    assert!(found["errors"].as_u64().is_some_and(|n| n >= 10_000), "{}", found["errors"]);
    assert!(found["diagnostics"].as_array().is_some_and(|d| d.len() < 200));
    assert!(std::fs::read_to_string(all).expect("the file").lines().count() > 10_000);
}

#[test]
fn a_zip_bomb_is_refused_quickly() {
    let folder = sample();
    let path = file(folder.path(), "bomb.xlsx", bomb());
    let found = json(folder.path(), &["import", &path, "--yes"], 1);
    assert!(
        found["diagnostics"][0]["code"].as_str().is_some_and(|c| ["XCH004", "XCH005", "XCH006"].contains(&c)),
        "{found}"
    );
}

/// A workbook whose only sheet unpacks to 320 MiB, a thousand times its size.
fn bomb() -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for name in ["[Content_Types].xml", "xl/workbook.xml"] {
        out.start_file(name, options).expect("an entry");
        out.write_all(b"<x/>").expect("written");
    }
    out.start_file("xl/worksheets/sheet1.xml", options).expect("an entry");
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..320 {
        out.write_all(&zeros).expect("written");
    }
    out.finish().expect("a zip").into_inner()
}

#[test]
fn formulas_never_run() {
    let folder = sample();
    let path = file(
        folder.path(),
        "terms.csv",
        "concept,language,wording,status\nx,en,\"=HYPERLINK(\"\"http://evil\"\")\",variant\n",
    );
    json(folder.path(), &["import", &path, "--yes"], 0);
    let out = folder.path().join("terms");
    json(folder.path(), &["export", "--out", &out.display().to_string(), "--kind", "terms"], 0);
    let text = std::fs::read_to_string(out.join("terms.csv")).expect("the table");
    assert!(!text.contains(",=HYPER") && !text.contains(",\"=HYPER"), "{text}");
    let back = json(folder.path(), &["import", &out.display().to_string(), "--dry-run"], 0);
    assert_eq!((back["summary"]["changed"].as_u64(), back["summary"]["added"].as_u64()), (Some(0), Some(0)), "{back}");
    // A formula cell gives its last result with a warning, and none without one.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("targets").expect("a name");
    for (column, name) in ["indicator", "kind", "on", "value"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).expect("written");
    }
    sheet.write(1, 0, "I-1419-FA1").expect("written");
    sheet.write(1, 1, "target").expect("written");
    sheet.write(1, 2, "2019-12-31").expect("written");
    sheet.write_formula(1, 3, Formula::new("=2+3").set_result("5")).expect("written");
    let path = file(folder.path(), "formula.xlsx", book.save_to_buffer().expect("a workbook"));
    let found = json(folder.path(), &["import", &path, "--dry-run"], 0);
    assert!(found["diagnostics"].as_array().is_some_and(|d| d.iter().any(|d| d["code"] == "XCH031")), "{found}");
    assert_eq!(found["summary"]["added"], 1);
}

#[test]
fn digits_of_other_scripts_and_encodings_are_read() {
    let folder = sample();
    let expect_one = |name: &str, bytes: Vec<u8>| {
        let path = file(folder.path(), name, bytes);
        let found = json(folder.path(), &["import", &path, "--dry-run"], 0);
        assert_eq!(found["summary"]["added"], 1, "{found}");
        found["added"][0].clone()
    };
    let text = "indicator,kind,on,value\nI-1419-FA1,target,٢٠١٩-١٢-٣١,١٢٫٥\n";
    expect_one("targets.csv", text.into());
    expect_one("targets.csv", [b"\xef\xbb\xbf", text.as_bytes()].concat());
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    expect_one("targets.csv", utf16);
    expect_one("targets.csv", "indicator;kind;on;value\nI-1419-FA1;target;2019-12-31;12,5\n".into());
    expect_one("terms.csv", b"concept,language,wording,status\nx,fr,b\xe9n\xe9fice,variant\n".to_vec());
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let folder = sample();
    assert!(complaint(folder.path(), &["import", "/nowhere/at/all.xlsx"], 3).contains("/nowhere/at/all.xlsx"));
    let empty = TempDir::new().expect("a folder");
    assert!(complaint(folder.path(), &["check", &empty.path().display().to_string()], 3).contains("no CSV"));
}
