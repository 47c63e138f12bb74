//! What is found on the sample programme that the repository ships.

use std::{fs, path::Path, sync::LazyLock};

use checks::{Filter, Report, check};
use exchange::{Limits, NamedBytes, read};
use jiff::civil::date;
use snapshot::Snapshot;

use crate::found;

pub static SAMPLE: LazyLock<Snapshot> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/programme");
    let mut files: Vec<NamedBytes> = fs::read_dir(&folder)
        .expect("the folder of the sample")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "csv"))
        .map(|path| NamedBytes {
            name: path.file_name().expect("a name").to_string_lossy().into_owned(),
            bytes: fs::read(&path).expect("readable"),
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let reading = read(&files, &Limits::STANDARD, &|_, _| {});
    assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
    let mut snapshot = Snapshot { observations: reading.observations.into(), ..Snapshot::default() };
    for draft in reading.records {
        snapshot.records.put(draft.kind, &draft.row, Some(draft.origin)).expect("a whole record");
    }
    snapshot
});

/// Checked on a day within the year in which the sample was made.
pub static REPORT: LazyLock<Report> = LazyLock::new(|| check(&SAMPLE, date(2025, 6, 30), &Filter::ALL));

/// Each finding that was promised of the sample, with the records on which it stands. Others may be there too.
const PROMISED: &[(&str, &[&str])] = &[
    // The framework of 2008–2013: after the start, after the adoption, and six areas against four subprogrammes.
    ("PLN014", &["P0813"]),
    ("PLN015", &["P0813"]),
    ("PLN007", &["P1213"]),
    ("PLN009", &["R-0813-FA3/R-1213-SP1", "R-0813-FA5/R-1213-SP4"]),
    // Plan and programme do not use the same indicators; two plans have none at all.
    ("PLN010", &["P1213"]),
    ("PLN001", &["P0813", "P2025"]),
    // Two of the five gate items of 2013 were not done.
    ("PLN017", &["T-1419-0-c", "T-1419-0-e"]),
    ("PLN034", &["P2025"]),
    // Technical cooperation in 2018: 133.2 million against 113.2; the year of the regular budget; world aid.
    ("FIN001", &["F-014", "F-022"]),
    ("FIN002", &["F-020"]),
    ("FIN003", &["F-020"]),
    ("FIN004", &["F-024"]),
    ("FIN006", &["VF-CRISES"]),
    ("FIN012", &["F-018"]),
    ("FIN013", &["F-002"]),
    // The thresholds of projects, and a person on two teams.
    ("PRJ001", &["PRJ-033"]),
    ("PRJ003", &["PRJ-007"]),
    ("PRJ004", &["PRJ-016"]),
    ("PRJ005", &["PRJ-016"]),
    ("PRJ012", &["S-001/PRJ-019/2015-03-01"]),
    ("PRJ013", &["S-006/PRJ-039/2024-09-01"]),
    ("MND002", &["M-116"]),
    ("MND008", &["WUF9-S04"]),
    ("MND009", &["WUF9-S03"]),
    // The slum target of 100 people, the dates of a forum, the claims that differ, the share of the unemployed.
    ("FCT001", &["FACT-301", "FACT-307", "FACT-311"]),
    ("FCT002", &["FACT-125"]),
    ("FCT003", &["FACT-303", "FACT-306"]),
    ("FCT004", &["FACT-102"]),
    ("FCT006", &["FACT-069"]),
    ("FCT007", &["FACT-083"]),
];

#[test]
fn promised_findings_are_there() {
    let mut missing = Vec::new();
    for (code, records) in PROMISED {
        let ids = found(&REPORT, code);
        missing.extend(records.iter().filter(|r| !ids.iter().any(|i| i == *r)).map(|r| format!("{code} on {r}")));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What is right in the sample must stay quiet: sums that work out, seven areas with seven leading units, nine
/// resolutions with nine follow-ups, fifteen cells, and a project of exactly 300,000 or 3,000,000 dollars.
#[test]
fn what_is_right_is_quiet() {
    for code in ["FCT005", "FCT008", "FCT011", "FCT014", "FIN007", "FIN009", "FIN010", "FIN011", "FIN014", "FIN015"] {
        assert!(found(&REPORT, code).is_empty(), "{code} on {:?}", found(&REPORT, code));
    }
    for code in ["PLN005", "PLN022", "PLN030", "PLN033", "PLN036", "PLN037", "PLN039", "PLN040", "MND001", "MND006"] {
        assert!(found(&REPORT, code).is_empty(), "{code} on {:?}", found(&REPORT, code));
    }
}

#[test]
fn five_cycles_have_6_7_4_and_3_areas() {
    use model::kinds::LevelRole;
    let context = checks::Context::new(&SAMPLE, date(2025, 6, 30));
    for (plan, areas) in [("P0813", 6), ("P1213", 4), ("P1419R", 7), ("P2025", 4), ("P2629", 3)] {
        let plan = SAMPLE.records.plans.get(plan).expect("the plan");
        assert_eq!(context.with_role(plan, LevelRole::Area).len(), areas, "{}", plan.id);
    }
}

/// Every finding points at a cell or row of a file of the sample, and every sentence is whole in each language.
#[test]
fn findings_point_at_files_and_speak() {
    for finding in REPORT.diagnostics.iter().filter(|d| d.record.as_ref().is_some_and(|r| r.kind != "observation")) {
        assert!(finding.pointer.row.is_some(), "{} {:?}", finding.code.id, finding.record);
        for lang in model::value::Lang::INTERFACE {
            let message = locale::diagnostic(lang, finding);
            assert!(!message.contains('{') && !message.contains('$'), "{}: {message}", lang.code());
        }
    }
}

/// The filter by plan keeps what is about the plan: the misprint of 2018 is about no plan.
#[test]
fn one_plan_can_be_asked_about() {
    let report = check(&SAMPLE, date(2025, 6, 30), &Filter::plan("P0813"));
    assert_eq!(found(&report, "PLN014"), ["P0813"]);
    assert_eq!(found(&report, "PLN007"), ["P1213"]);
    assert!(found(&report, "FIN003").is_empty() && found(&report, "PLN017").is_empty());
}
