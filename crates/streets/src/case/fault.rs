//! What is wrong with a setting of a case, as a thing that can be said in any language.

use std::fmt;

use serde_json::Value;

/// What is wrong with a setting.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingFault {
    /// The settings are no JSON.
    NotJson {
        /// Where, from 1.
        line: usize,
        /// Where in that line, from 1.
        column: usize,
    },
    /// The settings are no text in UTF-8.
    NotText,
    /// The settings are JSON of another sort than an object.
    NotAnObject,
    /// A setting has a value that it cannot have.
    Wrong {
        /// Which one, e.g. `frequency.from`.
        key: String,
        /// What it is (JSON).
        found: String,
        /// What it should be.
        expected: Expected,
    },
    /// A setting has a part that means nothing.
    UnknownPart {
        /// Which one.
        key: String,
        /// The part.
        found: String,
        /// The parts that mean something.
        known: String,
    },
    /// No setting, but nearly one: passed over, the choice would be lost with it.
    Slip {
        /// As written.
        found: String,
        /// What is meant.
        known: &'static str,
    },
    /// A setting needs another one, or a file.
    Needs {
        /// Which one.
        key: &'static str,
        /// What is not there.
        missing: &'static str,
    },
    /// A setting goes together with no such file.
    NotWith {
        /// Which one.
        key: &'static str,
        /// What stands in its way.
        other: &'static str,
    },
}

/// What a setting should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expected {
    /// A text.
    Text,
    /// A number from one to another.
    Number(f64, f64),
    /// An object.
    Object,
    /// A list.
    List,
    /// True, or an object.
    TrueOrObject,
    /// The name of a file in the folder of the case.
    FileOfFolder,
    /// Either `file`, or `osm` with tags.
    FileOrTags,
    /// A tag of OpenStreetMap.
    Tag,
    /// The number of a way.
    WayNumber,
    /// A class of streets.
    StreetClass,
    /// A time of the day.
    Time,
    /// A time after that of `from`.
    LaterTime,
    /// A day.
    Day,
    /// `network` or `crow_fly`.
    Mode,
}

impl Expected {
    /// Its word in tables of words.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number(..) => "number",
            Self::Object => "object",
            Self::List => "list",
            Self::TrueOrObject => "true_or_object",
            Self::FileOfFolder => "file_of_folder",
            Self::FileOrTags => "file_or_tags",
            Self::Tag => "tag",
            Self::WayNumber => "way_number",
            Self::StreetClass => "street_class",
            Self::Time => "time",
            Self::LaterTime => "later_time",
            Self::Day => "day",
            Self::Mode => "mode",
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => to.write_str("a text"),
            Self::Number(low, high) => write!(to, "a number from {low} to {high}"),
            Self::Object => to.write_str("an object"),
            Self::List => to.write_str("a list"),
            Self::TrueOrObject => to.write_str("true or an object"),
            Self::FileOfFolder => to.write_str("the name of a file in the folder of the case"),
            Self::FileOrTags => to.write_str("either `file` or `osm` with tags"),
            Self::Tag => to.write_str("a tag as `amenity=school`"),
            Self::WayNumber => to.write_str("the number of a way"),
            Self::StreetClass => to.write_str("a class of streets, as `residential`,"),
            Self::Time => to.write_str("a time as 07:30"),
            Self::LaterTime => to.write_str("a time after `from`"),
            Self::Day => to.write_str("a day as 2026-05-12"),
            Self::Mode => to.write_str("`network` or `crow_fly`"),
        }
    }
}

impl fmt::Display for SettingFault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { line, column } => write!(to, "is no JSON: line {line}, column {column}"),
            Self::NotText => to.write_str("is no text in UTF-8; settings in JSON are expected"),
            Self::Slip { found, known } => write!(to, "`{found}` is no setting; did you mean `{known}`?"),
            Self::NotAnObject => to.write_str("is no object of settings"),
            Self::Wrong { key, found, expected } => write!(to, "`{key}` is {found}; {expected} is expected"),
            Self::UnknownPart { key, found, known } => write!(to, "`{key}` has `{found}`; known are {known}"),
            Self::Needs { key, missing } => write!(to, "`{key}` needs `{missing}`, which is missing"),
            Self::NotWith { key, other } => write!(to, "`{key}` does not go together with `{other}`"),
        }
    }
}

/// A setting whose value is of another sort.
pub(super) fn wrong(key: &str, found: &Value, expected: Expected) -> SettingFault {
    SettingFault::Wrong { key: key.to_owned(), found: found.to_string(), expected }
}
