//! Recovery codes: what opens the account of somebody whose phone is gone. Ten, each for one use, on paper.
//!
//! A code is three groups of five signs of Crockford's base32 (no I, L, O, U): 75 bits. That is beyond any search, so
//! storage needs no slow hash and no salt: [`fingerprint`] is enough.

use std::fmt::Write as _;

/// How many codes somebody gets.
pub const COUNT: usize = 10;

/// Random bytes of one code; 75 of their 80 bits are used.
const BYTES: usize = 10;

/// Random bytes that [`codes`] takes.
pub const RANDOM_BYTES: usize = COUNT * BYTES;

const GROUPS: usize = 3;
const SIGNS_OF_GROUP: usize = 5;
const SIGNS: usize = GROUPS * SIGNS_OF_GROUP;

/// Crockford's base32: each sign stands for five bits.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Ten codes as they are shown once: `7K3QM-0ZX2T-9WPAB`. Equal bytes give equal codes.
pub fn codes(random: &[u8; RANDOM_BYTES]) -> Vec<String> {
    random.chunks_exact(BYTES).map(one).collect()
}

fn one(random: &[u8]) -> String {
    let bits = random.iter().fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    let mut code = String::new();
    for at in 0..SIGNS {
        if at > 0 && at % SIGNS_OF_GROUP == 0 {
            code.push('-');
        }
        let sign = (bits >> (5 * at)) & 31;
        code.push(char::from(ALPHABET[sign as usize]));
    }
    code
}

/// A code as somebody typed it, as it was shown: small letters, spaces and missing hyphens are mended, I and L are 1, O
/// is 0. Nothing when it cannot be a code.
pub fn normalise(typed: &str) -> Option<String> {
    let mut code = String::new();
    let mut signs = 0;
    for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}')) {
        let sign = match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        };
        if signs == SIGNS || !sign.is_ascii() || !ALPHABET.contains(&(sign as u8)) {
            return None;
        }
        if signs > 0 && signs % SIGNS_OF_GROUP == 0 {
            code.push('-');
        }
        code.push(sign);
        signs += 1;
    }
    (signs == SIGNS).then_some(code)
}

/// What is stored of a code, from the code as somebody typed it. Nothing when it cannot be a code.
///
/// Compare by [`crate::token::same`], and strike the code out in the transaction that lets the person in.
pub fn fingerprint(typed: &str) -> Option<[u8; 32]> {
    Some(blake3::derive_key("ekistics 2026 recovery code", normalise(typed)?.as_bytes()))
}

/// The codes as a text to be printed or kept in a file, two in a line.
pub fn sheet(codes: &[String]) -> String {
    let mut sheet = String::new();
    for pair in codes.chunks(2) {
        // Writing into a text cannot fail.
        let _ = writeln!(sheet, "{}", pair.join("    "));
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_from_their_bytes() {
        let mut random = [0; RANDOM_BYTES];
        random[9] = 1; // The lowest bit of the first code is its first sign.
        random[10..20].fill(0xff);
        let codes = codes(&random);
        assert_eq!(codes.len(), 10);
        assert_eq!(codes[0], "10000-00000-00000");
        assert_eq!(codes[1], "ZZZZZ-ZZZZZ-ZZZZZ");
        assert!(codes.iter().all(|code| normalise(code).as_ref() == Some(code)));
        assert_eq!(sheet(&codes).lines().count(), 5);
    }

    #[test]
    fn every_bit_counts() {
        // 75 bits: turning any of them gives another code.
        let plain = one(&[0; BYTES]);
        let mut different = std::collections::BTreeSet::new();
        for bit in 0..80 {
            let mut random = [0; BYTES];
            random[BYTES - 1 - bit / 8] = 1 << (bit % 8);
            let code = one(&random);
            assert_eq!(code != plain, bit < 75);
            different.insert(code);
        }
        assert_eq!(different.len(), 76);
    }

    #[test]
    fn what_people_type() {
        let check = |typed, expected: Option<&str>| assert_eq!(normalise(typed).as_deref(), expected, "{typed}");
        check("7K3QM-0ZX2T-9WPAB", Some("7K3QM-0ZX2T-9WPAB"));
        check(" 7k3qm ozx2t 9wpab\n", Some("7K3QM-0ZX2T-9WPAB"));
        check("7k3qmozx2t9wpab", Some("7K3QM-0ZX2T-9WPAB"));
        check("iLoO1–00000–00000", Some("11001-00000-00000"));
        check("7K3QM-0ZX2T-9WPA", None);
        check("7K3QM-0ZX2T-9WPABC", None);
        check("7K3QM-0ZX2T-9WPAU", None);
        check("7K3QM-0ZX2T-9WPAé", None);
        check("", None);
    }

    #[test]
    fn one_fingerprint_however_it_is_typed() {
        assert_eq!(fingerprint("7k3qm ozx2t 9wpab"), fingerprint("7K3QM-0ZX2T-9WPAB"));
        assert_ne!(fingerprint("7K3QM-0ZX2T-9WPAB"), fingerprint("7K3QM-0ZX2T-9WPAC"));
        assert_eq!(fingerprint("nonsense"), None);
    }
}
