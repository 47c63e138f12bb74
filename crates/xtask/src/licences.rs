//! Licences and sources of all libraries, and what is known against them. Reads `deny.toml`, in the syntax of cargo-deny, so
//! that whoever has that program can run it instead; this small check needs nothing that a clone does not have.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use semver::{Version, VersionReq};
use serde_json::Value as Json;

use crate::run::{self, root};

/// Where the advisories of the Rust ecosystem are published.
const ADVISORIES: &str = "https://github.com/RustSec/advisory-db.git";
/// A folder that holds a copy of them, for machines that cannot reach the address.
const ADVISORIES_IN: &str = "EKISTICS_ADVISORIES";

/// What `deny.toml` says.
#[derive(Debug, Default)]
struct Rules {
    allowed: Vec<String>,
    /// Crate and licence.
    exceptions: Vec<(String, String)>,
    /// Advisories that do not reach us.
    ignored: Vec<String>,
}

/// A library.
#[derive(Debug)]
struct Library {
    name: String,
    version: Version,
    licence: String,
    source: String,
}

/// An advisory that is in force.
#[derive(Debug, Default)]
struct Advisory {
    id: String,
    package: String,
    /// Why it is no vulnerability, where it is none: `unmaintained`, `notice`.
    informational: Option<String>,
    /// Versions without it.
    good: Vec<VersionReq>,
}

/// Checks licences and sources, and advisories where they can be had.
pub fn check() -> Result<()> {
    let rules = rules(&fs::read_to_string(root().join("deny.toml")).context("deny.toml")?)?;
    let libraries = libraries()?;
    eprintln!("── licences of {} libraries", libraries.len());
    let bad = faults(&rules, &libraries);
    ensure!(bad.is_empty(), "deny.toml does not allow:\n{}", bad.join("\n"));
    let Some(folder) = advisories() else {
        eprintln!(
            "── advisories: NOT CHECKED, {ADVISORIES} cannot be reached. Set {ADVISORIES_IN} to a folder with a copy."
        );
        return Ok(());
    };
    let known = read_advisories(&folder)?;
    eprintln!("── {} advisories", known.len());
    let (found, told) = matches(&rules, &libraries, &known);
    told.iter().for_each(|line| eprintln!("{line}"));
    ensure!(found.is_empty(), "known vulnerabilities:\n{}", found.join("\n"));
    Ok(())
}

/// All libraries of the lock file that some platform or feature uses.
fn libraries() -> Result<Vec<Library>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .current_dir(root())
        .output()
        .context("cargo could not be started")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: Json = serde_json::from_slice(&output.stdout)?;
    let text = |package: &Json, field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let packages = json["packages"].as_array().context("no packages")?;
    packages
        .iter()
        // Ours have no source.
        .filter(|p| p["source"].is_string())
        .map(|p| {
            Ok(Library {
                name: text(p, "name"),
                version: Version::parse(&text(p, "version"))?,
                licence: text(p, "license"),
                source: text(p, "source"),
            })
        })
        .collect()
}

/// What the rules do not allow.
fn faults(rules: &Rules, libraries: &[Library]) -> Vec<String> {
    let mut bad = Vec::new();
    for library in libraries {
        let is_allowed = |licence: &str| {
            rules.allowed.iter().any(|a| a == licence)
                || rules.exceptions.iter().any(|(name, l)| *name == library.name && l == licence)
        };
        if !satisfies(&library.licence, &is_allowed) {
            bad.push(format!("{} {}: licence {:?}", library.name, library.version, library.licence));
        }
        if !library.source.starts_with("registry+") {
            bad.push(format!("{} {}: from {}", library.name, library.version, library.source));
        }
    }
    for (name, _) in &rules.exceptions {
        if !libraries.iter().any(|l| l.name == *name) {
            bad.push(format!("{name}: an exception for a library that is not used"));
        }
    }
    bad
}

/// Whether an SPDX expression can be met: of an OR one side, of an AND both. A slash is the OR of old manifests.
fn satisfies(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    !words.is_empty() && either(&words, &mut at, is_allowed) && at == words.len()
}

fn either(words: &[&str], at: &mut usize, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = both(words, at, is_allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= both(words, at, is_allowed);
    }
    met
}

fn both(words: &[&str], at: &mut usize, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = one(words, at, is_allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, is_allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let met = either(words, at, is_allowed);
        *at += 1;
        return met;
    }
    if words.get(*at) == Some(&"WITH") {
        let whole = format!("{word} WITH {}", words.get(*at + 1).copied().unwrap_or_default());
        *at += 2;
        return is_allowed(&whole);
    }
    is_allowed(word)
}

/// The folder with the advisories: a copy that somebody gave, else fetched into the build folder; `None` without a network.
fn advisories() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os(ADVISORIES_IN) {
        return Some(given.into());
    }
    let folder = root().join("target/advisory-db");
    let path = folder.display().to_string();
    let fetched = if folder.join(".git").exists() {
        run::answers("git", &["-C", &path, "pull", "--quiet", "--depth", "1", "--rebase"])
    } else {
        run::answers("git", &["clone", "--quiet", "--depth", "1", ADVISORIES, &path])
    };
    fetched.then_some(folder)
}

fn read_advisories(folder: &Path) -> Result<Vec<Advisory>> {
    let crates = folder.join("crates");
    let mut found = Vec::new();
    for entry in fs::read_dir(&crates).with_context(|| crates.display().to_string())? {
        for file in fs::read_dir(entry?.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|e| e == "md") {
                let text = fs::read_to_string(&path)?;
                found.extend(advisory(&text).with_context(|| path.display().to_string())?);
            }
        }
    }
    Ok(found)
}

/// Reads one advisory; `None` for one that was withdrawn.
fn advisory(text: &str) -> Result<Option<Advisory>> {
    let head = text.split("```").nth(1).context("no head")?;
    let values = values(head);
    let one = |key: &str| values.get(key).and_then(|v| v.first()).cloned();
    if values.contains_key("advisory.withdrawn") {
        return Ok(None);
    }
    let versions = ["versions.patched", "versions.unaffected"].into_iter().filter_map(|k| values.get(k)).flatten();
    let good = versions.map(|v| VersionReq::parse(v).with_context(|| v.clone())).collect::<Result<_>>()?;
    Ok(Some(Advisory {
        id: one("advisory.id").context("no id")?,
        package: one("advisory.package").context("no package")?,
        informational: one("advisory.informational"),
        good,
    }))
}

/// The vulnerabilities that reach our libraries and are not ignored; and what else is worth a line.
fn matches(rules: &Rules, libraries: &[Library], known: &[Advisory]) -> (Vec<String>, Vec<String>) {
    let (mut found, mut told) = (Vec::new(), Vec::new());
    for advisory in known {
        for library in libraries.iter().filter(|l| l.name == advisory.package) {
            if advisory.good.iter().any(|good| good.matches(&library.version)) {
                continue;
            }
            let line = format!("{}: {} {}", advisory.id, library.name, library.version);
            match &advisory.informational {
                _ if rules.ignored.contains(&advisory.id) => told.push(format!("{line} (ignored in deny.toml)")),
                Some(what) => told.push(format!("{line} ({what})")),
                None => found.push(line),
            }
        }
    }
    (found, told)
}

fn rules(text: &str) -> Result<Rules> {
    let mut rules = Rules::default();
    let values = values(text);
    rules.allowed = values.get("licenses.allow").cloned().unwrap_or_default();
    for line in text.lines().map(str::trim).filter(|l| l.starts_with('{')) {
        let field = |name: &str| {
            let rest = line.split(&format!("{name} = ")).nth(1)?;
            rest.split('"').nth(1).map(str::to_owned)
        };
        match (field("crate"), field("allow"), field("id"), field("reason")) {
            (Some(name), Some(licence), None, _) => rules.exceptions.push((name, licence)),
            (None, None, Some(id), Some(reason)) if reason.len() > 40 => rules.ignored.push(id),
            _ => bail!("deny.toml: an exception must be of one line, an ignored advisory needs a reason: {line}"),
        }
    }
    ensure!(!rules.allowed.is_empty(), "deny.toml allows no licence");
    Ok(rules)
}

/// The texts of a TOML file by section and key: as much of the format as advisories and `deny.toml` use, texts and lists of
/// texts, on one line or several.
fn values(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut section, mut open) = (String::new(), None::<String>);
    for line in text.lines().map(str::trim).filter(|l| !l.starts_with('#')) {
        let quoted = |t: &str| t.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        if let Some(key) = &open {
            found.entry(key.clone()).or_default().extend(quoted(line));
            if line.ends_with(']') {
                open = None;
            }
        } else if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((key, value)) = line.split_once('=') {
            let key = format!("{section}.{}", key.trim());
            found.entry(key.clone()).or_default().extend(quoted(value));
            if value.trim().starts_with('[') && !value.trim().ends_with(']') {
                open = Some(key);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_library_has_a_licence_that_is_allowed() {
        let rules = rules(&fs::read_to_string(root().join("deny.toml")).expect("deny.toml")).expect("read");
        assert_eq!(rules.exceptions.len(), 3);
        assert_eq!(rules.ignored, ["RUSTSEC-2023-0071"]);
        let libraries = libraries().expect("cargo answers");
        assert!(libraries.len() > 300);
        assert_eq!(faults(&rules, &libraries), Vec::<String>::new());
    }

    #[test]
    fn expressions_of_licences() {
        let is_allowed = |licence: &str| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&licence);
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("MIT OR GPL-3.0-only", true),
            ("MIT AND GPL-3.0-only", false),
            ("Unlicense/MIT", true),
            ("(MIT OR GPL-3.0-only) AND ISC", true),
            ("GPL-3.0-only AND (MIT OR ISC)", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only", true),
            ("Apache-2.0", false),
            ("", false),
            ("MIT MIT", false),
        ] {
            assert_eq!(satisfies(expression, &is_allowed), expected, "{expression}");
        }
    }

    const ADVISORY: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\npackage = \"boats\"\ndate = \"2020-01-01\"\n\n\
                            [versions]\npatched = [\n    \">= 1.2.3\",\n]\nunaffected = [\"< 1.0.0\"]\n```\n\n# It sinks\n";

    #[test]
    fn an_advisory_reaches_the_versions_between() {
        let known = vec![advisory(ADVISORY).expect("read").expect("in force")];
        let rules = Rules::default();
        for (version, expected) in [("0.9.0", 0), ("1.0.0", 1), ("1.2.2", 1), ("1.2.3", 0), ("2.0.0", 0)] {
            let library = Library {
                name: "boats".to_owned(),
                version: Version::parse(version).expect("a version"),
                licence: "MIT".to_owned(),
                source: "registry+x".to_owned(),
            };
            assert_eq!(matches(&rules, &[library], &known).0.len(), expected, "{version}");
        }
        let withdrawn = ADVISORY.replace("date =", "withdrawn =");
        assert!(advisory(&withdrawn).expect("read").is_none());
        let notice = advisory(&ADVISORY.replace("date =", "informational =")).expect("read").expect("in force");
        assert!(notice.informational.is_some());
    }
}
