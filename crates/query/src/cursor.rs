//! Where to go on: the position of the register that the first page was answered from, the question, and the row.

use std::fmt;

/// A place in an answer. Opaque outside: hexadecimal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Number of the last change that the answer knows.
    pub position: u64,
    /// Fingerprint of the question, so that a cursor is not used for another one.
    pub question: u64,
    /// The row to go on with: a place in the table, or in the order asked for.
    pub at: u64,
}

/// The first byte; another layout gets another one.
const VERSION: u8 = 1;

impl Cursor {
    /// Reads a cursor that was given out.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: Option<Vec<u8>> = (0..text.len())
            .step_by(2)
            .map(|i| {
                let pair = text.get(i..i + 2)?;
                pair.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u8::from_str_radix(pair, 16).ok())?
            })
            .collect();
        let bytes: [u8; 25] = bytes?.try_into().ok()?;
        let (version, rest) = bytes.split_first()?;
        let whole = |i: usize| rest.get(i * 8..i * 8 + 8)?.try_into().ok().map(u64::from_be_bytes);
        (*version == VERSION)
            .then_some(())
            .and_then(|()| Some(Cursor { position: whole(0)?, question: whole(1)?, at: whole(2)? }))
    }
    /// The fingerprint of a question from its canonical parts (FNV-1a with 64 bits, which does not depend on the machine).
    pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for part in parts {
            // The zero byte keeps `a`, `bc` apart from `ab`, `c`.
            for byte in part.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION:02x}{:016x}{:016x}{:016x}", self.position, self.question, self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_equal_and_nothing_else_is_one() {
        let cursor = Cursor { position: 7, question: Cursor::fingerprint(["plans", "a"]), at: 1 << 40 };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        let text = cursor.to_string();
        for wrong in ["", "01", "x", "é", &text[1..], &text.replacen("01", "02", 1), &format!("{text}00"), "+1+1"] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
        assert_ne!(Cursor::fingerprint(["a", "bc"]), Cursor::fingerprint(["ab", "c"]));
    }
}
