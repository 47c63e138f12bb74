//! Cells that cannot be taken, and what happens to their rows.

use model::value::Value;

use crate::build::{arg, book, found, read_one};

#[test]
fn every_fault_of_a_cell_is_found_in_one_pass() {
    let header = "id,title_en,kind,status,starts_on,ends_on,length_years";
    let long = "x".repeat(121);
    for (row, expected) in [
        ("P,Plan,strategic_plan,approved,2014-01-01,2019-12-31,6", &[][..]),
        ("P,Plan,strategic_plan,aproved,2014-01-01,2019-12-31,6", &["XCH041 D2"]),
        ("a b,Plan,strategic_plan,approved,01/02/2014,soon,6", &["XCH040 A2", "XCH040 E2", "XCH040 F2"]),
        (",,strategic_plan,approved,2014-01-01,2019-12-31,6", &["XCH045 A2"]),
        ("P,,strategic_plan,approved,2014-01-01,2019-12-31,6", &["XCH045 B2"]),
        (&format!("{long},Plan,strategic_plan,approved,2014-01-01,2019-12-31,6"), &["XCH043 A2"]),
        ("P,Pl\u{1}an,strategic_plan,approved,2014-01-01,2019-12-31,6", &["XCH047 B2"]),
    ] {
        let reading = read_one("plans.csv", format!("{header}\n{row}\n"));
        let known: Vec<String> = found(&reading).into_iter().filter(|f| !f.starts_with("XCH023")).collect();
        assert_eq!(known, expected, "{row}");
        assert_eq!((reading.n_rows_read, reading.records.len() + reading.n_rejected), (1, 1), "{row}");
    }
}

#[test]
fn whole_numbers_within_bounds() {
    for (score, expected) in
        [("3", &[][..]), ("4", &["XCH042 C2"]), ("1.5", &["XCH040 C2"]), ("", &["XCH045 C2"]), ("٢", &[])]
    {
        let reading = read_one("markers.csv", format!("project,marker,score\nP,gender,{score}\n"));
        assert_eq!(found(&reading), expected, "{score}");
    }
}

#[test]
fn lists_name_each_code_once() {
    let head = "id,title_en,kind,organ,results";
    let reading = read_one("mandates.csv", format!("{head}\nM,T,resolution,GA,A;B;A\nN,T,resolution,GA,A; B\n"));
    assert_eq!(found(&reading), ["XCH046 E2"]);
    assert_eq!(arg(&reading.diagnostics[0], "code"), "A");
    assert_eq!(reading.records.len(), 1);
}

#[test]
fn messages_have_their_arguments() {
    let csv = "indicator,place,period,scope,value\nI,KEN,2020,globl,\"1,234\"\n";
    let reading = read_one("observations.csv", csv);
    assert_eq!(found(&reading), ["XCH041 D2", "XCH044 E2"]);
    let list = &reading.diagnostics[0];
    assert_eq!((arg(list, "nearest"), arg(list, "value")), ("global".into(), "globl".into()));
    assert_eq!(arg(list, "allowed"), "global, supported, delivered");
    assert_eq!(list.pointer.sheet.as_deref(), Some("observations"));
    assert_eq!(list.field.as_deref(), Some("scope"));
}

#[test]
fn money_is_kept_or_refused() {
    let header = "id,title_en,status,starts_on,budget,budget_currency,evaluation_budget,evaluation_budget_currency";
    for (money, expected, n) in [
        ("100,USD,,", &[][..], 1),
        ("100,,,", &[], 1),
        ("100.125,USD,,", &["XCH049 E2"], 1),
        ("100,USD,,USD", &["XCH048 H2"], 0),
        ("100,USD,1e300,USD", &["XCH048 G2", "XCH048 H2"], 0),
        ("100,Dollar,,", &["XCH040 F2"], 0),
    ] {
        let reading = read_one("projects.csv", format!("{header}\nP,Project,running,2014-01-01,{money}\n"));
        assert_eq!(found(&reading), expected, "{money}");
        assert_eq!(reading.records.len(), n, "{money}");
    }
    // An amount without a currency is in dollars, and says so from now on.
    let reading = read_one("projects.csv", format!("{header}\nP,Project,running,2014-01-01,100,,,\n"));
    assert!(reading.records[0].row.contains(&Value::Text("USD".into())));
}

#[test]
fn a_key_claimed_twice_is_nobodys() {
    let csv = "id,title_en,earmark\nF,One,core\nG,Two,core\nF,Three,core\n";
    let reading = read_one("funds.csv", csv);
    assert_eq!(found(&reading), ["XCH050 A4"]);
    let finding = &reading.diagnostics[0];
    assert_eq!((arg(finding, "first_row"), arg(finding, "row")), ("2".into(), "4".into()));
    assert_eq!(reading.records.len(), 1);
    assert_eq!((reading.n_rejected, reading.rejected.len()), (2, 2));

    let csv = "indicator,place,period,scope,value\nI,KEN,2020,global,1\nI,UGA,2020,global,1\nI,KEN,2020,global,2\n";
    let reading = read_one("observations.csv", csv);
    assert_eq!(found(&reading), ["XCH050 A4"]);
    assert_eq!(reading.observations.len(), 1);
    assert_eq!(reading.observation_origins.of(0).map(|o| o.row), Some(3));
    assert_eq!(reading.rejected.len(), 2);
}

#[test]
fn digits_of_all_scripts_and_both_decimal_signs() {
    let csv =
        "indicator;place;period;scope;value\nI;A;٢٠٢٠;global;12,5\nI;B;2020;global;٤٢\nI;C;２０２０;global;１２.５\n";
    let reading = read_one("observations.csv", csv);
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(reading.observations.value, [Some(12.5), Some(42.0), Some(12.5)]);
    let years: Vec<i16> = reading.observations.period.iter().map(|p| p.first_year()).collect();
    assert_eq!(years, [2020; 3]);
}

#[test]
fn blanks_are_trimmed_and_told_once() {
    let rows = "F ,Fund,core\n G,Fund,core\n\u{a0}H,Fund,core\n";
    let reading = read_one("funds.csv", format!("id,title_en,earmark\n{rows}"));
    assert_eq!(found(&reading), ["XCH034 A2"]);
    let ids: Vec<String> = reading.records.iter().map(|d| d.row[0].to_text()).collect();
    assert_eq!(ids, ["F", "G", "H"]);
    let csv =
        "indicator,place,period,scope,value\nI ,KEN,2020,global,1\nI,KEN ,2021,global,1\nI ,UGA, 2020,global, 3\n";
    let reading = read_one("observations.csv", csv);
    assert_eq!(found(&reading), ["XCH034 A2", "XCH034 B3", "XCH034 C4", "XCH034 E4"]);
    assert_eq!(reading.observations.len(), 3);
}

#[test]
fn no_formula_gets_in_or_out() {
    let csv = "id,title_en,earmark\n'=1+1,'@SUM(A1),core\n";
    let reading = read_one("funds.csv", csv);
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(reading.records[0].row[..2], [Value::Text("=1+1".into()), Value::Text("@SUM(A1)".into())]);
    // In a workbook the cell's type says that it is text: nothing is removed.
    let reading = read_one("a.xlsx", book("funds", &[&["id", "title_en", "earmark"], &["F", "'=1", "core"]]));
    assert_eq!(reading.records[0].row[1], Value::Text("'=1".into()));
}
