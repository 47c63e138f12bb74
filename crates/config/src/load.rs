//! Putting the layers together: default, file, environment, flag.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    error::ConfigError,
    field::{Field, Kind},
    file::{entries, place},
    sections::{Config, fields},
};

/// What there is to read from.
#[derive(Clone, Debug)]
pub struct Given {
    /// The file that was asked for; it must be there. When none was, `ekistics.toml` of the data folder, then that of
    /// the system, if one is there.
    pub file: Option<PathBuf>,
    /// The file of the system: `/etc/ekistics/ekistics.toml`.
    pub system_file: PathBuf,
    /// Flags: the key of a setting, its text, and the flag as it was typed.
    pub flags: Vec<(String, String, String)>,
    /// The environment.
    pub environment: Vec<(String, String)>,
    /// Variables that begin with `EKISTICS_` and are no settings, such as the language of messages.
    pub other_variables: &'static [&'static str],
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody said anything.
    Default,
    /// A line of the file.
    File(PathBuf, usize),
    /// A variable of the environment.
    Environment(String),
    /// A flag.
    Flag(String),
}

/// The settings in force. The default has nothing but defaults.
#[derive(Clone, Debug, Default)]
pub struct Effective {
    /// The values.
    pub config: Config,
    /// The file that was read, if there was one.
    pub file: Option<PathBuf>,
    /// Where each setting that is not at its default came from, by key.
    pub sources: BTreeMap<String, Source>,
    /// Files that secrets were read from.
    pub secret_files: Vec<PathBuf>,
    /// Variables that begin with `EKISTICS_` and are known to nobody: misspelt, or of another version.
    pub strangers: Vec<String>,
}

impl Effective {
    /// Where a setting came from.
    pub fn source(&self, key: &str) -> &Source {
        self.sources.get(key).unwrap_or(&Source::Default)
    }
}

/// Name of the file in the data folder.
const FILE_NAME: &str = "ekistics.toml";
/// Variables that set a setting under a shorter name.
const ALIASES: &[(&str, &str)] = &[("EKISTICS_LOG", "log.level")];
/// Names the file of settings.
const FILE_VARIABLE: &str = "EKISTICS_CONFIG";

/// Reads all layers. Reads the file of settings and files of secrets, and nothing else.
///
/// Errors: a file that cannot be read, a key that nobody knows, a value that does not fit, a secret that is given twice.
pub fn load(given: &Given) -> Result<Effective, ConfigError> {
    let known = fields();
    let mut layers = Layers { known: &known, table: toml::Table::new(), sources: BTreeMap::new(), files: Vec::new() };
    let file = file_of(given)?;
    if let Some(path) = &file {
        layers.take_file(path, is_inside(given, path))?;
    }
    let strangers = layers.take_environment(given)?;
    let flags = given.flags.iter();
    layers.take_texts(flags.map(|(key, text, flag)| (key.clone(), text.clone(), Source::Flag(flag.clone()))))?;
    let Layers { table, sources, files, .. } = layers;
    // Every value was tried on its own before, so this fails only when a section was left out of `fields`.
    let config = Config::deserialize(toml::Value::Table(table)).map_err(|e| ConfigError::Syntax {
        place: file.as_ref().map_or_else(|| "environment".to_owned(), |p| p.display().to_string()),
        detail: e.message().to_owned(),
    })?;
    Ok(Effective { config, file, sources, secret_files: files, strangers })
}

/// The file to read.
fn file_of(given: &Given) -> Result<Option<PathBuf>, ConfigError> {
    let asked = given.file.clone().or_else(|| variable(given, FILE_VARIABLE).map(PathBuf::from));
    if let Some(path) = asked {
        let fail = |detail: String| ConfigError::File { path: path.display().to_string(), detail };
        return match fs::metadata(&path) {
            Ok(_) => Ok(Some(path)),
            Err(e) => Err(fail(e.to_string())),
        };
    }
    let inside = data_folder(given).join(FILE_NAME);
    Ok([inside, given.system_file.clone()].into_iter().find(|p| p.is_file()))
}

/// The data folder as far as it is known before a file is read.
fn data_folder(given: &Given) -> PathBuf {
    let flag = given.flags.iter().find(|(key, _, _)| key == "data").map(|(_, text, _)| text.as_str());
    flag.or_else(|| variable(given, "EKISTICS_DATA")).map_or_else(|| Config::default().data, PathBuf::from)
}

/// Whether a file is that of the data folder, which therefore cannot say where the data folder is.
fn is_inside(given: &Given, path: &Path) -> bool {
    path == data_folder(given).join(FILE_NAME)
}

/// A variable that is set; an empty one is not, as containers and units like to pass them.
fn variable<'a>(given: &'a Given, name: &str) -> Option<&'a str> {
    given.environment.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
}

struct Layers<'a> {
    known: &'a [Field],
    table: toml::Table,
    sources: BTreeMap<String, Source>,
    files: Vec<PathBuf>,
}

impl Layers<'_> {
    fn take_file(&mut self, path: &Path, is_inside: bool) -> Result<(), ConfigError> {
        let fail = |e: std::io::Error| ConfigError::File { path: path.display().to_string(), detail: e.to_string() };
        let text = fs::read_to_string(path).map_err(fail)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let found = entries(path, &text)?;
        for entry in &found {
            let place = place(path, entry.line);
            if is_inside && entry.key == "data" {
                return Err(ConfigError::DataInside { place });
            }
            if found.iter().any(|e| e.key == format!("{}_file", entry.key)) && entry.key != "data" {
                return Err(ConfigError::Twice { place, key: entry.key.clone() });
            }
            let source = Source::File(path.to_owned(), entry.line);
            let mut value = entry.value.clone();
            // Paths in a file are meant from where the file lies, wherever the program is started.
            if (entry.key == "data" || self.is_file_key(&entry.key))
                && let Some(text) = value.as_str()
            {
                value = folder.join(text).display().to_string().into();
            }
            self.take(&entry.key, value, source, &place)?;
        }
        Ok(())
    }

    /// Takes what variables say, and names those that nobody knows.
    fn take_environment(&mut self, given: &Given) -> Result<Vec<String>, ConfigError> {
        let mut strangers = Vec::new();
        let mut texts: Vec<(String, String, Source)> = Vec::new();
        for (name, text) in given.environment.iter().filter(|(n, v)| n.starts_with("EKISTICS_") && !v.is_empty()) {
            let key = self.known.iter().flat_map(|f| [Some(f.key.clone()), f.file_key()]).flatten();
            let key = key.into_iter().find(|key| crate::field::variable(key) == *name);
            let alias = ALIASES.iter().find(|(alias, _)| alias == name).map(|(_, key)| (*key).to_owned());
            match (key, alias) {
                (Some(key), _) => texts.push((key, text.clone(), Source::Environment(name.clone()))),
                // The long name stands behind the short one and wins.
                (None, Some(key)) => texts.insert(0, (key, text.clone(), Source::Environment(name.clone()))),
                (None, None) if name == FILE_VARIABLE || given.other_variables.contains(&name.as_str()) => {}
                (None, None) => strangers.push(name.clone()),
            }
        }
        self.take_texts(texts)?;
        Ok(strangers)
    }

    fn take_texts(&mut self, texts: impl IntoIterator<Item = (String, String, Source)>) -> Result<(), ConfigError> {
        let texts: Vec<_> = texts.into_iter().collect();
        for (key, text, source) in &texts {
            let place = match source {
                Source::Environment(name) | Source::Flag(name) => name.clone(),
                _ => String::new(),
            };
            if texts.iter().any(|(k, _, _)| *k == format!("{key}_file")) {
                return Err(ConfigError::Twice { place, key: key.clone() });
            }
            let kind = self.known.iter().find(|f| f.key == *key).map_or(Kind::Text, |f| f.kind);
            self.take(key, value_of(kind, text), source.clone(), &place)?;
        }
        Ok(())
    }

    fn is_file_key(&self, key: &str) -> bool {
        self.known.iter().any(|f| f.file_key().as_deref() == Some(key))
    }

    /// Takes one setting over what an earlier layer said.
    fn take(&mut self, key: &str, value: toml::Value, source: Source, place: &str) -> Result<(), ConfigError> {
        let place = place.to_owned();
        let by_file = self.known.iter().find(|f| f.file_key().as_deref() == Some(key));
        let (field, value) = match (self.known.iter().find(|f| f.key == key), by_file) {
            (Some(field), _) => (field, value),
            (None, Some(field)) => (field, self.secret_of(key, &value, &place)?),
            (None, None) => {
                return Err(ConfigError::Unknown { place, key: key.to_owned(), nearest: self.nearest(key) });
            }
        };
        if let Some(detail) = (field.unfit)(&value) {
            // What does not fit may be a password without quotes around it.
            let detail = if field.kind == Kind::Secret { "expected a text".to_owned() } else { detail };
            return Err(ConfigError::Wrong { place, key: key.to_owned(), detail });
        }
        match field.key.split_once('.') {
            None => {
                self.table.insert(field.key.clone(), value);
            }
            Some((section, name)) => {
                let section = self.table.entry(section).or_insert_with(|| toml::Table::new().into());
                if let Some(section) = section.as_table_mut() {
                    section.insert(name.to_owned(), value);
                }
            }
        }
        self.sources.insert(field.key.clone(), source);
        Ok(())
    }

    /// The content of a file that holds a secret, without the line's end that editors leave.
    fn secret_of(&mut self, key: &str, path: &toml::Value, place: &str) -> Result<toml::Value, ConfigError> {
        let wrong = |detail: String| ConfigError::Wrong { place: place.to_owned(), key: key.to_owned(), detail };
        let path = path.as_str().ok_or_else(|| wrong("expected the path of a file".to_owned()))?;
        let text = fs::read_to_string(path).map_err(|e| wrong(format!("{path}: {e}")))?;
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Err(wrong(format!("{path} is empty")));
        }
        self.files.push(PathBuf::from(path));
        Ok(text.into())
    }

    /// The known key that is written most alike; a section, in brackets, for what has no section.
    fn nearest(&self, key: &str) -> String {
        let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
        // The right name in the wrong section is nearer than another name in this one.
        let distance =
            |known: &str| strsim::osa_distance(known, key).min(strsim::osa_distance(&last(known), &last(key)) + 1);
        let keys = self.known.iter().flat_map(|f| [Some(f.key.clone()), f.file_key()]).flatten();
        let sections = self.known.iter().filter_map(|f| f.key.split_once('.')).map(|(section, _)| section);
        let keys = keys.map(|known| (distance(&known), known));
        let sections = sections.map(|section| (strsim::osa_distance(section, key), format!("[{section}]")));
        keys.chain(sections).min_by_key(|(distance, _)| *distance).map(|(_, known)| known).unwrap_or_default()
    }
}

/// A text of the environment or of a flag as a value; a list as words between commas or as it stands in the file. What
/// cannot be one stays text, and does not fit.
fn value_of(kind: Kind, text: &str) -> toml::Value {
    let text = text.trim();
    let other = match kind {
        Kind::Text | Kind::Secret => None,
        Kind::Whole => text.parse().ok().map(toml::Value::Integer),
        Kind::Number => text.parse().ok().map(toml::Value::Float),
        Kind::YesNo => text.parse().ok().map(toml::Value::Boolean),
        Kind::List if text.starts_with('[') => {
            toml::from_str::<toml::Table>(&format!("list = {text}")).ok().and_then(|mut table| table.remove("list"))
        }
        Kind::List => {
            let items = text.split(',').map(str::trim).filter(|t| !t.is_empty());
            Some(toml::Value::Array(items.map(toml::Value::from).collect()))
        }
    };
    other.unwrap_or_else(|| text.into())
}
