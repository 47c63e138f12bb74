//! Texts that a spreadsheet would take for a formula.
//!
//! A CSV file has no types, so a spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`. Such a
//! text is written with an apostrophe before it. So that it reads back equal, the reader removes an
//! apostrophe when, and only when, nothing but further apostrophes stands between it and such a sign; a
//! text that itself begins like that gets one more. `#` is guarded as well, as a row of labels begins
//! with it, and so are the full-width signs that East Asian spreadsheets take for the same.
//! Numbers and days are never guarded: `-5` in a column of numbers is a number.

use std::borrow::Cow;

use model::value::CellKind;

/// Whether a text needs an apostrophe, or begins with apostrophes that would be taken for one.
fn is_risky(text: &str) -> bool {
    let first = text.trim_start_matches('\'').chars().next();
    first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '#' | '＝' | '＋' | '－' | '＠'))
}

/// The text as it is written to a CSV file.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell of a CSV file without its guard.
pub(crate) fn unguarded(kind: CellKind, text: &str) -> &str {
    if matches!(kind, CellKind::Number | CellKind::Whole(..) | CellKind::Date | CellKind::YesNo) {
        return text;
    }
    match text.trim_start().strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guarded_texts_read_back_equal() {
        let formula = "=HYPERLINK(\"http://example.org\")";
        for text in [formula, "+1", "-1", "@x", "'=1", "''=1", "'tis", "a=1", "'", "", "#1", "＝1"] {
            let written = guarded(text);
            assert_eq!(unguarded(CellKind::Text, &written), text);
            assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{written}");
        }
        assert_eq!(guarded("'tis"), "'tis");
        assert_eq!(unguarded(CellKind::Number, "'-5"), "'-5");
    }
}
