//! Writing: tables as a workbook, as a folder of CSV files, as a template, as corrections.

mod corrections;
mod csv;
mod guard;
mod look;
mod package;
mod splice;
mod xlsx;

use jiff::Timestamp;
use model::{
    Kind, Records,
    observations::Observations,
    record::Column,
    value::{Lang, Value},
};

pub use corrections::write_corrections;
pub use csv::{csv_row, write_csv_folder};
pub(crate) use guard::unguarded;
pub use xlsx::{write_template, write_xlsx, write_xlsx_with};

/// Rows of a sheet, the header's included.
pub(crate) const SHEET_ROWS: usize = 1_048_576;

/// A table to be written: a kind and its rows, each in the order of the kind's columns.
pub struct Table<'a> {
    /// The kind.
    pub kind: Kind,
    /// The rows.
    pub rows: Box<dyn Iterator<Item = Vec<Value>> + 'a>,
}

/// What a file says about itself. Equal data and equal meta give equal bytes.
#[derive(Clone, Debug)]
pub struct Meta {
    /// When the file is made.
    pub created: Timestamp,
    /// What it is called.
    pub title: String,
    /// The language of its labels.
    pub language: Lang,
    /// Hash of the snapshot that the data were taken from.
    pub fingerprint: Option<String>,
    /// The instant that the data are of, when they are of the past.
    pub as_of: Option<Timestamp>,
}

/// The words of a workbook, given by whoever knows the reader's language.
pub struct TemplateText<'a> {
    /// Lines of the instruction sheet; the first is its title.
    pub readme: Vec<String>,
    /// The short label of a column, for the second row.
    pub label: &'a dyn Fn(Kind, &Column) -> String,
    /// What a column means, for the note on its header.
    pub description: &'a dyn Fn(Kind, &Column) -> String,
    /// What a code of a list means.
    pub list_item: &'a dyn Fn(&str, &str) -> String,
    /// What a sheet holds.
    pub sheet: &'a dyn Fn(Kind) -> String,
    /// What a spreadsheet says when a code is typed that is not in its list.
    pub not_in_list: String,
    /// What the note on a required column says.
    pub required: String,
}

impl TemplateText<'_> {
    /// The words of the definitions themselves, in English.
    pub fn of_definitions() -> TemplateText<'static> {
        TemplateText {
            readme: Vec::new(),
            label: &|_, column| column.name.replace('_', " "),
            description: &|_, column| column.doc.to_owned(),
            list_item: &|list, code| meaning(list, code),
            sheet: &|kind| kind.def().doc.to_owned(),
            not_in_list: "Choose a code of the list.".to_owned(),
            required: "Required.".to_owned(),
        }
    }
}

/// What a code of a list means, as its definition says.
fn meaning(list: &str, code: &str) -> String {
    let columns = Kind::ALL.iter().flat_map(|k| &k.def().columns);
    let items = columns.filter_map(|c| match c.kind {
        model::value::CellKind::OneOf(name, items) if name == list => Some(items),
        _ => None,
    });
    items.flatten().find(|i| i.code == code).map(|i| i.doc.trim().to_owned()).unwrap_or_default()
}

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The data pass what a workbook can hold; the message of the writer.
    #[error("the workbook cannot hold the data: {0}")]
    DoesNotFit(String),
}

impl From<rust_xlsxwriter::XlsxError> for WriteError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        WriteError::DoesNotFit(error.to_string())
    }
}

/// The observations as rows of a table.
pub fn observation_rows(all: &Observations) -> Table<'_> {
    Table { kind: Kind::Observation, rows: Box::new((0..all.len()).map(|idx| all.row(idx).cells())) }
}

/// The records of a kind as rows of a table.
pub fn record_rows(records: &Records, kind: Kind) -> Table<'_> {
    Table { kind, rows: Box::new(records.rows(kind).map(|(_, row)| row)) }
}

/// The name of a table's part, counted from 0: `observations`, `observations_2`, ….
fn part_name(kind: Kind, part: usize) -> String {
    if part == 0 { kind.sheet().to_owned() } else { format!("{}_{}", kind.sheet(), part + 1) }
}
