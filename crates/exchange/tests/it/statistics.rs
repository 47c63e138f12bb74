//! Files that statistics programs wrote: one household survey as Stata's releases and SPSS's kinds have it. They were made
//! with ReadStat 1.1 and pandas 3, from rows that are told here.

use std::{fs, path::PathBuf};

use exchange::{NamedBytes, read_microdata};
use model::microdata::{Table, Values};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/files/statistics")
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).expect(name)
}

fn read(name: &str) -> Table {
    let file = NamedBytes { name: name.to_owned(), bytes: bytes(name) };
    read_microdata(&file).unwrap_or_else(|found| panic!("{name}: {found:?}")).0
}

fn shown(table: &Table, name: &str) -> Vec<String> {
    let values = table.variable(name).expect(name);
    (0..table.n_rows).map(|row| values.show(row)).collect()
}

fn check(name: &str, is_unicode: bool) {
    let table = read(name);
    let names: Vec<&str> = table.variables.iter().map(|v| v.name.as_str()).collect();
    assert_eq!((names, table.n_rows), (vec!["hhid", "water", "weight", "place", "note"], 4), "{name}");
    assert_eq!(shown(&table, "hhid"), ["1", "2", "3", "4"], "{name}");
    // 99 is declared missing, and the last was never asked.
    assert_eq!(shown(&table, "water"), ["11", "", "43", ""], "{name}");
    assert_eq!(shown(&table, "weight"), ["1.5", "2.25", "0.125", "1000000"], "{name}");
    let places = if is_unicode { ["Dhaka", "مدينة", "城市", ""] } else { ["Dhaka", "Medina", "Chengdu", ""] };
    assert_eq!(shown(&table, "place"), places, "{name}");
    assert_eq!(shown(&table, "note"), ["aaaaaaaaaaaaaaaaaaaa", "", "b b b b", "c"], "{name}");
    let water = &table.variables[1];
    assert_eq!(water.label, "Main source of drinking water", "{name}");
    let river = if is_unicode && name.ends_with("av") { "rivière" } else { "river" };
    let labels: Vec<(&str, &str)> = water.labels.iter().map(|(v, l)| (v.as_str(), l.as_str())).collect();
    assert_eq!(labels[..2], [("11", "piped into dwelling"), ("43", river)], "{name}");
    if name.ends_with("av") {
        assert_eq!((labels[2], table.variables[3].label.as_str()), (("99", "لا يعرف"), "المكان"), "{name}");
    }
    assert!(matches!(table.variable("place"), Some(Values::Texts { .. })), "{name}");
}

#[test]
fn stata_of_every_kind() {
    for version in ["8", "10", "12", "13"] {
        check(&format!("household_{version}.dta"), false);
    }
    for version in ["14", "15"] {
        check(&format!("household_{version}.dta"), true);
    }
    let long = read("long_117.dta");
    assert_eq!(shown(&long, "_long"), ["x".repeat(3_000), "y".to_owned(), String::new()]);
}

#[test]
fn spss_of_every_kind() {
    for name in ["household.sav", "household_rows.sav", "household.zsav"] {
        check(name, true);
    }
}

#[test]
fn a_file_that_breaks_off_is_refused_wherever() {
    let names = ["household.sav", "household_rows.sav", "household.zsav", "household_8.dta", "household_15.dta"];
    for name in names {
        let whole = bytes(name);
        for end in 16..whole.len() {
            let cut = NamedBytes { name: name.to_owned(), bytes: whole[..end].to_vec() };
            match read_microdata(&cut) {
                Err(found) => assert_eq!(found[0].code.id, "XCH051", "{name} {end}: {found:?}"),
                // After the values there may be padding, and what only describes the file.
                Ok((table, _)) => assert_eq!(table.n_rows, 4, "{name} {end}"),
            }
        }
    }
}

#[test]
fn a_file_that_lies_about_its_length_is_refused() {
    // Stata 8: the number of rows stands at byte 6.
    let mut lie = bytes("household_8.dta");
    for n in [5_u32, 4_000_000_000] {
        lie[6..10].copy_from_slice(&n.to_le_bytes());
        let found = read_microdata(&NamedBytes { name: "lie.dta".into(), bytes: lie.clone() }).expect_err("a lie");
        assert_eq!(found[0].code.id, "XCH051", "{found:?}");
    }
    // SPSS: the number of cases stands at byte 80, and again in the extension 16 behind 24 bytes.
    let mut lie = bytes("household.sav");
    lie[80..84].copy_from_slice(&1_000_000_000_i32.to_le_bytes());
    let extension = [7_u32, 16, 8, 2].map(u32::to_le_bytes).concat();
    if let Some(at) = lie.windows(16).position(|w| w == extension) {
        lie[at + 24..at + 32].copy_from_slice(&1_000_000_000_u64.to_le_bytes());
    }
    let found = read_microdata(&NamedBytes { name: "lie.sav".into(), bytes: lie }).expect_err("a lie");
    assert_eq!(found[0].code.id, "XCH051", "{found:?}");
}

#[test]
fn any_byte_may_be_wrong() {
    for name in
        ["household.sav", "household.zsav", "household_rows.sav", "household_8.dta", "long_117.dta", "household_14.dta"]
    {
        let whole = bytes(name);
        for at in 0..whole.len() {
            let mut wrong = whole.clone();
            wrong[at] ^= 0x41;
            // Refused or read, and never a panic.
            let _ = read_microdata(&NamedBytes { name: name.to_owned(), bytes: wrong });
        }
    }
}

#[test]
fn bytes_may_have_been_put_in_anywhere() {
    for name in ["household_8.dta", "household_12.dta", "household_15.dta", "long_117.dta", "household.sav"] {
        let whole = bytes(name);
        for at in (16..whole.len()).step_by(5) {
            let mut wrong = whole.clone();
            wrong.splice(at..at, [0x43; 37]);
            if let Err(found) = read_microdata(&NamedBytes { name: name.to_owned(), bytes: wrong }) {
                assert_eq!(found[0].code.id, "XCH051", "{name} {at}");
            }
        }
    }
}
