//! Settings as they are given to the real program.

use std::process::Output;

use tempfile::TempDir;

use super::support::{file, json, program, sample};

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn config_says_what_is_in_force_and_from_where() {
    let folder = TempDir::new().expect("a folder");
    let path = file(folder.path(), "s.toml", "[server]\nport = 7001\n[oidc]\nclient_secret = \"hunter2\"\n");
    let mut command = program(folder.path());
    command.env("EKISTICS_SERVER_BIND", "::1").env("EKISTICS_SERVER_PROT", "1");
    let output =
        command.args(["config", "--config", &path, "--set", "log.format=json", "--json"]).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let of = |key: &str| {
        let s = &found["settings"][key];
        (s["value"].to_string(), s["source"].as_str().unwrap_or_default().to_owned(), s["at"].to_string())
    };
    assert_eq!(of("server.port"), ("7001".into(), "file".into(), format!("{{\"line\":2,\"path\":\"{path}\"}}")));
    assert_eq!(of("server.bind"), ("\"::1\"".into(), "environment".into(), "\"EKISTICS_SERVER_BIND\"".into()));
    assert_eq!(of("log.format"), ("\"json\"".into(), "flag".into(), "\"--set log.format\"".into()));
    assert_eq!(of("session.idle_minutes"), ("60".into(), "default".into(), "null".into()));
    assert_eq!(of("oidc.client_secret").0, "\"(set, not shown)\"");
    assert_eq!(found["unknown_variables"][0], "EKISTICS_SERVER_PROT");
    assert!(!text(&output).contains("hunter2"));
}

#[test]
fn a_setting_that_nobody_knows_stops_every_command_but_the_doctor() {
    let folder = sample();
    file(folder.path(), "ekistics.toml", "[server]\n# misspelt\nprot = 1\n");
    for command in ["status", "serve", "config"] {
        let output = program(folder.path()).arg(command).output().expect("runs");
        assert_eq!(output.status.code(), Some(2), "{command}: {}", text(&output));
        let expected = "ekistics.toml:3: there is no setting `server.prot`. Is `server.port` meant?";
        assert!(text(&output).contains(expected), "{command}: {}", text(&output));
    }
    let found = json(folder.path(), &["doctor", "--offline"], 1);
    assert!(found["checks"][0]["message"].as_str().is_some_and(|m| m.contains("server.prot")), "{found}");
}

#[test]
fn a_level_that_cannot_be_read_is_wrong_use() {
    let folder = TempDir::new().expect("a folder");
    let output = program(folder.path()).args(["check", "--set", "log.level=a=b=c"]).output().expect("runs");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("log.level"));
}
