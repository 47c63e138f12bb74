//! `index`, `project` and `sample` as scripts and people call them.

use serde_json::json;
use tempfile::TempDir;

use super::support::{complaint, ekistics, file, json};

fn shown(folder: &TempDir, args: &[&str]) -> String {
    let output = ekistics(folder.path(), args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn an_index_is_answered_for_scripts_and_for_people() {
    let folder = TempDir::new().expect("a folder");
    file(folder.path(), "draws.csv", "home,air\n1,0\n1,1\n");
    let indicator = |id: &str, dim: &str| json!({"id": id, "dim": dim, "m": "benchmark", "d": 1, "lo": 0, "hi": 10});
    let text = json!({
        "indicators": [indicator("water", "home"), indicator("trees", "air")],
        "cities": [{"city": "Kumasi", "raw": {"water": 8, "trees": 4}}, {"city": "Tamale", "raw": {"water": 3}}],
        "monte_carlo": {"draws": "draws.csv"},
    });
    let path = file(folder.path(), "index.json", text.to_string());
    let found = json(folder.path(), &["index", "evaluate", &path], 0);
    assert_eq!(found["cities"][0]["arithmetic"], 60.0, "{found}");
    assert_eq!(found["monte_carlo"]["cities"]["Kumasi"]["p50"], 70.0, "{found}");
    let shown = shown(&folder, &["index", "evaluate", &path]);
    assert!(shown.contains("Kumasi  moderately solid; score 60.0 (61.0 … 79.0), rank 1 (1 … 1), 100 %"), "{shown}");
    assert!(shown.contains("Tamale  very weak") && shown.contains("50 % of the weight"), "{shown}");
    let wrong = file(folder.path(), "wrong.json", "{\"cities\": []}");
    assert!(complaint(folder.path(), &["index", "evaluate", &wrong], 1).contains("IDX001"));
    complaint(folder.path(), &["index", "evaluate", "nowhere.json"], 3);
}

#[test]
fn outlooks_and_samples_use_the_programs_lists() {
    let folder = TempDir::new().expect("a folder");
    let text = json!({
        "countries": [{"iso3": "IDN", "y0": 2000, "y1": 2020, "horizon": 2030}, {"iso3": "QQQ", "y0": 2000, "y1": 2001, "horizon": 2002}],
        "regions": [{"subregion": "Polynesia", "year": 2010}],
    });
    let path = file(folder.path(), "outlook.json", text.to_string());
    let said = shown(&folder, &["project", "evaluate", &path]);
    assert!(said.contains("2030: 11.5 % in a straight line") && said.contains("OUT002"), "{said}");
    assert!(said.contains("Polynesia 2010  2.0 % in 3 countries"), "{said}");
    let path = file(folder.path(), "sample.json", json!({"countries": [{"iso3": "IDN", "n": 36}]}).to_string());
    let found = json(folder.path(), &["sample", "evaluate", &path], 0);
    assert_eq!(found["countries"][0]["frame_size"], 231, "{found}");
    assert!(shown(&folder, &["sample", "evaluate", &path]).contains("36 of 231 cities"));
    // A list of one's own comes first.
    file(
        folder.path(),
        "cities.csv",
        "id,iso3,feature,population,x\n1,IDN,PPL,60000,3\n2,IDN,PPL,70000,5\n3,IDN,PPL,80000,9\n",
    );
    let path = file(folder.path(), "sample.json", json!({"countries": [{"iso3": "IDN", "n": 3}]}).to_string());
    let found = json(folder.path(), &["sample", "evaluate", &path], 0);
    assert_eq!(
        (&found["countries"][0]["frame_size"], &found["countries"][0]["city_mean_se"]),
        (&json!(3), &json!(0.0))
    );
}

#[test]
fn a_shipped_definition_is_listed_and_answers_for_own_cities() {
    let folder = TempDir::new().expect("a folder");
    let listed = json(folder.path(), &["index", "list"], 0);
    let ids: Vec<&str> = listed["indices"].as_array().into_iter().flatten().filter_map(|i| i["id"].as_str()).collect();
    assert_eq!(ids, ["adequate-housing", "city-competitiveness", "cpi-2012", "cpi-2016", "ugi"]);
    assert!(shown(&folder, &["index", "list"]).contains("It is not the official index."));
    // Seven of unemployment in 1 to 28.2 on the fourth root: 51.9652, the only indicator that is there.
    let path = file(folder.path(), "own.json", json!({"cities": [{"city": "Mine", "raw": {"P3.1": 7}}]}).to_string());
    let found = json(folder.path(), &["index", "evaluate", "--definition", "cpi-2016", &path], 0);
    let score = found["cities"][0]["index"].as_f64().expect("a score");
    assert!((score - 51.9652).abs() < 1e-4 && found["cities"][0]["weakest"]["part"] == "productivity", "{found}");
    let said = complaint(folder.path(), &["index", "evaluate", "--definition", "none", &path], 1);
    assert!(said.contains("IDX001") && said.contains("cpi-2016"), "{said}");
}
