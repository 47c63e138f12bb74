//! Reads the workbook of a form: sheets and columns under all their spellings.

use diag::{Diagnostic, Pointer};
use model::form::{Form, FormColumn, FormRow, FormSheet};

use super::grid::Grid;
use crate::{
    codes,
    container::{Container, recognise},
    read::{Limits, NamedBytes, not_a_table},
    xlsx,
};

/// A form has hundreds of rows; what is a thousand times larger is none.
const LIMITS: Limits = Limits {
    inflated_bytes: 128 << 20,
    text_bytes: 64 << 20,
    inflation: 250,
    entries: 2_000,
    columns: 1_000,
    rows: 200_000,
    findings: 1_000,
};

/// Reads a form from its workbook (XLSX): the sheets `survey`, `choices` and `settings` by any capitals, columns by any of
/// their spellings, texts trimmed. Rows whose type begins with `#` are comments.
///
/// Errors: bytes that are no workbook; no sheet `survey` with a column `type` (`XCH058`); one column under two spellings
/// (`XCH021`).
pub fn read_form(file: &NamedBytes) -> Result<Form, Vec<Diagnostic>> {
    let at = || Pointer { file: Some(file.name.clone()), ..Pointer::default() };
    match recognise(&file.bytes) {
        Container::Xlsx => form_of(&file.name, &xlsx::grids(file, &LIMITS)?),
        Container::Empty => Err(vec![Diagnostic::new(&codes::XCH001).arg("file", &file.name).at(at())]),
        Container::Encrypted => Err(vec![Diagnostic::new(&codes::XCH003).arg("file", &file.name).at(at())]),
        Container::Text => Err(vec![not_a_table(file, "csv")]),
        Container::Other(what) => Err(vec![not_a_table(file, what)]),
    }
}

/// Whether these sheets are a form's.
pub(super) fn is_form(grids: &[Grid]) -> bool {
    let has_type = |grid: &Grid| grid.names.iter().any(|name| name.eq_ignore_ascii_case("type"));
    grids.iter().any(|grid| is(grid, "survey") && has_type(grid))
}

fn is(grid: &Grid, name: &str) -> bool {
    grid.sheet.trim().eq_ignore_ascii_case(name)
}

/// The form that these sheets are.
pub(super) fn form_of(file: &str, grids: &[Grid]) -> Result<Form, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut sheet = |name: &str| {
        let empty = FormSheet { file: file.to_owned(), name: name.to_owned(), ..FormSheet::default() };
        grids.iter().find(|grid| is(grid, name)).map_or(empty, |grid| read_sheet(grid, name, &mut found))
    };
    let form =
        Form { file: file.to_owned(), survey: sheet("survey"), choices: sheet("choices"), settings: sheet("settings") };
    if !form.survey.has("type") {
        let at = Pointer { file: Some(file.to_owned()), sheet: Some("survey".to_owned()), ..Pointer::default() };
        found.push(Diagnostic::new(&codes::XCH058).arg("file", file).at(at));
    }
    if found.is_empty() { Ok(form) } else { Err(found) }
}

fn read_sheet(grid: &Grid, sheet: &str, found: &mut Vec<Diagnostic>) -> FormSheet {
    let mut columns: Vec<FormColumn> = Vec::new();
    let mut places = Vec::new();
    for (i, header) in grid.names.iter().enumerate().filter(|(_, header)| !header.is_empty()) {
        let (name, language) = column_name(header, sheet);
        if let Some(first) = columns.iter().find(|c| c.name == name && c.language == language) {
            let first = diag::column_letters(first.number);
            let twice = Diagnostic::new(&codes::XCH021).arg("column", header).arg("first", first);
            found.push(twice.at(Pointer { row: Some(1), ..grid.at(None, Some(i)) }));
            continue;
        }
        let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
        columns.push(FormColumn { header: header.clone(), name, language, number });
        places.push(i);
    }
    let kind = columns.iter().position(|c| c.name == "type");
    let mut rows = Vec::new();
    for row in 0..grid.n_rows() {
        let cells: Vec<String> = places.iter().map(|i| grid.cell(row, *i).to_owned()).collect();
        let is_comment = kind.and_then(|i| cells.get(i)).is_some_and(|text| text.starts_with('#'));
        if !is_comment && cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(FormRow { number: grid.number(row), cells });
        }
    }
    FormSheet { file: grid.file.clone(), name: grid.sheet.clone(), columns, rows }
}

/// The one name of a header's spellings, and its language: `Label::Français (fr)` is `label` and `Français (fr)`.
fn column_name(header: &str, sheet: &str) -> (String, String) {
    let (name, language) = match header.split_once("::").or_else(|| header.split_once(':')) {
        Some((prefix, rest)) if ["bind", "control", "body", "instance"].contains(&prefix.trim()) => (rest, ""),
        Some((name, language)) => (name, language.trim()),
        None => (header, ""),
    };
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    let name = match name.as_str() {
        "relevance" => "relevant",
        "caption" => "label",
        "calculate" => "calculation",
        "requiredmsg" | "required_msg" => "required_message",
        "constraining_message" | "constraintmsg" | "constraint_msg" => "constraint_message",
        "readonly" => "read_only",
        "listname" => "list_name",
        "value" if sheet == "choices" => "name",
        "list" if sheet == "choices" => "list_name",
        "formid" | "id_string" | "set_form_id" => "form_id",
        "title" | "set_form_title" if sheet == "settings" => "form_title",
        own => own,
    };
    (name.to_owned(), language.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_column() {
        for (header, sheet, name, language) in [
            ("Label::Français (fr)", "survey", "label", "Français (fr)"),
            ("label:English", "choices", "label", "English"),
            ("bind::relevant", "survey", "relevant", ""),
            ("Relevance", "survey", "relevant", ""),
            ("list name", "choices", "list_name", ""),
            ("value", "choices", "name", ""),
            ("value", "survey", "value", ""),
        ] {
            assert_eq!(column_name(header, sheet), (name.to_owned(), language.to_owned()), "{header}");
        }
    }
}
