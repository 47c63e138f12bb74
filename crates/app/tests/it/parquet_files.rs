//! Surveys in Parquet files: gone through part by part, they give what the same rows give as CSV.

use std::{fmt::Write as _, fs, fs::File, path::Path, sync::Arc};

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use model::value::Lang;
use parquet::{arrow::ArrowWriter, file::properties::WriterProperties};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

const N: usize = 6_000;

/// Replicates of the areas: factors, and the weights that they make.
const REPLICATES: usize = 6;

fn factor(area: i64, replicate: usize) -> f64 {
    [0.0, 2.0, 1.25][(chance(area as usize, 100 + replicate as u64) * 3.0) as usize]
}

/// A number from 0 to below 1 that belongs to a row and a purpose.
fn chance(row: usize, purpose: u64) -> f64 {
    stats::sampling::permanent_number(&row.to_string(), purpose)
}

/// Rows of 3 regions with 40 areas each, not in their order; values are missing here and there.
struct Rows {
    region: Vec<Option<String>>,
    area: Vec<i64>,
    n_areas: Vec<i64>,
    household: Vec<i64>,
    weight: Vec<f64>,
    sex: Vec<Option<i64>>,
    wall: Vec<Option<String>>,
    income: Vec<Option<f64>>,
    persons: Vec<f64>,
}

fn rows() -> Rows {
    let region = |row: usize| (chance(row, 1) * 3.0) as usize;
    let names = ["Dhaka", "مدينة", "城市"];
    let walls = ["mud", "brick", "tin, old"];
    let some = |row: usize, purpose: u64, of: f64| (chance(row, purpose) > of).then_some(());
    let all = 0..N;
    Rows {
        region: all.clone().map(|r| Some(names[region(r)].to_owned())).collect(),
        area: all.clone().map(|r| (region(r) * 100) as i64 + (chance(r, 2) * 40.0) as i64).collect(),
        n_areas: all.clone().map(|r| 100 + region(r) as i64).collect(),
        household: all.clone().map(|r| r as i64).collect(),
        weight: all
            .clone()
            .map(|r| if chance(r, 3) < 0.01 { 0.0 } else { 1.0 + (chance(r, 4) * 8.0).floor() / 4.0 })
            .collect(),
        sex: all.clone().map(|r| some(r, 5, 0.02).map(|()| 1 + i64::from(chance(r, 6) < 0.5))).collect(),
        wall: all.clone().map(|r| some(r, 7, 0.03).map(|()| walls[(chance(r, 8) * 3.0) as usize].to_owned())).collect(),
        income: all.clone().map(|r| some(r, 9, 0.05).map(|()| (chance(r, 10) * 1e6).round() / 100.0)).collect(),
        persons: all.map(|r| 1.0 + (chance(r, 11) * 7.0).floor()).collect(),
    }
}

fn write(folder: &Path, rows: &Rows) {
    let mut csv = String::from("region,area,n_areas,household,weight,sex,wall,income,persons");
    (0..REPLICATES).for_each(|i| write!(csv, ",f{i},w{i}").expect("written"));
    csv.push('\n');
    let shown = |x: Option<String>| x.unwrap_or_default();
    for r in 0..N {
        write!(
            csv,
            "{},{},{},{},{},{},\"{}\",{},{}",
            shown(rows.region[r].clone()),
            rows.area[r],
            rows.n_areas[r],
            rows.household[r],
            rows.weight[r],
            shown(rows.sex[r].map(|s| s.to_string())),
            shown(rows.wall[r].clone()),
            shown(rows.income[r].map(|i| i.to_string())),
            rows.persons[r],
        )
        .expect("written");
        for i in 0..REPLICATES {
            let factor = factor(rows.area[r], i);
            write!(csv, ",{factor},{}", factor * rows.weight[r]).expect("written");
        }
        csv.push('\n');
    }
    fs::write(folder.join("town.csv"), csv).expect("written");
    let whole = |v: &[i64]| Arc::new(Int64Array::from(v.to_vec())) as ArrayRef;
    let text = |v: &[Option<String>]| Arc::new(StringArray::from(v.to_vec())) as ArrayRef;
    let mut columns: Vec<(String, ArrayRef)> = [
        ("region", text(&rows.region)),
        ("area", whole(&rows.area)),
        ("n_areas", whole(&rows.n_areas)),
        ("household", whole(&rows.household)),
        ("weight", Arc::new(Float64Array::from(rows.weight.clone())) as ArrayRef),
        ("sex", Arc::new(Int64Array::from(rows.sex.clone()))),
        ("wall", text(&rows.wall)),
        ("income", Arc::new(Float64Array::from(rows.income.clone()))),
        ("persons", Arc::new(Float64Array::from(rows.persons.clone()))),
    ]
    .map(|(name, column)| (name.to_owned(), column))
    .to_vec();
    for i in 0..REPLICATES {
        let factors: Vec<f64> = rows.area.iter().map(|area| factor(*area, i)).collect();
        let weights = factors.iter().zip(&rows.weight).map(|(f, w)| f * w).collect::<Vec<f64>>();
        columns.push((format!("f{i}"), Arc::new(Float64Array::from(factors))));
        columns.push((format!("w{i}"), Arc::new(Float64Array::from(weights))));
    }
    let batch = RecordBatch::try_from_iter(columns).expect("columns");
    for (name, per_part) in [("parts.parquet", 250), ("whole.parquet", N)] {
        let properties = WriterProperties::builder().set_max_row_group_row_count(Some(per_part)).build();
        let file = File::create(folder.join(name)).expect("a file");
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).expect("a writer");
        writer.write(&batch).expect("written");
        writer.close().expect("closed");
    }
}

fn names(of: &str) -> Vec<String> {
    (0..REPLICATES).map(|i| format!("{of}{i}")).collect()
}

fn designs() -> Vec<Json> {
    vec![
        json!({"ids": ["area"], "strata": "region", "weights": "weight"}),
        json!({"ids": "area", "weights": "weight"}),
        json!({"ids": ["area", "household"], "strata": "region", "weights": "weight", "fpc": ["n_areas"]}),
        json!({"ids": ["area"], "strata": "region", "base_weight": 3.5, "lonely_psu": "adjust"}),
        json!({"strata": "region", "weights": "weight"}),
        json!({"weights": "weight", "repweights": names("f"), "combined": false, "scale": 0.25, "mse": true}),
        json!({"weights": "weight", "repweights": names("w"), "combined": true, "scale": 0.25, "rscales": 1.0}),
        // These are not gone through part by part, and read the columns that they name.
        json!({"ids": ["area"], "strata": "region", "weights": "weight", "replicates": {"type": "bootstrap", "n": 10}}),
        json!({"ids": "area", "weights": "weight", "calibration": {
            "type": "linear",
            "margins": [{"variables": "region", "totals": {"Dhaka": 4000, "مدينة": 4000, "城市": 4000}}],
            "totals": {"persons - 1": 37000},
        }}),
    ]
}

fn statistics() -> Vec<Json> {
    vec![
        json!({"type": "mean", "vars": "income", "na_rm": true, "deff": "wr"}),
        json!({"type": "mean", "vars": "income"}),
        json!({"type": "mean", "vars": ["income", "persons"], "by": ["region", "sex"], "na_rm": true, "deff": "wor"}),
        json!({"type": "mean", "vars": ["wall", "sex"], "categorical": true, "na_rm": true, "deff": "wor"}),
        json!({"type": "mean", "vars": "wall", "categorical": true, "by": "sex", "na_rm": true}),
        json!({"type": "total", "vars": "wall", "categorical": true, "domain": "persons > 4", "na_rm": true}),
        json!({"type": "total", "vars": "income", "by": "region", "domain": "sex == 2", "na_rm": true, "deff": "wr"}),
        json!({"type": "total", "vars": "persons * 2", "by": "wall"}),
        json!({"type": "ratio", "numerator": "income", "denominator": "persons", "by": "wall", "na_rm": true, "deff": "wr"}),
        json!({"type": "proportion", "expr": "persons / 2 > 3 & wall != 'mud'", "by": "region", "na_rm": true}),
        json!({"type": "proportion", "expr": "sex == 1", "domain": "region == 'Dhaka'", "ci_method": "beta", "na_rm": true}),
        json!({"type": "quantile", "vars": "income", "probs": [0.25, 0.5], "na_rm": true}),
        json!({"type": "contrast", "vars": "persons", "by": "sex", "coef": {"1": -1, "2": 1}, "na_rm": true}),
    ]
}

fn asked(folder: &Path, data: &str, cases: &[(Json, Json)]) -> Vec<Json> {
    let cases: Vec<Json> =
        cases.iter().map(|(d, s)| json!({"id": "c", "data": data, "design": d, "statistic": s})).collect();
    let answered = app::estimate_cases(&json!({ "cases": cases }).to_string(), &[folder.to_owned()], Lang::En);
    answered.expect("cases")["cases"].as_array().expect("a list").clone()
}

fn compare(found: &Json, known: &Json, path: &str) {
    match (found, known) {
        (Json::Object(a), Json::Object(b)) => {
            assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{path}");
            a.iter()
                .filter(|(key, _)| *key != "data")
                .for_each(|(key, a)| compare(a, &b[key], &format!("{path}/{key}")));
        }
        (Json::Array(a), Json::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{path}");
            a.iter().zip(b).enumerate().for_each(|(i, (a, b))| compare(a, b, &format!("{path}/{i}")));
        }
        (Json::Number(a), Json::Number(b)) => {
            let (a, b) = (a.as_f64().expect("a number"), b.as_f64().expect("a number"));
            assert!((a - b).abs() <= 1e-11 * b.abs().max(1e-9), "{path}: {a} is not {b}");
        }
        _ => assert_eq!(found, known, "{path}"),
    }
}

#[test]
fn parts_give_what_the_rows_give() {
    let folder = TempDir::new().expect("a folder");
    write(folder.path(), &rows());
    let cases: Vec<(Json, Json)> =
        designs().iter().flat_map(|d| statistics().into_iter().map(move |s| (d.clone(), s))).collect();
    let known = asked(folder.path(), "town.csv", &cases);
    assert!(known.iter().all(|case| case.get("error").is_none()), "{known:?}");
    for file in ["parts.parquet", "whole.parquet"] {
        for ((found, known), case) in asked(folder.path(), file, &cases).iter().zip(&known).zip(&cases) {
            compare(found, known, &format!("{file} {case:?}"));
        }
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let folder = TempDir::new().expect("a folder");
    write(folder.path(), &rows());
    let cases = [(designs()[0].clone(), statistics()[2].clone())];
    let with = |n: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("threads");
        pool.install(|| asked(folder.path(), "parts.parquet", &cases))
    };
    assert_eq!(with(1), with(7));
}

#[test]
fn what_is_wrong_in_a_part_is_named_by_its_row() {
    let folder = TempDir::new().expect("a folder");
    let mut wrong = rows();
    wrong.weight[3_000] = -1.0;
    wrong.region[2_000] = None;
    write(folder.path(), &wrong);
    let mean = json!({"type": "mean", "vars": "persons"});
    let cases = [
        (json!({"ids": "area", "weights": "weight"}), mean.clone()),
        (json!({"ids": "area", "strata": "region", "base_weight": 1}), mean.clone()),
        (json!({"ids": "area", "weights": "wieght"}), mean),
    ];
    for file in ["parts.parquet", "town.csv"] {
        let found = asked(folder.path(), file, &cases);
        for (found, (code, row)) in
            found.iter().zip([("SVY006", "row 3,002"), ("SVY014", "row 2,002"), ("SVY002", "wieght")])
        {
            assert_eq!(found["error"]["code"], code, "{file}: {found}");
            assert!(found["error"]["message"].as_str().is_some_and(|m| m.contains(row)), "{file}: {found}");
        }
    }
    let path = folder.path().join("parts.parquet");
    let bytes = fs::read(&path).expect("a file");
    for (name, bytes) in [("half.parquet", &bytes[..bytes.len() / 2]), ("none.parquet", &[][..])] {
        fs::write(folder.path().join(name), bytes).expect("written");
        let found = asked(folder.path(), name, &cases[..1]);
        let code = found[0]["error"]["code"].as_str().unwrap_or_default();
        assert!(code.starts_with("XCH30"), "{found:?}");
    }
}
