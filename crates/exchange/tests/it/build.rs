//! Files made for tests, and one way to read and to judge them.

use std::io::{Cursor, Write};

use exchange::{Limits, Meta, NamedBytes, Reading};
use model::value::Lang;
use zip::{ZipWriter, write::SimpleFileOptions};

/// A file from its name and content.
pub fn file(name: &str, content: impl AsRef<[u8]>) -> NamedBytes {
    NamedBytes { name: name.to_owned(), bytes: content.as_ref().to_vec() }
}

/// Reads files with the standard limits.
pub fn read(files: &[NamedBytes]) -> Reading {
    exchange::read(files, &Limits::STANDARD, &|_, _| {})
}

/// Reads one file with the standard limits.
pub fn read_one(name: &str, content: impl AsRef<[u8]>) -> Reading {
    read(&[file(name, content)])
}

/// Every finding as `CODE cell`, in order; the cell is empty when the finding is about a whole file or sheet.
/// Every sentence must find its arguments in every language of the interface.
pub fn found(reading: &Reading) -> Vec<String> {
    for finding in reading.diagnostics.iter().chain(reading.all_diagnostics.iter().take(100)) {
        for lang in Lang::INTERFACE {
            let words = locale::explained(lang, finding);
            for sentence in [words.message, words.why, words.remedy] {
                let complete = !sentence.contains("{$") && !sentence.contains(finding.code.id);
                assert!(complete, "{} {lang:?}: {sentence}", finding.code.id);
            }
        }
    }
    let line = |d: &diag::Diagnostic| format!("{} {}", d.code.id, d.pointer.cell().unwrap_or_default());
    reading.diagnostics.iter().map(|d| line(d).trim_end().to_owned()).collect()
}

/// An argument of a finding as text.
pub fn arg(finding: &diag::Diagnostic, name: &str) -> String {
    match finding.args.iter().find(|(n, _)| *n == name) {
        Some((_, diag::Arg::Text(t))) => t.clone(),
        Some((_, diag::Arg::Whole(n))) => n.to_string(),
        Some((_, diag::Arg::Number(n))) => n.to_string(),
        _ => panic!("{} has no argument {name}", finding.code.id),
    }
}

/// What written files say about themselves.
pub fn meta() -> Meta {
    Meta {
        created: "2026-03-01T12:00:00Z".parse().expect("an instant"),
        title: "Test".to_owned(),
        language: Lang::En,
        fingerprint: Some("abc".to_owned()),
        as_of: None,
    }
}

/// A zip archive.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A workbook whose sheets are given as the inside of `<worksheet>`; names may carry `!` for hidden.
pub struct Book<'a> {
    pub sheets: &'a [(&'a str, &'a str)],
    pub strings: &'a [&'a str],
    pub from_1904: bool,
}

impl Book<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const PKG: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let mut listed = String::new();
        let mut relations = String::new();
        let mut parts: Vec<(String, String)> = Vec::new();
        for (i, (name, inside)) in self.sheets.iter().enumerate() {
            let (name, state) = match name.strip_prefix('!') {
                Some(name) => (name, r#" state="hidden""#),
                None => (*name, ""),
            };
            let n = i + 1;
            listed.push_str(&format!(r#"<sheet name="{name}" sheetId="{n}"{state} r:id="rId{n}"/>"#));
            relations.push_str(&format!(
                r#"<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>"#
            ));
            let xml = format!(r#"<?xml version="1.0"?><worksheet xmlns="{MAIN}">{inside}</worksheet>"#);
            parts.push((format!("xl/worksheets/sheet{n}.xml"), xml));
        }
        relations.push_str(&format!(r#"<Relationship Id="s" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>"#));
        relations.push_str(&format!(r#"<Relationship Id="t" Type="{REL}/styles" Target="styles.xml"/>"#));
        let strings: String = self.strings.iter().map(|s| format!("<si><t>{s}</t></si>")).collect();
        let pr = if self.from_1904 { r#"<workbookPr date1904="1"/>"# } else { "" };
        parts.extend([
            ("[Content_Types].xml".into(), "<Types/>".into()),
            (
                "_rels/.rels".into(),
                format!(
                    r#"<Relationships xmlns="{PKG}"><Relationship Id="r" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/workbook.xml".into(),
                format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{REL}">{pr}<sheets>{listed}</sheets></workbook>"#),
            ),
            (
                "xl/_rels/workbook.xml.rels".into(),
                format!(r#"<Relationships xmlns="{PKG}">{relations}</Relationships>"#),
            ),
            ("xl/sharedStrings.xml".into(), format!(r#"<sst xmlns="{MAIN}">{strings}</sst>"#)),
            (
                // Style 1 shows a day.
                "xl/styles.xml".into(),
                format!(
                    r#"<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
                ),
            ),
        ]);
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, x)| (n.as_str(), x.as_bytes())).collect();
        zip(&parts)
    }
}

/// Sheet data from rows of cells; a cell is text, or begins with `<` and is raw XML of its inside with
/// attributes before `|`, e.g. `<t="b"|<v>1</v>`.
pub fn sheet_data(rows: &[&[&str]]) -> String {
    let mut xml = String::from("<sheetData>");
    for (r, row) in rows.iter().enumerate() {
        xml.push_str(&format!(r#"<row r="{}">"#, r + 1));
        for (c, cell) in row.iter().enumerate() {
            let at = format!("{}{}", diag::column_letters(c as u32 + 1), r + 1);
            match cell.strip_prefix('<') {
                _ if cell.is_empty() => {}
                Some(raw) => {
                    let (attributes, inside) = raw.split_once('|').expect("attributes before |");
                    xml.push_str(&format!(r#"<c r="{at}" {attributes}>{inside}</c>"#));
                }
                None => xml.push_str(&format!(r#"<c r="{at}" t="inlineStr"><is><t>{cell}</t></is></c>"#)),
            }
        }
        xml.push_str("</row>");
    }
    xml + "</sheetData>"
}

/// A workbook of one sheet from rows of cells.
pub fn book(sheet: &str, rows: &[&[&str]]) -> Vec<u8> {
    Book { sheets: &[(sheet, &sheet_data(rows))], strings: &[], from_1904: false }.bytes()
}
