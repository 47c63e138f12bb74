//! Why a sign-in at a provider did not come about.

use crate::fetch::FetchError;

/// What went wrong. The texts are for the log of the administrator; no variant carries a code, token or secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SsoError {
    /// A setting cannot be read.
    #[error("the {what} of the sign-in provider cannot be used: {why}")]
    Settings {
        /// Which one.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// An address is neither `https` nor allowed on the loopback.
    #[error("the {what} {address} is not on https; only a provider on this machine may be without")]
    Insecure {
        /// Which one: `issuer`, `token endpoint`, …
        what: &'static str,
        /// The address.
        address: String,
    },
    /// The provider did not answer, or not in time, or too much.
    #[error("the sign-in provider could not be asked: {0}")]
    Unreachable(String),
    /// What answers is not the provider that the settings name, or says what we cannot use.
    #[error("the sign-in provider answered what is not understood: {0}")]
    Provider(String),
    /// The browser came back with another state than it was sent with: another sign-in, or somebody else's.
    #[error("the answer does not belong to the sign-in that was begun here")]
    WrongState,
    /// The answer, or the sign-in that was begun, is another provider's.
    #[error("the answer is of {found}, but {expected} was asked")]
    WrongIssuer {
        /// The issuer of the settings.
        expected: String,
        /// The issuer that was named.
        found: String,
    },
    /// The provider let nobody in: the person cancelled, or may not.
    #[error("the provider refused: {error} {description}")]
    Refused {
        /// Code of the standard, e.g. `access_denied`.
        error: String,
        /// The provider's words, or nothing.
        description: String,
    },
    /// The code was refused: used before, too old, or not ours.
    #[error("the provider did not take the code: {0}")]
    CodeRefused(String),
    /// The ID token is not valid: signature, issuer, audience, nonce, expiry or hash.
    #[error("the identity was not accepted: {0}")]
    Token(String),
}

impl SsoError {
    /// Whether the same may succeed a little later without anybody mending anything.
    pub fn is_temporary(&self) -> bool {
        matches!(self, SsoError::Unreachable(_))
    }
}

impl From<FetchError> for SsoError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Address(inner) => *inner,
            other => SsoError::Unreachable(chain(&other)),
        }
    }
}

/// An error with what caused it, since libraries keep the useful half in the source.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
