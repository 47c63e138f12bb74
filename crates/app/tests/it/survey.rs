//! Files of cases: what is answered, and what is refused with the variable and the row.

use std::{
    fs,
    path::{Path, PathBuf},
};

use model::value::Lang;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// Households of two strata; the person weights and slum flags lie in a file of their own.
pub(super) const HOUSEHOLDS: &str = "hid,stratum,ea,N,w,size,rooms,sex,age\n\
    1,A,1,12,10,2,1,1,3\n2,A,1,12,10,3,1,2,20\n3,A,2,12,10,1,1,1,70\n4,A,3,12,10,4,2,2,8\n\
    5,B,4,8,20,2,2,1,30\n6,B,4,8,20,2,1,2,4\n7,B,5,8,20,5,2,1,66\n8,B,5,8,20,1,1,2,15\n";
const FLAGS: &str = "hid,slum\n8,1\n7,0\n6,1\n5,1\n4,0\n3,1\n2,0\n1,1\n";

pub(super) fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in [("town_households.csv", HOUSEHOLDS), ("town_flags.csv", FLAGS)] {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

pub(super) fn asked(folder: &Path, cases: &Json) -> Vec<Json> {
    let text = json!({ "cases": cases }).to_string();
    let answered = app::estimate_cases(&text, &[folder.to_owned()], Lang::En).expect("cases");
    answered["cases"].as_array().expect("a list").clone()
}

pub(super) fn case(data: &str, design: &Json, statistic: &Json) -> Json {
    json!({"id": "c", "data": data, "design": design, "statistic": statistic,
           "words": "by sex (sexl: sex 1 male, 2 female), age group 0-4,5-14,15-64,65+"})
}

pub(super) fn design() -> Json {
    json!({"ids": ["ea"], "strata": "stratum", "weights": "w"})
}

pub(super) fn one(folder: &Path, data: &str, design: &Json, statistic: &Json) -> Json {
    asked(folder, &json!([case(data, design, statistic)])).remove(0)
}

#[test]
fn a_share_by_groups_with_its_error() {
    let folder = folder();
    let data = "town_households.csv + town_flags.csv";
    let all = one(folder.path(), data, &design(), &json!({"type": "mean", "vars": "slum"}));
    let row = &all["results"][0];
    assert!((row["estimate"].as_f64().expect("a number") - 2.0 / 3.0).abs() < 1e-12, "{all}");
    assert!((row["se"].as_f64().expect("a number") - 0.182_151_070_119_5).abs() < 1e-12, "{all}");
    assert_eq!(
        (all["degf"].as_f64(), row["n"].as_u64(), all["lonely_psu"].as_str()),
        (Some(3.0), Some(8), Some("fail"))
    );
    // The same, when the flags are found beside the file that was named.
    let beside = one(folder.path(), "town_households.csv", &design(), &json!({"type": "mean", "vars": "slum"}));
    assert_eq!(
        (&beside["results"], &beside["data"]),
        (&all["results"], &json!("town_households.csv + town_flags.csv"))
    );
    let by = one(folder.path(), data, &design(), &json!({"type": "mean", "vars": "slum", "by": "sexl"}));
    let labels: Vec<&str> = by["results"].as_array().expect("rows").iter().filter_map(|r| r["name"].as_str()).collect();
    assert_eq!(labels, ["female", "male"]);
    assert_eq!(by["results"][0]["group"], json!({"sexl": "female"}));
    let ages = one(folder.path(), data, &design(), &json!({"type": "total", "vars": "size", "by": "ageg"}));
    assert_eq!(ages["results"].as_array().map(Vec::len), Some(4), "{ages}");
    let rooms = json!({"type": "proportion", "expr": "size / rooms > 2", "ci_method": "beta"});
    let crowded = one(folder.path(), data, &design(), &rooms);
    assert!((crowded["results"][0]["estimate"].as_f64().expect("a number") - 30.0 / 120.0).abs() < 1e-12, "{crowded}");
}

pub(super) fn check_refused(folder: &Path, data: &str, design: &Json, statistic: &Json, code: &str, words: &str) {
    let refused = one(folder, data, design, statistic);
    assert_eq!(refused["error"]["code"], code, "{refused}");
    let message = refused["error"]["message"].as_str().expect("a message");
    assert!(message.contains(words), "{message}");
    assert!(!message.contains('{') && refused["error"]["remedy"].as_str().is_some_and(|r| r.len() > 10), "{refused}");
}

#[test]
fn what_cannot_be_answered_says_why_and_the_rest_go_on() {
    let folder = folder();
    let at = folder.path();
    let mean = json!({"type": "mean", "vars": "size"});
    let data = "town_households.csv";
    let with = |name: &str, value: Json| {
        let mut design = design();
        design[name] = value;
        design
    };
    check_refused(at, data, &design(), &json!({"type": "mean", "vars": "Size"}), "SVY002", "“Size”");
    check_refused(at, data, &design(), &json!({"type": "mean", "vars": "stratum"}), "SVY004", "stratum");
    check_refused(at, data, &design(), &json!({"type": "mean", "vars": "size", "domain": "sex == "}), "SVY003", "8");
    check_refused(
        at,
        data,
        &design(),
        &json!({"type": "mean", "vars": "size", "domain": "sex == 9"}),
        "SVY011",
        "sex == 9",
    );
    check_refused(at, data, &design(), &json!({"type": "median", "vars": "size"}), "SVY013", "median");
    check_refused(at, data, &design(), &json!({"type": "mean", "vars": "size", "deff": "x"}), "SVY013", "deff");
    check_refused(at, data, &design(), &json!({"type": "mean", "variables": "size"}), "SVY001", "variables");
    check_refused(at, data, &json!({"ids": ["ea"]}), &mean, "SVY005", data);
    check_refused(at, data, &with("strata", json!("sex")), &mean, "SVY007", "row 3");
    check_refused(at, data, &with("fpc", json!(["size"])), &mean, "SVY009", "row 3");
    let both = json!([case("nowhere.csv", &design(), &mean), case(data, &design(), &mean)]);
    let answered = asked(at, &both);
    assert_eq!((answered[0]["error"]["code"].as_str(), answered[1].get("error")), (Some("SVY015"), None));
    assert!(app::estimate_cases("{\"cases\": 3}", &[], Lang::En).is_err());
    assert!(app::estimate_cases("half a fil", &[], Lang::En).is_err());
}

#[test]
fn bad_rows_are_named() {
    let folder = folder();
    let put = |name: &str, text: String| fs::write(folder.path().join(name), text).expect("written");
    let mean = json!({"type": "mean", "vars": "size"});
    put("a.csv", HOUSEHOLDS.replace("\n4,A,3,12,10", "\n4,A,3,12,-1"));
    check_refused(folder.path(), "a.csv", &design(), &mean, "SVY006", "row 5");
    put("b.csv", HOUSEHOLDS.replace("\n4,A,3,12,10", "\n4,A,3,12,"));
    check_refused(folder.path(), "b.csv", &design(), &mean, "SVY006", "row 5");
    put("c.csv", HOUSEHOLDS.replace("\n4,A,3", "\n4,A,"));
    check_refused(folder.path(), "c.csv", &design(), &mean, "SVY014", "row 5");
    put("d.csv", HOUSEHOLDS.replace("\n4,A,3", "\n4,C,3"));
    check_refused(folder.path(), "d.csv", &design(), &mean, "SVY008", "“C”");
    let finite = json!({"ids": ["ea"], "strata": "stratum", "weights": "w", "fpc": ["N"]});
    put("e.csv", HOUSEHOLDS.replace(",8,20", ",1.5,20"));
    check_refused(folder.path(), "e.csv", &finite, &mean, "SVY010", "1.5");
    put("f.csv", HOUSEHOLDS[..115].to_owned());
    check_refused(folder.path(), "f.csv", &design(), &mean, "XCH036", "cells");
    check_refused(folder.path(), "../a.csv", &design(), &mean, "SVY015", "a.csv");
    check_refused(folder.path(), "town_households.csv joined by sex to a.csv", &design(), &mean, "SVY016", "sex");
    check_refused(folder.path(), "a.csv without sense", &design(), &mean, "SVY017", "sense");
    // Missing answers: none, unless their rows are to be left out.
    put("g.csv", HOUSEHOLDS.replace("10,4,2,2,8", "10,,2,2,8"));
    let open = one(folder.path(), "g.csv", &design(), &mean);
    assert_eq!((&open["results"][0]["estimate"], &open["results"][0]["n_missing"]), (&Json::Null, &json!(1)));
    let mended = one(folder.path(), "g.csv", &design(), &json!({"type": "mean", "vars": "size", "na_rm": true}));
    assert_eq!((mended["results"][0]["n"].as_u64(), mended["results"][0]["estimate"].is_number()), (Some(7), true));
}

/// Every value of the reference, where its files are there.
#[test]
fn the_reference_is_met() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let golden = shared.join("golden/survey");
    let folders: Vec<PathBuf> = vec![shared.join("surveys"), golden.clone()];
    let files = fs::read_dir(&golden).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in files.filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let text = fs::read_to_string(&path).expect("a file");
        let expected: Json = serde_json::from_str(&text).expect("cases");
        let found = app::estimate_cases(&text, &folders, Lang::En).expect("cases");
        let (found, expected) = (found["cases"].as_array(), expected["cases"].as_array());
        for (found, expected) in found.expect("a list").iter().zip(expected.expect("a list")) {
            compare(found, expected);
        }
    }
}

/// The reference finds its logit and likelihood intervals by iteration that ends early, so these have a tolerance of their own.
pub(super) fn compare(found: &Json, expected: &Json) {
    let id = &expected["id"];
    assert_eq!((found["degf"].as_f64(), &found["error"]), (expected["degf"].as_f64(), &Json::Null), "{id}");
    let (rows, known) = (found["results"].as_array().expect("rows"), expected["results"].as_array().expect("rows"));
    assert_eq!(rows.len(), known.len(), "{id}");
    for (row, known) in rows.iter().zip(known) {
        assert_eq!((&row["name"], row.get("group")), (&known["name"], known.get("group")), "{id}");
        for key in ["quantile", "estimate", "se", "deff", "degf", "ci_low", "ci_high"] {
            let Some(value) = known.get(key) else { continue };
            // Where the reference overflows, its authors give the limits to seven digits.
            let closed = known.pointer(&format!("/closed_form/{key}"));
            let value = closed.unwrap_or(value);
            let tolerance = match (expected["statistic"]["ci_method"].as_str(), key.starts_with("ci")) {
                _ if closed.is_some() => 1e-7,
                (Some("likelihood"), true) => 2e-5,
                (Some("logit"), _) => 2e-8,
                (_, true) => 1e-8,
                _ => 1e-9,
            };
            let is_near = |value: &Json| match (row[key].as_f64(), value.as_f64()) {
                (Some(a), Some(b)) => (a - b).abs() <= (tolerance * b.abs()).max(1e-12),
                (a, b) => a == b,
            };
            let also = known.pointer(&format!("/also_accept/{key}"));
            assert!(is_near(value) || also.is_some_and(is_near), "{id} {key}: {} is not {value}", row[key]);
        }
    }
}

#[test]
fn a_file_that_memory_would_not_hold_is_refused_by_its_size() {
    let folder = folder();
    let file = fs::File::create(folder.path().join("large.csv")).expect("a file");
    // Two gigabytes that take no room on the disk.
    file.set_len(2 << 30).expect("a length");
    let found = one(folder.path(), "large.csv", &design(), &json!({"type": "mean", "vars": "slum"}));
    let error = &found["error"];
    assert!(error["code"] == "SVY019" && error["message"].as_str().is_some_and(|m| m.contains("2,048")), "{found}");
    let how = app::Collecting { form: None, repeat: None, lang: model::value::Lang::En };
    let described = app::describe_microdata(&folder.path().join("large.csv"), how).expect_err("too large");
    assert_eq!(described[0].code.id, "SVY019");
}
