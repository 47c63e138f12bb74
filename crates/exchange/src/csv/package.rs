//! `datapackage.json`, when a folder has one: what it declares about its files.

use diag::{Diagnostic, Pointer};
use model::Kind;
use serde_json::Value as Json;

use super::kind_of_name;
use crate::{
    SCHEMA_NAME, SCHEMA_VERSION, codes,
    read::{NamedBytes, Output},
};

/// The name of the file.
pub(crate) const FILE: &str = "datapackage.json";
/// The prefix of what we add to the standard's properties.
pub(crate) const PREFIX: &str = "ekistics:";

/// What a package declares.
#[derive(Debug)]
pub(crate) struct Package {
    path: String,
    resources: Vec<Resource>,
}

/// What a package declares about one file.
#[derive(Debug)]
pub(crate) struct Resource {
    paths: Vec<String>,
    pub(super) kind: Option<Kind>,
    pub(super) encoding: Option<String>,
    pub(super) delimiter: Option<u8>,
}

impl Package {
    /// Finds and reads the description among the files of a folder.
    pub(crate) fn find(files: &[NamedBytes], out: &mut Output) -> Option<Package> {
        let is_package = |f: &&NamedBytes| f.name.rsplit(['/', '\\']).next() == Some(FILE);
        let file = files.iter().find(is_package)?;
        let at = || Pointer { file: Some(file.name.clone()), ..Pointer::default() };
        let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
        let json: Json = match serde_json::from_slice(bytes) {
            Ok(json) => json,
            Err(e) => {
                let finding = Diagnostic::new(&codes::XCH015).arg("file", &file.name).arg("detail", e.to_string());
                out.findings.push(finding.at(at()));
                Json::Null
            }
        };
        let property = |name: &str| json.get(format!("{PREFIX}{name}"));
        if property("schema").and_then(Json::as_str) == Some(SCHEMA_NAME)
            && let Some(version) = property("schema_version").and_then(Json::as_i64)
            && version != SCHEMA_VERSION
        {
            out.findings.push(version_differs(&file.name, version, at()));
        }
        let list = |v: Option<&Json>| v.and_then(Json::as_array).cloned().unwrap_or_default();
        let resources = list(json.get("resources")).iter().map(Resource::read).collect();
        Some(Package { path: file.name.clone(), resources })
    }
    /// The name of the description's own file.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
    /// What is declared about a file.
    pub(super) fn resource(&self, name: &str) -> Option<&Resource> {
        let plain = |t: &str| t.replace('\\', "/").trim_start_matches("./").to_owned();
        let folder = self.path.rfind(['/', '\\']).map_or(0, |i| i + 1);
        let name = plain(name.get(folder..).unwrap_or(name));
        self.resources.iter().find(|r| r.paths.iter().any(|p| plain(p) == name))
    }
}

/// The finding for a file of another version of the schema.
pub(crate) fn version_differs(file: &str, found: i64, at: Pointer) -> Diagnostic {
    Diagnostic::new(&codes::XCH007)
        .arg("file", file)
        .arg("found", found)
        .arg("known", SCHEMA_VERSION)
        .arg("age", if found > SCHEMA_VERSION { "newer" } else { "older" })
        .at(at)
}

impl Resource {
    fn read(json: &Json) -> Resource {
        let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
        let paths = match json.get("path") {
            Some(Json::String(path)) => vec![path.clone()],
            Some(Json::Array(paths)) => paths.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let delimiter = json.get("dialect").and_then(|d| d.get("delimiter")).and_then(Json::as_str);
        let sign = delimiter.and_then(|d| d.as_bytes().first().copied().filter(|b| d.len() == 1 && b.is_ascii()));
        Resource {
            paths,
            kind: text("name").as_deref().and_then(kind_of_name),
            encoding: text("encoding"),
            delimiter: sign.filter(|b| !matches!(b, b'"' | b'\n' | b'\r')),
        }
    }
}
