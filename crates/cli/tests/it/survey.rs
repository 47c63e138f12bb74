//! `survey estimate` as scripts and people call it.

use std::io::{Cursor, Write};

use serde_json::json;
use tempfile::TempDir;

use super::support::{complaint, ekistics, file, json, sample};

#[test]
fn cases_are_answered_for_scripts_and_for_people() {
    let folder = TempDir::new().expect("a folder");
    file(folder.path(), "town.csv", "ea,w,slum\n1,10,1\n1,10,0\n2,10,1\n3,20,1\n");
    let design = json!({"ids": ["ea"], "weights": "w"});
    let case = |id: &str, vars: &str| json!({"id": id, "data": "town.csv", "design": design, "statistic": {"type": "mean", "vars": vars}});
    let text = json!({"cases": [case("share", "slum"), case("wrong", "slums")]}).to_string();
    let cases = file(folder.path(), "cases.json", text);
    let answered = json(folder.path(), &["survey", "estimate", "--cases", &cases], 0);
    assert_eq!(answered["cases"][0]["results"][0]["estimate"], 0.8, "{answered}");
    assert_eq!(answered["cases"][1]["error"]["code"], "SVY002", "{answered}");
    let shown = ekistics(folder.path(), &["survey", "estimate", "--cases", &cases]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("slum: 0.800000 ± ") && shown.contains("4 rows") && shown.contains("SVY002"), "{shown}");
    // Another folder is looked through first.
    let other = TempDir::new().expect("a folder");
    file(other.path(), "town.csv", "ea,w,slum\n1,10,0\n2,10,0\n");
    let at = other.path().display().to_string();
    let answered = json(folder.path(), &["survey", "estimate", "--cases", &cases, "--data-dir", &at], 0);
    assert_eq!(answered["cases"][0]["results"][0]["estimate"], 0.0, "{answered}");
}

#[test]
fn a_file_without_cases_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let wrong = file(folder.path(), "cases.json", "{\"case\": []}");
    let said = complaint(folder.path(), &["survey", "estimate", "--cases", &wrong], 1);
    assert!(said.contains("SVY001") && said.contains("cases"), "{said}");
    let found = json(folder.path(), &["survey", "estimate", "--cases", &wrong], 1);
    assert_eq!(found["diagnostics"][0]["code"], "SVY001", "{found}");
    complaint(folder.path(), &["survey", "estimate", "--cases", "nowhere.json"], 3);
}

#[test]
fn a_file_is_described_with_a_codebook() {
    let folder = TempDir::new().expect("a folder");
    let mut text = "hhid,hv005,hv021,hv022,hv009,hv201,wealth\n".to_owned();
    for row in 0..60 {
        let water = if row % 9 == 0 { String::new() } else { (11 + row % 3).to_string() };
        text.push_str(&format!("{row},{},{},{},{},{water},{}\n", 1.5, row / 5, row / 30, 1 + row % 6, row % 5));
    }
    let path = file(folder.path(), "households.csv", &text);
    let found = json(folder.path(), &["survey", "describe", &path], 0);
    assert_eq!((&found["n_rows"], &found["variables"][5]["n_missing"]), (&60.into(), &7.into()), "{found}");
    assert_eq!(found["codebook"]["water"]["variable"], "hv201", "{found}");
    assert_eq!(found["design"], json!({"ids": "hv021", "strata": "hv022", "weights": "hv005"}), "{found}");
    // The proposed design is one that can be used as it is.
    let case = json!({"id": "size", "data": "households.csv", "design": found["design"], "statistic": {"type": "mean", "vars": "hv009"}});
    let cases = file(folder.path(), "cases.json", json!({"cases": [case]}).to_string());
    let answered = json(folder.path(), &["survey", "estimate", "--cases", &cases], 0);
    assert_eq!(
        (&answered["cases"][0]["results"][0]["estimate"], &answered["cases"][0]["degf"]),
        (&3.5.into(), &10.0.into())
    );
    let shown = ekistics(folder.path(), &["survey", "describe", &path]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("60 rows, 7 variables") && shown.contains("Water source: hv201  100 %"), "{shown}");
    let wrong = file(folder.path(), "half.sav", "$FL2@(#) SPSS");
    assert!(complaint(folder.path(), &["survey", "describe", &wrong], 1).contains("XCH051"));
    complaint(folder.path(), &["survey", "describe", "nowhere.dta"], 3);
}

fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

fn workbook(sheets: &[(&str, &[&str])]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.split('|').enumerate() {
                sheet.write_string(r as u32, c as u16, cell).expect("written");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn an_export_of_odk_or_kobo_is_described_estimated_and_loaded() {
    let folder = sample();
    let root = "SubmissionDate,home-weight,home-water,KEY\nd,10,a,k1\nd,20,b,k2\n";
    let members = "slum,PARENT_KEY,KEY\n1,k1,k1/m[1]\n0,k1,k1/m[2]\n1,k2,k2/m[1]\n";
    let plots = "crop,PARENT_KEY,KEY\nmaize,k1,k1/p[1]\n";
    let one = file(folder.path(), "one.zip", packed(&[("f.csv", root), ("f-m.csv", members)]));
    let kobo = workbook(&[
        ("f", &["home/weight|home/water|_uuid|_index", "10|a|k1|1", "20|b|k2|2"]),
        ("m", &["m/slum|_index|_parent_table_name|_parent_index", "1|1|f|1", "0|2|f|1", "1|3|f|2"]),
    ]);
    let kobo = file(folder.path(), "kobo.xlsx", kobo);
    let form = workbook(&[
        (
            "survey",
            &[
                "type|name|label::English (en)|label::Arabic (ar)",
                "begin_group|home||",
                "decimal|weight|Weight|",
                "select_one w|water|Main water|المياه",
                "end_group|||",
            ],
        ),
        ("choices", &["list_name|name|label::English (en)|label::Arabic (ar)", "w|a|Piped|أنابيب", "w|b|Well|بئر"]),
    ]);
    let form = file(folder.path(), "form.xlsx", form);
    for path in [&one, &kobo] {
        let found = json(folder.path(), &["survey", "describe", path, "--form", &form], 0);
        assert_eq!((&found["n_rows"], &found["repeats"]), (&3.into(), &json!(["m"])), "{found}");
        let water =
            found["variables"].as_array().expect("variables").iter().find(|v| v["name"] == "water").expect("water");
        assert!(water["label"] == "Main water" && water["values"][0]["label"] == "Piped", "{water}");
        let arabic = json(folder.path(), &["survey", "describe", path, "--form", &form, "--lang", "ar"], 0);
        assert!(arabic.to_string().contains("أنابيب"), "{arabic}");
    }
    // The same estimate from every shape.
    file(folder.path(), "plain.csv", "weight,slum\n10,1\n10,0\n20,1\n");
    file(folder.path(), "many.zip", packed(&[("f.csv", root), ("f-m.csv", members), ("f-p.csv", plots)]));
    let case = |id: &str, data: &str| json!({"id": id, "data": data, "design": {"weights": "weight"}, "statistic": {"type": "mean", "vars": "slum"}});
    let shapes = ["plain.csv", "one.zip", "kobo.xlsx", "many.zip repeat m", "many.zip"];
    let cases = json!({"cases": shapes.map(|shape| case(shape, shape))});
    let cases = file(folder.path(), "cases.json", cases.to_string());
    let answered = json(folder.path(), &["survey", "estimate", "--cases", &cases], 0);
    for case in 1..4 {
        assert_eq!(answered["cases"][case]["results"], answered["cases"][0]["results"], "{answered}");
    }
    assert_eq!(answered["cases"][4]["error"]["code"], "XCH053", "{answered}");
    // Of several repeats one must be named.
    let many = folder.path().join("many.zip").display().to_string();
    let load = ["survey", "load", &many, "--place", "KEN-nairobi", "--period", "2025", "--form", &form];
    let said = complaint(folder.path(), &load, 1);
    assert!(said.contains("XCH053") && said.contains("m, p"), "{said}");
    let loaded = json(folder.path(), &[&load[..], &["--repeat", "m"]].concat(), 0);
    assert_eq!(loaded["survey"], "SV-KEN-nairobi-2025", "{loaded}");
    let listed = json(folder.path(), &["survey", "list"], 0);
    assert_eq!(listed["surveys"][0]["file"], "f-m.csv + f.csv; f-labels.csv", "{listed}");
}
