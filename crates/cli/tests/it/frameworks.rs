//! `frameworks` as scripts and people call it.

use super::support::{complaint, ekistics, json, sample};

#[test]
fn frameworks_and_their_gaps_for_scripts_and_for_people() {
    let folder = sample();
    let found = json(folder.path(), &["frameworks", "--framework", "sdg"], 0);
    let rows = found["indicators"].as_array().expect("indicators");
    let slums = rows.iter().find(|r| r["code"] == "11.1.1").expect("slums");
    assert_eq!((&slums["status"], &slums["custodian"]), (&"confirmed".into(), &"UN-Habitat".into()), "{slums}");
    assert!(slums["measured_by"].as_array().is_some_and(|by| by.contains(&"I-SDG11-1-1".into())), "{slums}");
    let found = json(folder.path(), &["frameworks", "--gaps", "--framework", "umf", "--within", "KEN"], 0);
    let (rows, columns) = (&found["umf"]["rows"], &found["umf"]["columns"]);
    assert_eq!(columns.as_array().map(Vec::len), Some(64), "{found}");
    assert!(
        rows.as_array().is_some_and(|r| r.iter().all(|r| r["place"].as_str().is_some_and(|p| p.starts_with("KEN-"))))
    );
    let said = |args: &[&str]| String::from_utf8_lossy(&ekistics(folder.path(), args).stdout).into_owned();
    let listed = said(&["frameworks"]);
    assert!(listed.lines().count() == 5 && listed.contains("ugi  Urban Governance Index"), "{listed}");
    let gaps = said(&["frameworks", "--gaps", "--framework", "sdg"]);
    assert!(gaps.contains("filled (") && gaps.contains("SDG:11.1.1") && gaps.contains('○'), "{gaps}");
    assert!(complaint(folder.path(), &["frameworks", "--framework", "xyz"], 2).contains("sdg, umf, nua, cpi, ugi"));
    complaint(folder.path(), &["frameworks", "--within", "KEN"], 2);
}
