//! Tables that questions need: given in a folder, or those that the program carries.

use std::{fs, path::PathBuf};

use diag::{Code, Diagnostic};
use engine::survey::Refusal;
use exchange::{NamedBytes, read_microdata};
use model::microdata::{Table, Values};
use rust_embed::RustEmbed;

/// Series and lists that the program carries; `samples/README.md` names their sources.
#[derive(RustEmbed)]
#[folder = "../../samples/series"]
struct Shipped;

/// A table by the name of its file: from the first folder that has it, or else the one that the program carries.
///
/// Errors: a name that leads elsewhere, a file that cannot be read, told under `code`.
pub(crate) fn table(name: &str, folders: &[PathBuf], code: &'static Code) -> Result<Table, Refusal> {
    let wrong = |detail: String| Box::new(Diagnostic::new(code).arg("detail", detail));
    if name.contains(['/', '\\']) || name.starts_with('.') {
        return Err(wrong(format!("{name}: / \\")));
    }
    let path = folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    let bytes = match path {
        Some(path) => fs::read(&path).map_err(|e| wrong(format!("{}: {e}", path.display())))?,
        None => match Shipped::get(name) {
            Some(file) => file.data.into_owned(),
            None => {
                let looked: Vec<String> = folders.iter().map(|f| f.join(name).display().to_string()).collect();
                let found = Diagnostic::new(&engine::survey::codes::SVY015).arg("file", name);
                return Err(Box::new(found.arg("folders", looked.join(", "))));
            }
        },
    };
    match read_microdata(&NamedBytes { name: name.to_owned(), bytes }) {
        Ok((table, _)) => Ok(table),
        Err(mut found) => Err(Box::new(found.swap_remove(0))),
    }
}

/// A variable's numbers.
pub(crate) fn numbers<'t>(table: &'t Table, name: &str) -> Result<&'t [f64], Refusal> {
    use engine::survey::codes::{SVY002, SVY004};
    match table.variable(name) {
        Some(Values::Numbers(numbers)) => Ok(numbers),
        Some(Values::Texts { .. }) => {
            Err(Box::new(Diagnostic::new(&SVY004).arg("name", name).arg("file", &table.name)))
        }
        None => {
            let found = Diagnostic::new(&SVY002).arg("name", name).arg("file", &table.name);
            Err(Box::new(found.arg("near", "no").arg("nearest", "")))
        }
    }
}

/// A variable's texts by row; empty where there is none.
pub(crate) fn texts(table: &Table, name: &str) -> Vec<String> {
    match table.variable(name) {
        Some(values) => (0..table.n_rows).map(|row| values.show(row)).collect(),
        None => vec![String::new(); table.n_rows],
    }
}
