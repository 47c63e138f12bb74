//! Secrets that machines carry: the value of a session's cookie, the address of an invitation, a personal token.
//!
//! Each is 32 random bytes, given out once and stored as its [`Secret::fingerprint`]: who reads the database can
//! neither sign in nor call the interface. No slow hash is needed, because nobody searches 256 bits.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, Encoding, Specification};
use subtle::ConstantTimeEq;

/// What personal tokens start with; secret scanners find them by it.
pub const PREFIX: &str = "eki_";

/// Longest id in a personal token, in characters.
pub const MAX_ID: usize = 40;

/// Bytes of the check sum of a personal token: 32 + 3 bytes are 56 signs without a rest.
const CHECK_BYTES: usize = 3;

/// 32 random bytes that give access to something. `Debug` does not show them.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(not shown)")
    }
}

impl Secret {
    /// A secret of fresh random bytes of the operating system.
    pub const fn new(random: [u8; 32]) -> Self {
        Secret(random)
    }

    /// As text for a cookie or an address: 43 signs of base64url.
    pub fn text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// Reads [`Secret::text`]; nothing for any other text.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Secret)
    }

    /// What is stored, and looked up.
    pub fn fingerprint(&self) -> [u8; 32] {
        blake3::derive_key("ekistics 2026 fingerprint of a secret", &self.0)
    }
}

/// A personal token: which one, and its secret. As text `eki_<id>_<56 signs>`.
#[derive(Clone, Debug)]
pub struct PersonalToken {
    /// Names the token's row without telling anything: 1 to [`MAX_ID`] small letters, digits and hyphens.
    pub id: String,
    /// What proves it.
    pub secret: Secret,
}

impl PersonalToken {
    /// The token as its owner copies it. Nothing when the id has other characters than it may have.
    pub fn text(&self) -> Option<String> {
        is_id(&self.id).then(|| {
            let mut bytes = self.secret.0.to_vec();
            bytes.extend(check_sum(&self.id, &self.secret));
            format!("{PREFIX}{}_{}", self.id, base32().encode(&bytes))
        })
    }

    /// Reads [`PersonalToken::text`]. Nothing for another text, or one that was cut or mistyped: its check sum is
    /// wrong, and no database needs to be asked.
    pub fn read(text: &str) -> Option<Self> {
        let (id, secret) = text.strip_prefix(PREFIX)?.split_once('_')?;
        let bytes = base32().decode(secret.as_bytes()).ok()?;
        let (secret, sum) = bytes.split_first_chunk::<32>()?;
        let token = PersonalToken { id: id.to_owned(), secret: Secret(*secret) };
        (is_id(id) && sum == check_sum(id, &token.secret)).then_some(token)
    }
}

/// Whether two fingerprints are equal, in a time that does not depend on where they differ.
pub fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.ct_eq(other).into()
}

fn is_id(id: &str) -> bool {
    (1..=MAX_ID).contains(&id.len()) && id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// The first bytes of a hash over the rest. Public knowledge: it tells typing errors and look-alikes, not forgeries.
fn check_sum(id: &str, secret: &Secret) -> [u8; CHECK_BYTES] {
    let mut hasher = blake3::Hasher::new_derive_key("ekistics 2026 check sum of a personal token");
    hasher.update(id.as_bytes()).update(&[0]).update(&secret.0);
    let [a, b, c, ..] = *hasher.finalize().as_bytes();
    [a, b, c]
}

/// Base32 in small letters: unlike base64url it has no `_` and no `-`, so a double click marks the whole secret.
fn base32() -> Encoding {
    let mut specification = Specification::new();
    specification.symbols.push_str("abcdefghijklmnopqrstuvwxyz234567");
    specification.encoding().unwrap_or(data_encoding::BASE32_NOPAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_there_and_back() {
        let secret = Secret::new([0xfb; 32]);
        let text = secret.text();
        assert_eq!(text.len(), 43);
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{text}");
        assert_eq!(Secret::read(&text).unwrap().fingerprint(), secret.fingerprint());
        assert_eq!(format!("{secret:?}"), "Secret(not shown)");
        // Shorter, longer, padded, and with bits that stand for nothing.
        for other in ["", &text[1..], &format!("{text}A"), &format!("{text}="), &format!("{}9", &text[..42])] {
            assert!(Secret::read(other).is_none(), "{other}");
        }
    }

    #[test]
    fn fingerprints_tell_secrets_apart() {
        let (one, other) = (Secret::new([1; 32]).fingerprint(), Secret::new([2; 32]).fingerprint());
        assert!(same(&one, &one));
        assert!(!same(&one, &other));
        assert_ne!(one, [1; 32]);
        // Stored data depends on it: it never changes.
        assert_eq!(
            data_encoding::HEXLOWER.encode(&one),
            "145afe8cdce5555a4027773f2bf44cfffa8b2cc7c3b46b9aaddb99176e541032"
        );
    }

    #[test]
    fn a_personal_token_there_and_back() {
        let token = PersonalToken { id: "k7-2f".into(), secret: Secret::new([9; 32]) };
        let text = token.text().unwrap();
        assert!(text.starts_with("eki_k7-2f_"), "{text}");
        assert_eq!(text.len(), "eki_k7-2f_".len() + 56);
        let read = PersonalToken::read(&text).unwrap();
        assert_eq!(read.id, "k7-2f");
        assert_eq!(read.secret.fingerprint(), token.secret.fingerprint());
        for id in ["", "a_b", "A", "é", &"a".repeat(41)] {
            assert!(PersonalToken { id: id.into(), ..token.clone() }.text().is_none(), "{id}");
        }
    }

    #[test]
    fn a_damaged_token_is_none() {
        let text = PersonalToken { id: "k7".into(), secret: Secret::new([9; 32]) }.text().unwrap();
        for at in 0..text.len() {
            let mut other = text.clone().into_bytes();
            other[at] = if other[at] == b'a' { b'b' } else { b'a' };
            assert!(PersonalToken::read(&String::from_utf8(other).unwrap()).is_none(), "sign {at}");
            assert!(PersonalToken::read(&text[..at]).is_none());
        }
        assert!(PersonalToken::read(&text.to_uppercase()).is_none());
        assert!(PersonalToken::read(&format!("{text} ")).is_none());
        assert!(PersonalToken::read("eki_é_é").is_none());
    }
}
