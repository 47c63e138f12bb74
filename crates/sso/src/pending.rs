//! What is kept while the browser is at the provider, and what it brings back.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A sign-in that was begun. To be kept out of sight of others (it holds the PKCE verifier) and bound to the browser
/// that was sent away; for one return only, and not for longer than some minutes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The provider that was asked, so that another one's answer is not taken for it.
    pub issuer: String,
    /// What the answer must repeat; also the key to find this by.
    pub state: String,
    /// What the ID token must repeat.
    pub nonce: String,
    /// The PKCE verifier, of which the provider knows the hash.
    pub verifier: String,
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The query with which the provider sends the browser back.
#[derive(Clone, Default, Deserialize)]
pub struct Callback {
    /// The state that we sent.
    #[serde(default)]
    pub state: String,
    /// The code to be exchanged, when the person was let in.
    pub code: Option<String>,
    /// The issuer, from providers that say it (RFC 9207).
    pub iss: Option<String>,
    /// Why the person was not let in, e.g. `access_denied`.
    pub error: Option<String>,
    /// The same in the provider's words.
    pub error_description: Option<String>,
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").field("iss", &self.iss).field("error", &self.error).finish_non_exhaustive()
    }
}
