//! A workbook: the same whether it is a template to be filled or data to be looked at and sent back.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use model::{
    Kind,
    record::Column,
    value::{CellKind, Lang, Value},
};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, Formula, Note, ProtectionOptions, Workbook, Worksheet,
};

use super::{
    Meta, SHEET_ROWS, Table, TemplateText, WriteError,
    look::{Lock, Look, width},
    part_name,
    splice::{Splice, splice},
};
use crate::{SCHEMA_NAME, SCHEMA_VERSION, xlsx::SCHEMA_SHEET};

/// Writes tables as a workbook with the words of the definitions.
pub fn write_xlsx(tables: Vec<Table<'_>>, meta: &Meta) -> Result<Vec<u8>, WriteError> {
    write_xlsx_with(tables, meta, &TemplateText::of_definitions(), &[])
}

/// Writes an empty workbook to be filled: one sheet for each kind. `lists` gives the ids of existing
/// records, for the drop-downs of references.
pub fn write_template(
    meta: &Meta,
    text: &TemplateText<'_>,
    lists: &[(Kind, Vec<String>)],
) -> Result<Vec<u8>, WriteError> {
    let tables = Kind::ALL.iter().map(|kind| Table { kind: *kind, rows: Box::new(std::iter::empty()) }).collect();
    write_xlsx_with(tables, meta, text, lists)
}

/// Writes tables as a workbook that can be filled further and read back: a sheet of instructions, one
/// sheet for each table (more when it is longer than a sheet), the lists behind the drop-downs, and the
/// schema's version on a hidden sheet. Rows that are there have their keys locked.
pub fn write_xlsx_with(
    tables: Vec<Table<'_>>,
    meta: &Meta,
    text: &TemplateText<'_>,
    lists: &[(Kind, Vec<String>)],
) -> Result<Vec<u8>, WriteError> {
    let mut book = Book::new(meta, text);
    let kinds: Vec<Kind> = tables.iter().map(|t| t.kind).collect();
    book.readme(&kinds)?;
    let ranges = Ranges::plan(&kinds, lists);
    let mut splices = Vec::new();
    for table in tables {
        if let Some(n) = known_length(&table).filter(|n| *n > LONG) {
            splices.push(book.long_table(table, n, &ranges)?);
            continue;
        }
        let mut rows = table.rows.peekable();
        for part in 0.. {
            let mut part_rows = rows.by_ref().take(SHEET_ROWS - 2);
            book.table(table.kind, part, &mut part_rows, &ranges)?;
            if rows.peek().is_none() {
                break;
            }
        }
    }
    book.lists(&ranges)?;
    book.schema()?;
    let workbook = book.save()?;
    if splices.is_empty() { Ok(workbook) } else { splice(&workbook, splices) }
}

/// Rows from which a table is streamed rather than held.
const LONG: usize = 20_000;

/// How many rows a table has, when it can tell without being read.
fn known_length(table: &Table<'_>) -> Option<usize> {
    let (low, high) = table.rows.size_hint();
    high.filter(|high| *high == low)
}

/// A workbook that is being written.
pub(super) struct Book<'a> {
    workbook: Workbook,
    pub(super) look: Look,
    meta: &'a Meta,
    pub(super) text: &'a TemplateText<'a>,
}

/// Row and column numbers of the writer; a table has far fewer columns and a part never more rows.
pub(super) fn row_of(idx: usize) -> u32 {
    u32::try_from(idx).unwrap_or(u32::MAX)
}
pub(super) fn column_of(idx: usize) -> u16 {
    u16::try_from(idx).unwrap_or(u16::MAX)
}

impl<'a> Book<'a> {
    pub(super) fn new(meta: &'a Meta, text: &'a TemplateText<'a>) -> Self {
        let mut workbook = Workbook::new();
        let created = meta.created.to_zoned(TimeZone::UTC).datetime();
        let instant = rust_xlsxwriter::ExcelDateTime::from_ymd(
            created.year().clamp(1900, 9999) as u16,
            created.month() as u8,
            created.day() as u8,
        )
        .and_then(|d| d.and_hms(created.hour() as u16, created.minute() as u8, created.second() as u8));
        let mut properties = DocProperties::new().set_title(&meta.title);
        // Without an instant the writer would ask the clock.
        properties = match &instant {
            Ok(instant) => properties.set_creation_datetime(instant),
            Err(_) => properties.set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::default()),
        };
        workbook.set_properties(&properties);
        Book { workbook, look: Look::new(), meta, text }
    }

    pub(super) fn save(mut self) -> Result<Vec<u8>, WriteError> {
        Ok(self.workbook.save_to_buffer()?)
    }

    /// Adds the sheets of a long table, each with one row of empty cells to be replaced.
    fn long_table<'t>(&mut self, table: Table<'t>, n: usize, ranges: &Ranges) -> Result<Splice<'t>, WriteError> {
        let columns = table.kind.def().columns.len();
        let mut sheets = Vec::new();
        let mut left = n;
        for part in 0.. {
            let n_rows = left.min(SHEET_ROWS - 2);
            let mut empty = std::iter::once(vec![Value::Null; columns]);
            self.table(table.kind, part, &mut empty, ranges)?;
            // The row of empty cells stands for all rows of the part.
            sheets.push((self.workbook.worksheets().len(), n_rows));
            left -= n_rows;
            if left == 0 {
                break;
            }
        }
        Ok(Splice { table, sheets })
    }

    /// Adds a sheet; Arabic sheets run from right to left.
    pub(super) fn sheet(&mut self, name: &str) -> Result<Worksheet, WriteError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_right_to_left(self.meta.language == Lang::Ar);
        Ok(sheet)
    }
    pub(super) fn push(&mut self, sheet: Worksheet) {
        self.workbook.push_worksheet(sheet);
    }

    fn readme(&mut self, kinds: &[Kind]) -> Result<(), WriteError> {
        let mut sheet = self.sheet("readme")?;
        sheet.set_column_width(0, 28)?;
        sheet.set_column_width(1, 100)?;
        sheet.write_string_with_format(0, 0, &self.meta.title, &self.look.title)?;
        let mut row = 1;
        for line in &self.text.readme {
            sheet.write_string_with_format(row, 1, line, &self.look.prose)?;
            row += 1;
        }
        row += 1;
        for kind in kinds {
            sheet.write_string(row, 0, kind.sheet())?;
            sheet.write_string_with_format(row, 1, (self.text.sheet)(*kind), &self.look.prose)?;
            row += 1;
        }
        row += 1;
        let created = self.meta.created.to_string();
        let as_of = self.meta.as_of.map(|t| t.to_string());
        let facts =
            [("created", Some(&created)), ("as_of", as_of.as_ref()), ("fingerprint", self.meta.fingerprint.as_ref())];
        for (name, value) in facts {
            if let Some(value) = value {
                sheet.write_string(row, 0, name)?;
                sheet.write_string(row, 1, value)?;
                row += 1;
            }
        }
        self.push(sheet);
        Ok(())
    }

    /// Writes one sheet of a table.
    fn table(
        &mut self,
        kind: Kind,
        part: usize,
        rows: &mut dyn Iterator<Item = Vec<Value>>,
        ranges: &Ranges,
    ) -> Result<(), WriteError> {
        let columns = &kind.def().columns;
        let mut sheet = self.sheet(&part_name(kind, part))?;
        self.header(&mut sheet, kind)?;
        let mut n = 0;
        let mut ends_with_pattern = false;
        for values in rows {
            // A row of nothing but empty cells carries the styles of a long table's columns.
            let is_pattern = values.iter().all(Value::is_null);
            ends_with_pattern = is_pattern;
            for (at, (column, value)) in columns.iter().zip(&values).enumerate() {
                // An empty key of a row that is there is locked as well: filling it makes another record.
                let lock = if column.key { Lock::Locked } else { Lock::Open };
                let format = self.look.cell(column, lock);
                if is_pattern {
                    sheet.write_blank(row_of(n + 2), column_of(at), format)?;
                } else {
                    write_value(&mut sheet, row_of(n + 2), column_of(at), value, format, lock)?;
                }
            }
            n += 1;
        }
        let last_row = row_of(SHEET_ROWS - 1);
        for (at, column) in columns.iter().enumerate() {
            if let Some(range) = ranges.of(column.kind) {
                let style = match column.kind {
                    // A reference may point to a record that is typed on another sheet.
                    CellKind::Ref(_) => DataValidationErrorStyle::Warning,
                    _ => DataValidationErrorStyle::Stop,
                };
                let validation = DataValidation::new()
                    .allow_list_formula(Formula::new(range))
                    .set_error_style(style)
                    .set_error_message(cut(&self.text.not_in_list, 255))?;
                sheet.add_data_validation(2, column_of(at), last_row, column_of(at), &validation)?;
            }
        }
        // The filter of a long table reaches to the sheet's end, as its rows are not here yet.
        let filtered = if n == 1 && ends_with_pattern { last_row } else { row_of(n + 1) };
        sheet.autofilter(0, 0, filtered, column_of(columns.len() - 1))?;
        sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            delete_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::new()
        });
        self.push(sheet);
        Ok(())
    }

    /// Writes names, labels, notes, widths and formats of a table's columns.
    pub(super) fn header(&self, sheet: &mut Worksheet, kind: Kind) -> Result<(), WriteError> {
        for (at, column) in kind.def().columns.iter().enumerate() {
            let col = column_of(at);
            let needed = column.required || is_needed_text(kind, column);
            sheet.set_column_width(col, width(column))?;
            sheet.set_column_format(col, self.look.cell(column, Lock::Open))?;
            let format = if needed { &self.look.required_header } else { &self.look.header };
            sheet.write_string_with_format(0, col, &column.name, format)?;
            let mark = if needed { " *" } else { "" };
            let sign = if at == 0 { "# " } else { "" };
            let label = (self.text.label)(kind, column);
            sheet.write_string_with_format(1, col, format!("{sign}{label}{mark}"), &self.look.labels)?;
            let mut note = (self.text.description)(kind, column);
            if needed {
                note = format!("{note}\n{}", self.text.required);
            }
            let note = Note::new(cut(&note, 2_000)).add_author_prefix(false).set_author("ekistics");
            sheet.insert_note(0, col, &note)?;
        }
        sheet.set_freeze_panes(2, 1)?;
        Ok(())
    }

    fn lists(&mut self, ranges: &Ranges) -> Result<(), WriteError> {
        let mut sheet = self.sheet("lists")?;
        for (at, (name, list)) in ranges.lists.iter().enumerate() {
            // Codes in one column, what they mean in the next.
            let col = column_of(at * 2);
            sheet.set_column_width(col, 20)?;
            sheet.set_column_width(col + 1, 40)?;
            sheet.write_string_with_format(0, col, name, &self.look.header)?;
            for (i, code) in list.iter().enumerate() {
                sheet.write_string(row_of(i + 1), col, code)?;
                let meaning = (self.text.list_item)(name, code);
                if !meaning.is_empty() {
                    sheet.write_string(row_of(i + 1), col + 1, meaning)?;
                }
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.protect();
        self.push(sheet);
        Ok(())
    }

    pub(super) fn schema(&mut self) -> Result<(), WriteError> {
        let mut sheet = self.sheet(SCHEMA_SHEET)?;
        sheet.write_string(0, 0, "schema")?.write_string(0, 1, SCHEMA_NAME)?;
        sheet.write_string(1, 0, "version")?.write_number(1, 1, SCHEMA_VERSION as f64)?;
        sheet.write_string(2, 0, "language")?.write_string(2, 1, self.meta.language.code())?;
        if let Some(fingerprint) = &self.meta.fingerprint {
            sheet.write_string(3, 0, "fingerprint")?.write_string(3, 1, fingerprint)?;
        }
        if let Some(as_of) = self.meta.as_of {
            sheet.write_string(4, 0, "as_of")?.write_string(4, 1, as_of.to_string())?;
        }
        sheet.set_very_hidden(true);
        self.push(sheet);
        Ok(())
    }
}

/// The first column of a text in languages that must be filled in some language: English.
fn is_needed_text(kind: Kind, column: &Column) -> bool {
    matches!(column.kind, CellKind::TextIn(Lang::En)) && crate::read::required(kind).contains(&column.name)
}

/// Writes a value; an empty one only where its cell must be locked.
pub(super) fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    value: &Value,
    format: &rust_xlsxwriter::Format,
    lock: Lock,
) -> Result<(), WriteError> {
    match value {
        Value::Null if lock == Lock::Locked => sheet.write_blank(row, col, format)?,
        Value::Null => sheet,
        Value::Whole(n) => sheet.write_number_with_format(row, col, *n as f64, format)?,
        Value::Number(n) => sheet.write_number_with_format(row, col, *n, format)?,
        Value::Bool(b) => sheet.write_boolean_with_format(row, col, *b, format)?,
        Value::Date(day) => match serial(*day) {
            Some(n) => sheet.write_number_with_format(row, col, n, format)?,
            // A spreadsheet has no day before 1 March 1900 that all programs agree on.
            None => sheet.write_string_with_format(row, col, day.to_string(), format)?,
        },
        // A text is a text whatever it begins with; the cell's type says so.
        Value::Text(_) | Value::List(_) => sheet.write_string_with_format(row, col, value.to_text(), format)?,
    };
    Ok(())
}

/// The serial number of a day in the system of 1900, from 1 March 1900 on.
pub(super) fn serial(day: jiff::civil::Date) -> Option<f64> {
    let first = jiff::civil::date(1899, 12, 30);
    let days = first.until(day).ok()?.get_days();
    (61..2_958_466).contains(&days).then(|| f64::from(days))
}

/// At most `n` characters.
fn cut(text: &str, n: usize) -> String {
    text.chars().take(n).collect()
}

/// The lists behind the drop-downs and where they stand on their sheet.
pub(super) struct Ranges {
    lists: Vec<(String, Vec<String>)>,
    index: BTreeMap<String, usize>,
}

impl Ranges {
    fn plan(kinds: &[Kind], ids: &[(Kind, Vec<String>)]) -> Ranges {
        let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for column in kinds.iter().flat_map(|k| &k.def().columns) {
            match column.kind {
                CellKind::OneOf(list, items) => {
                    lists.insert(list.to_owned(), items.iter().map(|i| i.code.to_owned()).collect());
                }
                CellKind::Ref(kind) => {
                    let known = ids.iter().find(|(k, ids)| *k == kind && !ids.is_empty());
                    if let Some((_, ids)) = known {
                        let fitting = ids.iter().take(SHEET_ROWS - 1).cloned().collect();
                        lists.insert(kind.sheet().to_owned(), fitting);
                    }
                }
                _ => {}
            }
        }
        let lists: Vec<(String, Vec<String>)> = lists.into_iter().collect();
        let index = lists.iter().enumerate().map(|(i, (name, _))| (name.clone(), i)).collect();
        Ranges { lists, index }
    }
    /// The range of a column's list, as a formula.
    fn of(&self, kind: CellKind) -> Option<String> {
        let name = match kind {
            CellKind::OneOf(list, _) => list,
            CellKind::Ref(kind) => kind.sheet(),
            _ => return None,
        };
        let at = *self.index.get(name)?;
        let (_, list) = self.lists.get(at)?;
        let letters = diag::column_letters(at as u32 * 2 + 1);
        Some(format!("=lists!${letters}$2:${letters}${}", list.len() + 1))
    }
}
