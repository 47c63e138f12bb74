//! The workbook of a form (XLSForm): its sheets `survey`, `choices` and `settings` as rows of texts whose columns have
//! one name each, whatever spelling the workbook uses.
//!
//! Nothing is judged here. What a form's rows mean is said by who reads them: labels for data that were collected with it
//! (`exchange`), a questionnaire (`engine::instrument`).

use diag::Pointer;

use crate::value::Lang;

/// A form as it stands in its workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The file's name.
    pub file: String,
    /// Questions and groups.
    pub survey: FormSheet,
    /// What can be chosen; empty where there is no such sheet.
    pub choices: FormSheet,
    /// What holds for the whole form; empty where there is no such sheet.
    pub settings: FormSheet,
}

/// A sheet of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormSheet {
    /// The file's name.
    pub file: String,
    /// The sheet's name as it stands there.
    pub name: String,
    /// Its columns that have a header.
    pub columns: Vec<FormColumn>,
    /// Its rows that hold something, without those that are commented out.
    pub rows: Vec<FormRow>,
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct FormColumn {
    /// Its header as it stands there.
    pub header: String,
    /// The one name of all spellings: `label`, `relevant`, `list_name`.
    pub name: String,
    /// What stands after `::`, e.g. `Français (fr)`; empty without.
    pub language: String,
    /// Its place, from 1.
    pub number: u32,
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct FormRow {
    /// As a spreadsheet counts: the header is row 1.
    pub number: u32,
    /// Trimmed texts, one a column of the sheet.
    pub cells: Vec<String>,
}

impl FormSheet {
    /// Whether the sheet has a column of this name.
    pub fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|c| c.name == name)
    }
    /// The text of a row in a column; empty where there is none. Of a column in several languages the first.
    pub fn text<'f>(&self, row: &'f FormRow, name: &str) -> &'f str {
        let at = self.columns.iter().position(|c| c.name == name);
        at.and_then(|i| row.cells.get(i)).map_or("", String::as_str)
    }
    /// The texts of a row in a column that may have languages: what stands after `::`, and the text.
    pub fn texts<'f>(&'f self, row: &'f FormRow, name: &str) -> Vec<(&'f str, &'f str)> {
        let pairs = self.columns.iter().zip(&row.cells).filter(|(c, text)| c.name == name && !text.is_empty());
        pairs.map(|(c, text)| (c.language.as_str(), text.as_str())).collect()
    }
    /// Where a cell stands; the row where the sheet has no such column.
    pub fn at(&self, row: &FormRow, name: &str) -> Pointer {
        let column = self.columns.iter().position(|c| c.name == name);
        let value = column.and_then(|i| row.cells.get(i)).filter(|text| !text.is_empty());
        Pointer {
            file: Some(self.file.clone()),
            sheet: Some(self.name.clone()),
            row: Some(row.number),
            column: column.and_then(|i| self.columns.get(i)).map(|c| c.number),
            value: value.map(|text| text.chars().take(200).collect()),
        }
    }
}

/// The language that a header names: by a tag in brackets (`Français (fr)`), a tag alone, or a name that is known.
pub fn language_of(text: &str) -> Option<Lang> {
    let text = text.trim();
    let tag = text.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(text).trim();
    let tag = tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase();
    if let Some(lang) = Lang::parse(&tag) {
        return Some(lang);
    }
    match text.split('(').next().unwrap_or(text).trim().to_lowercase().as_str() {
        "english" => Some(Lang::En),
        "arabic" | "العربية" | "عربي" => Some(Lang::Ar),
        "chinese" | "中文" | "汉语" | "简体中文" => Some(Lang::Zh),
        "french" | "français" | "francais" => Some(Lang::Fr),
        "russian" | "русский" => Some(Lang::Ru),
        "spanish" | "español" | "espanol" => Some(Lang::Es),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_by_tag_and_by_name() {
        for (text, lang) in [
            ("Français (fr)", Some(Lang::Fr)),
            ("en", Some(Lang::En)),
            ("Chinese (zh-Hans)", Some(Lang::Zh)),
            ("العربية", Some(Lang::Ar)),
            ("Swahili (sw)", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), lang, "{text}");
        }
    }
}
