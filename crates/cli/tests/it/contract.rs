//! The contracts for scripts, as `docs/cli.md` promises them.

use std::time::Instant;

use serde_json::json;
use tempfile::TempDir;

use super::support::{complaint, ekistics, file, json, on_postgres, sample, samples};

#[test]
fn demo_loads_once_and_keeps_edits() {
    for folder in [TempDir::new().expect("a folder"), on_postgres()] {
        let began = Instant::now();
        let first = json(folder.path(), &["demo", "--no-serve"], 0);
        assert_eq!(first["loaded"], true);
        assert!(first["records"]["n_observations"].as_u64().is_some_and(|n| n > 1_000));
        // A generous bound on a debug build beside other tests; the release build is measured in the benchmarks.
        assert!(began.elapsed().as_secs() < 60);
        let waiver =
            "id,code,record_kind,record,reason,author,expires_on\nW-T,FIN001,amount,F-022,known,tester,2030-01-01\n";
        let path = file(folder.path(), "waivers.csv", waiver);
        json(folder.path(), &["import", &path, "--yes"], 0);
        let second = json(folder.path(), &["demo", "--no-serve"], 0);
        assert_eq!((second["loaded"].as_bool(), second["records"]["position"].as_u64()), (Some(false), Some(2)));
    }
}

#[test]
fn check_says_what_where_and_what_to_do() {
    for folder in samples() {
        let found = json(folder.path(), &["check"], 1);
        let list = found["diagnostics"].as_array().expect("a list");
        assert!(list.len() > 50);
        for d in list {
            for part in ["code", "severity", "message", "remedy", "why"] {
                assert!(d[part].as_str().is_some_and(|t| !t.is_empty()), "{part} of {d}");
            }
            assert_ne!(d["message"], d["code"], "{d} has no sentence");
        }
        let located = list.iter().filter(|d| d["source"]["cell"].is_string()).count();
        assert!(located * 10 > list.len() * 7, "{located} of {} findings point to a cell", list.len());
        let errors = list.iter().filter(|d| d["severity"] == "error" && d["waived"].is_null()).count();
        assert_eq!(found["summary"]["errors"], errors);
        let one = json(folder.path(), &["check", "--plan", "P1419R"], 1);
        assert!(one["diagnostics"].as_array().is_some_and(|l| l.len() < list.len()));
        // 133.2 million contradicts its own percentage and total; 113.2 fits both.
        let money = list.iter().find(|d| d["record"]["id"] == "F-020" && d["severity"] == "error").expect("F-020");
        assert!(money["message"].as_str().is_some_and(|m| m.contains("133")), "{money}");
    }
}

#[test]
fn an_unedited_export_changes_nothing() {
    for folder in samples() {
        for name in ["all.xlsx", "all"] {
            let out = folder.path().join("out").join(name);
            std::fs::create_dir_all(folder.path().join("out")).expect("a folder");
            let out = out.display().to_string();
            json(folder.path(), &["export", "--out", &out], 0);
            let back = json(folder.path(), &["import", &out, "--dry-run"], 0);
            let summary = &back["summary"];
            assert_eq!(
                (summary["added"].as_u64(), summary["changed"].as_u64(), summary["rejected"].as_u64()),
                (Some(0), Some(0), Some(0)),
                "{back}"
            );
            assert!(summary["unchanged"].as_u64().is_some_and(|n| n > 3_000));
        }
        let out = folder.path().join("o.parquet").display().to_string();
        json(folder.path(), &["export", "--out", &out, "--kind", "observations"], 0);
        let back = json(folder.path(), &["import", &out, "--dry-run"], 0);
        assert_eq!(
            (back["summary"]["added"].as_u64(), back["summary"]["changed"].as_u64()),
            (Some(0), Some(0)),
            "{back}"
        );
    }
}

#[test]
fn targets_make_lights_and_undo_takes_them_back() {
    for folder in samples() {
        let light = |f: &TempDir| {
            let status = json(f.path(), &["status", "--plan", "P1419R"], 0);
            let list = status["plans"][0]["standings"].as_array().cloned().expect("standings");
            list.into_iter().find(|s| s["indicator"] == "I-1419-FA1").expect("the indicator")["status"].clone()
        };
        assert_eq!(light(&folder), "no-baseline");
        let csv = "indicator,kind,on,value\nI-1419-FA1,baseline,2013-12-31,0\nI-1419-FA1,target,2019-12-31,1\n";
        let path = file(folder.path(), "targets.csv", csv);
        let dry = json(folder.path(), &["import", &path, "--dry-run"], 0);
        assert_eq!(dry["summary"], json!({"added": 2, "changed": 0, "unchanged": 0, "rejected": 0}));
        assert_eq!(light(&folder), "no-baseline");
        let done = json(folder.path(), &["import", &path, "--yes", "--reason", "baselines"], 0);
        let change = done["change"].as_u64().expect("a change").to_string();
        assert_eq!(light(&folder), "achieved");
        json(folder.path(), &["undo", &change], 0);
        assert_eq!(light(&folder), "no-baseline");
        let again = json(folder.path(), &["undo", &change], 1);
        assert_eq!(again["diagnostics"][0]["code"], "REG012");
        let history = json(folder.path(), &["history", "target:I-1419-FA1/baseline/2013-12-31"], 0);
        assert_eq!(history.as_array().map(Vec::len), Some(2), "{history}");
        json(folder.path(), &["verify"], 0);
    }
}

#[test]
fn the_past_is_reproduced() {
    for folder in samples() {
        let before = json(folder.path(), &["status", "--plan", "X-MDG"], 0);
        std::thread::sleep(std::time::Duration::from_millis(20));
        let path = file(folder.path(), "targets.csv", "indicator,kind,on,value\nI-MDG7-11,target,2020-12-31,1\n");
        json(folder.path(), &["import", &path, "--yes"], 0);
        let at = json(folder.path(), &["history", "plan:X-MDG"], 0)[0]["change"]["at"]
            .as_str()
            .expect("an instant")
            .to_owned();
        let past = json(folder.path(), &["status", "--plan", "X-MDG", "--as-of", &at], 0);
        assert_eq!(past["plans"], before["plans"]);
        assert_eq!(past["fingerprint"], before["fingerprint"]);
        assert_ne!(json(folder.path(), &["status", "--plan", "X-MDG"], 0)["fingerprint"], before["fingerprint"]);
    }
}

#[test]
fn a_register_moves_and_its_chain_with_it() {
    let folder = sample();
    let before = json(folder.path(), &["verify"], 0);
    let address = testkit::postgres::database();
    let moved = json(folder.path(), &["move", "--to", &address], 0);
    assert_eq!((&moved["head"], &moved["changes"]), (&before["head"], &before["changes"]));
    assert_eq!(json(folder.path(), &["verify", "--database", &address], 0), before);
    let figures = |args: &[&str]| json(folder.path(), args, 0);
    assert_eq!(figures(&["status"]), figures(&["status", "--database", &address]));
    assert!(complaint(folder.path(), &["move", "--to", &address], 3).contains("changes already"));
    assert!(complaint(folder.path(), &["move", "--to", "elsewhere"], 2).contains("postgres://"));
    // What is written in one is not in the other.
    let path = file(folder.path(), "targets.csv", "indicator,kind,on,value\nI-MDG7-11,target,2020-12-31,1\n");
    json(folder.path(), &["import", &path, "--yes", "--database", &address], 0);
    assert_eq!(json(folder.path(), &["verify"], 0), before);
    // And back, into a folder of its own with the same lake.
    let other = TempDir::new().expect("a folder");
    super::support::copy(&folder.path().join("lake"), &other.path().join("lake"));
    let back = json(other.path(), &["move", "--to", "sqlite", "--database", &address], 0);
    assert_eq!(json(other.path(), &["verify"], 0)["head"], back["head"]);
}

#[test]
fn wrong_use_is_said_kindly() {
    let folder = sample();
    assert!(complaint(folder.path(), &["status", "--plan", "NOPE"], 2).contains("P1419R"));
    assert!(complaint(folder.path(), &["explain", "XXX999"], 2).contains("explain --all"));
    assert!(complaint(folder.path(), &["history", "NOPE"], 2).contains("NOPE"));
    assert!(complaint(folder.path(), &["export", "--out", "x.docx"], 2).contains("docx"));
    let empty = TempDir::new().expect("a folder");
    assert!(complaint(empty.path(), &["status"], 3).contains("demo"));
    assert!(complaint(empty.path(), &["undo", "1"], 3).contains("demo"));
}

#[test]
fn every_command_has_help_and_speaks_three_languages() {
    let folder = sample();
    for command in [
        "demo", "serve", "check", "explain", "import", "undo", "export", "workbook", "status", "series", "history",
        "verify", "report",
    ] {
        let output = ekistics(folder.path(), &[command, "--help"]);
        assert!(output.status.success() && output.stdout.len() > 200, "{command}");
    }
    for (lang, word) in [("ar", "خطأ"), ("zh", "错误")] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_ekistics"))
            .args(["check", "--lang", lang, "--data"])
            .arg(folder.path())
            .output()
            .expect("starts");
        assert!(String::from_utf8_lossy(&output.stdout).contains(word), "{lang}");
    }
    let series = json(folder.path(), &["series", "R-1419-SR"], 0);
    assert!(series["parts"].as_array().is_some_and(|p| p.len() > 1));
    let figure = json(folder.path(), &["explain", "I-SDG11-1-1~global~KEN~2018~"], 0);
    assert_eq!(figure["value"], 50.81);
    assert!(figure["inputs"][0]["change"]["author"].as_str().is_some_and(|a| a == "sample"));
    let code = json(folder.path(), &["explain", "FIN001"], 0);
    assert!(code["sections"]["What to do"].as_str().is_some_and(|t| !t.is_empty()));
}
