//! The tables of a zip archive.

use std::io::Read;

use diag::{Diagnostic, Pointer};

use crate::{
    codes,
    read::{Limits, NamedBytes},
    xlsx::archive::{Archive, Broken, Share},
};

/// The CSV files of an archive by their names without folders, and workbooks not: photographs and the like are passed over.
///
/// Errors: an archive that is broken, locked, or unpacks to more than the limits; none of its files a table.
pub(super) fn tables(file: &NamedBytes, limits: &Limits) -> Result<Vec<NamedBytes>, Vec<Diagnostic>> {
    let at = || Pointer { file: Some(file.name.clone()), ..Pointer::default() };
    let fault = |broken: Broken| vec![broken.finding(file, limits).at(at())];
    let mut archive = Archive::open(&file.bytes, limits).map_err(fault)?;
    let mut files: Vec<NamedBytes> = Vec::new();
    for path in archive.names() {
        let parts: Vec<&str> = path.split(['/', '\\']).collect();
        // What a Mac adds, and attachments of a form, are no tables of it.
        let is_aside = parts.iter().any(|part| *part == "__MACOSX" || *part == "media" || part.starts_with('.'));
        let Some(name) = parts.last().filter(|name| name.to_lowercase().ends_with(".csv") && !is_aside) else {
            continue;
        };
        let (mut part, _) = archive.part(&path, Share::Whole).map_err(fault)?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|e| fault(e.into()))?;
        if files.iter().any(|known| known.name == *name) {
            let found = Diagnostic::new(&codes::XCH004).arg("file", &file.name).arg("detail", (*name).to_owned());
            return Err(vec![found.at(at())]);
        }
        files.push(NamedBytes { name: (*name).to_owned(), bytes });
    }
    if files.is_empty() {
        return Err(vec![Diagnostic::new(&codes::XCH052).arg("file", &file.name).arg("tables", "").at(at())]);
    }
    Ok(files)
}
