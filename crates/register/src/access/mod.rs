//! Who may do what, and why. A decision is a pure function of the records (grants, deputies, units, results), the actor,
//! the deed, its subject and the day; a refusal wins over any grant.
//!
//! Invariant: nothing here knows names, passwords or sessions; a person is a code.

mod deed;
pub(crate) mod reach;
mod subject;

pub use deed::{ADMINISTRATORS, Deed, writers_of};

pub use subject::{Spot, Subject, subjects};

use jiff::civil::Date;
use model::{
    Records,
    kinds::{Deputy, Grant, Role},
    record::Record,
};

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Somebody who has not signed in.
    Public,
    /// Whoever sits at the machine that holds the data: it can read and write the files anyway.
    Local {
        /// Under what name changes are written.
        name: String,
    },
    /// A person who signed in, by code.
    Person {
        /// The person's code.
        code: String,
        /// What a token may do at most; everything that the person may when empty.
        scopes: Option<Vec<Scope>>,
    },
}

impl Actor {
    /// What is written as the author of changes.
    pub fn author(&self) -> &str {
        match self {
            Actor::Public => "",
            Actor::Local { name } => name,
            Actor::Person { code, .. } => code,
        }
    }
    /// The code of a person.
    pub fn person(&self) -> Option<&str> {
        match self {
            Actor::Person { code, .. } => Some(code),
            _ => None,
        }
    }
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Read.
    Read,
    /// Propose changes.
    Write,
    /// Agree to changes, keep persons: everything else.
    Admin,
}

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Admin];
    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Admin => "admin",
        }
    }
    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Scope::ALL.into_iter().find(|s| s.as_str() == code)
    }
}

/// Why a deed is allowed or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Everybody may.
    Everybody,
    /// The machine's own user may.
    Local,
    /// Nobody signed in.
    SignedOut,
    /// The token is not for this.
    Scope,
    /// A grant gives it.
    Granted {
        /// The grant.
        grant: String,
        /// The person for whom the actor stands in.
        for_person: Option<String>,
    },
    /// A refusal takes it.
    Refused {
        /// The grant that refuses.
        grant: String,
    },
    /// No grant reaches the subject.
    NoGrant,
}

/// An answer with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the deed is allowed.
    pub allowed: bool,
    /// Why; never empty.
    pub because: Vec<Because>,
}

impl Decision {
    fn yes(because: Because) -> Self {
        Decision { allowed: true, because: vec![because] }
    }
    fn no(because: Because) -> Self {
        Decision { allowed: false, because: vec![because] }
    }
    /// How far above a subject's unit the nearest grant that allows it stands: 0 for one in the unit itself, more for
    /// units above; a grant for everywhere is the farthest. `None` when no grant does.
    pub fn nearest(&self, records: &Records, subject: &Subject) -> Option<usize> {
        let distance = |because: &Because| {
            let Because::Granted { grant, .. } = because else { return None };
            Some(reach::distance(records, records.grants.get(grant)?, subject))
        };
        self.because.iter().filter_map(distance).min()
    }
    /// The persons on whose behalf it is allowed: the actor's own right is the empty text.
    pub fn on_behalf(&self) -> impl Iterator<Item = &str> {
        self.because.iter().filter_map(|b| match b {
            Because::Granted { for_person, .. } => Some(for_person.as_deref().unwrap_or("")),
            _ => None,
        })
    }
}

/// Decides whether an actor may do a deed to a subject on a day.
///
/// What everybody may is decided first, then the token's scope, then refusals, then grants, the actor's own and those of
/// persons for whom the actor stands in. Administrators keep persons and lanes; they have no right to data by that.
pub fn decide(records: &Records, actor: &Actor, deed: Deed, subject: &Subject, on: Date) -> Decision {
    if deed.is_for_everybody() {
        return Decision::yes(Because::Everybody);
    }
    let (code, scopes) = match actor {
        Actor::Public => return Decision::no(Because::SignedOut),
        Actor::Local { .. } => return Decision::yes(Because::Local),
        Actor::Person { code, scopes } => (code.as_str(), scopes),
    };
    if scopes.as_ref().is_some_and(|s| !s.contains(&deed.scope())) {
        return Decision::no(Because::Scope);
    }
    let roles = deed.roles();
    // Whose grants count: the actor's, and those of the persons for whom the actor stands in today.
    let whose: Vec<(&str, bool)> = std::iter::once((code, false))
        .chain(stands_in_for(records, code, on).map(|d| (d.person.0.as_str(), true)))
        .collect();
    let mut granted = Vec::new();
    for grant in records.grants.iter().filter(|g| is_in_force(g, on) && roles.contains(&g.role)) {
        let Some((person, deputises)) = whose.iter().find(|(p, _)| *p == grant.person.0) else { continue };
        if !reach::reaches(records, grant, subject) {
            continue;
        }
        if grant.refused == Some(true) {
            return Decision::no(Because::Refused { grant: grant.id() });
        }
        let for_person = deputises.then(|| (*person).to_owned());
        granted.push(Because::Granted { grant: grant.id(), for_person });
    }
    if granted.is_empty() {
        return Decision::no(Because::NoGrant);
    }
    Decision { allowed: true, because: granted }
}

/// Whether a person has a role anywhere at all: for what a page offers, never for what it does.
pub fn has_role(records: &Records, actor: &Actor, roles: &[Role], on: Date) -> bool {
    match actor {
        Actor::Public => false,
        Actor::Local { .. } => true,
        Actor::Person { code, .. } => {
            let stands: Vec<&str> = stands_in_for(records, code, on).map(|d| d.person.0.as_str()).collect();
            let mut grants = records.grants.iter().filter(|g| is_in_force(g, on) && g.refused != Some(true));
            grants.any(|g| roles.contains(&g.role) && (g.person.0 == *code || stands.contains(&g.person.0.as_str())))
        }
    }
}

/// The persons for whom somebody stands in on a day. Standing in does not go on from one to the next.
pub fn stands_in_for<'a>(records: &'a Records, code: &'a str, on: Date) -> impl Iterator<Item = &'a Deputy> + 'a {
    records.deputies.iter().filter(move |d| d.deputy.0 == code && d.starts_on <= on && on <= d.ends_on)
}

/// Whether a grant holds on a day.
pub fn is_in_force(grant: &Grant, on: Date) -> bool {
    grant.starts_on.is_none_or(|first| first <= on) && grant.ends_on.is_none_or(|last| on <= last)
}

#[cfg(test)]
mod tests;
