//! Passwords: which are refused, how they are kept, and how one is compared.
//!
//! Rules after NIST SP 800-63B-4 (section 3.1.1) and OWASP ASVS 5.0 (V6.2): long enough, not known to attackers, not
//! made of the person's own name; nothing about capitals, digits or signs, and no expiry.
//! Hashes are Argon2id with the parameters of the OWASP Password Storage Cheat Sheet, written into the hash itself
//! (PHC string), so that they can be raised later: see [`needs_rehash`].
//!
//! One hash takes 19 MiB and some tens of milliseconds of processor time: run it where blocking is allowed, and bound
//! how many run at once.

use std::{collections::HashSet, sync::LazyLock};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::{Ident, PasswordHash},
};
use unicode_normalization::UnicodeNormalization;

use crate::patterns;

/// Fewest characters (Unicode scalar values after NFC).
pub const MIN_CHARACTERS: usize = 12;

/// Most characters (Unicode scalar values after NFC): a bound on work, far beyond any pass phrase.
pub const MAX_CHARACTERS: usize = 256;

/// No password within [`MAX_CHARACTERS`] has more bytes: NFC composes a character of at most 4 others, and each has at
/// most 4 bytes in UTF-8. Longer input is refused before any work is spent on it.
const MAX_BYTES: usize = MAX_CHARACTERS * 4 * 4;

/// Memory of one hash in KiB: 19 MiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;

/// The name of the product, which is the first word that a guesser tries here.
const PRODUCT: &str = "ekistics";

/// Why a password is refused when it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Fewer than [`MIN_CHARACTERS`] characters.
    #[error("the password has fewer than {MIN_CHARACTERS} characters")]
    TooShort,
    /// More than [`MAX_CHARACTERS`] characters.
    #[error("the password has more than {MAX_CHARACTERS} characters")]
    TooLong,
    /// On the list of common passwords, as it is or without the digits and signs around it.
    #[error("the password is among those that are tried first")]
    Common,
    /// Few different characters, one block repeated, or a run like `abcdefghijkl`.
    #[error("the password repeats or continues one simple pattern")]
    Pattern,
    /// Contains a part of the person's own name or address, or the name of the product.
    #[error("the password contains a name that a guesser knows")]
    OwnName,
}

/// A password could not be hashed; says nothing about the password.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct HashError(String);

/// Hashes a password for storage; `salt` is 16 fresh random bytes.
///
/// Returns a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$…`. The password is taken in NFC, so that keyboards which
/// compose characters differently agree. It is not judged here: see [`judge`].
///
/// # Errors
/// [`HashError`] when the memory for the hash cannot be had, or the password is beyond [`MAX_CHARACTERS`].
pub fn hash(password: &str, salt: [u8; 16]) -> Result<String, HashError> {
    let password = normal(password).ok_or_else(|| HashError(Weakness::TooLong.to_string()))?;
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|e| HashError(e.to_string()))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|phc| phc.to_string())
        .map_err(|e| HashError(e.to_string()))
}

/// Whether this password was hashed to this PHC string, by the parameters written in it.
///
/// A string that is no PHC hash of Argon2 is answered with `false`. For a person who is unknown or has no password,
/// verify against [`decoy`] and refuse, so that the time tells nobody who exists.
pub fn verify(password: &str, phc: &str) -> bool {
    let (Some(password), Ok(phc)) = (normal(password), PasswordHash::new(phc)) else { return false };
    // The password of the decoy was thrown away; that nobody gets in by it must not rest on this alone.
    Argon2::default().verify_password(password.as_bytes(), &phc).is_ok() && phc.to_string() != decoy()
}

/// Whether a stored hash was made with other parameters than today's: hash the password again after a sign-in that
/// succeeded, which is the only moment when it is known.
pub fn needs_rehash(phc: &str) -> bool {
    let Ok(phc) = PasswordHash::new(phc) else { return true };
    let Ok(params) = Params::try_from(&phc) else { return true };
    let same_algorithm = Ident::new("argon2id").is_ok_and(|id| phc.algorithm == id) && phc.version == Some(19);
    !same_algorithm || (params.m_cost(), params.t_cost(), params.p_cost()) != (MEMORY_KIB, PASSES, LANES)
}

/// A valid hash of a password that nobody knows, with today's parameters. [`verify`] answers `false` for it always.
pub const fn decoy() -> &'static str {
    "$argon2id$v=19$m=19456,t=2,p=1$ZDZoWUh0SURpSThaRXBJMg$z3yG8Km61AhIEhsN7BRRuxobA5tMrUFeqh+I0ja9h0I"
}

/// Judges a password that somebody wants to use.
///
/// `own` holds what a guesser knows about the person: names, the e-mail address. They are taken apart at everything
/// that is neither letter nor digit, and parts of fewer than four characters are passed over (two when the part is not
/// ASCII, because a Chinese name has two or three).
///
/// # Errors
/// The first [`Weakness`] found, in the order of the enum.
pub fn judge(password: &str, own: &[&str]) -> Result<(), Weakness> {
    let password = normal(password).ok_or(Weakness::TooLong)?;
    match password.chars().count() {
        n if n < MIN_CHARACTERS => return Err(Weakness::TooShort),
        n if n > MAX_CHARACTERS => return Err(Weakness::TooLong),
        _ => {}
    }
    let plain = password.to_lowercase();
    if is_common(&plain) {
        return Err(Weakness::Common);
    }
    if patterns::is_simple(&plain) {
        return Err(Weakness::Pattern);
    }
    let own = own.iter().flat_map(|text| parts(text));
    if own.chain([PRODUCT.to_owned()]).any(|name| plain.contains(&name)) {
        return Err(Weakness::OwnName);
    }
    Ok(())
}

/// NFC, or nothing when the text is too long to be looked at.
fn normal(password: &str) -> Option<String> {
    (password.len() <= MAX_BYTES).then(|| password.nfc().collect())
}

/// The parts of a name or an address that are long enough to be found by other than chance, in lower case.
fn parts(text: &str) -> impl Iterator<Item = String> {
    let lower: String = text.nfc().collect::<String>().to_lowercase();
    let words: Vec<String> = lower.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    words.into_iter().filter(|word| word.chars().count() >= if word.is_ascii() { 4 } else { 2 })
}

/// Whether a password in lower case is on the list, as it is or without the digits and signs at its ends, or is a word
/// of the list several times.
fn is_common(plain: &str) -> bool {
    static LIST: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        include_str!("../lists/common-passwords.txt").lines().filter(|line| !line.starts_with('#')).collect()
    });
    let end = plain.trim_end_matches(|c: char| !c.is_alphabetic());
    let both = end.trim_start_matches(|c: char| !c.is_alphabetic());
    [plain, end, both, patterns::block(end)].iter().any(|form| LIST.contains(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str, own: &[&str], expected: Result<(), Weakness>) {
        assert_eq!(judge(password, own), expected, "{password}");
    }

    #[test]
    fn judgement() {
        use Weakness::*;
        check("elevenchars", &[], Err(TooShort));
        check("", &[], Err(TooShort));
        // 12 code points, but 11 characters once e and the accent are one.
        check("e\u{301}lectricite", &[], Err(TooShort));
        check("纸杯里的蓝色火车从不迟到", &[], Ok(()));
        check("القطار الأزرق لا يتأخر", &[], Ok(()));
        check("a quiet harbour at six", &[], Ok(()));
        check(&"ab1 zx9 ".repeat(33), &[], Err(TooLong));
        check(&"x".repeat(1_000_000), &[], Err(TooLong));
        // On the list as it is; without its digits and signs; in capitals; twice.
        check("password1234", &[], Err(Common));
        check("Sunshine2024!", &[], Err(Common));
        check("!!!liverpool!", &[], Err(Common));
        check("QWERTYUIOP12", &[], Err(Common));
        check("passwordPassword!1", &[], Err(Common));
        check("aaaaaaaaaaaaa", &[], Err(Pattern));
        check("abcdefghijkl", &[], Err(Pattern));
        check("xk4Zxk4Zxk4Z", &[], Err(Pattern));
        check("my ekistics 88", &[], Err(OwnName));
    }

    #[test]
    fn own_names_are_known_to_guessers() {
        use Weakness::OwnName;
        let own = ["Amina Diallo", "amina.diallo@habitat.example", "王小明", "Li"];
        check("AMINA likes tea", &own, Err(OwnName));
        check("tea for diallo", &own, Err(OwnName));
        check("the habitat of owls", &own, Err(OwnName));
        check("王小明的蓝色火车从不迟到", &own, Err(OwnName));
        // Two Latin letters are found by chance.
        check("a delicate harbour", &own, Ok(()));
    }

    #[test]
    fn a_hash_verifies_its_password_alone() {
        let phc = hash("a quiet harbour at six", [7; 16]).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$"), "{phc}");
        assert!(verify("a quiet harbour at six", &phc));
        assert!(!verify("a quiet harbour at sim", &phc));
        assert!(!verify("", &phc));
        assert!(!verify(&"a".repeat(100_000), &phc));
        assert!(!needs_rehash(&phc));
        // The same text, composed and not.
        let phc = hash("un été à la mer", [8; 16]).unwrap();
        assert!(verify("un e\u{301}te\u{301} a\u{300} la mer", &phc));
    }

    /// Made by the reference program: `printf 'a quiet harbour' | argon2 somesaltsomesalt -id -t 2 -k 19456 -p 1 -e`.
    #[test]
    fn the_reference_program_agrees() {
        let phc = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$JtnntD8BZeXwEsiQZM9ck37NZALR+sXRMCV6dAKbig4";
        assert!(verify("a quiet harbour", phc));
        assert_eq!(hash("a quiet harbour", *b"somesaltsomesalt").unwrap(), phc);
    }

    #[test]
    fn other_parameters_ask_for_another_hash() {
        let weaker = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).unwrap());
        let phc = weaker.hash_password_with_salt(b"a quiet harbour", &[1; 16]).unwrap().to_string();
        assert!(verify("a quiet harbour", &phc), "an older hash still verifies");
        assert!(needs_rehash(&phc));
        let other = Argon2::new(Algorithm::Argon2i, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap());
        assert!(needs_rehash(&other.hash_password_with_salt(b"a quiet harbour", &[1; 16]).unwrap().to_string()));
        assert!(needs_rehash("nonsense"));
        assert!(!verify("nonsense", "nonsense"));
    }

    #[test]
    fn the_decoy_costs_the_same_and_lets_nobody_in() {
        assert!(PasswordHash::new(decoy()).is_ok());
        assert!(!needs_rehash(decoy()));
        assert!(!verify("a quiet harbour at six", decoy()));
    }

    #[test]
    fn the_list_is_what_it_says() {
        let lines: Vec<&str> =
            include_str!("../lists/common-passwords.txt").lines().filter(|l| !l.starts_with('#')).collect();
        assert!(lines.len() > 10_000, "{}", lines.len());
        assert!(lines.is_sorted());
        assert!(lines.iter().all(|l| l.len() >= 8 && *l == l.to_lowercase()));
    }
}
