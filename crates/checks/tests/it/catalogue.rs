//! Every check fires on its own example, is quiet on the other one, is documented and speaks three languages.

use std::collections::BTreeSet;

use checks::{CHECKS, CODES, Check, Context, Diagnostic, Filter, HEADINGS, check};
use model::value::Lang;

fn alone(check: &Check, snapshot: &snapshot::Snapshot) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    (check.run)(&Context::new(snapshot, check.example.on), &mut found);
    found
}

#[test]
fn examples_fire_exactly_their_code() {
    let mut faults = Vec::new();
    for c in CHECKS {
        let id = c.code.id;
        let wrong = c.example.wrong().unwrap_or_else(|e| panic!("{id}: {e:?}"));
        let right = c.example.right().unwrap_or_else(|e| panic!("{id}: {e:?}"));
        if check(&wrong, c.example.on, &Filter::ALL).of(id).next().is_none() {
            faults.push(format!("{id} does not fire on its example"));
        }
        for d in check(&right, c.example.on, &Filter::ALL).of(id) {
            faults.push(format!("{id} fires on its counter-example: {:?} {:?}", d.record, d.args));
        }
        for d in alone(c, &wrong) {
            if d.code.id != id {
                faults.push(format!("{id} also finds {}", d.code.id));
            }
            let Some(record) = &d.record else {
                faults.push(format!("{id} speaks of no record"));
                continue;
            };
            let Some(kind) = model::Kind::parse(record.kind) else {
                faults.push(format!("{id} speaks of no known kind: {record:?}"));
                continue;
            };
            if kind != model::Kind::Observation && !wrong.records.contains(kind, &record.id) {
                faults.push(format!("{id} speaks of a record that is not there: {record:?}"));
            }
            if let Some(field) = &d.field
                && !kind.def().columns.iter().any(|c| c.field == field || c.name == *field)
            {
                faults.push(format!("{id} speaks of a field that {} has not: {field}", record.kind));
            }
            for related in &d.related {
                if model::Kind::parse(related.kind).is_none() {
                    faults.push(format!("{id} relates to no known kind: {related:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn codes_are_unique_and_in_their_family() {
    let families = ["PLN", "IND", "OBS", "FIN", "PRJ", "MND", "FCT"];
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for code in CODES {
        assert!(ids.insert(code.id), "{} comes twice", code.id);
        assert!(names.insert(code.name), "{} comes twice", code.name);
        assert!(families.iter().any(|f| code.id.starts_with(f)) && code.id.len() == 6, "{}", code.id);
        assert!(code.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit()), "{}", code.name);
    }
    assert_eq!(CODES.len(), CHECKS.len());
}

#[test]
fn checks_are_documented() {
    for c in CHECKS {
        let doc = c.doc();
        let found: Vec<&str> = doc.lines().filter_map(|l| l.strip_prefix("# ")).collect();
        assert_eq!(found, HEADINGS, "{}", c.code.id);
        for part in doc.split("# ").skip(1) {
            assert!(part.lines().skip(1).any(|l| l.len() > 10), "{}: an empty part", c.code.id);
        }
    }
}

/// Each finding of each example says something in each language, with every argument filled.
#[test]
fn checks_speak_three_languages() {
    let mut faults = Vec::new();
    for c in CHECKS {
        for lang in Lang::INTERFACE {
            for key in [c.code.id.to_owned(), format!("{}.why", c.code.id), format!("{}.remedy", c.code.id)] {
                if !locale::has(lang, &key) {
                    faults.push(format!("{key} is missing in {}", lang.code()));
                }
            }
            let Ok(wrong) = c.example.wrong() else { continue };
            for d in check(&wrong, c.example.on, &Filter::ALL).of(c.code.id) {
                let words = locale::explained(lang, d);
                for text in [words.message, words.why, words.remedy] {
                    if text.contains("{") || text.contains('$') {
                        faults.push(format!("{} in {}: {text}", c.code.id, lang.code()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
