//! Files with indices, outlooks and samples of cities: by hand, from the lists of the program, and against the reference.

use std::{
    fs,
    path::{Path, PathBuf},
};

use model::value::Lang;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

#[track_caller]
fn near(found: &Json, expected: f64) {
    let found = found.as_f64().expect("a number");
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{found} is not {expected}");
}

/// Two parts, three cities; the second lacks an indicator and the third a part.
fn index() -> Json {
    let indicator =
        |id: &str, dim: &str, d: i32| json!({"id": id, "dim": dim, "m": "benchmark", "d": d, "lo": 0, "hi": 10});
    json!({
        "indicators": [indicator("water", "home", 1), indicator("rooms", "home", 1), indicator("smoke", "air", -1)],
        "indicator_weights": {"water": 3}, "dimension_weights": {"home": 2},
        "cities": [
            {"city": "A", "raw": {"water": 8, "rooms": 4, "smoke": 1}},
            {"city": "B", "raw": {"water": 5, "rooms": null, "smoke": 5}},
            {"city": "C", "raw": {"water": 12, "rooms": 10}, "se": {"water": 0.5}},
        ],
    })
}

fn evaluated(file: &Json) -> Json {
    app::evaluate_index(&file.to_string(), &[], Lang::En).expect("an index")
}

#[test]
fn an_index_by_hand() {
    let found = evaluated(&index());
    let [a, b, c] = [0, 1, 2].map(|i| &found["cities"][i]);
    near(&a["dimensions"]["home"], 70.0);
    near(&a["arithmetic"], (2.0 * 70.0 + 90.0) / 3.0);
    near(&a["geometric"], (70.0f64 * 70.0 * 90.0).powf(1.0 / 3.0));
    assert_eq!(a["level_arithmetic"], "solid");
    near(&b["arithmetic"], 50.0);
    near(&b["coverage"], 1.0);
    assert_eq!((&b["indicators_present"], &b["level_arithmetic"]), (&json!(2), &json!("moderately weak")));
    // Beyond the bound is at the bound, and a part that is missing leaves two thirds of the weight.
    near(&c["arithmetic"], 100.0);
    near(&c["coverage"], 2.0 / 3.0);
    assert_eq!(c["dimensions"]["air"], Json::Null);
    assert_eq!(found["rank_arithmetic"], json!({"A": 2, "B": 3, "C": 1}));
}

#[test]
fn a_part_that_needs_most_of_its_weight_is_missing_without_it() {
    let mut file = index();
    file["parts"] = json!([{"id": "", "require": 0.9}, {"id": "home", "aggregation": "minimum"}]);
    let found = evaluated(&file);
    near(&found["cities"][0]["dimensions"]["home"], 40.0);
    assert_eq!(found["cities"][2]["index"], Json::Null);
}

#[test]
fn draws_are_the_same_again_and_surround_the_index() {
    let mut file = index();
    file["monte_carlo"] = json!({"n": 400, "seed": 7, "weights": "flat", "errors": true, "leave_one_out": true,
        "scales": ["rank"], "aggregation": ["arithmetic", "geometric"], "all_parts": true, "sobol": 64});
    let found = evaluated(&file);
    assert_eq!(found, evaluated(&file));
    let drawn = &found["monte_carlo"];
    let a = &drawn["cities"]["A"];
    let at = |key: &str| a[key].as_f64().expect("a number");
    assert!(at("p05") < at("p50") && at("p50") < at("p95") && at("sd") > 0.0, "{a}");
    assert!((1.0..=3.0).contains(&at("rank_mean")));
    let levels: f64 = a["levels"].as_object().expect("levels").values().filter_map(Json::as_f64).sum();
    assert!((levels - 1.0).abs() < 1e-9);
    let shares = drawn["sobol"]["cities"]["A"].as_object().expect("shares");
    let names: Vec<&str> = shares.keys().map(String::as_str).collect();
    let weights = ["weight:air", "weight:home", "weight:rooms", "weight:smoke", "weight:water"];
    assert_eq!(names, [&["aggregation", "error", "left_out", "scale"], weights.as_slice()].concat());
    // Nothing that varies is without a part, and a weight alone in its part changes nothing.
    assert!(shares["weight:smoke"]["total"].as_f64() < Some(1e-20));
    assert!(shares["scale"]["total"].as_f64() > Some(0.0));
    file["monte_carlo"]["seed"] = json!(8);
    assert_ne!(evaluated(&file)["monte_carlo"]["cities"], drawn["cities"]);
}

#[test]
fn given_weights_are_read_from_a_file_beside_it() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("draws.csv"), "air,home\n1,0\n0,1\n").expect("written");
    let mut file = index();
    file["monte_carlo"] = json!({"draws": "draws.csv"});
    let at = [folder.path().to_owned()];
    let found = app::evaluate_index(&file.to_string(), &at, Lang::En).expect("an index");
    let a = &found["monte_carlo"]["cities"]["A"];
    near(&a["mean"], 80.0);
    near(&a["p05"], 71.0);
    // B has the second place for air and the last for home; C has no score without home.
    assert_eq!(found["monte_carlo"]["cities"]["B"]["rank_mean"], 2.5);
    near(&found["monte_carlo"]["cities"]["C"]["mean"], 100.0);
    // The index stands without them.
    let found = app::evaluate_index(&file.to_string(), &[], Lang::En).expect("an index");
    assert_eq!(found["monte_carlo"]["error"]["code"], "SVY015");
    fs::write(folder.path().join("draws.csv"), "air,home\n1,-1\n").expect("written");
    let found = app::evaluate_index(&file.to_string(), &at, Lang::En).expect("an index");
    let error = &found["monte_carlo"]["error"];
    assert!(error["code"] == "IDX007" && error["message"].to_string().contains("home, 2"), "{error}");
}

#[test]
fn what_is_no_index_is_refused_by_name() {
    let check = |change: &dyn Fn(&mut Json), code: &str| {
        let mut file = index();
        change(&mut file);
        let found = app::evaluate_index(&file.to_string(), &[], Lang::En).expect_err(code);
        assert_eq!(found[0].code.id, code, "{found:?}");
    };
    check(&|f| f["cities"] = json!([]), "IDX001");
    check(&|f| f["indicators"] = json!([]), "IDX001");
    check(&|f| f["indicators"][0]["m"] = json!("magic"), "IDX002");
    check(&|f| f["indicators"][0]["m"] = json!("log"), "IDX003");
    check(&|f| f["indicator_weights"]["water"] = json!(-1), "IDX005");
    check(&|f| f["cities"][0]["city"] = json!("B"), "IDX006");
    check(&|f| f["cities"][0]["raw"]["wind"] = json!(1), "IDX008");
    check(&|f| f["cities"][0]["se"] = json!({"water": -1}), "IDX005");
    assert_eq!(app::evaluate_index("{", &[], Lang::En).expect_err("no JSON")[0].code.id, "IDX001");
}

#[test]
fn an_outlook_from_the_programs_series() {
    let file = json!({
        "countries": [
            {"iso3": "BGD", "y0": 2000, "y1": 2020, "horizon": 2030, "target_share": 30},
            {"iso3": "XXX", "y0": 2000, "y1": 2020, "horizon": 2030},
            {"iso3": "BGD", "y0": i32::MIN, "y1": i32::MAX, "horizon": i32::MAX, "share0": 1, "share1": 1, "urban0": 1, "urban1": 1},
        ],
        "regions": [{"subregion": "Sub-Saharan Africa", "year": 2010}, {"subregion": "Atlantis", "year": 2010}],
    });
    let found = app::evaluate_outlooks(&file.to_string(), &[], Lang::En).expect("outlooks");
    let bangladesh = &found["countries"][0];
    near(&bangladesh["slum_exponential"], 45_283_109.099_721_93);
    near(&bangladesh["share_logit"], 48.612_761_139_886_09);
    near(&bangladesh["logit_trend"]["se_forecast"], 0.000_511_891_182_402_686_8);
    assert_eq!(bangladesh["logit_trend"]["df"], 9);
    near(&bangladesh["people_a_year"], (48.65 - 30.0) * 92_562_139.880_086_33 / 1000.0);
    assert_eq!(found["countries"][1]["error"]["code"], "OUT002");
    assert_eq!(found["countries"][2]["error"]["code"], "OUT003");
    // The published figure is 57.3 percent.
    near(&found["regions"][0]["slum_share"], 57.307_407_165_018_79);
    assert_eq!(found["regions"][0]["countries"], 48);
    assert_eq!(found["regions"][1]["error"]["code"], "OUT002");
    assert_eq!(app::evaluate_outlooks("[]", &[], Lang::En).expect_err("no file")[0].code.id, "OUT001");
}

#[test]
fn a_sample_of_cities_from_the_programs_list() {
    let rule = "x = round(20 + 8*log10(pop) + 10*sin(geonameid), 4)";
    let file = json!({"countries": [
        {"iso3": "COL", "n": 20, "x_rule": rule}, {"iso3": "COL", "n": 5}, {"iso3": "XXX", "n": 5},
        {"iso3": "COL", "n": 20, "sample": {"rule": "by_feeling"}}, {"iso3": "COL", "n": 20},
    ]});
    let found = app::evaluate_city_samples(&file.to_string(), &[], Lang::En).expect("samples");
    let colombia = &found["countries"][0];
    near(&colombia["city_mean"], 62.852_543_554_216_87);
    near(&colombia["population_weighted_mean_se"], 0.877_140_060_646_495_3);
    near(&colombia["frame_population_weighted_mean"], 70.487_887_294_745_14);
    let parts: Vec<&Json> = (0..5).map(|h| &colombia["strata"][h]["n"]["root_population"]).collect();
    assert_eq!(parts, [3, 3, 8, 5, 1]);
    for (country, code) in [(1, "SMP003"), (2, "SMP002"), (3, "SMP004")] {
        assert_eq!(found["countries"][country]["error"]["code"], code);
    }
    // Without anything measured there is a sample and no figure.
    let bare = &found["countries"][4];
    assert_eq!((&bare["sample"]["ids"], &bare["city_mean"]), (&colombia["sample"]["ids"], &Json::Null));
    assert_eq!(app::evaluate_city_samples("{}", &[], Lang::En).expect_err("no file")[0].code.id, "SMP001");
}

/// Every value of the reference, where its files are there.
#[test]
fn the_reference_is_met() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/golden/indices");
    let at: Vec<PathBuf> = vec![golden.clone()];
    for name in ["composite.json", "projection.json", "city_sample.json"] {
        let Ok(text) = fs::read_to_string(golden.join(name)) else { continue };
        let found = match name {
            "composite.json" => app::evaluate_index(&text, &at, Lang::En),
            "projection.json" => app::evaluate_outlooks(&text, &at, Lang::En),
            _ => app::evaluate_city_samples(&text, &at, Lang::En),
        };
        compare(&found.expect("an answer"), &serde_json::from_str(&text).expect("a file"), name);
    }
}

/// Whatever is known and is not one of the file's own inputs is found, to ten digits.
fn compare(found: &Json, known: &Json, path: &str) {
    const INPUTS: [&str; 8] =
        ["note", "indicators", "indicator_weights", "dimension_weights", "raw", "size_classes", "frame_rule", "x_rule"];
    match known {
        Json::Object(known) => {
            for (key, value) in known.iter().filter(|(key, _)| !INPUTS.contains(&key.as_str())) {
                if path.ends_with("/pps") && key == "rule" {
                    continue;
                }
                compare(&found[key], value, &format!("{path}/{key}"));
            }
        }
        Json::Array(known) => {
            assert_eq!(found.as_array().map(Vec::len), Some(known.len()), "{path}");
            for (i, value) in known.iter().enumerate() {
                compare(&found[i], value, &format!("{path}/{i}"));
            }
        }
        Json::Number(n) => {
            let (found, known) = (found.as_f64(), n.as_f64().expect("a number"));
            let is_near = found.is_some_and(|f| (f - known).abs() <= 1e-10 * known.abs().max(1.0));
            assert!(is_near, "{path}: {found:?} is not {known}");
        }
        _ => assert_eq!(found, known, "{path}"),
    }
}
