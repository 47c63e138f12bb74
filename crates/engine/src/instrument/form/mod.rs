//! A questionnaire written as a form (XLSForm): groups are sections, `relevant` the conditions, and columns of their own say
//! what answers score (`score` of choices, `weight`, `evidence`, `unit`, `points`, `advice` of questions).
//!
//! Nothing that would change what is asked or scored is dropped quietly: it is refused with sheet, row and column. What only
//! concerns how a field app behaves is told as a warning.

mod condition;
mod settings;
mod survey;

use std::collections::BTreeMap;

use diag::{Arg, Diagnostic, Pointer};
use model::form::{Form, FormRow, FormSheet, language_of};
use serde_json::{Map, Value as Json};

use super::{
    Questionnaire,
    codes::{INS026, INS029},
};

/// A questionnaire made of a form.
#[derive(Clone, Debug)]
pub struct FromForm {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Its file.
    pub json: Json,
    /// What of the form is not kept.
    pub warnings: Vec<Diagnostic>,
}

/// Makes a questionnaire of a form; `version` stands where its settings name none.
///
/// Errors: everything of the form that a questionnaire cannot say, else everything that is wrong with the questionnaire, each
/// with its place in the form.
pub fn from_form(form: &Form, version: impl FnOnce(&str) -> u16) -> Result<FromForm, Vec<Diagnostic>> {
    let mut made =
        Made { form, default: String::new(), places: BTreeMap::new(), found: Vec::new(), warnings: Vec::new() };
    made.languages();
    let (mut json, id) = settings::head(&mut made);
    let named = json.get("version").and_then(Json::as_u64).is_some();
    if !named {
        json.insert("version".to_owned(), version(&id).into());
    }
    let sections = survey::sections(&mut made, &json);
    settings::scoring(&mut made, &mut json, &sections);
    json.insert("sections".to_owned(), Json::Array(sections));
    if !made.found.is_empty() {
        made.found.append(&mut made.warnings);
        return Err(made.found);
    }
    let json = Json::Object(json);
    match Questionnaire::read(json.to_string().as_bytes()) {
        Ok(questionnaire) => Ok(FromForm { questionnaire, json, warnings: made.warnings }),
        Err(found) => Err(found.into_iter().map(|d| made.placed(d)).collect()),
    }
}

/// A questionnaire while it is made.
struct Made<'f> {
    form: &'f Form,
    /// The language of columns that name none.
    default: String,
    /// Where each code of the questionnaire stands in the form.
    places: BTreeMap<String, Pointer>,
    found: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl Made<'_> {
    /// Languages that records do not have are told once each.
    fn languages(&mut self) {
        let settings = &self.form.settings;
        self.default = settings.rows.first().map_or("", |row| settings.text(row, "default_language")).to_owned();
        let mut told: Vec<&str> = Vec::new();
        for sheet in [&self.form.survey, &self.form.choices, settings] {
            for column in sheet.columns.iter().filter(|c| c.name == "label" && !c.language.is_empty()) {
                if language_of(&column.language).is_none() && !told.contains(&column.language.as_str()) {
                    told.push(&column.language);
                    let at = Pointer {
                        file: Some(sheet.file.clone()),
                        sheet: Some(sheet.name.clone()),
                        row: Some(1),
                        column: Some(column.number),
                        value: Some(column.header.clone()),
                    };
                    self.warnings.push(Diagnostic::new(&INS029).arg("language", &column.language).at(at));
                }
            }
        }
    }

    /// The texts of a column as a questionnaire has them; `None` where there is none.
    fn texts(&self, sheet: &FormSheet, row: &FormRow, name: &str) -> Option<Json> {
        let mut all = Map::new();
        for (language, text) in sheet.texts(row, name) {
            let named = if language.is_empty() { self.default.as_str() } else { language };
            // A form that names no language at all is taken to be in English.
            let lang =
                if named.is_empty() || named == "default" { Some(model::value::Lang::En) } else { language_of(named) };
            if let Some(lang) = lang {
                all.entry(lang.code().to_owned()).or_insert_with(|| text.into());
            }
        }
        (!all.is_empty()).then_some(Json::Object(all))
    }

    /// A number of a column; one that is none is found.
    fn number(&mut self, sheet: &FormSheet, row: &FormRow, name: &str) -> Option<f64> {
        let text = sheet.text(row, name);
        if text.is_empty() {
            return None;
        }
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
        if number.is_none() {
            self.found.push(Diagnostic::new(&INS026).arg("column", name).arg("value", text).at(sheet.at(row, name)));
        }
        number
    }

    /// A finding over the questionnaire at its place in the form.
    fn placed(&self, found: Diagnostic) -> Diagnostic {
        let id = found.args.iter().find(|(name, _)| *name == "id").and_then(|(_, arg)| match arg {
            Arg::Text(id) => Some(id.clone()),
            _ => None,
        });
        let choice = found.args.iter().find(|(name, _)| *name == "choice").and_then(|(_, arg)| match arg {
            Arg::Text(choice) => Some(choice.clone()),
            _ => None,
        });
        let of_choice = id.as_ref().zip(choice).and_then(|(id, choice)| self.places.get(&format!("{id}.{choice}")));
        match of_choice.or_else(|| self.places.get(&id?)) {
            Some(at) => found.at(at.clone()),
            None => found.at(Pointer { file: Some(self.form.file.clone()), ..Pointer::default() }),
        }
    }
}

/// A name of a form as a code: small letters, digits and `_`, a letter first.
fn code(name: &str, first: char) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let code: String = name.trim().chars().map(plain).collect();
    if code.starts_with(|c: char| c.is_ascii_lowercase()) { code } else { format!("{first}{code}") }
}

/// Whether a cell says yes; `None` where it says something else than yes or no.
fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().replace("()", "").as_str() {
        "yes" | "true" | "1" => Some(true),
        "" | "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
