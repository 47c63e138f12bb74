//! The settings in force as people see them, and the reference of all settings.

use crate::{
    field::{Field, Kind},
    load::{Effective, Source},
    sections::{Config, fields},
};

/// A setting in force.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What is known of it.
    pub field: Field,
    /// Its value as TOML; `None` when it is not set. A secret's value says only that it is set.
    pub value: Option<toml::Value>,
    /// Where it came from.
    pub source: Source,
}

/// All settings in force, in the order of the reference.
pub fn shown(effective: &Effective) -> Vec<Shown> {
    let table = table(&effective.config);
    fields()
        .into_iter()
        .map(|field| Shown { value: at(&table, &field.key), source: effective.source(&field.key).clone(), field })
        .collect()
}

/// The reference: a table of Markdown for each section.
pub fn reference() -> String {
    let defaults = table(&Config::default());
    let mut text = String::new();
    let mut last = None;
    for field in fields() {
        let section = field.key.split_once('.').map(|(section, _)| section.to_owned());
        if last.as_ref() != Some(&section) {
            let title = section.as_ref().map_or_else(|| "Above all sections".to_owned(), |s| format!("`[{s}]`"));
            let space = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!(
                "{space}### {title}\n\n| key | default | meaning | variable |\n|---|---|---|---|\n"
            ));
            last = Some(section);
        }
        let default = at(&defaults, &field.key).map_or_else(|| "none".to_owned(), |v| format!("`{v}`"));
        let secret = if field.kind == Kind::Secret { ". **Secret**: may stand in a file" } else { "" };
        let file = field.file_key().map_or_else(String::new, |key| format!(", or `{key}`"));
        text.push_str(&format!(
            "| `{}`{file} | {default} | {}{secret} | `{}` |\n",
            field.key,
            field.doc,
            field.variable()
        ));
    }
    text
}

fn table(config: &Config) -> toml::Table {
    // Our own structs can always be written; a failure would show all settings as not set.
    toml::Table::try_from(config).unwrap_or_default()
}

fn at(table: &toml::Table, key: &str) -> Option<toml::Value> {
    match key.split_once('.') {
        None => table.get(key).cloned(),
        Some((section, name)) => table.get(section)?.get(name).cloned(),
    }
}
