//! Cutting CSV bytes at line ends, and deciding whether that is safe.

use std::{borrow::Cow, ops::Range};

/// What the bytes allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// No quotation mark at all: every line end ends a row.
    None,
    /// Every quotation mark opens a cell, closes one, or is doubled inside of one.
    WellFormed,
    /// Something else, or a lone carriage return; left to the general reader.
    Odd,
}

/// Looks at every quotation mark and carriage return.
pub(super) fn quotes(bytes: &[u8], delimiter: u8) -> Quotes {
    let mut inside = false;
    let mut any = false;
    let mut marks = memchr::memchr_iter(b'"', bytes).peekable();
    let mut skip = None;
    let ends_cell = |at: usize| match bytes.get(at) {
        None => true,
        Some(b) => *b == delimiter || *b == b'\n' || *b == b'\r' && bytes.get(at + 1) == Some(&b'\n'),
    };
    while let Some(at) = marks.next() {
        any = true;
        if skip.take() == Some(at) {
            continue;
        }
        if !inside {
            let before = at.checked_sub(1).and_then(|i| bytes.get(i));
            if before.is_some_and(|b| *b != delimiter && *b != b'\n') {
                return Quotes::Odd;
            }
            inside = true;
        } else if marks.peek() == Some(&(at + 1)) {
            skip = Some(at + 1);
        } else if ends_cell(at + 1) {
            inside = false;
        } else {
            return Quotes::Odd;
        }
    }
    let lone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if inside || memchr::memchr_iter(b'\r', bytes).any(lone) {
        return Quotes::Odd;
    }
    if any { Quotes::WellFormed } else { Quotes::None }
}

/// Cuts into pieces of about `size` bytes that end at the end of a row.
pub(super) fn pieces(bytes: &[u8], size: usize, quotes: Quotes) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    while from < bytes.len() {
        let mut at = from;
        let mut wanted = from + size;
        let end = loop {
            if wanted >= bytes.len() {
                break bytes.len();
            }
            let Some(line) = memchr::memchr(b'\n', &bytes[wanted..]) else { break bytes.len() };
            let end = wanted + line + 1;
            if quotes == Quotes::None {
                break end;
            }
            // An even number of marks since the last row's end: the line end stands outside of quotes.
            if memchr::memchr_iter(b'"', &bytes[at..end]).count().is_multiple_of(2) {
                break end;
            }
            // Inside a quoted cell: go on behind the mark that closes it.
            let Some(mark) = memchr::memchr(b'"', &bytes[end..]) else { break bytes.len() };
            (wanted, at) = (end + mark + 1, end + mark + 1);
        };
        pieces.push(from..end);
        from = end;
    }
    pieces
}

/// Calls back with the cells of each row that is not blank, and its number counted from 0 with blank rows
/// included. Returns how many rows there are.
pub(super) fn for_each_row<'a>(bytes: &'a [u8], delimiter: u8, mut row: impl FnMut(u32, &[Cow<'a, [u8]>])) -> u32 {
    let mut cells: Vec<Cow<'a, [u8]>> = Vec::new();
    let mut n = 0;
    let mut from = 0;
    let quoted = memchr::memchr(b'"', bytes).is_some();
    if !quoted {
        let mut start = 0;
        let mut end_row = |end: usize, start: usize, cells: &mut Vec<Cow<'a, [u8]>>| {
            let last = bytes[start..end].strip_suffix(b"\r").unwrap_or(&bytes[start..end]);
            cells.push(Cow::Borrowed(last));
            row(n, cells);
            cells.clear();
            n += 1;
        };
        for at in memchr::memchr2_iter(delimiter, b'\n', bytes) {
            if bytes[at] == delimiter {
                cells.push(Cow::Borrowed(&bytes[start..at]));
            } else {
                end_row(at, start, &mut cells);
                from = at + 1;
            }
            start = at + 1;
        }
        if from < bytes.len() {
            end_row(bytes.len(), start, &mut cells);
        }
        return n;
    }
    while from < bytes.len() {
        let mut at = from;
        let end = loop {
            let (cell, next) = cell(bytes, at, delimiter);
            cells.push(cell);
            match bytes.get(next) {
                Some(b) if *b == delimiter => at = next + 1,
                _ => break next,
            }
        };
        row(n, &cells);
        cells.clear();
        n += 1;
        // Behind the line end, which has one byte or two.
        from = match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'\r'), Some(b'\n')) => end + 2,
            _ => end + 1,
        };
    }
    n
}

/// A cell and where it ends. Quotation marks are well formed.
fn cell(bytes: &[u8], at: usize, delimiter: u8) -> (Cow<'_, [u8]>, usize) {
    if bytes.get(at) != Some(&b'"') {
        let end = memchr::memchr2(delimiter, b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        let ends_row = bytes.get(end) != Some(&delimiter);
        let text = &bytes[at..end];
        return match text.strip_suffix(b"\r") {
            Some(text) if ends_row => (Cow::Borrowed(text), end - usize::from(end < bytes.len())),
            _ => (Cow::Borrowed(text), end),
        };
    }
    let mut from = at + 1;
    let mut text: Cow<'_, [u8]> = Cow::Borrowed(&[]);
    loop {
        let Some(i) = memchr::memchr(b'"', &bytes[from..]) else {
            return (join(text, &bytes[from..]), bytes.len());
        };
        let mark = from + i;
        if bytes.get(mark + 1) == Some(&b'"') {
            text = join(text, &bytes[from..=mark]);
            from = mark + 2;
        } else {
            return (join(text, &bytes[from..mark]), mark + 1);
        }
    }
}

fn join<'a>(text: Cow<'a, [u8]>, more: &'a [u8]) -> Cow<'a, [u8]> {
    if text.is_empty() {
        return Cow::Borrowed(more);
    }
    let mut text = text.into_owned();
    text.extend_from_slice(more);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut all = Vec::new();
        for_each_row(text.as_bytes(), b',', |_, cells| {
            all.push(cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect());
        });
        all
    }

    #[test]
    fn quoted_cells_are_read_as_they_are_written() {
        for (text, expected) in [
            ("a,b\nc,d\n", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a,b\r\nc,d", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("\"a,1\",b\r\nc,\"d\"\r\n", vec![vec!["a,1", "b"], vec!["c", "d"]]),
            ("\"say \"\"so\"\"\",\n\"x\ny\",z", vec![vec!["say \"so\"", ""], vec!["x\ny", "z"]]),
            ("\"\"\"\",1", vec![vec!["\"", "1"]]),
        ] {
            assert_ne!(quotes(text.as_bytes(), b','), Quotes::Odd, "{text}");
            assert_eq!(rows(text), expected, "{text}");
        }
    }

    #[test]
    fn odd_marks_are_left_to_the_general_reader() {
        for text in ["5\" pipe,b\n", "\"a\"b,c\n", "\"a", "a\rb\n"] {
            assert_eq!(quotes(text.as_bytes(), b','), Quotes::Odd, "{text}");
        }
    }

    #[test]
    fn pieces_end_with_rows() {
        let text = "a,\"x\ny\"\nb,\"\n\n\n\"\nc,d\n".repeat(50);
        for size in 1..40 {
            let pieces = pieces(text.as_bytes(), size, Quotes::WellFormed);
            let read: Vec<Vec<String>> = pieces.iter().flat_map(|p| rows(&text[p.clone()])).collect();
            assert_eq!(read, rows(&text), "{size}");
            assert_eq!(pieces.iter().map(|p| p.len()).sum::<usize>(), text.len());
        }
    }
}
