//! Reading a file of settings, with the line of each.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::error::ConfigError;

/// A setting of a file.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its key with its section.
    pub key: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its value.
    pub value: toml::Value,
}

/// All settings of a file, in its order of keys. Sections are not entries, unless somebody gave one a plain value.
pub(crate) fn entries(path: &Path, text: &str) -> Result<Vec<Entry>, ConfigError> {
    let fail = |e: toml::de::Error| ConfigError::Syntax {
        place: place(path, e.span().map_or(1, |s| line_at(text, s.start))),
        // The whole message would quote the line, in which a password may stand.
        detail: e.message().lines().next().unwrap_or_default().to_owned(),
    };
    let spans = DeTable::parse(text).map_err(fail)?;
    let values: toml::Table = toml::from_str(text).map_err(fail)?;
    let mut found = Vec::new();
    for (key, spanned) in spans.get_ref() {
        let line = line_at(text, key.span().start);
        let name = key.get_ref().to_string();
        let Some(value) = values.get(&name) else { continue };
        match (spanned.get_ref(), value) {
            (DeValue::Table(inner), toml::Value::Table(values)) if !inner.is_empty() => {
                for (key, _) in inner {
                    let Some(value) = values.get(key.get_ref().as_ref()) else { continue };
                    let line = line_at(text, key.span().start);
                    found.push(Entry { key: format!("{name}.{}", key.get_ref()), line, value: value.clone() });
                }
            }
            // An empty section says nothing.
            (DeValue::Table(_), _) if crate::fields().iter().any(|f| f.key.starts_with(&format!("{name}."))) => {}
            _ => found.push(Entry { key: name, line, value: value.clone() }),
        }
    }
    found.sort_by_key(|e| e.line);
    Ok(found)
}

/// How a place in a file is named.
pub(crate) fn place(path: &Path, line: usize) -> String {
    format!("{}:{line}", path.display())
}

fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}
