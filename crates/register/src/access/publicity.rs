//! Which columns are for everybody. `docs/publicity.toml` says the same for people, and a test compares the two.

use model::Kind;

/// For whom a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publicity {
    /// For everybody.
    Open,
    /// For those who have a role.
    Internal,
    /// About a person.
    Personal,
}

impl Publicity {
    /// The word of `docs/publicity.toml`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Publicity::Open => "open",
            Publicity::Internal => "internal",
            Publicity::Personal => "personal",
        }
    }
}

/// For whom a column of a kind is.
pub fn publicity(kind: Kind, column: &str) -> Publicity {
    match (kind, column) {
        (Kind::Assessment | Kind::Judgement | Kind::Closure, "by")
        | (Kind::Assignment, "person")
        | (Kind::Waiver, "author") => Publicity::Personal,
        (
            Kind::Judgement
            | Kind::Assignment
            | Kind::Waiver
            | Kind::Grant
            | Kind::Deputy
            | Kind::Lane
            | Kind::LaneStep,
            _,
        )
        | (Kind::Task | Kind::Story, "evidence")
        | (Kind::Project, "administration" | "administration_currency")
        | (Kind::Observation, "evidence" | "comment") => Publicity::Internal,
        _ => Publicity::Open,
    }
}

/// Whether a kind has anything for everybody.
pub fn is_open(kind: Kind) -> bool {
    kind.def().columns.iter().any(|c| publicity(kind, &c.name) == Publicity::Open)
}
