//! Persons from the command line: what an administrator does who has no browser, or who is the only one and has left.

use std::path::Path;

use super::support::{complaint, file, json, samples};

fn link(data: &Path, args: &[&str]) -> serde_json::Value {
    let mut all = vec!["people", "link"];
    all.extend(args);
    json(data, &all, 0)
}

#[test]
fn a_person_is_invited_given_a_role_and_listed() {
    for folder in samples() {
        let data = folder.path();
        assert_eq!(json(data, &["people", "list"], 0)["people"].as_array().map(Vec::len), Some(0));
        let invited = link(data, &["Ann@Example.org", "--name", "Ann Planner", "--site", "https://plans.example.org/"]);
        assert_eq!(invited["purpose"], "invitation");
        let address = invited["link"].as_str().expect("a link");
        assert!(address.starts_with("https://plans.example.org/enter/") && address.len() > 70, "{address}");
        // Asked again, the older link ends and nobody is invited twice.
        let again = link(data, &["ann@example.org"]);
        assert_eq!((&again["purpose"], &again["code"]), (&invited["purpose"], &invited["code"]));
        assert_ne!(again["link"], invited["link"]);
        let given = json(data, &["people", "give", "ann@example.org", "administrator", "--reason", "handover"], 0);
        assert!(given["change"].as_u64().is_some_and(|n| n > 1), "{given}");
        json(data, &["people", "give", "ann@example.org", "reviewer", "--unit", "RO-AFRICA"], 0);
        let list = json(data, &["people", "list"], 0);
        let ann = &list["people"][0];
        assert_eq!((&ann["email"], &ann["state"]), (&"ann@example.org".into(), &"invited".into()), "{list}");
        assert_eq!(ann["roles"][0]["role"], "administrator", "{list}");
        assert_eq!(ann["roles"][1]["unit"], "RO-AFRICA", "{list}");
        // The name and the address are no part of the log; who gave the role is.
        let out = folder.path().join("log.jsonl");
        json(data, &["export", "--out", &out.display().to_string()], 0);
        let log = std::fs::read_to_string(&out).expect("readable");
        assert!(log.contains("administrator") && !log.to_lowercase().contains("ann@") && !log.contains("Ann Planner"));
        json(data, &["verify"], 0);
    }
}

#[test]
fn what_is_unknown_is_said() {
    for folder in samples() {
        let data = folder.path();
        assert!(complaint(data, &["people", "give", "x@example.org", "planner"], 2).contains("people link"));
        assert!(complaint(data, &["people", "link", "no address"], 2).contains("address"));
        link(data, &["ann@example.org"]);
        assert!(complaint(data, &["people", "give", "ann@example.org", "queen"], 2).contains("viewer, contributor"));
        let nowhere = ["people", "give", "ann@example.org", "planner", "--unit", "NOWHERE"];
        assert!(complaint(data, &nowhere, 2).contains("NOWHERE"));
    }
}

/// The tables in the administrator's guide are not only to be read: each can be imported as it stands.
#[test]
fn the_tables_of_the_guide_can_be_imported() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations/administration.md");
    let guide = std::fs::read_to_string(path).expect("the guide");
    let tables: Vec<(&str, &str)> =
        guide.split("```csv\n# ").skip(1).filter_map(|b| b.split("\n```").next()?.split_once('\n')).collect();
    assert!(tables.len() >= 10, "{}", tables.len());
    for folder in samples() {
        let place = tempfile::TempDir::new().expect("a folder");
        for (name, csv) in &tables {
            let path = file(place.path(), name, format!("{csv}\n"));
            let done = json(folder.path(), &["import", &path, "--yes"], 0);
            assert_eq!((&done["written"], &done["errors"]), (&true.into(), &0.into()), "{name}: {csv}: {done}");
        }
    }
}
