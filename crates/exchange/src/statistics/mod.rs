//! Microdata from the files of statistics programs, with labels and what they declare missing.

mod spss;
mod stata;

use diag::{Code, Diagnostic, Pointer};
use model::microdata::Table;

use crate::{
    codes,
    container::{Container, recognise},
    csv,
    read::{NamedBytes, not_a_table},
};

/// Values that a file may hold when unpacked: 4 GB.
const MOST_VALUES: u64 = 500_000_000;

/// Reads a file of microdata, whatever it is: CSV, Stata (.dta), SPSS (.sav, .zsav), with what was noticed on the way.
///
/// Errors: a file that is none of these, breaks off, or contradicts itself; of CSV those of its rows.
pub fn read_microdata(file: &NamedBytes) -> Result<(Table, Vec<Diagnostic>), Vec<Diagnostic>> {
    let fault = |code: &'static Code| {
        let at = Pointer { file: Some(file.name.clone()), ..Pointer::default() };
        vec![Diagnostic::new(code).arg("file", &file.name).at(at)]
    };
    if spss::is_one(&file.bytes) {
        return spss::read(file).map(|table| (table, Vec::new())).map_err(|found| vec![*found]);
    }
    if stata::is_one(&file.bytes) {
        return stata::read(file).map(|table| (table, Vec::new())).map_err(|found| vec![*found]);
    }
    match recognise(&file.bytes) {
        Container::Text => csv::read_microdata(file),
        Container::Empty => Err(fault(&codes::XCH001)),
        Container::Encrypted => Err(fault(&codes::XCH003)),
        Container::Xlsx => Err(vec![not_a_table(file, "xlsx")]),
        Container::Other(what) => Err(vec![not_a_table(file, what)]),
    }
}

/// That a file is not what it begins as: where, and what was expected.
fn damaged(file: &NamedBytes, detail: impl ToString) -> Box<Diagnostic> {
    let at = Pointer { file: Some(file.name.clone()), ..Pointer::default() };
    Box::new(Diagnostic::new(&codes::XCH051).arg("file", &file.name).arg("detail", detail.to_string()).at(at))
}
