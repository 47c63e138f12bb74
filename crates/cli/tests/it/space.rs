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
