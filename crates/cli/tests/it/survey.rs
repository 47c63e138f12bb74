//! `survey estimate` as scripts and people call it.

use serde_json::json;
use tempfile::TempDir;

use super::support::{complaint, ekistics, file, json};

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
