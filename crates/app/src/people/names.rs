//! The names of persons, for pages that show who did something.

use std::{collections::HashMap, sync::Arc, time::Duration};

use crate::{App, error::AppError};

/// Another server may have renamed or erased somebody; names are at most this old.
pub(crate) const FRESH: Duration = Duration::from_secs(1);

/// Names by code.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<HashMap<String, String>>);

impl Names {
    /// The name of a person; `None` for somebody who was erased, and for an author who is no person of the register.
    pub fn of(&self, code: &str) -> Option<&str> {
        self.0.get(code).map(String::as_str).filter(|n| !n.is_empty())
    }
    /// Whether a code is a person's, erased or not.
    pub fn is_person(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(code, name)| (code.as_str(), name.as_str()))
    }
}

/// The names of all persons. Only for somebody who may see them.
pub async fn names(app: &App) -> Result<Names, AppError> {
    let Ok(store) = app.store() else { return Ok(Names::default()) };
    if let Some(names) = app.held_names() {
        return Ok(names);
    }
    let persons = store.persons().await?;
    let names = Names(Arc::new(persons.into_iter().map(|p| (p.code, p.name)).collect()));
    app.hold_names(names.clone());
    Ok(names)
}
