//! `instrument` as scripts and people call it.

use serde_json::json;
use tempfile::TempDir;

use super::support::{complaint, ekistics, file, json};

#[test]
fn questionnaires_are_listed_shown_checked_and_scored() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    let shown = |args: &[&str]| String::from_utf8_lossy(&ekistics(at, args).stdout).into_owned();
    let listed = json(at, &["instrument", "list"], 0);
    assert!(listed["instruments"].as_array().is_some_and(|all| all.len() > 10), "{listed}");
    assert!(shown(&["instrument", "list"]).contains("housing-self-rating"));
    let told = json(at, &["instrument", "show", "housing-self-rating"], 0);
    assert_eq!(told["sections"][0]["questions"][0]["answers"][0]["value"], "plan", "{told}");
    assert!(shown(&["instrument", "show", "housing-self-rating"]).contains("cost_share"));
    assert!(complaint(at, &["instrument", "show", "nope"], 1).contains("INS019"));

    let text = |en: &str| json!({"en": en, "ar": "ع", "zh": "中"});
    let question = json!({"id": "a", "type": "yes_no", "title": text("A")});
    let section = json!({"id": "s", "title": text("S"), "questions": [question]});
    let mut own = json!({"id": "own", "version": 1, "title": text("Own"), "purpose": text("P"), "subject": "place",
        "aggregation": "none", "levels": [], "sections": [section]});
    let path = file(at, "own.json", own.to_string());
    assert!(shown(&["instrument", "check", &path]).contains("own is sound: 1 question"));
    own["sections"][0]["questions"][0]["relevant"] = "b == 'yes'".into();
    own["title"] = json!({"en": "Own"});
    let path = file(at, "wrong.json", own.to_string());
    let said = complaint(at, &["instrument", "check", &path], 1);
    assert!(said.contains("INS005") && said.contains("INS007"), "everything is told at once: {said}");

    let answers = json!({"stage": "plan", "cost_share": 30, "jobs_reach": "walk"});
    let path = file(at, "answers.json", json!({"answers": answers}).to_string());
    let scored = json(at, &["instrument", "score", &path, "--instrument", "housing-self-rating"], 1);
    assert_eq!(scored["responses"][0]["sections"][1]["answered"], 2, "{scored}");
    assert_eq!(scored["responses"][0]["errors"][0]["question"], "homes", "{scored}");
    assert!(complaint(at, &["instrument", "score", &path], 1).contains("INS021"));
    complaint(at, &["instrument", "score", "nowhere.json"], 3);
}
