//! Why a letter did not leave, and whether to try again.

use std::{error::Error as _, io};

/// Whether to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The same letter, a little later.
    Later,
    /// Not before the administrator has mended the settings or the server; the letter itself is sound.
    AfterMending,
    /// Never: it is this letter that is refused.
    Never,
}

/// What went wrong. The texts are for the log; they may name a recipient, never a password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PostError {
    /// A setting cannot be used.
    #[error("the setting of the mail server cannot be used: {0}")]
    Settings(String),
    /// The recipient's address is none.
    #[error("`{0}` is no address of mail")]
    Recipient(String),
    /// The server does not answer, or not in time, or breaks off.
    #[error("the mail server could not be reached: {0}")]
    Unreachable(String),
    /// The server's certificate is not trusted, or it does not speak TLS at all.
    #[error("the connection to the mail server is not safe: {0}")]
    NotTrusted(String),
    /// The server does not let us send: name, password, or no permission.
    #[error("the mail server does not let us send: {0}")]
    SignIn(String),
    /// The server refuses for now: busy, no room, wait a minute.
    #[error("the mail server refuses for now: {0}")]
    Busy(String),
    /// The server refuses this letter for good: no such person, forbidden.
    #[error("the mail server refuses the letter: {0}")]
    Refused(String),
}

impl PostError {
    /// Whether to try again.
    pub fn again(&self) -> Again {
        match self {
            PostError::Unreachable(_) | PostError::Busy(_) => Again::Later,
            PostError::Settings(_) | PostError::NotTrusted(_) | PostError::SignIn(_) => Again::AfterMending,
            PostError::Recipient(_) | PostError::Refused(_) => Again::Never,
        }
    }
}

impl From<lettre::transport::smtp::Error> for PostError {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        let text = chain(&error);
        if let Some(code) = error.status().map(u16::from) {
            return match code {
                // RFC 4954, section 6: the server wants a sign-in, another way of it, or does not accept ours.
                530 | 534 | 535 | 538 => PostError::SignIn(text),
                400..500 => PostError::Busy(text),
                _ => PostError::Refused(text),
            };
        }
        if error.is_tls() || is_of_tls(&error) || text.contains("STARTTLS") {
            PostError::NotTrusted(text)
        } else if text.contains("SMTPUTF8") {
            // An address in another script, and a server that knows none.
            PostError::Refused(text)
        } else if error.is_client() {
            PostError::SignIn(text)
        } else {
            PostError::Unreachable(text)
        }
    }
}

/// Whether TLS is what failed: a certificate that is not trusted, or no TLS where it was expected. It reaches us as a
/// failure of the connection, with invalid data as its cause.
fn is_of_tls(error: &lettre::transport::smtp::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        source = cause.source();
    }
    false
}

/// An error with what caused it, cut where a server tells stories.
fn chain(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text.chars().filter(|c| !c.is_control()).take(500).collect()
}
