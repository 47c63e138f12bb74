//! A value that is never printed.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// A password, or an address that has one in it. `Debug`, `Display` and serialisation show that it is set and no more.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

/// What stands in a secret's place.
const HIDDEN: &str = "(set, not shown)";

impl Secret {
    /// Hides a value.
    pub fn new(value: impl Into<String>) -> Self {
        Secret(value.into())
    }
    /// The value, for whoever needs it to connect. It must not be logged.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(HIDDEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Some(Secret::new("hunter2"));
        for text in [format!("{secret:?}"), format!("{secret:#?}"), format!("{}", Secret::new("hunter2"))] {
            assert!(!text.contains("hunter2"), "{text}");
        }
        let toml = toml::Value::try_from(Secret::new("hunter2")).expect("a value");
        assert_eq!(toml.as_str(), Some(HIDDEN));
        assert_eq!(Secret::new("hunter2").reveal(), "hunter2");
    }
}
