//! Persons: how they come in, how they prove who they are, what they may do, and how they are forgotten.
//!
//! What is personal stands beside the log; the log knows a person by a code. Rights are records of the log (grants,
//! deputies), so they have a history and can be taken back like everything else.

mod account;
mod elsewhere;
mod names;
mod rights;
mod sign_in;

pub(crate) use account::new_link;
pub use account::{
    Account, Entered, Preferences, Taken, TwoFactor, account, any, begin_two_factor, block_person, change_password,
    confirm_two_factor, drop_two_factor, enter_by_link, erase_person, invite, n_unread, own_account, persons,
    read_notices, renew_recovery_codes, reset_link, save_preferences, setup_link, unblock_person, waiting_link,
};
pub use elsewhere::{Elsewhere, PATIENCE, back_from_elsewhere, begin_elsewhere, person_elsewhere};
pub(crate) use names::FRESH;
pub use names::{Names, names};
pub(crate) use rights::takes_last_administrator;
pub use rights::{RightLine, Rights, give_role, is_allowed, require, require_writer, rights, take_role};
pub(crate) use sign_in::{Asked, asked_before};
pub use sign_in::{
    Attempt, Caller, Limits, Outcome, add_token, caller_of_session, caller_of_token, end_former, end_other_sessions,
    end_session, revoke_token, sessions, sign_in, sign_in_known, sign_out, tokens,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Entry, Person};

use crate::error::AppError;

/// What is kept about a person beside name and address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Profile {
    /// Argon2id in PHC form; none for somebody who signs in elsewhere.
    pub password: Option<String>,
    /// Secret of the second factor, base64url.
    pub totp: Option<String>,
    /// A secret that was shown and not confirmed yet.
    pub totp_begun: Option<String>,
    /// The last step of the second factor that was used.
    pub totp_step: Option<u64>,
    /// Fingerprints of recovery codes that are left, hexadecimal.
    pub recovery: Vec<String>,
    /// Fingerprints of browsers that signed in before, hexadecimal; the latest last.
    pub devices: Vec<String>,
    /// Issuer and subject at an identity provider.
    pub elsewhere: Option<(String, String)>,
    /// Language of letters.
    pub lang: Option<String>,
    /// `immediate`, `daily` or `never`.
    pub letters: Option<String>,
}

impl Profile {
    pub fn of(person: &Person) -> Self {
        serde_json::from_str(&person.body).unwrap_or_default()
    }
    pub fn into_body(self) -> String {
        // A profile has texts, numbers and lists only.
        serde_json::to_string(&self).unwrap_or_default()
    }
}

/// Bytes of the operating system's generator.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], AppError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| AppError::Internal(format!("no random bytes: {e}")))?;
    Ok(bytes)
}

/// A new code of a person: it says nothing about the person.
pub(crate) fn new_code() -> Result<String, AppError> {
    Ok(format!("P-{}", crate::open::hex(&random::<6>()?)))
}

/// An entry of the audit.
pub(crate) fn entry<'a>(at: Timestamp, who: &'a str, deed: &'a str, kind: &'a str, record: &'a str) -> Entry<'a> {
    Entry { at, who, deed, kind, record, detail: "" }
}

/// An e-mail address as it is compared; `None` for what is none.
pub(crate) fn email_of(typed: &str) -> Option<String> {
    let text = typed.trim().to_lowercase();
    let (user, host) = text.split_once('@')?;
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !"<>,;:\"()[]\\".contains(c);
    let good = !user.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains('@')
        && text.chars().all(plain)
        && text.len() <= 254;
    good.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::email_of;

    #[test]
    fn addresses() {
        for (typed, expected) in [
            (" Ann.Example@Office.Example.org ", Some("ann.example@office.example.org")),
            ("ann@localhost", None),
            ("ann@.org", None),
            ("ann", None),
            ("a@b@c.org", None),
            ("ann@example.org\nbcc: x@y.z", None),
            ("ann <ann@example.org>", None),
        ] {
            assert_eq!(email_of(typed).as_deref(), expected, "{typed}");
        }
    }
}
