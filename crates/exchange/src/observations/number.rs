//! Numbers in plain ASCII, read exactly without the general parser.

/// Powers of ten that a double holds exactly.
const EXACT: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Reads `-123.456`; `None` for anything else, also for what would need more than one rounding.
///
/// Digits of at most 2^53 and a power of ten of at most 22 are both exact doubles, so their quotient is
/// the correctly rounded value (Clinger 1990).
pub(super) fn plain_number(bytes: &[u8]) -> Option<f64> {
    let (negative, digits) = match bytes.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut mantissa: u64 = 0;
    let mut point: Option<usize> = None;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() && at > 0 && at + 1 < digits.len() => point = Some(at),
            _ => return None,
        }
    }
    if mantissa > 1 << 53 {
        return None;
    }
    let n_decimals = point.map_or(0, |at| digits.len() - at - 1);
    let value = mantissa as f64 / EXACT.get(n_decimals)?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_general_parser() {
        let mut state = 1u64;
        for _ in 0..200_000 {
            // A linear congruence (Knuth, MMIX) is random enough for digits.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let whole = (state >> 33) % 10u64.pow((state >> 20) as u32 % 9 + 1);
            let text = format!("{}{whole}.{:03}", if state & 1 == 0 { "-" } else { "" }, state % 1000);
            assert_eq!(plain_number(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for odd in ["", "-", ".5", "5.", "1e3", "1,5", "+1", " 1", "1.2.3", "9007199254740993", "1234567890123456789"] {
            assert_eq!(plain_number(odd.as_bytes()), None, "{odd}");
        }
        assert_eq!(plain_number(b"-0").map(f64::is_sign_negative), Some(true));
    }
}
