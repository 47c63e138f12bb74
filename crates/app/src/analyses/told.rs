//! What a computation tells people: files by the names that they gave, and notes whose words are in three languages.

use std::path::Path;

use diag::Arg;
use serde_json::Value as Json;

use super::{inputs, job::JobFault, request::AnalysisRequest};
use crate::App;

/// How the folder of a case calls the file of a role: the name under which its reader finds it.
pub(super) fn case_name(role: &str, at: usize) -> Option<String> {
    match role {
        "osm" => Some("streets.osm.pbf".to_owned()),
        "population" => Some("population.csv".to_owned()),
        "stops" => Some("stops.csv".to_owned()),
        "open_space" => Some("open_space.geojson".to_owned()),
        "area" => Some("area.geojson".to_owned()),
        "gtfs" => Some(format!("gtfs-{}.zip", at + 1)),
        _ => None,
    }
}

/// Names of a node's files as their readers say them, and as their owners call them.
pub(super) struct GivenNames(Vec<(String, String)>);

impl GivenNames {
    /// The files of a request, and the folder of its job.
    pub fn of(app: &App, folder: &Path, request: &AnalysisRequest) -> Self {
        let mut names = Vec::new();
        let mut of_role: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for input in &request.inputs {
            let at = of_role.entry(&input.role).or_default();
            if let Ok(path) = inputs::path(app, input) {
                names.push((path.display().to_string(), input.name.clone()));
            }
            if let Some(name) = case_name(&input.role, *at) {
                names.push((folder.join("case").join(&name).display().to_string(), input.name.clone()));
            }
            *at += 1;
        }
        // What is left of the job's folder are files that it made itself.
        names.push((format!("{}/", folder.join("case").display()), String::new()));
        names.push((format!("{}/", folder.display()), String::new()));
        GivenNames(names)
    }

    /// A text without the folders of this node.
    pub fn say(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (held, given)| text.replace(held, given))
    }

    /// A fault without the folders of this node.
    pub fn fault(&self, fault: JobFault) -> JobFault {
        let args = fault.args.into_iter().map(|(name, value)| (name, self.say(&value))).collect();
        JobFault { args, ..fault }
    }
}

/// A note of a computation: the key of its words with their arguments, or the words themselves, where the method gave no code.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// The key `space-warning-…` and its arguments.
    Coded(String, Vec<(&'static str, Arg)>),
    /// In the words of who found it.
    Plain(String),
}

/// The arguments that notes have.
const ARGUMENTS: [&str; 23] = [
    "n",
    "all",
    "first",
    "file",
    "area",
    "percent",
    "keys",
    "capacity",
    "farther_than_m",
    "missing_m",
    "cells",
    "group",
    "side_m",
    "classes",
    "routes_dropped",
    "layer",
    "at",
    "most",
    "limit",
    "radius_m",
    "year",
    "low",
    "high",
];

impl Note {
    /// Reads a note as [`super::Found::warnings`] and the warnings of commands hold it.
    pub fn of(text: &str) -> Self {
        let read = serde_json::from_str::<serde_json::Map<String, Json>>(text).ok();
        let Some((code, fields)) = read.and_then(|of| Some((of.get("code")?.as_str()?.to_owned(), of))) else {
            return Note::Plain(text.to_owned());
        };
        let arg = |value: &Json| match value {
            Json::Number(n) => n.as_f64().map_or_else(|| Arg::Text(n.to_string()), Arg::Number),
            Json::String(text) => Arg::Text(text.clone()),
            Json::Array(all) => {
                let text = |of: &Json| match (of.as_str(), of.as_f64()) {
                    (Some(text), _) => text.to_owned(),
                    (None, Some(n)) => locale::number(n.round()),
                    (None, None) => of.to_string(),
                };
                Arg::Text(all.iter().map(text).collect::<Vec<_>>().join(", "))
            }
            other => Arg::Text(other.to_string()),
        };
        let known = |name: &str| ARGUMENTS.iter().find(|known| **known == name).copied();
        let args = fields.iter().filter_map(|(name, value)| Some((known(name)?, arg(value)))).collect();
        Note::Coded(format!("space-warning-{}", code.replace('_', "-")), args)
    }

    /// Its words in a language.
    pub fn words(&self, lang: model::value::Lang) -> String {
        match self {
            Note::Plain(text) => text.clone(),
            Note::Coded(key, args) if locale::has(model::value::Lang::En, key) => locale::say_with(lang, key, args),
            Note::Coded(key, _) => key.trim_start_matches("space-warning-").replace('-', " "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An argument that is not known would stand in a sentence by its name.
    #[test]
    fn every_argument_of_the_words_is_known() {
        let lang = model::value::Lang::En;
        let notes: Vec<&String> = locale::keys(lang).iter().filter(|key| key.starts_with("space-warning-")).collect();
        assert!(notes.len() > 40, "{}", notes.len());
        for key in notes {
            // Said without arguments, a sentence holds their names.
            let text = locale::say(lang, key);
            for argument in text.split('$').skip(1) {
                let name = argument.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
                assert!(ARGUMENTS.contains(&name), "{key}: {name}");
            }
        }
    }
}
