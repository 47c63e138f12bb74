//! What field teams export from ODK Central, ODK Briefcase and KoboToolbox, as tables of a survey: households, one of their
//! repeats as persons, and what their values mean.
//!
//! An export is a zip archive or a folder of CSV files (`FORM.csv`, `FORM-members.csv`), or a workbook with a sheet for each
//! repeat. The form itself (XLSForm) may lie beside it and tells names, labels and choices. Out come plain CSV files: of the
//! submissions, of the repeat, and of labels, which are read like any others.

mod columns;
mod form;
mod grid;
mod questions;
mod tables;
mod unpack;

use std::collections::{BTreeMap, BTreeSet};

use diag::Diagnostic;
use model::value::Lang;

pub use form::read_form;
pub(crate) use grid::{Grid, MOST_CELLS};

use crate::{
    codes,
    container::{Container, recognise},
    csv,
    read::{Limits, NamedBytes},
    xlsx,
};
use columns::{Column, columns};
use questions::Codebook;
use tables::{Export, Origin, joined, origin_of};

/// Findings of one cause that are told.
const MOST_FOUND: usize = 1_000;
/// Unpacked, an export is as large as a file of a survey may be.
const LIMITS: Limits = Limits { inflated_bytes: 1 << 30, columns: 20_000, ..Limits::STANDARD };
/// What identifies a submission, in all tables that are written.
const HOUSEHOLD: &str = "household_key";
/// The columns of a file of labels, as surveys take it.
const LABELS_HEAD: [&str; 4] = ["variable", "label", "value", "value_label"];
/// What identifies a row of a repeat.
const ROW: &str = "row_key";

/// Which repeat of an export is the table of persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat<'a> {
    /// The only one, if there is one; several must be told apart.
    #[default]
    Only,
    /// None: rows are submissions.
    None,
    /// The one with this name.
    Named(&'a str),
}

/// Files of a survey made of what was given.
#[derive(Clone, Debug)]
pub struct Collection {
    /// The files: those that were given, or CSV files made of an export.
    pub files: Vec<NamedBytes>,
    /// The repeats of the export.
    pub repeats: Vec<String>,
    /// Whether an export was read.
    pub is_export: bool,
}

/// Makes files of a survey from an export of forms: archives are unpacked, sheets of a workbook become files, and where the
/// tables are those of ODK or Kobo they are joined, their columns named by their questions, and a file of labels is added
/// (`variable`, `label`, `value`, `value_label`). Other files stay as they are.
///
/// `household_key` identifies the submission in every table made of an export, `row_key` the row of the repeat. A question with
/// several answers keeps its text and becomes one variable of 0 and 1 for each choice, `question.choice`.
///
/// Errors: archives and workbooks that are broken or too large; two rows of one key (`XCH055`), rows without a parent
/// (`XCH056`); several repeats and none named (`XCH053`); a form that knows none of the columns (`XCH057`).
pub fn collected(files: Vec<NamedBytes>, repeat: Repeat<'_>, lang: Lang) -> Result<Collection, Vec<Diagnostic>> {
    let (mut rest, mut books, mut form) = (Vec::new(), Vec::new(), None);
    let (mut unpacked, mut others): (Vec<NamedBytes>, Vec<NamedBytes>) = (Vec::new(), Vec::new());
    for file in files {
        match recognise(&file.bytes) {
            Container::Other("zip") => unpacked.extend(unpack::tables(&file, &LIMITS)?),
            Container::Xlsx => others.push(file),
            _ => rest.push(file),
        }
    }
    for file in others {
        let grids = xlsx::grids(&file, &LIMITS)?;
        if form::is_form(&grids) {
            form = Some(Codebook::of(&form::form_of(&file.name, &grids)?));
        } else {
            books.push((file, grids));
        }
    }
    rest.extend(unpacked);
    let mut grids = Vec::new();
    let mut origin = None;
    // Files of an export are those that stand beside one of its tables and have a key.
    let mut plain = Vec::new();
    for file in rest {
        let names = if recognise(&file.bytes) == Container::Text { csv::header(&file) } else { None };
        match names.and_then(|names| origin_of(&names)) {
            Some(of) if origin.is_none_or(|known| known == of) => {
                origin = Some(of);
                grids.push(csv::grid(&file, &LIMITS)?);
            }
            _ => plain.push(file),
        }
    }
    for (file, sheets) in books {
        let is_kobo = sheets.iter().any(|grid| origin_of(&grid.names).is_some());
        if is_kobo && origin.is_none_or(|known| known == Origin::Kobo) {
            origin = Some(Origin::Kobo);
            // A sheet beside the tables, of notes say, belongs to none of them.
            grids.extend(sheets.into_iter().filter(|grid| origin_of(&grid.names).is_some()));
        } else {
            plain.push(only_sheet(&file, sheets)?);
        }
    }
    let Some(origin) = origin else {
        plain.extend(form.map(|book| plain_labels(&book, &plain, lang)).transpose()?);
        return Ok(Collection { files: plain, repeats: Vec::new(), is_export: false });
    };
    let export = joined(origin, grids)?;
    let repeats = export.levels.iter().skip(1).map(|level| level.name.clone()).collect();
    let mut files = written(&export, chosen(&export, repeat)?, form.as_ref(), lang)?;
    files.extend(plain);
    Ok(Collection { files, repeats, is_export: true })
}

/// A workbook that is no export is a table when it has one sheet.
fn only_sheet(file: &NamedBytes, sheets: Vec<Grid>) -> Result<NamedBytes, Vec<Diagnostic>> {
    let tables = sheets.iter().map(Grid::title).collect::<Vec<_>>().join(", ");
    let mut sheets = sheets.into_iter();
    let (Some(grid), None) = (sheets.next(), sheets.next()) else {
        return Err(vec![Diagnostic::new(&codes::XCH052).arg("file", &file.name).arg("tables", tables)]);
    };
    let rows = (0..grid.n_rows()).map(|row| (0..grid.names.len()).map(|i| grid.cell(row, i).to_owned()).collect());
    Ok(NamedBytes { name: format!("{}.csv", grid::stem(&file.name)), bytes: table(&grid.names, rows) })
}

/// What a form says of the columns of files that are no export.
fn plain_labels(book: &Codebook, files: &[NamedBytes], lang: Lang) -> Result<NamedBytes, Vec<Diagnostic>> {
    let mut rows = Vec::new();
    for file in files.iter().filter(|file| recognise(&file.bytes) == Container::Text) {
        let Ok(grid) = csv::grid(file, &LIMITS) else { continue };
        let level = book.level(&grid.names);
        for (i, header) in grid.names.iter().enumerate() {
            let Some((question, None)) = level.find(header) else { continue };
            let is_number = grid.column(i).filter(|v| !v.is_empty()).all(|v| number(v).is_some());
            rows.extend(label_rows(header, book.label(question, lang), &book.meanings(question, lang), is_number));
        }
    }
    if rows.is_empty() {
        let names = files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
        return Err(vec![Diagnostic::new(&codes::XCH057).arg("form", &book.file).arg("file", names)]);
    }
    let name = format!("{}-labels.csv", file_name(grid::stem(&book.file)));
    Ok(NamedBytes { name, bytes: table(&LABELS_HEAD.map(str::to_owned), rows.into_iter()) })
}

/// The repeat that is the table of persons.
fn chosen(export: &Export, repeat: Repeat<'_>) -> Result<Option<usize>, Vec<Diagnostic>> {
    let repeats = || export.levels.iter().enumerate().skip(1);
    let known = || repeats().map(|(_, level)| level.name.as_str()).collect::<Vec<_>>().join(", ");
    let file = || export.levels.first().map_or_else(String::new, |level| level.grid.file.clone());
    match repeat {
        Repeat::None => Ok(None),
        Repeat::Only if export.levels.len() <= 2 => Ok(repeats().next().map(|(i, _)| i)),
        Repeat::Only => Err(vec![Diagnostic::new(&codes::XCH053).arg("file", file()).arg("repeats", known())]),
        Repeat::Named(name) => match repeats().find(|(_, level)| level.name.eq_ignore_ascii_case(name.trim())) {
            Some((i, _)) => Ok(Some(i)),
            None => {
                let found = Diagnostic::new(&codes::XCH054).arg("repeat", name).arg("file", file());
                Err(vec![found.arg("repeats", known())])
            }
        },
    }
}

/// A table's columns, and the table that they come from.
struct Told<'a> {
    level: usize,
    columns: Vec<Column<'a>>,
}

fn written(
    export: &Export,
    repeat: Option<usize>,
    form: Option<&Codebook>,
    lang: Lang,
) -> Result<Vec<NamedBytes>, Vec<Diagnostic>> {
    // The repeat, the repeats around it, the submissions.
    let mut levels = Vec::new();
    let mut at = repeat;
    while let Some(level) = at.filter(|level| *level > 0) {
        levels.push(level);
        at = export.levels.get(level).and_then(|l| l.parent.as_ref()).map(|(above, _)| *above);
    }
    levels.push(0);
    let (mut told, mut n_known) = (Vec::new(), 0);
    for level in levels.iter().rev() {
        let Some(own) = export.levels.get(*level) else { continue };
        let known = form.map(|book| book.level(&own.grid.names));
        let (columns, known) = columns(&own.grid, export.origin, *level > 0, known, lang);
        n_known += known;
        told.push(Told { level: *level, columns });
    }
    if let (Some(book), 0, Some(root)) = (form, n_known, export.levels.first()) {
        let found = Diagnostic::new(&codes::XCH057).arg("form", &book.file).arg("file", &root.grid.file);
        return Err(vec![found.at(root.grid.at(Some(0), None))]);
    }
    name(&mut told);
    let Some((root, repeats)) = told.split_first() else { return Ok(Vec::new()) };
    let Some(first) = export.levels.first() else { return Ok(Vec::new()) };
    let base = file_name(&first.name);
    let household = |row: usize| export.keys.get(row).cloned().unwrap_or_default();
    let row_of = |row: usize| {
        let own = root.columns.iter().map(|c| c.values.value(&first.grid, row));
        std::iter::once(household(row)).chain(own).collect()
    };
    let head =
        std::iter::once(HOUSEHOLD.to_owned()).chain(root.columns.iter().map(|c| c.name.clone())).collect::<Vec<_>>();
    let mut files =
        vec![NamedBytes { name: format!("{base}.csv"), bytes: table(&head, (0..first.grid.n_rows()).map(row_of)) }];
    if let Some(level) = repeat.and_then(|at| export.levels.get(at)) {
        let mut head = vec![HOUSEHOLD.to_owned(), ROW.to_owned()];
        head.extend(repeats.iter().rev().flat_map(|t| t.columns.iter().map(|c| c.name.clone())));
        let row_of = |row: usize| {
            let (mut cells, mut at) = (vec![String::new(), (row + 1).to_string()], row);
            // From the repeat outwards, each row to its parent's.
            for own in repeats.iter().rev() {
                let Some(level) = export.levels.get(own.level) else { continue };
                cells.extend(own.columns.iter().map(|c| c.values.value(&level.grid, at)));
                at = level.parent.as_ref().and_then(|(_, rows)| rows.get(at)).map_or(0, |parent| *parent as usize);
            }
            if let Some(key) = cells.first_mut() {
                *key = household(at);
            }
            cells
        };
        let bytes = table(&head, (0..level.grid.n_rows()).map(row_of));
        files.push(NamedBytes { name: format!("{base}-{}.csv", file_name(&level.name)), bytes });
    }
    files.push(NamedBytes { name: format!("{base}-labels.csv"), bytes: labels(export, &told) });
    Ok(files)
}

/// Names that are there twice become whole paths, and paths that are there twice get a number.
fn name(told: &mut [Told<'_>]) {
    let mut n: BTreeMap<String, usize> = BTreeMap::new();
    for column in told.iter().flat_map(|t| &t.columns) {
        *n.entry(column.name.clone()).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = [HOUSEHOLD.to_owned(), ROW.to_owned()].into();
    for column in told.iter_mut().flat_map(|t| &mut t.columns) {
        if n.get(&column.name).is_some_and(|n| *n > 1) {
            column.name = column.full.clone();
        }
        if column.name.is_empty() {
            column.name = "v".to_owned();
        }
        let base = column.name.clone();
        let mut number = 1;
        while taken.contains(&column.name) {
            number += 1;
            column.name = format!("{base}_{number}");
        }
        taken.insert(column.name.clone());
    }
}

/// What variables and values are called, as surveys take it.
fn labels(export: &Export, told: &[Told<'_>]) -> Vec<u8> {
    let mut rows = Vec::new();
    for own in told {
        let Some(level) = export.levels.get(own.level) else { continue };
        for column in &own.columns {
            let mut values = (0..level.grid.n_rows()).map(|row| column.values.value(&level.grid, row));
            let is_number = !column.labels.is_empty() && values.all(|v| v.is_empty() || number(&v).is_some());
            rows.extend(label_rows(&column.name, &column.label, &column.labels, is_number));
        }
    }
    table(&LABELS_HEAD.map(str::to_owned), rows.into_iter())
}

/// The rows of a variable; a code `01` among numbers alone is the number 1.
fn label_rows(name: &str, label: &str, labels: &[(String, String)], is_number: bool) -> Vec<Vec<String>> {
    let row = |value: String, meaning: &str| vec![name.to_owned(), label.to_owned(), value, meaning.to_owned()];
    if labels.is_empty() && !label.is_empty() {
        return vec![row(String::new(), "")];
    }
    let code = |code: &String| number(code).filter(|_| is_number).map_or_else(|| code.clone(), |n| n.to_string());
    labels.iter().map(|(value, meaning)| row(code(value), meaning)).collect()
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|n| n.is_finite())
}

/// A table as CSV.
fn table(head: &[String], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = ::csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail, and every row has the header's width.
    let _ = out.write_record(head);
    rows.for_each(|row| drop(out.write_record(&row)));
    out.into_inner().unwrap_or_default()
}

/// A name that a file can have, and that separates nothing.
fn file_name(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || c == '_' || c == '-' || c == '.' { c } else { '_' };
    let name: String = name.chars().map(kept).take(80).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { "form".to_owned() } else { name.to_owned() }
}
