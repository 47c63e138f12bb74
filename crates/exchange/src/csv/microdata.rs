//! Microdata from CSV: every column a variable, of numbers when all of its values are.

use std::sync::Arc;

use diag::{Diagnostic, Pointer};
use model::{
    microdata::{MISSING, Table, Values, Variable},
    record::SheetOrigin,
};
use rustc_hash::FxHashMap;

use super::{Rows, detect_delimiter, encoding, ragged};
use crate::{
    codes,
    read::{Findings, NamedBytes, sheet_pointer},
};

/// Findings that are kept.
const MOST_FOUND: usize = 100;

/// A variable while it is read: texts are numbered, and turned into numbers at the end if all can be.
#[derive(Default)]
struct Column {
    known: FxHashMap<String, u32>,
    levels: Vec<String>,
    codes: Vec<u32>,
}

impl Column {
    fn push(&mut self, text: &str) {
        let text = text.trim();
        let code = match self.known.get(text) {
            _ if text.is_empty() => MISSING,
            Some(code) => *code,
            None => {
                let code = self.levels.len() as u32;
                self.known.insert(text.to_owned(), code);
                self.levels.push(text.to_owned());
                code
            }
        };
        self.codes.push(code);
    }

    /// `NA` is how R writes what is missing; beside texts it may be a name.
    fn finish(self) -> Values {
        let number = |text: &String| if text == "NA" { Some(f64::NAN) } else { text.parse().ok().filter(finite) };
        let numbers: Option<Vec<f64>> = self.levels.iter().map(number).collect();
        match numbers {
            Some(numbers) => Values::Numbers(
                self.codes.iter().map(|c| if *c == MISSING { f64::NAN } else { numbers[*c as usize] }).collect(),
            ),
            None => Values::Texts { levels: self.levels, codes: self.codes },
        }
    }
}

/// `inf` and `nan` are words.
fn finite(number: &f64) -> bool {
    number.is_finite()
}

/// Reads a CSV file as microdata, with what was noticed on the way.
///
/// Errors: a file without a row, bytes that are no text, two columns of one name, a row with another number of cells.
pub fn read_microdata(file: &NamedBytes) -> Result<(Table, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut findings = Findings::new(MOST_FOUND);
    let at = || Pointer { file: Some(file.name.clone()), ..Pointer::default() };
    let Some(text) = encoding::decode(file, None, &mut findings) else { return Err(findings.finish().0) };
    let body = text.as_bytes();
    let delimiter = detect_delimiter(body);
    let mut rows = Rows::new(body, delimiter);
    let Some(head) = rows.next() else {
        findings.push(Diagnostic::new(&codes::XCH001).arg("file", &file.name).at(at()));
        return Err(findings.finish().0);
    };
    let names: Vec<String> = head.cells().map(|name| name.trim().to_owned()).collect();
    let sheet = Arc::new(SheetOrigin { file: file.name.clone(), sheet: String::new(), header: names.clone() });
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, name) in names.iter().enumerate() {
        if let Some(before) = first.insert(name, i) {
            let cell = |i: usize| diag::column_letters(i as u32 + 1);
            let at = Pointer { row: Some(head.row + 1), column: Some(i as u32 + 1), ..sheet_pointer(&sheet) };
            findings.push(Diagnostic::new(&codes::XCH021).arg("column", name).arg("first", cell(before)).at(at));
        }
    }
    let mut columns: Vec<Column> = names.iter().map(|_| Column::default()).collect();
    let mut is_whole = first.len() == names.len();
    let mut n_rows = 0;
    for found in rows {
        if found.record.len() != names.len() {
            if found.cells().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            is_whole = false;
            findings.push(ragged(found.record.len(), names.len(), found.row + 1, &sheet));
            continue;
        }
        found.cells().zip(&mut columns).for_each(|(cell, column)| column.push(cell));
        n_rows += 1;
    }
    if !is_whole {
        return Err(findings.finish().0);
    }
    let of = |(name, column): (String, Column)| Variable::new(name, column.finish());
    let variables = names.into_iter().zip(columns).map(of).collect();
    Ok((Table { name: file.name.clone(), variables, n_rows, origin: None }, findings.finish().0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Table, Vec<Diagnostic>> {
        crate::read_microdata(&NamedBytes { name: "s.csv".into(), bytes: text.as_bytes().to_vec() })
            .map(|(table, _)| table)
    }

    #[test]
    fn columns_are_numbers_or_texts() {
        let table = read("a,b,ماء\n1,x,1e3\n,,NA\n-2.5,NA,inf\n").expect("a table");
        assert_eq!(table.n_rows, 3);
        assert!(
            matches!(table.variable("a"), Some(Values::Numbers(n)) if n[0] == 1.0 && n[1].is_nan() && n[2] == -2.5)
        );
        let texts = Values::Texts { levels: vec!["x".into(), "NA".into()], codes: vec![0, MISSING, 1] };
        assert_eq!(table.variable("b"), Some(&texts));
        assert!(matches!(table.variable("ماء"), Some(Values::Texts { .. })), "what is infinite is no answer");
    }

    fn check_refused(text: &str, code: &str) {
        assert_eq!(read(text).expect_err(text)[0].code.id, code, "{text}");
    }

    #[test]
    fn half_files_are_refused() {
        check_refused("", "XCH001");
        check_refused("a,b\n1,2\n1\n", "XCH036");
        check_refused("a,b\n1,2,3\n", "XCH036");
        check_refused("a,a\n1,2\n", "XCH021");
        check_refused("%PDF-1.7\n1 0 obj", "XCH002");
        check_refused("\u{1F}\0\0\0\u{8}\0\0\0", "XCH002");
    }
}
