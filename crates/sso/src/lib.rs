//! Sign-in at an OpenID Connect provider: authorisation code flow with PKCE, state and nonce.
//!
//! 1. [`Provider::discover`] once, from the administrator's settings.
//! 2. [`Provider::begin`] gives the address to send the browser to, and a [`Pending`] to be kept until it returns:
//!    on the server, or in a sealed cookie, and bound to that browser.
//! 3. [`Provider::finish`] takes the [`Pending`] and the query that came back ([`Callback`]), and answers the
//!    [`Identity`]. A [`Pending`] is for one return: forget it before finishing.
//!
//! What is checked: state, issuer (RFC 9207, when the provider says it), signature by the provider's keys, issuer,
//! audience, nonce and expiry of the ID token, the hash of the access token, and that the person's data are about the
//! same subject.
//! What is bounded: time, size of answers, and where requests go: `https` only, or the loopback when the issuer itself
//! is there; no redirect is followed. The issuer comes from the settings of the administrator, never from a person.
//!
//! Invariant: nothing here knows who may do what; a provider's word is taken for who somebody is and no more.

mod address;
mod error;
mod fetch;
mod finish;
mod pending;
mod provider;

pub use error::SsoError;
pub use finish::Identity;
pub use pending::{Callback, Pending};
pub use provider::{Provider, Settings};
