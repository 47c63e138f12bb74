//! What is written: seen by another reader, split, described, protected, and free of formulas.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetVisible, Xlsx};
use exchange::{Table, TemplateText, observation_rows, write_csv_folder, write_template, write_xlsx, write_xlsx_with};
use model::{
    Kind, Records,
    kinds::Scope,
    observations::{NewRow, Observations},
    value::{Period, Value},
};

use crate::build::{file, found, meta, read, read_one};

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    zip.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

fn fund(id: &str, title: &str) -> Vec<Value> {
    let def = Kind::Fund.def();
    let mut row = vec![Value::Null; def.columns.len()];
    for (name, value) in [("id", id), ("title_en", title), ("earmark", "core")] {
        row[def.column(name).expect("a column")] = Value::Text(value.into());
    }
    row
}

fn funds(rows: Vec<Vec<Value>>) -> Vec<Table<'static>> {
    vec![Table { kind: Kind::Fund, rows: Box::new(rows.into_iter()) }]
}

#[test]
fn another_reader_sees_the_same() {
    let bytes = write_xlsx(funds(vec![fund("001", "=1+1"), fund("1E5", "-5")]), &meta()).expect("a workbook");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["readme", "funds", "lists", "_schema"]);
    assert_eq!(book.sheets_metadata()[3].visible, SheetVisible::VeryHidden);
    let range = book.worksheet_range("funds").expect("a sheet");
    assert_eq!(range.get_value((0, 0)), Some(&Data::String("id".into())));
    assert_eq!(range.get_value((1, 0)), Some(&Data::String("# id *".into())));
    for (row, id, title) in [(2, "001", "=1+1"), (3, "1E5", "-5")] {
        assert_eq!(range.get_value((row, 0)), Some(&Data::String(id.into())));
        assert_eq!(range.get_value((row, 1)), Some(&Data::String(title.into())));
    }
    assert!(book.worksheet_formula("funds").expect("a sheet").is_empty());
}

#[test]
fn a_csv_cell_is_never_a_formula() {
    let files = write_csv_folder(funds(vec![fund("-1", "=cmd|' /C calc'!A0"), fund("+2", "@x")]), &meta());
    let text = String::from_utf8(files[1].bytes.clone()).expect("text");
    for cell in text.lines().skip(1).flat_map(|l| l.split(',')) {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell}");
    }
    let reading = read(&files);
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(reading.records[0].row, fund("-1", "=cmd|' /C calc'!A0"));
    // A negative number is a number.
    let mut all = Observations::default();
    all.push(&NewRow::new("I", "KEN", Period::year(2020), Scope::Global, Some(-5.0)));
    let files = write_csv_folder(vec![observation_rows(&all)], &meta());
    assert!(String::from_utf8_lossy(&files[1].bytes).contains(",-5,"));
}

#[test]
fn the_description_follows_the_definitions() {
    let tables = [Kind::Place, Kind::Target, Kind::Indicator, Kind::Observation];
    let tables = tables.map(|kind| Table { kind, rows: Box::new(std::iter::empty()) }).into_iter().collect();
    let files = write_csv_folder(tables, &meta());
    assert_eq!(files[0].name, "datapackage.json");
    let json: serde_json::Value = serde_json::from_slice(&files[0].bytes).expect("JSON");
    assert_eq!(json["$schema"], "https://datapackage.org/profiles/2.0/datapackage.json");
    assert_eq!(json["ekistics:fingerprint"], "abc");
    let resource = |name: &str| {
        let all = json["resources"].as_array().expect("resources");
        all.iter().find(|r| r["name"] == name).expect("a resource")["schema"].clone()
    };
    let field = |table: &str, name: &str| {
        let schema = resource(table);
        let fields = schema["fields"].as_array().expect("fields").clone();
        fields.into_iter().find(|f| f["name"] == name).expect("a field")
    };
    assert_eq!(resource("places")["primaryKey"], serde_json::json!(["id"]));
    assert_eq!(resource("observations")["missingValues"], serde_json::json!([""]));
    assert_eq!(resource("observations")["ekistics:key"][3], "breakdown");
    assert_eq!(field("observations", "scope")["constraints"]["enum"][0], "global");
    assert_eq!(field("observations", "sample_size")["constraints"]["maximum"], 20_000_000_000_i64);
    assert_eq!(field("targets", "value")["type"], "number");
    let keys = resource("targets")["foreignKeys"].clone();
    let key = serde_json::json!({"fields": ["indicator"], "reference": {"resource": "indicators", "fields": ["id"]}});
    assert!(keys.as_array().expect("keys").contains(&key));
    // The place's parent is a place; a table names itself by the empty text.
    assert_eq!(resource("places")["foreignKeys"][0]["reference"]["resource"], "");
}

#[test]
fn a_template_leads_by_the_hand() {
    let text = TemplateText {
        readme: vec!["首先阅读".into()],
        label: &|_, column| format!("标签 {}", column.name),
        ..TemplateText::of_definitions()
    };
    let lists = [(Kind::Unit, vec!["HQ".to_owned(), "ROAP".to_owned()])];
    let bytes = write_template(&meta(), &text, &lists).expect("a template");
    let reading = read_one("template.xlsx", &bytes);
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(reading.n_rows_read, 0);

    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!(names.len(), Kind::ALL.len() + 3);
    let at = names.iter().position(|n| n == "indicators").expect("a sheet") + 1;
    let range = book.worksheet_range("indicators").expect("a sheet");
    assert_eq!(range.get_value((1, 0)), Some(&Data::String("# 标签 id *".into())));
    let sheet = part(&bytes, &format!("xl/worksheets/sheet{at}.xml"));
    for piece in
        ["<dataValidation ", "lists!$", "state=\"frozen\"", "<autoFilter ", "<sheetProtection ", "<legacyDrawing "]
    {
        assert!(sheet.contains(piece), "{piece}");
    }
    let lists = book.worksheet_range("lists").expect("a sheet");
    assert!(lists.rows().any(|r| r.contains(&Data::String("ROAP".into()))));
    assert!(lists.rows().any(|r| r.contains(&Data::String("distinct_count".into()))));
}

#[test]
fn keys_of_rows_that_are_there_are_locked() {
    let bytes = write_xlsx(funds(vec![fund("F", "Fund")]), &meta()).expect("a workbook");
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    let styles = part(&bytes, "xl/styles.xml");
    let cells = styles.split("<cellXfs").nth(1).and_then(|s| s.split("</cellXfs>").next()).expect("styles");
    let unlocked: Vec<bool> = cells.split("<xf ").skip(1).map(|xf| xf.contains("locked=\"0\"")).collect();
    let style = |cell: &str| -> usize {
        let at = sheet.find(&format!("<c r=\"{cell}\" s=\"")).expect("a cell") + cell.len() + 11;
        sheet[at..].split('"').next().expect("a number").parse().expect("a number")
    };
    assert!(!unlocked[style("A3")] && unlocked[style("B3")]);
    assert!(!unlocked[style("A1")] && !unlocked[style("A2")]);
}

#[test]
fn arabic_runs_from_right_to_left() {
    let meta = exchange::Meta { language: model::value::Lang::Ar, ..meta() };
    let bytes = write_xlsx(funds(vec![fund("F", "Fund")]), &meta).expect("a workbook");
    assert!(part(&bytes, "xl/worksheets/sheet2.xml").contains("rightToLeft=\"1\""));
}

#[test]
fn records_are_tables_too() {
    let mut records = Records::default();
    records.put(Kind::Fund, &fund("F", "Fund"), None).expect("a fund");
    let text = TemplateText::of_definitions();
    let tables = vec![exchange::record_rows(&records, Kind::Fund)];
    let bytes = write_xlsx_with(tables, &meta(), &text, &[]).expect("a workbook");
    let reading = read(&[file("a.xlsx", bytes)]);
    assert_eq!(reading.records[0].row, fund("F", "Fund"));
}

#[test]
fn a_long_table_is_streamed_and_reads_back_equal() {
    let mut all = Observations::default();
    let n = 20_100;
    let comments = ["=1+1", "a_x000D_b", "two\nlines", " & <b>", "𝄞 城", ""];
    for i in 0..n {
        let place = format!("P{i}");
        let row = NewRow::new("I", &place, Period::year(2000), Scope::Global, Some(i as f64 / 7.0));
        let comment = comments[i % comments.len()].trim();
        let measured_on = (i % 3 == 0).then(|| jiff::civil::date(1800 + (i % 300) as i16, 1, 1));
        all.push(&NewRow { comment, measured_on, sample_size: Some(i as i64), ..row });
    }
    let write = || write_xlsx(vec![observation_rows(&all)], &meta()).expect("a workbook");
    let bytes = write();
    assert_eq!(bytes, write());
    let reading = read_one("a.xlsx", &bytes);
    assert_eq!(found(&reading), Vec::<String>::new());
    let rows = |o: &Observations| observation_rows(o).rows.collect::<Vec<_>>();
    assert!(rows(&reading.observations) == rows(&all));
    let book_bytes = &bytes;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book_bytes)).expect("a workbook");
    let declared = format!("<dimension ref=\"A1:S{}\"/>", n + 2);
    assert!(part(book_bytes, "xl/worksheets/sheet2.xml").contains(&declared));
    let range = book.worksheet_range("observations").expect("a sheet");
    assert_eq!(range.height(), n + 2);
    assert_eq!(range.get_value((2, 18)), Some(&Data::String("=1+1".into())));
}
