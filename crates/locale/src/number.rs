//! Numbers and dates as people read them. Rounding happens here and nowhere before.

use jiff::civil::Date;

/// A number for reading: grouped by thousands, at most one decimal from 100 on, two from 1 on, four significant
/// digits below 1. The three interface languages write European digits in statistical tables, so there is
/// one form; outputs carry the exact number beside it (see [`exact`]).
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let size = value.abs();
    let decimals = if value.fract() == 0.0 || size >= 10_000.0 {
        0
    } else if size >= 100.0 {
        1
    } else if size >= 1.0 {
        2
    } else {
        // Four significant digits: 0.01234 keeps four places after the two zeros.
        (3 - size.log10().floor() as i32).clamp(0, 12) as usize
    };
    let text = format!("{size:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|b| matches!(b, b'1'..=b'9')) {
        out.push('\u{2212}');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A number of a column whose numbers line up: one decimal always, none from 10,000 on.
pub fn tenths(value: f64) -> String {
    if !value.is_finite() || value.abs() >= 10_000.0 {
        return number(value);
    }
    let text = number((value * 10.0).round() / 10.0);
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// A share (0–1) as a whole percentage: `0.834` is `83 %`.
pub fn percent(share: f64) -> String {
    format!("{}\u{a0}%", number((share * 100.0).round()))
}

/// A number for machines: the shortest decimal text that reads back equal.
pub fn exact(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// A day, ISO 8601, the same in all languages.
pub fn date(day: Date) -> String {
    day.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let check = |value: f64, expected: &str| assert_eq!(tenths(value), expected);
        check(43.2, "43.2");
        check(41.0, "41.0");
        check(0.04, "0.0");
        check(-0.26, "\u{2212}0.3");
        check(1234.56, "1,234.6");
        check(575_023.4, "575,023");
        check(f64::NAN, "–");
    }

    #[test]
    fn numbers_are_grouped_and_rounded_once() {
        for (value, text) in [
            (0.0, "0"),
            (24.8, "24.8"),
            (-3.9, "\u{2212}3.9"),
            (133_200_000.0, "133,200,000"),
            (1234.56, "1,234.6"),
            (0.012_345, "0.01235"),
            (99.999, "100"),
            (-0.000_000_000_000_01, "0"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
