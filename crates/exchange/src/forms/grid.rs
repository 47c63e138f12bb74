//! Rows of texts under a header, kept close together: an export has millions of short cells.

use diag::Pointer;

/// Cells of a table, at most.
pub(crate) const MOST_CELLS: usize = 100_000_000;

/// A table of texts.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// The file.
    pub(crate) file: String,
    /// The sheet; empty for a CSV file.
    pub(crate) sheet: String,
    /// The header.
    pub(crate) names: Vec<String>,
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
    /// Each row's number in the file.
    numbers: Vec<u32>,
}

impl Grid {
    pub(crate) fn new(file: &str, sheet: &str, names: Vec<String>) -> Grid {
        let names = names.into_iter().map(|name| name.trim().to_owned()).collect();
        let (file, sheet) = (file.to_owned(), sheet.to_owned());
        Grid { file, sheet, names, text: String::new(), ends: Vec::new(), numbers: Vec::new() }
    }

    /// Adds a row, cut or filled up to the header's width; a row without a text is passed over.
    pub(crate) fn push(&mut self, number: u32, cells: impl Iterator<Item = String>) {
        let (text, ends) = (self.text.len(), self.ends.len());
        for cell in cells.take(self.names.len()) {
            self.text.push_str(cell.trim());
            self.ends.push(self.text.len());
        }
        if self.text.len() == text {
            self.ends.truncate(ends);
            return;
        }
        self.ends.resize(ends + self.names.len(), self.text.len());
        self.numbers.push(number);
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.numbers.len()
    }

    /// A cell's text; empty where there is none.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        if column >= self.names.len() {
            return "";
        }
        let at = row * self.names.len() + column;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// The cells of a column.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        (0..self.n_rows()).map(move |row| self.cell(row, column))
    }

    /// The place of a column by one of its names: a question may be called `key` beside the program's `KEY`.
    pub(crate) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.names.iter().position(|own| own == name))
    }

    /// A row's number in the file, the header being row 1.
    pub(crate) fn number(&self, row: usize) -> u32 {
        self.numbers.get(row).copied().unwrap_or(0)
    }

    /// What people call the table: the sheet, or the file without its ending.
    pub(crate) fn title(&self) -> &str {
        if self.sheet.is_empty() { stem(&self.file) } else { &self.sheet }
    }

    /// A place in it: a row of the table, and a column from 0.
    pub(crate) fn at(&self, row: Option<usize>, column: Option<usize>) -> Pointer {
        Pointer {
            file: Some(self.file.clone()),
            sheet: Some(self.sheet.clone()).filter(|sheet| !sheet.is_empty()),
            row: row.map(|row| self.number(row)),
            column: column.and_then(|column| u32::try_from(column + 1).ok()),
            value: None,
        }
    }
}

/// A file's name without folder and ending.
pub(super) fn stem(name: &str) -> &str {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_filled_and_passed_over() {
        let mut grid = Grid::new("a.csv", "", vec!["x".into(), " y ".into()]);
        let mut push = |number, cells: &[&str]| grid.push(number, cells.iter().map(|c| (*c).to_owned()));
        push(2, &["1", " zwei ", "beyond"]);
        push(3, &["", " "]);
        push(4, &["4"]);
        assert_eq!((grid.n_rows(), grid.number(1), grid.find(&["Y", "y"])), (2, 4, Some(1)));
        let cells: Vec<&str> = (0..2).flat_map(|r| [grid.cell(r, 0), grid.cell(r, 1)]).collect();
        assert_eq!(cells, ["1", "zwei", "4", ""]);
        assert_eq!((grid.cell(9, 0), grid.cell(0, 9), grid.title()), ("", "", "a"));
    }
}
