//! What the doctor says about installations that are well, and about some that are not.

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt, path::Path};

use serde_json::Value as Json;
use sqlx::{Connection, SqliteConnection};

use super::support::{file, json, program, sample, samples};

/// Runs the doctor with a port that nobody has, and finds one check in its answer.
fn look(data: &Path, code: i32, check: &str, args: &[&str]) -> Json {
    let mut all = vec!["doctor", "--set", "server.port=0"];
    all.extend(args);
    let found = json(data, &all, code);
    let checks = found["checks"].as_array().expect("a list");
    for c in checks {
        // Every sentence is there, and whatever is wrong says what to do.
        assert_ne!(c["message"], c["key"], "{c}");
        let remedy = c["remedy"].as_str().unwrap_or_default();
        assert_eq!(c["severity"] != "fine", !remedy.is_empty() && !remedy.ends_with(".remedy"), "{c}");
    }
    let bad = checks.iter().find(|c| c["check"] == check && c["severity"] != "fine");
    bad.or_else(|| checks.iter().find(|c| c["check"] == check)).cloned().unwrap_or_default()
}

/// Closes a folder to others.
fn close(data: &Path) {
    fs::set_permissions(data, fs::Permissions::from_mode(0o700)).expect("closed");
}

#[test]
fn a_sound_installation_is_well_on_both_databases() {
    for (folder, name) in samples().iter().zip(["SQLite", "PostgreSQL"]) {
        close(folder.path());
        let database = look(folder.path(), 0, "database", &[]);
        assert!(
            database["message"].as_str().is_some_and(|m| m.starts_with(name) && m.contains("1 change")),
            "{database}"
        );
        for check in ["schema", "chain", "lake", "clock", "data-folder", "config"] {
            assert_eq!(look(folder.path(), 0, check, &[])["severity"], "fine", "{check}");
        }
        let chain = look(folder.path(), 0, "chain", &["--revisions", "7"]);
        assert_eq!(chain["message"], "The last 7 revisions are what was written.");
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error_with_a_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    let gone = look(&folder.path().join("gone"), 1, "data-folder", &[]);
    assert_eq!((gone["severity"].as_str(), gone["key"].as_str()), (Some("error"), Some("doctor-data-missing")));
    let register = look(&folder.path().join("gone"), 1, "database", &[]);
    assert!(register["message"].as_str().is_some_and(|m| m.contains("There is no register")), "{register}");
}

#[test]
fn a_folder_open_to_others_is_found() {
    let folder = sample();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("opened");
    assert_eq!(look(folder.path(), 0, "data-permissions", &[])["key"], "doctor-data-readable");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).expect("opened");
    assert_eq!(look(folder.path(), 1, "data-permissions", &[])["key"], "doctor-data-writable");
}

#[test]
fn a_file_with_a_secret_that_everybody_reads_is_found() {
    let folder = sample();
    let secret = file(folder.path(), "secret", "smtp://u:hunter2@127.0.0.1:1");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o644)).expect("opened");
    let set = format!("mail.address_file={secret}");
    let found = look(folder.path(), 1, "config-permissions", &["--offline", "--set", &set]);
    assert_eq!(found["key"], "doctor-config-open");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o640)).expect("closed");
    close(folder.path());
    assert_eq!(look(folder.path(), 0, "config-permissions", &["--offline", "--set", &set]), Json::Null);
    // The server is not there; its password is not in the answer.
    let mail = look(folder.path(), 1, "mail", &["--set", &set]);
    assert!(mail["message"].as_str().is_some_and(|m| m.contains("127.0.0.1:1") && !m.contains("hunter2")), "{mail}");
}

#[test]
fn a_lost_or_shortened_segment_is_found() {
    let folder = sample();
    let mut segments = Vec::new();
    walk(&folder.path().join("lake"), &mut segments);
    let segment = segments.first().expect("a segment");
    let bytes = fs::read(segment).expect("read");
    fs::write(segment, &bytes[1..]).expect("written");
    assert_eq!(look(folder.path(), 1, "lake", &[])["key"], "doctor-lake-size");
    fs::remove_file(segment).expect("removed");
    assert_eq!(look(folder.path(), 1, "lake", &[])["key"], "doctor-lake-missing");
}

fn walk(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

#[test]
fn an_altered_revision_and_a_clock_that_lags_are_found() {
    let folder = sample();
    let sql = [
        // A name, so that the record can still be read.
        r#"update revision set body = replace(body, '"title_en":"', '"title_en":"X') where seq = (select max(seq) - 3 from revision)"#,
        "update change set at = '2999-01-01T00:00:00Z'",
    ];
    let address = format!("sqlite://{}", folder.path().join("register.sqlite").display());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let run = |sql: &'static str| {
        runtime.block_on(async {
            let mut connection = SqliteConnection::connect(&address).await.expect("opens");
            sqlx::query(sql).execute(&mut connection).await.expect("altered");
            connection.close().await.expect("closed");
        });
    };
    run(sql[0]);
    let chain = look(folder.path(), 1, "chain", &[]);
    assert_eq!(chain["key"], "doctor-chain-broken");
    assert_eq!(look(folder.path(), 0, "chain", &["--revisions", "2"])["severity"], "fine");
    run(sql[1]);
    assert_eq!(look(folder.path(), 1, "clock", &[])["key"], "doctor-clock-behind");
}

#[test]
fn a_port_of_another_program_is_found() {
    let folder = sample();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    // It accepts and hangs up, as no server of ours would.
    let port = taken.local_addr().expect("an address").port();
    std::thread::spawn(move || taken.incoming().for_each(drop));
    let found = json(folder.path(), &["doctor", "--set", &format!("server.port={port}")], 1);
    let port = found["checks"].as_array().and_then(|l| l.iter().find(|c| c["check"] == "port")).cloned();
    assert_eq!(port.map(|c| c["key"].clone()), Some("doctor-port-taken".into()));
}

#[test]
fn copies_that_are_late_are_found() {
    let folder = sample();
    close(folder.path());
    let args = ["--set", "backup.to=/somewhere", "--set", "backup.every=1h"];
    assert_eq!(look(folder.path(), 0, "backup", &[])["key"], "doctor-backup-unset");
    assert_eq!(look(folder.path(), 0, "backup", &args)["key"], "doctor-backup-none");
    file(folder.path(), "last-backup", "");
    assert_eq!(look(folder.path(), 0, "backup", &args)["key"], "doctor-backup-fine");
    file(folder.path(), "last-backup", "2020-01-01T00:00:00Z\n");
    assert_eq!(look(folder.path(), 1, "backup", &args)["key"], "doctor-backup-old");
}

#[test]
fn the_doctor_speaks_three_languages() {
    let folder = sample();
    for (lang, expected) in [("ar", "مجلد البيانات"), ("zh", "数据文件夹"), ("en", "data folder")] {
        let output = program(folder.path()).args(["doctor", "--lang", lang, "--offline"]).output().expect("runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains(expected), "{lang}: {text}");
        assert!(!text.contains("doctor-"), "{lang}: {text}");
    }
}

#[test]
fn another_map_of_the_world_is_looked_at() {
    let folder = sample();
    close(folder.path());
    let look =
        |code: i32, path: &str| look(folder.path(), code, "world-map", &["--set", &format!("maps.world={path}")]);
    assert!(
        super::support::json(folder.path(), &["doctor", "--offline", "--set", "server.port=0"], 0)["checks"]
            .as_array()
            .is_some_and(|all| all.iter().all(|check| check["check"] != "world-map"))
    );
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/world");
    let fine = look(0, shipped);
    assert_eq!((&fine["severity"], &fine["key"]), (&"fine".into(), &"doctor-world-fine".into()), "{fine}");
    let missing = look(1, "nowhere.gpkg");
    assert_eq!(missing["key"], "doctor-world-bad", "{missing}");
    assert!(missing["message"].as_str().is_some_and(|m| m.contains("nowhere.gpkg")), "{missing}");
    // A file that can be read and says nothing of whose figures its areas show.
    let text = fs::read_to_string(format!("{shipped}/world-110m.topo.json")).expect("a package");
    let bare = folder.path().join("bare.topo.json");
    fs::write(&bare, text.replace("\"joins\"", "\"joined\"")).expect("written");
    let bare = look(1, &bare.display().to_string());
    assert!(bare["message"].as_str().is_some_and(|m| m.contains("joins")), "{bare}");
}
