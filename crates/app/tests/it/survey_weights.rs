//! Replicate weights that are made, and weights that are brought to known totals, as cases ask for them.

use std::path::{Path, PathBuf};

use model::value::Lang;
use serde_json::{Value as Json, json};

use crate::survey::{check_refused, compare, design, folder, one};

const DATA: &str = "town_households.csv";

fn with(name: &str, value: Json) -> Json {
    let mut design = design();
    design[name] = value;
    design
}

/// Estimate and standard error of a case's first result.
fn first(found: &Json) -> (f64, f64) {
    let row = &found["results"][0];
    let of = |key: &str| row[key].as_f64().unwrap_or_else(|| panic!("{key} in {found}"));
    (of("estimate"), of("se"))
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found} is not {expected}");
}

#[test]
fn replicates_are_made_and_told() {
    let folder = folder();
    let total = json!({"type": "total", "vars": "slum"});
    let data = "town_households.csv + town_flags.csv";
    let asked = |of: Json| one(folder.path(), data, &with("replicates", of), &total);
    // For totals the jackknife is the linearised variance: √500.
    let jackknife = asked(json!({"type": "JKn", "mse": true}));
    near(first(&jackknife).1, 500.0_f64.sqrt());
    let (a, b) = (2.0 / 3.0, 0.5);
    let told = json!({"type": "JKn", "n": 5, "scale": 1.0, "mse": true, "rscales": [a, a, a, b, b]});
    assert_eq!((&jackknife["replicates"], &jackknife["centre"]), (&told, &json!("mse")));
    assert_eq!(jackknife["degf"], 3.0);
    let bootstrap = asked(json!({"type": "bootstrap", "n": 200, "seed": 9}));
    assert_eq!(bootstrap, asked(json!({"type": "bootstrap", "n": 200, "seed": 9})));
    assert_ne!(bootstrap, asked(json!({"type": "bootstrap", "n": 200, "seed": 10})));
    let told = json!({"type": "bootstrap", "n": 200, "scale": 1.0 / 199.0, "mse": false, "rscales": 1.0, "seed": 9});
    assert_eq!(bootstrap["replicates"], told);
    assert!((first(&bootstrap).1 / 500.0_f64.sqrt() - 1.0).abs() < 0.25, "{bootstrap}");
    let half = json!({"ids": ["ea"], "strata": "stratum", "weights": "w", "replicates": {"type": "Fay", "rho": 0.5}});
    let beyond = "town_households.csv without ea 3";
    let fay = one(folder.path(), beyond, &half, &json!({"type": "total", "vars": "size"}));
    assert_eq!((&fay["replicates"]["n"], &fay["replicates"]["scale"]), (&json!(4), &json!(1.0)));
    let plain = one(folder.path(), beyond, &design(), &json!({"type": "total", "vars": "size"}));
    near(first(&fay).1, first(&plain).1);
}

#[test]
fn weights_are_brought_to_totals() {
    let folder = folder();
    let asked = |known: Json, statistic: Json| one(folder.path(), DATA, &with("calibration", known), &statistic);
    let sexes = json!({"type": "poststratify", "margins": [{"variables": "sex", "totals": {"1": 90, "2": 60}}]});
    let size = asked(sexes.clone(), json!({"type": "total", "vars": "size"}));
    // Sex 1 has 60 by its weights and counts 3/2, sex 2 has 60 and counts 1.
    near(first(&size).0, 1.5 * (20.0 + 10.0 + 40.0 + 100.0) + 30.0 + 40.0 + 40.0 + 20.0);
    let told = json!({"type": "poststratify", "iterations": 1, "least_factor": 1.0, "greatest_factor": 1.5,
                      "n_weights_below_zero": 0, "n_replicates_lost": 0});
    assert_eq!(size["calibration"], told);
    let known = asked(sexes, json!({"type": "mean", "vars": "sex", "categorical": true}));
    near(known["results"][0]["estimate"].as_f64().expect("a number"), 0.6);
    assert!(known["results"][0]["se"].as_f64().is_some_and(|se| se < 1e-12), "{known}");
    let raked = json!({"type": "rake", "margins": [
        {"variables": ["sex"], "totals": {"1": 90, "2": 60}},
        {"variables": ["stratum", "ea"], "totals": {"A.1": 20, "A.2": 20, "A.3": 10, "B.4": 45, "B.5": 55}}]});
    let raked = asked(raked, json!({"type": "total", "vars": "stratum", "categorical": true}));
    near(first(&raked).0, 50.0);
    assert!(raked["calibration"]["iterations"].as_u64().is_some_and(|n| n > 1), "{raked}");
    let linear = json!({"type": "linear", "totals": {"(Intercept)": 130, "size": 350}});
    let mean = asked(linear.clone(), json!({"type": "mean", "vars": "size"}));
    near(first(&mean).0, 350.0 / 130.0);
    assert!(first(&mean).1 < 1e-12, "{mean}");
    // The same on replicates.
    let mut both = with("calibration", linear);
    both["replicates"] = json!({"type": "JKn"});
    let repeated = one(folder.path(), DATA, &both, &json!({"type": "mean", "vars": "size"}));
    near(first(&repeated).0, 350.0 / 130.0);
    assert!(first(&repeated).1 < 1e-9, "{repeated}");
}

#[test]
fn what_cannot_be_made_or_met_is_refused() {
    let folder = folder();
    let mean = json!({"type": "mean", "vars": "size"});
    let replicates = |of: Json, code: &str, words: &str| {
        check_refused(folder.path(), DATA, &with("replicates", of), &mean, code, words);
    };
    replicates(json!({"type": "JK2"}), "SVY013", "JK2");
    replicates(json!({"type": "JKn", "n": 9}), "SVY001", "seed");
    replicates(json!({"type": "BRR", "rho": 0.3}), "SVY001", "rho");
    replicates(json!({"type": "Fay"}), "SVY001", "rho");
    replicates(json!({"type": "Fay", "rho": 1}), "SVY020", "below 1");
    replicates(json!({"type": "JK1"}), "SVY020", "2 strata");
    replicates(json!({"type": "BRR"}), "SVY020", "“A” (row 2) has 3 units");
    replicates(json!({"type": "bootstrap", "n": 1}), "SVY020", "two replicates");
    replicates(json!({"type": "bootstrap", "n": 900_000_000}), "SVY020", "16,777,216");
    replicates(json!({"type": "bootstrap", "draws": 9}), "SVY001", "draws");
    let mut given = with("replicates", json!({"type": "JKn"}));
    given["repweights"] = json!(["w"]);
    check_refused(folder.path(), DATA, &given, &mean, "SVY001", "repweights");
    let known = |of: Json, code: &str, words: &str| {
        check_refused(folder.path(), DATA, &with("calibration", of), &mean, code, words);
    };
    let sexes = |totals: Json| json!({"variables": "sex", "totals": totals});
    let strata = |a: i32| json!({"variables": ["stratum"], "totals": {"A": a, "B": 80}});
    let kind = |kind: &str, margins: Json| json!({"type": kind, "margins": margins});
    known(kind("raking", json!([])), "SVY013", "raking");
    known(kind("poststratify", json!([strata(40), strata(40)])), "SVY001", "margins");
    known(json!({"type": "rake", "margins": [strata(40)], "totals": {"size": 3}}), "SVY001", "totals");
    known(json!({"type": "logit", "totals": {"size": 300}}), "SVY001", "bounds");
    known(json!({"type": "linear", "totals": {"size": 300}, "bounds": [1.2, 2]}), "SVY013", "1.2");
    known(kind("poststratify", json!([sexes(json!({"1": 90}))])), "SVY021", "“2” of “sex” in row 3");
    known(kind("poststratify", json!([sexes(json!({"1": 90, "2": 60, "3": 1}))])), "SVY022", "sex: 3");
    known(kind("poststratify", json!([sexes(json!({"1": 90, "2": -6}))])), "SVY026", "-6");
    known(kind("rake", json!([strata(40), sexes(json!({"1": 90, "2": 60}))])), "SVY025", "150");
    // Nobody of A is in the third group, so A and B cannot grow apart while the groups stay.
    let groups = json!({"variables": ["stratum", "sex"], "totals": {"A.1": 5, "A.2": 25, "B.1": 40, "B.2": 50}});
    known(kind("rake", json!([strata(40), groups])), "SVY023", "stratum: A");
    known(json!({"type": "linear", "totals": {"size": 300, "size * 2": 500}}), "SVY023", "size * 2");
    known(json!({"type": "linear", "totals": {"Size": 300}}), "SVY002", "Size");
    std::fs::write(folder.path().join("holes.csv"), crate::survey::HOUSEHOLDS.replace("10,4,2,2,8", "10,,2,2,8"))
        .expect("written");
    let empty = with("calibration", json!({"type": "linear", "totals": {"size": 300}}));
    let rooms = json!({"type": "mean", "vars": "rooms"});
    check_refused(folder.path(), "holes.csv", &empty, &rooms, "SVY024", "row 5");
    let far = with("calibration", json!({"type": "linear", "totals": {"(Intercept)": 120, "size": 600}}));
    let median = json!({"type": "quantile", "vars": "size"});
    check_refused(folder.path(), DATA, &far, &median, "SVY027", "below zero");
}

fn shared() -> Option<Vec<PathBuf>> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folders = vec![shared.join("surveys"), shared.join("golden/survey")];
    folders.iter().all(|folder| folder.is_dir()).then_some(folders)
}

/// What the reference answers with the weights that it made, we answer with those that we make.
#[test]
fn made_weights_answer_as_the_references_do() {
    let Some(folders) = shared() else { return };
    let text = std::fs::read_to_string(folders[1].join("replicates.json")).expect("a file");
    let reference: Json = serde_json::from_str(&text).expect("cases");
    let mut n = 0;
    for expected in reference["cases"].as_array().expect("a list") {
        let id = expected["id"].as_str().expect("a text");
        let mse = expected["design"]["mse"].clone();
        let clusters = |fpc: bool| json!({"ids": ["dnum"], "weights": "pw", "fpc": fpc.then_some(["fpc"])});
        let schools = |fpc: bool| json!({"strata": "stype", "weights": "pw", "fpc": fpc.then_some(["fpc"])});
        let areas = json!({"ids": ["ambulance"], "strata": "ESA", "nest": true, "base_weight": 1});
        let (mut design, data, of) = match id.rsplit_once('/').map_or(id, |(before, _)| before) {
            "scd/auto_BRR" => (areas, "scd.csv", json!({"type": "BRR", "mse": mse})),
            "scd/auto_JKn" => (areas, "scd.csv", json!({"type": "JKn", "mse": mse})),
            "scd/auto_Fay" => (areas, "scd.csv", json!({"type": "Fay", "rho": 0.3, "mse": mse})),
            "scd/brr" => (areas, "scd.csv", json!({"type": "BRR", "mse": mse})),
            "jk1_clus1/var" | "jk1_clus1/mse" => (clusters(false), "apiclus1.csv", json!({"type": "JK1", "mse": mse})),
            "jk1_clus1_fpc/var" | "jk1_clus1_fpc/mse" => {
                (clusters(true), "apiclus1.csv", json!({"type": "JK1", "mse": mse}))
            }
            "jkn_strat/var" | "jkn_strat/mse" => (schools(false), "apistrat.csv", json!({"type": "JKn", "mse": mse})),
            "jkn_strat_fpc/var" | "jkn_strat_fpc/mse" => {
                (schools(true), "apistrat.csv", json!({"type": "JKn", "mse": mse}))
            }
            _ => continue,
        };
        design["replicates"] = of;
        let case = json!({"id": id, "data": data, "design": design, "statistic": expected["statistic"]});
        let found = app::estimate_cases(&json!({"cases": [case]}).to_string(), &folders, Lang::En).expect("cases");
        compare(&found["cases"][0], expected);
        n += 1;
    }
    assert!(n >= 50, "{n}");
}

/// The schools of California (15 districts of 757 drawn), whose totals are known. Expected values were computed with numpy from
/// the formulas: dense regression, raking until nothing moves, every replicate anew.
#[test]
fn calibrated_schools_have_the_errors_of_an_independent_computation() {
    let Some(folders) = shared() else { return };
    let types = json!({"variables": ["stype"], "totals": {"E": 4421, "H": 755, "M": 1018}});
    let wide = json!({"variables": ["sch.wide"], "totals": {"No": 1072, "Yes": 5122}});
    let post = json!({"type": "poststratify", "margins": [types]});
    let rake = json!({"type": "rake", "margins": [types, wide], "tolerance": 1e-13});
    let totals = json!({"(Intercept)": 6194, "stype == 'H'": 755, "stype == 'M'": 1018, "api99": 3_914_069});
    let linear = json!({"type": "linear", "totals": totals});
    let bounded = json!({"type": "linear", "totals": totals, "bounds": [0.5, 1.7]});
    let logit = json!({"type": "logit", "totals": totals, "bounds": [0.5, 1.6], "tolerance": 1e-13});
    let mean = json!({"type": "mean", "vars": "api00"});
    let total = json!({"type": "total", "vars": "enroll"});
    let ratio = json!({"type": "ratio", "numerator": "api.stu", "denominator": "enroll"});
    let of = |statistic: &Json| {
        let mut of = statistic.clone();
        of["domain"] = json!("sch.wide == 'Yes'");
        of
    };
    let jackknife = Some(json!({"type": "JK1"}));
    let full = Some(json!({"type": "JK1", "mse": true}));
    let cases: [(&Json, &Option<Json>, &Json, f64, f64); 18] = [
        (&post, &None, &mean, 642.310788211582, 23.920486445090),
        (&post, &None, &total, 3680892.94511905, 406292.63629480),
        (&post, &None, &ratio, 0.84798978951801, 0.00718825862540),
        (&post, &None, &of(&mean), 647.161128404389, 24.397066901528),
        (&post, &None, &of(&total), 3155659.58888889, 399539.55990160),
        (&linear, &None, &mean, 665.309071165624, 3.441753116404),
        (&linear, &None, &total, 3638487.20413285, 385524.42735241),
        (&linear, &None, &of(&mean), 671.581043023531, 4.460314582862),
        (&rake, &None, &mean, 641.230320926820, 23.703616887922),
        (&rake, &None, &total, 3647280.14806518, 400603.25686200),
        (&logit, &None, &mean, 665.380985884039, 3.416699186229),
        (&bounded, &None, &mean, 665.363341995953, 3.437329188144),
        (&post, &jackknife, &mean, 642.3107882116, 26.9345353674),
        (&post, &full, &total, 3680892.945119, 473433.693858),
        (&linear, &jackknife, &mean, 665.3090711656, 3.9428544839),
        (&linear, &full, &total, 3638487.204133, 478758.371678),
        (&rake, &jackknife, &mean, 641.2303209268, 26.8739804357),
        (&rake, &full, &total, 3647280.148065, 463582.521045),
    ];
    for (known, replicates, statistic, estimate, se) in cases {
        let design =
            json!({"ids": ["dnum"], "weights": "pw", "fpc": ["fpc"], "calibration": known, "replicates": replicates});
        let case = json!({"id": "c", "data": "apiclus1.csv", "design": design, "statistic": statistic});
        let found = app::estimate_cases(&json!({"cases": [case]}).to_string(), &folders, Lang::En).expect("cases");
        let (a, b) = first(&found["cases"][0]);
        assert!((a / estimate - 1.0).abs() < 2e-9, "{known} {statistic}: {a} is not {estimate}");
        assert!((b / se - 1.0).abs() < 2e-9, "{known} {replicates:?} {statistic}: {b} is not {se}");
    }
}

#[test]
fn results_say_what_their_readers_should_know() {
    let folder = folder();
    let asked = |statistic: Json, rules: Json| {
        let case = json!({"id": "c", "data": "town_households.csv + town_flags.csv", "design": design(),
                          "statistic": statistic, "publish": rules});
        let text = json!({"cases": [case]}).to_string();
        app::estimate_cases(&text, &[folder.path().to_owned()], Lang::En).expect("cases")["cases"][0].take()
    };
    let share = json!({"type": "mean", "vars": "slum", "deff": "wr"});
    // 0.667 ± 0.182 with 3 degrees of freedom: 0.087 to 1.246.
    let row = asked(share.clone(), Json::Null)["results"][0].take();
    near(row["cv"].as_f64().expect("a number"), 0.182_151_070_119_5 / (2.0 / 3.0));
    assert_eq!(row["flags"], json!(["few_degrees_of_freedom", "cv_above_20", "few_rows", "outside_range"]));
    assert_eq!((row.get("publish"), row["estimate"].is_number()), (None, true));
    let withheld = asked(share.clone(), json!({}))["results"][0].take();
    assert_eq!(
        (&withheld["publish"], &withheld["publish_reasons"]),
        (&json!("suppress"), &json!(["rows_below_limit"]))
    );
    for key in ["estimate", "se", "ci_low", "ci_high", "cv"] {
        assert_eq!(withheld[key], Json::Null, "{withheld}");
    }
    assert_eq!((withheld.get("deff"), &withheld["n"]), (None, &json!(8)));
    let marked = asked(share.clone(), json!({"n_suppress": 5}))["results"][0].take();
    let reasons = json!(["cv_above_warning", "few_degrees_of_freedom", "outside_range"]);
    assert_eq!(
        (&marked["publish"], &marked["publish_reasons"], &marked["estimate"]),
        (&json!("warn"), &reasons, &row["estimate"])
    );
    // A total of what is never below zero does not reach below it; one of differences may.
    let total = |vars: &str| asked(json!({"type": "total", "vars": vars, "domain": "ea != 5"}), Json::Null);
    let has = |found: &Json| found["results"][0]["flags"].to_string().contains("outside_range");
    assert_eq!(total("slum")["error"]["code"], Json::Null);
    assert!(!has(&total("size - 3")));
    let alone = json!({"type": "mean", "vars": "size", "domain": "ea == 4"});
    let lonely = json!({"ids": ["ea"], "strata": "stratum", "weights": "w", "lonely_psu": "remove"});
    let found = one(folder.path(), "town_households.csv without ea 5", &lonely, &alone);
    assert!(found["results"][0]["flags"].to_string().contains("lonely_strata"), "{found}");
    assert_eq!(asked(share.clone(), json!({"cv_warn": 0.5}))["error"]["code"], "SVY013");
    assert_eq!(asked(share, json!({"n": 5}))["error"]["code"], "SVY001");
}
