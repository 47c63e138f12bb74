//! `instrument` as scripts and people call it.

use serde_json::json;
use tempfile::TempDir;

use super::support::{complaint, ekistics, file, json, sample};

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

fn form(rows: &[&str], settings: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let choices = ["list_name|name|label::English (en)|score", "yn|yes|Yes|100", "yn|no|No|0"];
    for (name, rows) in
        [("survey", rows), ("choices", &choices), ("settings", &["form_title|form_id|subject|version", settings])]
    {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.split('|').enumerate() {
                sheet.write_string(r as u32, c as u16, cell).expect("written");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_form_of_ones_own_becomes_a_questionnaire_in_versions() {
    let folder = sample();
    let at = folder.path();
    let head = "type|name|label::English (en)|relevant|required";
    let good = [
        head,
        "begin_group|site|Site||",
        "select_one yn|roof|Is there a roof?||yes",
        "integer|n|Stalls|${roof} = 'yes'|",
        "end_group|||",
    ];
    let path = file(at, "market.xlsx", form(&good, "Market|market|place|"));
    let dry = json(at, &["instrument", "add", &path, "--dry-run"], 0);
    assert_eq!((&dry["id"], &dry["version"], &dry["n_questions"]), (&"market".into(), &1.into(), &2.into()), "{dry}");
    assert!(complaint(at, &["instrument", "show", "market"], 1).contains("INS019"), "nothing was kept");
    let added = json(at, &["instrument", "add", &path], 0);
    assert!(added["change"].is_number(), "{added}");
    let told = json(at, &["instrument", "show", "market"], 0);
    assert_eq!(told["sections"][0]["questions"][1]["relevant"], "roof == 'yes'", "{told}");
    assert!(json(at, &["instrument", "list"], 0).to_string().contains("\"market\""));
    let answers = json!({"answers": {"roof": "yes", "n": 3}}).to_string();
    let scored = json(at, &["instrument", "score", &file(at, "a.json", answers), "--instrument", "market"], 0);
    assert_eq!(scored["responses"][0]["sections"][0]["score"], 100.0, "{scored}");
    // The same again says that it is there; a change is the next version.
    let again = file(at, "again.xlsx", form(&good, "Market|market|place|1"));
    assert!(complaint(at, &["instrument", "add", &again], 1).contains("INS030"));
    let more = [&good[..4], &["text|why|Why?||", "end_group|||"]].concat();
    let path = file(at, "market.xlsx", form(&more, "Market|market|place|"));
    let second = json(at, &["instrument", "add", &path], 0);
    assert_eq!(second["version"], 2, "{second}");
    // Taken back, the first version is the latest again.
    json(at, &["undo", &second["change"].to_string()], 0);
    assert_eq!(json(at, &["instrument", "show", "market"], 0)["version"], 1);
    // What cannot be read is told with sheet and cell, all at once.
    let bad = [head, "geopoint|where|Where||", "text|a|A|count(${n}) > 1|"];
    let path = file(at, "bad.xlsx", form(&bad, "Bad|bad|town|"));
    let said = complaint(at, &["instrument", "add", &path], 1);
    for wanted in ["INS023", "A2", "INS024", "D3", "INS031", "C2"] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert!(complaint(at, &["instrument", "check", &path], 1).contains("INS023"));
    let shipped = file(at, "shipped.xlsx", form(&good, "Mine|housing_self_rating|place|"));
    assert!(complaint(at, &["instrument", "add", &shipped], 1).contains("INS032"));
}
