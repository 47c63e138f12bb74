//! Boundaries and computations on the command line: shown before they are written, ended and gone on with.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    process::{Command, Stdio},
};

use crate::support::{ekistics, json, program, sample};

#[test]
fn boundaries_are_shown_and_written_once() {
    let folder = sample();
    let data = folder.path();
    let list = || json(data, &["boundary", "list"], 0)["boundaries"].as_array().map_or(0, Vec::len);
    let shown = json(data, &["boundary", "import", "--sample", "--dry-run"], 0);
    assert_eq!(shown["summary"], serde_json::json!({"added": 4, "replaced": 0, "unchanged": 0}));
    let larger = shown["lines"].as_array().into_iter().flatten().find(|line| !line["before"].is_null());
    let percent = larger.and_then(|line| line["change_percent"].as_f64()).expect("a second version");
    assert!((percent - 29.2).abs() < 0.1, "{percent}");
    assert_eq!((list(), shown.get("change")), (0, None), "nothing is written");
    let text =
        String::from_utf8(ekistics(data, &["boundary", "import", "--sample", "--dry-run"]).stdout).expect("text");
    assert!(text.contains("+ KEN-nairobi  Administrative  2020-01-01  631.7 km²  +29.2 %"), "{text}");
    // A script is not asked: what it wrote before there was a question it writes still.
    let written = json(data, &["boundary", "import", "--sample"], 0);
    assert!(written["change"].is_number() && written["boundaries"] == 4, "{written}");
    assert_eq!(list(), 4);
    let again = json(data, &["boundary", "import", "--sample"], 0);
    assert_eq!((again.get("change"), &again["summary"]["unchanged"]), (None, &4.into()), "{again}");
}

/// Sends INT to a process.
#[cfg(unix)]
fn interrupt(id: u32) {
    let done = Command::new("kill").args(["-INT", &id.to_string()]).status().expect("kill starts");
    assert!(done.success());
}

#[cfg(unix)]
#[test]
fn a_computation_that_is_ended_says_how_it_goes_on() {
    let folder = sample();
    let data = folder.path();
    // Another computes: this one waits for its turn until it is ended.
    let jobs = data.join("space").join("jobs");
    fs::create_dir_all(&jobs).expect("a folder");
    let turn = fs::File::create(jobs.join(".turn")).expect("a file");
    turn.lock().expect("the turn");
    let begun = || {
        let mut command = program(data);
        command.args(["analysis", "urbanisation", "--sample"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut errors = BufReader::new(child.stderr.take().expect("errors"));
        let mut first = String::new();
        errors.read_line(&mut first).expect("a line");
        (child, errors, first)
    };
    let (mut child, mut errors, first) = begun();
    assert!(first.contains("ekistics analysis resume degurba-KEN-2025"), "{first}");
    interrupt(child.id());
    let mut rest = String::new();
    errors.read_to_string(&mut rest).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(130), "{rest}");
    for part in ["Ending", "Steps that ended are kept", "ekistics analysis resume degurba-KEN-2025"] {
        assert!(rest.contains(part), "{part}: {rest}");
    }
    // No terminal: nothing but words and line ends.
    assert!(!format!("{first}{rest}").contains(|c: char| c.is_control() && c != '\n'), "{first:?} {rest:?}");
    assert_eq!(json(data, &["analysis", "show", "degurba-KEN-2025"], 0)["state"], "cancelled");
    drop(turn);
    let resumed = json(data, &["analysis", "resume", "degurba-KEN-2025"], 0);
    assert_eq!(resumed["cities"].as_array().map(Vec::len), Some(18));
}

/// What cannot be printed is an error of its own; whoever has read enough makes none.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_not_taken_for_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("cities.csv");
    fs::write(&table, "city,V1,V2,P1,P2,t\nA,50,60,400000,440000,5\n").expect("written");
    let table = table.display().to_string();
    for args in [
        &["land", "rates", "--table", &table][..],
        &["land", "rates", "--table", &table, "--json"],
        &["workbook", "schema"],
        &["doctor", "--offline"],
        &["grid", "--help"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        let output = program(folder.path()).args(args).stdout(full).output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{args:?}: {told}");
        assert!(told.contains("No space left on device"), "{args:?}: {told}");
        let mut child = program(folder.path()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().expect("it starts");
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().expect("errors").read_to_string(&mut told).expect("text");
        // The doctor finds no register in an empty folder.
        let code = i32::from(args[0] == "doctor");
        assert_eq!((child.wait().expect("it ends").code(), told.as_str()), (Some(code), ""), "{args:?}");
    }
}

#[test]
fn rates_say_in_three_languages_whether_they_can_be_averaged() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("cities.csv");
    fs::write(&table, "city,V1,V2,P1,P2,t\nA,50,60,400000,440000,5\nB,50,60,400000,400000,5\n").expect("written");
    let table = table.display().to_string();
    for (lang, fine, still) in [
        ("en", "(may be averaged)", "(people do not change)"),
        ("ar", "(يجوز حساب متوسطها)", "(السكان لم يتغيروا)"),
        ("zh", "（可以求平均）", "（人口没有变化）"),
    ] {
        let output = ekistics(folder.path(), &["land", "rates", "--table", &table, "--lang", lang]);
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(text.contains(fine) && text.contains(still) && !text.contains("fine"), "{lang}: {text}");
    }
    // Bytes that are no text are somebody's file, not a failure of the program.
    fs::write(&table, b"city,V1\nM\xfcnchen,5\n").expect("written");
    let found = json(folder.path(), &["land", "rates", "--table", &table], 1);
    let said = found["diagnostics"][0]["message"].as_str().unwrap_or_default();
    assert_eq!(found["diagnostics"][0]["code"], "GEO021", "{found}");
    for part in ["cities.csv", "UTF-8", "byte 9", "CSV or JSON"] {
        assert!(said.contains(part), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_exported_to_a_link_goes_where_it_leads() {
    let folder = sample();
    let data = folder.path();
    fs::create_dir(data.join("far")).expect("a folder");
    for (link, target, args) in [
        ("log.jsonl", "far/log.jsonl", &["export", "--out"][..]),
        ("new.xlsx", "far/new.xlsx", &["workbook", "new", "--out"]),
    ] {
        std::os::unix::fs::symlink(target, data.join(link)).expect("a link");
        let path = data.join(link).display().to_string();
        let output = ekistics(data, &[args, &[&path]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(fs::symlink_metadata(data.join(link)).expect("there").is_symlink(), "{link}");
        assert!(fs::metadata(data.join(target)).expect("written").len() > 1_000, "{target}");
    }
    assert_eq!(fs::read_dir(data.join("far")).expect("a folder").count(), 2, "nothing half is left");
}
