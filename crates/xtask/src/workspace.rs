//! The rules of the workspace that are held by tests, because rules held by habit leak.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::run::root;

/// Which crate may use which of ours. A new arrow comes alone, with a note in `docs/decisions/`.
const MAY_USE: &[(&str, &str)] = &[
    ("diag", ""),
    ("model", "diag"),
    ("stats", "diag"),
    ("register", "diag model"),
    ("exchange", "diag model"),
    ("snapshot", "diag model register"),
    ("query", "diag model"),
    ("engine", "diag model snapshot stats"),
    ("checks", "diag model snapshot stats"),
    ("locale", "diag model"),
    ("config", "diag"),
    ("store", "diag model register"),
    ("lake", "diag model snapshot stats"),
    ("report", "diag locale model"),
    ("vault", ""),
    ("shapes", ""),
    ("grids", "shapes stats"),
    ("streets", "shapes stats"),
    (
        "app",
        "checks diag engine exchange grids identity lake locale model post query register report shapes snapshot stats store streets vault",
    ),
    ("web", "app diag locale model query shapes sso"),
    ("cli", "app config diag locale model web"),
    ("testkit", "diag model snapshot"),
    ("witness", ""),
    ("identity", ""),
    ("sso", ""),
    ("post", ""),
    (
        "bench",
        "app checks diag engine exchange grids lake locale model register shapes snapshot stats store streets web",
    ),
    ("trial", "app lake model register store testkit web"),
    ("xtask", ""),
];

/// Crates without files, network, clock, randomness, environment or async.
const PURE: &[&str] =
    &["diag", "model", "stats", "register", "exchange", "snapshot", "query", "engine", "checks", "locale", "identity"];

const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread::sleep",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "tokio::",
    "async fn",
    "async move",
    // A generator with a given seed is a function like others; what nobody can repeat is not.
    "rand::rng(",
    "rand::random",
    "thread_rng",
    "OsRng",
    "SysRng",
    "getrandom::",
    "println!",
    "eprintln!",
];

fn crates() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join("crates"))
        .expect("the crates")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|e| e.expect("an entry").path()) {
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The names under `[dependencies]` of a manifest.
fn dependencies(name: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).expect("a manifest");
    let mut section = "";
    let mut found = BTreeSet::new();
    for line in text.lines() {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
        } else if section == "dependencies"
            && let Some((key, _)) = line.split_once(['.', ' ', '='])
        {
            found.insert(key.to_owned());
        }
    }
    found
}

#[test]
fn the_table_of_crates_is_the_law() {
    let table: BTreeMap<&str, BTreeSet<&str>> =
        MAY_USE.iter().map(|(n, uses)| (*n, uses.split_whitespace().collect())).collect();
    let ours: BTreeSet<String> = crates().into_iter().collect();
    for name in &ours {
        let allowed = table.get(name.as_str()).unwrap_or_else(|| panic!("crate {name} is not in the table"));
        for used in dependencies(name).intersection(&ours) {
            assert!(allowed.contains(used.as_str()), "{name} must not use {used}");
        }
    }
}

#[test]
fn the_pure_crates_have_no_io() {
    for name in PURE {
        for file in sources(&root().join("crates").join(name).join("src")) {
            let text = fs::read_to_string(&file).expect("readable");
            // What stands below the first test module may do as it likes.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (i, line) in code.lines().enumerate() {
                let line = line.split("//").next().unwrap_or_default();
                for word in IMPURE {
                    let is_there = line.match_indices(word).any(|(at, _)| !line[..at].ends_with(char::is_alphanumeric));
                    assert!(!is_there, "{}:{}: {word} in a pure crate", file.display(), i + 1);
                }
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for name in crates() {
        for folder in ["src", "tests", "benches"] {
            for file in sources(&root().join("crates").join(&name).join(folder)) {
                let text = fs::read_to_string(&file).expect("readable");
                assert!(text.starts_with("//!"), "{} does not start with //!", file.display());
            }
        }
    }
}

#[test]
fn the_library_says_what_must_be_absent() {
    for name in crates() {
        let path = root().join("crates").join(&name).join("src/lib.rs");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let head: Vec<&str> = text.lines().take_while(|l| l.starts_with("//!")).collect();
        assert!(head.iter().any(|l| l.contains("Invariant:")), "{} names no invariant", path.display());
    }
}

/// Names in backticks on the map exist: crates, files, folders, or identifiers somewhere in the code.
#[test]
fn the_map_is_true() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for name in crates() {
        assert!(map.contains(&format!("`{name}`")), "crate {name} is not on the map");
    }
    let mut code = String::new();
    for name in crates() {
        for file in sources(&root().join("crates").join(name)) {
            code.push_str(&fs::read_to_string(file).expect("readable"));
        }
    }
    for (i, part) in map.split('`').enumerate() {
        if i % 2 == 0 || part.contains([' ', '\n']) {
            continue;
        }
        let last = part.rsplit("::").next().unwrap_or(part);
        let known = root().join(part.trim_end_matches('/')).exists()
            || root().join("crates").join(part).exists()
            || code.contains(last);
        assert!(known, "`{part}` on the map is nowhere");
    }
}

/// What `docs/security.md` names as proof exists: files and folders, and in `file::test` a function of that name.
#[test]
fn what_proves_the_security_is_there() {
    let text = fs::read_to_string(root().join("docs/security.md")).expect("docs/security.md");
    let mut n_tests = 0;
    for name in text.split('`').skip(1).step_by(2) {
        let (path, test) = name.split_once("::").map_or((name, None), |(path, test)| (path, Some(test)));
        let is_path = path.contains('/') && !path.starts_with('/') && !path.contains(' ');
        if !is_path && !["Cargo.toml", "Cargo.lock", "deny.toml"].contains(&path) {
            continue;
        }
        assert!(root().join(path).exists(), "docs/security.md names {path}, which is not there");
        if let Some(test) = test {
            let code = fs::read_to_string(root().join(path)).expect("readable");
            let at =
                code.find(&format!("fn {test}(")).unwrap_or_else(|| panic!("docs/security.md: {name} is not there"));
            let before = code[..at].trim_end_matches("async ").trim_end();
            let is_test = before.ends_with(']') && before.rsplit("#[").next().is_some_and(|a| a.contains("test"));
            assert!(is_test, "docs/security.md: {name} is no test");
            n_tests += 1;
        }
    }
    assert!(n_tests > 80, "{n_tests}");
    for chapter in 1..=17 {
        assert!(text.contains(&format!("\n### V{chapter} ")), "chapter V{chapter} is missing");
    }
}

/// The table of roles for administrators is what the code decides by.
#[test]
fn the_table_of_roles_is_true() {
    let text = fs::read_to_string(root().join("docs/operations/administration.md")).expect("the guide");
    for role in model::kinds::Role::ALL {
        let writes = |k: &&model::Kind| register::access::writers_of(**k).contains(role);
        let sheets: Vec<String> = model::Kind::ALL.iter().filter(writes).map(|k| format!("`{}`", k.sheet())).collect();
        let cell = if sheets.is_empty() { "–".to_owned() } else { sheets.join(", ") };
        let line = format!("| `{}` | {cell} |", role.as_str());
        assert!(text.lines().any(|l| l == line), "docs/operations/administration.md should say:\n{line}");
    }
}

#[test]
fn every_column_has_a_publicity() {
    let text = fs::read_to_string(root().join("docs/publicity.toml")).expect("docs/publicity.toml");
    let mut listed: BTreeSet<String> = BTreeSet::new();
    let mut kind = String::new();
    for line in text.lines() {
        if let Some(header) = line.strip_prefix('[') {
            kind = header.trim_end_matches(']').to_owned();
        } else if let Some((column, value)) = line.split_once('=') {
            let value = value.trim().trim_matches('"');
            assert!(["open", "internal", "personal"].contains(&value), "{kind}.{column}: {value} is no publicity");
            assert_eq!(
                model::publicity::publicity(&kind, column.trim()).as_str(),
                value,
                "{kind}.{column} in the code"
            );
            listed.insert(format!("{kind}.{}", column.trim()));
        }
    }
    let mut defined: BTreeSet<String> = model::Kind::ALL
        .iter()
        .flat_map(|k| k.def().columns.iter().map(|c| format!("{}.{}", k.name(), c.name)))
        .collect();
    defined.extend(["number", "at", "author", "reason", "origin"].map(|part| format!("change.{part}")));
    assert_eq!(defined.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "columns without a publicity");
    assert_eq!(
        listed.difference(&defined).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "listed columns that do not exist"
    );
}

/// The repository speaks of the product alone: no path of a machine and no host of a package registry.
#[test]
fn no_machine_is_named() {
    let files = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", ".ci/run", "Cargo.toml"];
    for file in files {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        for word in ["/root/", "/home/", "crates.io/", "pypi.org", "registry.npmjs"] {
            assert!(!text.contains(word), "{file} names {word}");
        }
    }
}
