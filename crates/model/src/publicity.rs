//! Who may see which column. The answer stands in `docs/publicity.toml`, which is built into the program, so that
//! the page that people agree on and the rule that is kept are one file.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{
    Kind,
    value::{CellKind, Value},
};

const TABLE: &str = include_str!("../../../docs/publicity.toml");

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody: open columns, and the kinds whose key columns are all open.
    Public,
    /// Those who work with the register: everything.
    Staff,
}

/// How far a column may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Publicity {
    /// Everybody may see it.
    Open,
    /// Staff only.
    Internal,
    /// About a person: staff only.
    Personal,
}

impl Publicity {
    /// The word as it stands in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Publicity::Open => "open",
            Publicity::Internal => "internal",
            Publicity::Personal => "personal",
        }
    }
}

/// The publicity of a column of a kind, or of a part of a change (`change`, `author`). What is not listed is
/// personal: a column that was forgotten is not published.
pub fn publicity(kind: &str, column: &str) -> Publicity {
    static LISTED: LazyLock<FxHashMap<(&'static str, &'static str), Publicity>> = LazyLock::new(|| {
        let mut listed = FxHashMap::default();
        let mut kind = "";
        for line in TABLE.lines() {
            if let Some(header) = line.strip_prefix('[') {
                kind = header.trim_end_matches(']');
            } else if let Some((column, word)) = line.split_once('=') {
                let all = [Publicity::Open, Publicity::Internal, Publicity::Personal];
                if let Some(publicity) = all.into_iter().find(|p| p.as_str() == word.trim().trim_matches('"')) {
                    listed.insert((kind, column.trim()), publicity);
                }
            }
        }
        listed
    });
    LISTED.get(&(kind, column)).copied().unwrap_or(Publicity::Personal)
}

/// Indices of the columns of a kind that hold what is personal and may be set apart; a key column cannot be, because it
/// is what others refer to.
pub fn personal_columns(kind: Kind) -> &'static [usize] {
    static BY_KIND: LazyLock<FxHashMap<Kind, Vec<usize>>> = LazyLock::new(|| {
        let of = |kind: &Kind| {
            let def = kind.def();
            let is_apart = |(_, c): &(usize, &crate::record::Column)| {
                let is_text = matches!(c.kind, CellKind::Text | CellKind::Code);
                !c.key && is_text && publicity(def.name, &c.name) == Publicity::Personal
            };
            (*kind, def.columns.iter().enumerate().filter(is_apart).map(|(i, _)| i).collect())
        };
        Kind::REGISTER.iter().map(of).collect()
    });
    BY_KIND.get(&kind).map_or(&[], Vec::as_slice)
}

impl Audience {
    /// Indices of the columns of a kind that this audience sees, in order; empty when it does not see the kind at all,
    /// because a key column that is not open would show in every id.
    pub fn columns(self, kind: Kind) -> Vec<usize> {
        let def = kind.def();
        let sees = |column: &crate::record::Column| {
            self == Audience::Staff || publicity(def.name, &column.name) == Publicity::Open
        };
        if !def.key_columns().all(sees) {
            return Vec::new();
        }
        def.columns.iter().enumerate().filter(|(_, c)| sees(c)).map(|(i, _)| i).collect()
    }
    /// Whether it sees records of a kind.
    pub fn sees(self, kind: Kind) -> bool {
        self == Audience::Staff || kind.def().key_columns().all(|c| publicity(kind.name(), &c.name) == Publicity::Open)
    }
    /// Whether it sees a column of a kind, or a text field by its name without the language.
    pub fn sees_column(self, kind: Kind, column: &str) -> bool {
        let def = kind.def();
        self == Audience::Staff
            || self.sees(kind)
                && def
                    .columns
                    .iter()
                    .filter(|c| c.name == column || c.field == column)
                    .all(|c| publicity(def.name, &c.name) == Publicity::Open)
    }
    /// Whether it sees a part of a change, such as `author`.
    pub fn sees_of_change(self, part: &str) -> bool {
        self == Audience::Staff || publicity("change", part) == Publicity::Open
    }
    /// Empties what this audience does not see in a row. A required column keeps a sign in the place of its value,
    /// so that the row remains a record.
    pub fn mask(self, kind: Kind, row: &mut [Value]) {
        if self == Audience::Staff {
            return;
        }
        let def = kind.def();
        for (column, value) in def.columns.iter().zip(row) {
            if value.is_null() || publicity(def.name, &column.name) == Publicity::Open {
                continue;
            }
            let is_text = matches!(column.kind, CellKind::Text | CellKind::Code);
            *value = if column.required && is_text { Value::Text(WITHHELD.to_owned()) } else { Value::Null };
        }
    }
}

/// Stands where a required text is withheld.
pub const WITHHELD: &str = "–";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_sees_open_columns_and_kinds_with_open_keys() {
        for kind in Kind::ALL.iter().copied() {
            assert_eq!(Audience::Staff.columns(kind).len(), kind.def().columns.len());
            assert_eq!(Audience::Public.sees(kind), !Audience::Public.columns(kind).is_empty(), "{}", kind.name());
            for column in Audience::Public.columns(kind) {
                assert_eq!(publicity(kind.name(), &kind.def().columns[column].name), Publicity::Open);
            }
        }
        let hidden: Vec<&str> =
            Kind::ALL.iter().copied().filter(|k| !Audience::Public.sees(*k)).map(Kind::name).collect();
        let expected =
            ["judgement", "assignment", "response", "answer", "waiver", "grant", "deputy", "lane", "lane_step"];
        assert_eq!(hidden, expected);
        assert!(!Audience::Public.sees_column(Kind::Observation, "comment"));
        assert!(!Audience::Public.sees_column(Kind::Waiver, "code"));
        assert!(Audience::Public.sees_column(Kind::Plan, "title"));
        assert!(!Audience::Public.sees_of_change("author") && Audience::Public.sees_of_change("at"));
        assert_eq!(publicity("plan", "no_such_column"), Publicity::Personal);
    }

    #[test]
    fn what_is_personal_and_no_key_is_set_apart() {
        let name = |k: &Kind, at: &usize| format!("{}.{}", k.name(), k.def().columns[*at].name);
        let all: Vec<String> =
            Kind::ALL.iter().flat_map(|k| personal_columns(*k).iter().map(move |at| name(k, at))).collect();
        assert_eq!(all, ["assessment.by", "closure.by", "waiver.author"]);
    }

    /// Every kind stays a record when its hidden columns are emptied.
    #[test]
    fn what_must_be_filled_and_is_hidden_keeps_a_sign() {
        for kind in Kind::REGISTER.iter().copied().filter(|k| Audience::Public.sees(*k)) {
            for column in kind.def().columns.iter().filter(|c| c.required) {
                let hidden = publicity(kind.name(), &column.name) != Publicity::Open;
                let is_text = matches!(column.kind, CellKind::Text | CellKind::Code);
                assert!(!hidden || is_text, "{}.{} is required and hidden", kind.name(), column.name);
            }
        }
    }
}
