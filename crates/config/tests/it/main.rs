//! Settings as they are met in real files, variables and flags; and that the reference is what the structs say.

use std::{fs, path::Path};

use config::{ConfigError, Effective, Given, Source, fields, load, reference, shown};
use tempfile::TempDir;

/// A folder with a file of settings in it, and nothing else to read from.
fn given(folder: &Path, text: &str) -> Given {
    let file = folder.join("settings.toml");
    fs::write(&file, text).expect("written");
    Given {
        file: Some(file),
        system_file: folder.join("none.toml"),
        flags: Vec::new(),
        environment: Vec::new(),
        other_variables: &["EKISTICS_LANG"],
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn flag(key: &str, value: &str) -> (String, String, String) {
    (key.to_owned(), value.to_owned(), format!("--set {key}"))
}

fn read(text: &str) -> Result<Effective, ConfigError> {
    let folder = TempDir::new().expect("a folder");
    load(&given(folder.path(), text))
}

/// The sentence of an error, without the path of the folder.
fn refusal(text: &str) -> String {
    let error = read(text).expect_err("refused").to_string();
    error.split_once("settings.toml").map_or(error.clone(), |(_, rest)| rest.to_owned())
}

#[test]
fn a_flag_wins_over_the_environment_over_the_file_over_the_default() {
    let folder = TempDir::new().expect("a folder");
    let mut given = given(folder.path(), "[server]\nport = 1\n");
    let port = |given: &Given| {
        let e = load(given).expect("loads");
        (e.config.server.port, e.source("server.port").clone(), e.config.server.bind.to_string())
    };
    let file = given.file.clone().expect("a file");
    assert_eq!(port(&given), (1, Source::File(file, 2), "127.0.0.1".to_owned()));
    given.environment = vec![pair("EKISTICS_SERVER_PORT", "2"), pair("EKISTICS_SERVER_BIND", "")];
    assert_eq!(port(&given).0, 2);
    given.flags = vec![flag("server.port", "3")];
    assert_eq!(port(&given), (3, Source::Flag("--set server.port".to_owned()), "127.0.0.1".to_owned()));
    given.file = None;
    (given.flags, given.environment) = (Vec::new(), Vec::new());
    assert_eq!(port(&given), (8080, Source::Default, "127.0.0.1".to_owned()));
}

#[test]
fn every_kind_of_value_is_read_from_a_variable() {
    let folder = TempDir::new().expect("a folder");
    let mut given = given(folder.path(), "");
    given.environment = vec![
        pair("EKISTICS_SERVER_NAMES", "plans.example, www.plans.example"),
        pair("EKISTICS_SERVER_TRUSTED_PROXIES", "10.0.0.0/8,::1"),
        pair("EKISTICS_SERVER_ALLOW_REMOTE", "true"),
        pair("EKISTICS_TRACES_SAMPLE", "0.25"),
        pair("EKISTICS_BACKUP_EVERY", "24h"),
        pair("EKISTICS_METRICS_BIND", "127.0.0.1:9464"),
        pair("EKISTICS_LOG", "debug"),
        pair("EKISTICS_LANG", "ar"),
        pair("EKISTICS_SERVER_PROT", "1"),
    ];
    let e = load(&given).expect("loads");
    assert_eq!(e.config.server.names, ["plans.example", "www.plans.example"]);
    assert!(e.config.server.trusted_proxies[1].contains("::1".parse().expect("an address")));
    assert!(e.config.server.allow_remote);
    assert_eq!(f64::from(e.config.traces.sample), 0.25);
    assert_eq!(e.config.backup.every.map(|i| i.length().as_secs()), Some(86_400));
    assert_eq!(e.config.metrics.bind.map(|a| a.port()), Some(9464));
    assert_eq!(e.config.log.level, "debug");
    assert_eq!(e.strangers, ["EKISTICS_SERVER_PROT"]);
    // The long name of the level wins over the short one, in whatever order they come.
    given.environment.insert(0, pair("EKISTICS_LOG_LEVEL", "warn"));
    assert_eq!(load(&given).expect("loads").config.log.level, "warn");
}

#[test]
fn what_nobody_knows_is_refused_with_its_line_and_the_nearest_key() {
    for (text, expected) in [
        ("[server]\n\nprot = 1\n", ":3: there is no setting server.prot; the nearest one is server.port"),
        ("[sever]\nport = 1\n", ":2: there is no setting sever.port; the nearest one is server.port"),
        ("port = 1\n", ":1: there is no setting port; the nearest one is server.port"),
        ("[sessions]\n", ":1: there is no setting sessions; the nearest one is [session]"),
        ("server.port.x = 1\n", ":1: server.port: invalid type: map, expected u16"),
        ("[server]\nport = \"80\"\n", ":2: server.port: invalid type: string \"80\", expected u16"),
        ("[server]\nport = 80808\n", ":2: server.port: invalid value: integer `80808`, expected u16"),
        ("[traces]\nsample = 2.0\n", ":2: traces.sample: expected a number from 0 to 1"),
        ("[mail]\ndigest_hour = 24\n", ":2: mail.digest_hour: expected an hour from 0 to 23"),
        ("[server]\nport = 1\nport = 2\n", ":3: duplicate key"),
    ] {
        assert_eq!(refusal(text), expected, "{text}");
    }
}

#[test]
fn a_secret_may_stand_in_a_file_and_is_never_printed() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("db"), "postgres://u:hunter2@db/plans\n").expect("written");
    // A path in the file of settings is meant from where that file lies.
    let mut given = given(folder.path(), "database_file = \"db\"\n[oidc]\nclient_secret = \"hunter2\"\n");
    let e = load(&given).expect("loads");
    assert_eq!(e.config.database.as_ref().map(|s| s.reveal()), Some("postgres://u:hunter2@db/plans"));
    assert_eq!(e.secret_files, [folder.path().join("db")]);
    let rows: Vec<String> = shown(&e).iter().map(|s| format!("{s:?}")).collect();
    assert!(!format!("{e:?}{rows:?}").contains("hunter2"));
    assert!(rows.iter().any(|r| r.contains("oidc.client_secret") && r.contains("set, not shown")));
    // The file of a higher layer wins over the value of a lower one.
    given.environment = vec![pair("EKISTICS_OIDC_CLIENT_SECRET_FILE", &folder.path().join("db").display().to_string())];
    let secret = load(&given).expect("loads").config.oidc.client_secret;
    assert_eq!(secret.as_ref().map(|s| s.reveal()), Some("postgres://u:hunter2@db/plans"));
    // No error quotes it.
    for text in [
        "database = 12345678\n",
        "database = [\"hunter2\"]\n",
        "[oidc]\nclient_secret = hunter2\n",
        "[mail]\naddress = \"hunter2\"\naddress_file = \"x\"\n",
        "database_file = \"hunter3\"\n[oidc]\nclient_secret = { a = \"hunter2\" }\n",
    ] {
        let error = read(text).expect_err(text);
        assert!(!format!("{error:?}{error}").contains("hunter2") && !error.to_string().contains("12345678"), "{error}");
    }
}

#[test]
fn the_data_folder_has_a_file_of_its_own() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().join("data");
    fs::create_dir_all(&data).expect("a folder");
    let mut given = given(folder.path(), "");
    given.file = None;
    given.flags = vec![flag("data", &data.display().to_string())];
    fs::write(&given.system_file, "data = \"there\"\n[server]\nport = 9\n").expect("written");
    let e = load(&given).expect("loads");
    assert_eq!((e.config.server.port, &e.config.data), (9, &data));
    fs::write(data.join("ekistics.toml"), "[server]\nport = 7\n").expect("written");
    assert_eq!(load(&given).expect("loads").config.server.port, 7);
    fs::write(data.join("ekistics.toml"), "data = \"elsewhere\"\n").expect("written");
    assert!(matches!(load(&given), Err(ConfigError::DataInside { .. })));
    given.flags.clear();
    // The system's file says where the data lie, from where it lies itself.
    assert_eq!(load(&given).expect("loads").config.data, folder.path().join("there"));
    given.file = Some(folder.path().join("missing.toml"));
    assert!(matches!(load(&given), Err(ConfigError::File { .. })));
}

#[test]
fn the_page_of_settings_is_what_the_structs_say() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations/configuration.md");
    let page = fs::read_to_string(page).expect("the page");
    let expected = reference();
    assert!(page.contains(&expected), "`ekistics config --markdown` prints the tables of the page:\n{expected}");
    let rows =
        page.lines().filter(|l| l.starts_with("| `") && l.matches(" | ").count() == 3 && l.contains("EKISTICS_"));
    assert_eq!(rows.count(), fields().len(), "a row of a setting that there is not");
}

#[test]
fn the_words_on_maps_are_given_for_each_language() {
    let maps = read("[maps]\ndisclaimer_en = \"Ours.\"\ndisclaimer_ar = \"لنا.\"\n").expect("loads").config.maps;
    assert_eq!((maps.disclaimer_en.as_deref(), maps.disclaimer_ar.as_deref()), (Some("Ours."), Some("لنا.")));
    assert_eq!(maps.disclaimer_zh, None, "our own sentence stands there");
    assert!(refusal("[maps]\ndisclaimer = \"Ours.\"\n").contains("disclaimer"), "a language must be said");
}
