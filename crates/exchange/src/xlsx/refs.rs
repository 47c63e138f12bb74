//! Cell references and ranges.

use std::fmt;

/// Most columns and rows that a sheet has.
const LAST_COLUMN: u32 = 16_384;
const LAST_ROW: u32 = 1_048_576;

/// Reads `C17` as (row, column), both counted from 0; `None` outside of a sheet.
pub(super) fn cell_ref(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 || digits.len() > 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0u32, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = digits.parse().ok()?;
    ((1..=LAST_COLUMN).contains(&column) && (1..=LAST_ROW).contains(&row)).then(|| (row - 1, column - 1))
}

/// Reads a row number; the answer counts from 0.
pub(super) fn row_ref(text: &str) -> Option<u32> {
    let row: u32 = text.parse().ok()?;
    (1..=LAST_ROW).contains(&row).then(|| row - 1)
}

/// A rectangle of cells, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first_row: u32,
    pub(super) first_column: u32,
    last_row: u32,
    last_column: u32,
}

impl Range {
    pub(super) fn parse(text: &str) -> Option<Range> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let ((first_row, first_column), (last_row, last_column)) = (cell_ref(from)?, cell_ref(to)?);
        Some(Range { first_row, first_column, last_row, last_column })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = diag::column_letters;
        let (from, to) = (letters(self.first_column + 1), letters(self.last_column + 1));
        write!(f, "{from}{}:{to}{}", self.first_row + 1, self.last_row + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_outside_of_a_sheet_are_none() {
        assert_eq!(cell_ref("C17"), Some((16, 2)));
        assert_eq!(cell_ref("XFD1048576"), Some((1_048_575, 16_383)));
        for odd in ["", "A", "1", "A0", "XFE1", "A1048577", "ZZZZZZZZ1", "A99999999999", "A-1", "é1", "A1é"] {
            assert_eq!(cell_ref(odd), None, "{odd}");
        }
        assert_eq!(Range::parse("B2:D5").map(|r| r.to_string()).as_deref(), Some("B2:D5"));
    }
}
