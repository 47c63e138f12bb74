//! Texts in several languages, and breakdowns.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};

/// The six official languages of the United Nations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Arabic, written right to left.
    Ar,
    /// Chinese (simplified).
    Zh,
    /// English.
    En,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Spanish.
    Es,
}

impl Lang {
    /// All six, in the order in which columns stand: English first, then by code.
    pub const ALL: [Lang; 6] = [Lang::En, Lang::Ar, Lang::Es, Lang::Fr, Lang::Ru, Lang::Zh];
    /// The languages the interface speaks today.
    pub const INTERFACE: [Lang; 3] = [Lang::En, Lang::Ar, Lang::Zh];

    /// ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::Zh => "zh",
            Lang::En => "en",
            Lang::Fr => "fr",
            Lang::Ru => "ru",
            Lang::Es => "es",
        }
    }
    /// Reads a code, also with a region (`zh-CN`).
    pub fn parse(text: &str) -> Option<Lang> {
        let code = text.split(['-', '_']).next()?.to_ascii_lowercase();
        Lang::ALL.into_iter().find(|l| l.code() == code)
    }
    /// `rtl` for Arabic, else `ltr`.
    pub const fn dir(self) -> &'static str {
        match self {
            Lang::Ar => "rtl",
            _ => "ltr",
        }
    }
}

/// A text in several languages. Never holds an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(BTreeMap<Lang, String>);

impl Text {
    /// A text in English alone.
    pub fn en(text: impl Into<String>) -> Self {
        let mut t = Text::default();
        t.set(Lang::En, text.into());
        t
    }
    /// Sets one language; an empty text removes it.
    pub fn set(&mut self, lang: Lang, text: String) {
        if text.is_empty() {
            self.0.remove(&lang);
        } else {
            self.0.insert(lang, text);
        }
    }
    /// The text in exactly this language.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.0.get(&lang).map(String::as_str)
    }
    /// The text in this language, else in English, else in any; and the language it is in, so that
    /// a page can show that it fell back.
    pub fn best(&self, lang: Lang) -> Option<(&str, Lang)> {
        self.get(lang)
            .map(|t| (t, lang))
            .or_else(|| self.get(Lang::En).map(|t| (t, Lang::En)))
            .or_else(|| self.0.iter().next().map(|(l, t)| (t.as_str(), *l)))
    }
    /// Like [`Text::best`], text only, empty when there is none.
    pub fn show(&self, lang: Lang) -> &str {
        self.best(lang).map_or("", |(t, _)| t)
    }
    /// No language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// All texts by language.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        self.0.iter().map(|(l, t)| (*l, t.as_str()))
    }
}

/// Read from an object of texts by language; another language than the six, or one that comes twice, is refused.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("texts by language")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut text = Text::default();
                while let Some((code, words)) = map.next_entry::<String, String>()? {
                    let lang = Lang::ALL.into_iter().find(|l| l.code() == code);
                    let lang = lang.ok_or_else(|| A::Error::custom(format!("unknown language `{code}`")))?;
                    if text.get(lang).is_some() {
                        return Err(A::Error::custom(format!("language `{code}` is given twice")));
                    }
                    text.set(lang, words);
                }
                Ok(text)
            }
        }
        from.deserialize_map(Words)
    }
}

/// One combination of groups, e.g. `age=15-24;sex=female`; empty is the total.
/// Dimensions are sorted and unique; codes are made of letters, digits, `_`, `-`, `+`, `.`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Breakdown(Vec<(String, String)>);

impl Breakdown {
    /// Reads `sex=female;age=15-24` in any order; `None` when a part is malformed or a dimension comes twice.
    pub fn parse(text: &str) -> Option<Self> {
        let ok = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_alphanumeric() || "_-+.".contains(c));
        let mut parts = Vec::new();
        for part in text.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let (dimension, category) = part.split_once('=')?;
            let (dimension, category) = (dimension.trim(), category.trim());
            if !ok(dimension) || !ok(category) {
                return None;
            }
            parts.push((dimension.to_owned(), category.to_owned()));
        }
        parts.sort();
        parts.windows(2).all(|w| w[0].0 != w[1].0).then_some(Breakdown(parts))
    }
    /// Whether it is the total.
    pub fn is_total(&self) -> bool {
        self.0.is_empty()
    }
    /// The category of a dimension.
    pub fn get(&self, dimension: &str) -> Option<&str> {
        self.0.iter().find(|(d, _)| d == dimension).map(|(_, c)| c.as_str())
    }
    /// Dimension and category pairs, sorted by dimension.
    pub fn parts(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0.iter().map(|(d, c)| (d.as_str(), c.as_str()))
    }
    /// The dimensions alone.
    pub fn dimensions(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(d, _)| d.as_str())
    }
}
impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (d, c)) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(";")?;
            }
            write!(f, "{d}={c}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breakdown_is_sorted_and_unique() {
        assert_eq!(
            Breakdown::parse(" sex=female; age=15-24").map(|b| b.to_string()).as_deref(),
            Some("age=15-24;sex=female")
        );
        assert_eq!(Breakdown::parse("sex=female;sex=male"), None);
        assert_eq!(Breakdown::parse("sex"), None);
        assert!(Breakdown::parse("").is_some_and(|b| b.is_total()));
    }

    #[test]
    fn a_missing_language_falls_back_visibly() {
        let text = Text::en("Slums");
        assert_eq!(text.best(Lang::Zh), Some(("Slums", Lang::En)));
    }
}
