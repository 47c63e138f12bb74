//! One-time codes by time (RFC 6238): SHA-1, six digits, thirty seconds, which is what every authenticator app knows.
//!
//! A code is accepted one step early or late, and once: keep the step that [`check`] answers beside the secret, in the
//! same transaction that lets the person in, and hand it in the next time.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Seconds of one step.
pub const STEP_SECONDS: u64 = 30;

/// Digits of a code.
const DIGITS: usize = 6;

/// Steps that a clock may be ahead or behind.
const TOLERANCE: u64 = 1;

/// The shared secret: 20 random bytes, the length of the hash (RFC 4226, section 4). Whoever has it can make codes, so
/// it is stored encrypted or not at all readable to others.
pub type Secret = [u8; 20];

/// The code of one step: six digits.
pub fn code(secret: &Secret, step: u64) -> String {
    // A key of any length is accepted; 20 bytes are not even hashed first.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let digest: [u8; 20] = mac.finalize().into_bytes().into();
    // Dynamic truncation (RFC 4226, section 5.3): the low four bits of the last byte say where 31 bits are taken.
    let at = usize::from(digest[19] & 0xf);
    let bits = u32::from_be_bytes([digest[at], digest[at + 1], digest[at + 2], digest[at + 3]]) & 0x7fff_ffff;
    format!("{:06}", bits % 1_000_000)
}

/// Whether a code is right at this time and was not used before: the step it belongs to, to be kept as the new
/// `last_used_step`.
///
/// `typed` may hold spaces, and Arabic, Persian or full-width digits, as keyboards and apps give them.
/// A code of a step that is not later than `last_used_step` is refused, however right it is.
pub fn check(secret: &Secret, typed: &str, at_unix_seconds: u64, last_used_step: Option<u64>) -> Option<u64> {
    let typed = digits(typed)?;
    let now = at_unix_seconds / STEP_SECONDS;
    let mut found = None;
    // All steps are computed, so that the time does not tell which one was near.
    for step in now.saturating_sub(TOLERANCE)..=now.saturating_add(TOLERANCE) {
        let is_right: bool = code(secret, step).as_bytes().ct_eq(typed.as_bytes()).into();
        if is_right && last_used_step.is_none_or(|last| step > last) && found.is_none() {
            found = Some(step);
        }
    }
    found
}

/// The secret as text for those who cannot scan: base32 in groups of four, which apps accept.
pub fn readable(secret: &Secret) -> String {
    let text = BASE32_NOPAD.encode(secret);
    let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..(at + 4).min(text.len())]).collect();
    groups.join(" ")
}

/// The address that an authenticator app reads from a QR code (see [`crate::qr`]).
///
/// `issuer` is the name of this installation and `account` the person's, as the app lists them. Both may be in any
/// script; a colon divides them in the format, so colons in them become spaces.
pub fn address(secret: &Secret, issuer: &str, account: &str) -> String {
    let (issuer, account) = (percent_encoded(issuer), percent_encoded(account));
    let secret = BASE32_NOPAD.encode(secret);
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}"
    )
}

/// Everything but the unreserved characters of RFC 3986 as `%XX`; a space as `%20`, since apps show a plus as a plus.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.replace(':', " ").trim().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The six digits that were meant, or nothing when it was something else.
fn digits(typed: &str) -> Option<String> {
    let mut digits = String::new();
    for c in typed.chars().filter(|c| !c.is_whitespace()) {
        // Where the scripts' digits start: ASCII, Arabic, Persian, full width.
        let zeros = ['0', '\u{660}', '\u{6f0}', '\u{ff10}'];
        let value = zeros.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|v| *v < 10))?;
        digits.push(char::from_digit(value, 10)?);
        if digits.len() > DIGITS {
            return None;
        }
    }
    (digits.len() == DIGITS).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &Secret = b"12345678901234567890";

    /// RFC 6238, appendix B; its codes have eight digits, of which the last six are ours.
    #[test]
    fn test_vectors_of_the_standard() {
        let vectors = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (at, expected) in vectors {
            assert_eq!(code(SECRET, at / STEP_SECONDS), &expected[2..], "at {at}");
            assert_eq!(check(SECRET, &expected[2..], at, None), Some(at / STEP_SECONDS));
        }
    }

    /// RFC 4226, appendix D: the same truncation by count.
    #[test]
    fn test_vectors_by_count() {
        let codes =
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
        for (step, expected) in codes.iter().enumerate() {
            assert_eq!(code(SECRET, step as u64), *expected);
        }
    }

    #[test]
    fn a_clock_may_differ_by_one_step() {
        let at = 1_111_111_109; // 29 seconds into its step.
        let step = at / STEP_SECONDS;
        for (of, expected) in
            [(step - 2, None), (step - 1, Some(step - 1)), (step + 1, Some(step + 1)), (step + 2, None)]
        {
            assert_eq!(check(SECRET, &code(SECRET, of), at, None), expected);
        }
        assert_eq!(check(SECRET, &code(SECRET, 0), 0, None), Some(0), "the first step has none before it");
    }

    #[test]
    fn a_code_is_used_once() {
        let at = 59;
        let used = check(SECRET, "287082", at, None);
        assert_eq!(used, Some(1));
        assert_eq!(check(SECRET, "287082", at, used), None, "the same code again");
        assert_eq!(check(SECRET, &code(SECRET, 0), at, used), None, "an earlier code that was never used");
        assert_eq!(check(SECRET, &code(SECRET, 2), at, used), Some(2));
    }

    #[test]
    fn what_people_type() {
        for typed in ["287 082", " 287082\n", "٢٨٧٠٨٢", "۲۸۷۰۸۲", "２８７０８２"] {
            assert_eq!(check(SECRET, typed, 59, None), Some(1), "{typed}");
        }
        for typed in ["", "28708", "2870822", "287o82", "-287082", "२८७०८२"] {
            assert_eq!(check(SECRET, typed, 59, None), None, "{typed}");
        }
    }

    #[test]
    fn what_an_app_reads() {
        assert_eq!(readable(SECRET), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            address(SECRET, "Habitat: Programme", "amina@example.org"),
            "otpauth://totp/Habitat%20%20Programme:amina%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Habitat%20%20Programme&algorithm=SHA1&digits=6&period=30"
        );
        assert!(address(SECRET, "人居", "王").starts_with("otpauth://totp/%E4%BA%BA%E5%B1%85:%E7%8E%8B?secret="));
    }
}
