//! Running the checks: pointers, waivers, the filter by plan, order and counts.

use checks::{Filter, Severity, check, snapshot_of};
use jiff::civil::date;

use crate::{found, report};

const PLANS: &str = "
plans | id | kind               | status   | part_of | starts_on  | ends_on
      | P  | strategic_plan     | in_force |         | 2014-01-01 | 2019-12-31
      | W  | biennial_programme | in_force | P       | 2014-01-01 | 2015-12-31
      | Q  | strategic_plan     | closed   |         | 2008-01-01 | 2013-12-31
results | id  | plan | level | code
        | P.1 | P    | 9     | 1
        | W.1 | W    | 9     | 1
        | Q.1 | Q    | 9     | 1
";

#[test]
fn a_finding_points_at_its_cell() {
    let report = report(date(2016, 6, 30), &[PLANS]);
    let finding = report.of("PLN004").find(|d| d.record.as_ref().is_some_and(|r| r.id == "W.1"));
    let pointer = &finding.expect("the level is not defined").pointer;
    assert_eq!(pointer.sheet.as_deref(), Some("results"));
    // The header is row 1, W.1 the second record; `level` stands third among the example's columns.
    assert_eq!(pointer.cell().as_deref(), Some("C3"));
    assert_eq!(pointer.value.as_deref(), Some("9"));
}

#[test]
fn the_filter_keeps_a_plan_and_its_programmes() {
    let snapshot = snapshot_of(&[PLANS]).expect("a good example");
    let on = date(2016, 6, 30);
    assert_eq!(found(&check(&snapshot, on, &Filter::ALL), "PLN004"), ["P.1", "Q.1", "W.1"]);
    assert_eq!(found(&check(&snapshot, on, &Filter::plan("P")), "PLN004"), ["P.1", "W.1"]);
    assert_eq!(found(&check(&snapshot, on, &Filter::plan("W")), "PLN004"), ["W.1"]);
    assert!(check(&snapshot, on, &Filter::plan("nobody")).diagnostics.is_empty());
}

#[test]
fn a_waiver_covers_one_finding_on_one_record_until_its_day() {
    let waiver = "
waivers | id | code   | record_kind | record | field | reason            | author | expires_on
        | W1 | PLN004 | result      | P.1    | level | Level follows     | chief  | 2016-06-30
        | W2 | PLN004 | result      | Q.1    | code  | The wrong field   | chief  | 2016-06-30
";
    let on_last_day = report(date(2016, 6, 30), &[PLANS, waiver]);
    let waived: Vec<_> = on_last_day.diagnostics.iter().filter(|d| d.waived.is_some()).collect();
    assert_eq!(waived.len(), 1);
    assert_eq!(waived[0].record.as_ref().map(|r| r.id.as_str()), Some("P.1"));
    assert!(!waived[0].blocks());
    assert_eq!(on_last_day.n_waived, 1);
    assert_eq!(found(&on_last_day, "PLN099"), ["W2"]);
    assert!(found(&on_last_day, "PLN098").is_empty());

    let day_after = report(date(2016, 7, 1), &[PLANS, waiver]);
    assert_eq!(day_after.n_waived, 0);
    assert_eq!(day_after.n_errors, on_last_day.n_errors + 1);
    assert_eq!(found(&day_after, "PLN098"), ["W1"]);
}

#[test]
fn findings_come_in_one_order_and_are_counted() {
    let first = report(date(2016, 6, 30), &[PLANS]);
    let second = report(date(2016, 6, 30), &[PLANS]);
    assert_eq!(first.diagnostics, second.diagnostics);
    assert!(first.diagnostics.windows(2).all(|w| w[0].severity >= w[1].severity));
    assert_eq!(first.n_errors + first.n_warnings + first.n_notes + first.n_waived, first.diagnostics.len());
    assert_eq!(first.n_errors, first.diagnostics.iter().filter(|d| d.severity == Severity::Error).count());
}

#[test]
fn an_empty_snapshot_has_no_findings() {
    assert!(report(date(2016, 6, 30), &[]).diagnostics.is_empty());
}

/// Results in a circle, dangling references and plans of themselves end every check.
#[test]
fn broken_trees_end() {
    let broken = "
plans | id | kind           | predecessor | part_of
      | P  | strategic_plan | P           | P
levels | plan | position | role
       | P    | 1        | area
       | P    | 2        | outcome
results | id | plan | parent | level
        | A  | P    | B      | 1
        | B  | P    | C      | 2
        | C  | P    | B      | 2
        | D  | X    | Y      | 7
indicators | id | result
           | I  | B
           | J  | nowhere
crosswalk | id | from_result | to_result
          | X  | A           | nowhere
projects | id | parent | results
         | J  | J      | A;nowhere
places | id | parent
       | KEN | KEN
amounts | id | part_of | percent_of | reconciles | actual
        | T  | T       | T          | T          | 5
facts | id | part_of | percent_of | percent_as | subject | value
      | F  | F       | F          | F          | F       | 0
";
    let report = report(date(2016, 6, 30), &[broken]);
    assert_eq!(found(&report, "PLN039"), ["B", "C"]);
}
