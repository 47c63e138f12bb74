//! What somebody is still typing: kept on the server, so that it survives a closed browser.

use jiff::Timestamp;
use register::access::Actor;

use crate::{App, error::AppError};

/// A draft of a form at most this long, in bytes.
const LONGEST: usize = 200_000;
/// The name of a form at most this long, in bytes.
const LONGEST_NAME: usize = 300;
/// Drafts of one person, at most.
const MOST: usize = 200;

/// Keeps what a person has typed into a form; an empty text forgets it.
pub async fn keep_draft(app: &App, by: &Actor, form: &str, body: &str, now: Timestamp) -> Result<(), AppError> {
    let code = by.person().ok_or(AppError::SignedOut)?;
    if body.len() > LONGEST || form.is_empty() || form.len() > LONGEST_NAME {
        return Err(AppError::TooLong);
    }
    let store = app.store()?;
    // What is there already may go on, and be forgotten.
    let is_new = !body.is_empty() && store.draft(code, form).await?.is_none();
    if is_new && store.drafts_of(code).await?.len() >= MOST {
        return Err(AppError::TooLong);
    }
    Ok(store.save_draft(code, form, body, now).await?)
}

/// What a person has typed into a form, and when.
pub async fn draft(app: &App, by: &Actor, form: &str) -> Result<Option<(Timestamp, String)>, AppError> {
    let code = by.person().ok_or(AppError::SignedOut)?;
    Ok(app.store()?.draft(code, form).await?)
}
