//! Sections and questions: the sheets `survey` and `choices`.

use std::collections::BTreeMap;

use diag::Diagnostic;
use model::{
    form::{FormRow, FormSheet},
    instrument::QuestionKind,
};
use serde_json::{Map, Value as Json, json};

use super::{
    Made, code,
    condition::{Named, translated},
    truth,
};
use crate::instrument::codes::{INS023, INS024, INS025, INS026, INS027, INS028};

/// What a field app notes by itself; a questionnaire knows when and about what it was filled.
const METADATA: [&str; 12] = [
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "phonenumber",
    "simserial",
    "subscriberid",
    "email",
    "audit",
    "start-geopoint",
    "background-audio",
];
/// Columns that tell a field app how to behave, and change nothing of what is asked here.
const NOT_KEPT: [&str; 4] = ["default", "read_only", "trigger", "constraint_message"];
/// Columns that change what is asked, and that a questionnaire cannot say.
const REFUSED: [&str; 2] = ["calculation", "choice_filter"];

/// A group that is open.
struct Open {
    row: u32,
    /// Its condition, already in the words of a questionnaire; of the outermost it is the section's.
    condition: Option<String>,
}

/// The sections in their order.
pub(super) fn sections(made: &mut Made<'_>, head: &Map<String, Json>) -> Vec<Json> {
    let form = made.form;
    let sheet = &form.survey;
    let mut named: BTreeMap<String, Named> = BTreeMap::new();
    let mut sections: Vec<Json> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    // What was read in the group, or outside of all groups.
    let mut is_loose = false;
    let mut note: Option<Json> = None;
    for row in &sheet.rows {
        let kind = sheet.text(row, "type");
        let words: Vec<&str> = kind.split_whitespace().collect();
        let spelled = kind.to_lowercase().replace('_', " ");
        let spelled: Vec<&str> = spelled.split_whitespace().collect();
        match spelled.as_slice() {
            ["begin", "group", ..] => {
                let condition = relevant(made, sheet, row, &named);
                if open.is_empty() {
                    sections.push(section(made, sheet, row, condition.as_deref()));
                    is_loose = false;
                    open.push(Open { row: row.number, condition: None });
                } else {
                    open.push(Open { row: row.number, condition });
                }
            }
            ["end", "group", ..] => {
                if open.pop().is_none() {
                    made.found
                        .push(Diagnostic::new(&INS027).arg("row", row.number.to_string()).at(sheet.at(row, "type")));
                }
                if open.is_empty() {
                    last_note(&mut sections, &mut note);
                }
            }
            ["note", ..] => note = merged(note, made.texts(sheet, row, "label")),
            [own] if METADATA.contains(own) => {}
            [] => {
                let found = Diagnostic::new(&INS023).arg("type", "");
                made.found.push(found.at(sheet.at(row, "type")));
            }
            _ => {
                if open.is_empty() && !is_loose {
                    let id = if sections.is_empty() {
                        "general".to_owned()
                    } else {
                        format!("general_{}", sections.len() + 1)
                    };
                    made.places.insert(id.clone(), sheet.at(row, "name"));
                    sections.push(json!({"id": id, "title": head.get("title"), "questions": []}));
                    is_loose = true;
                }
                let outer: Vec<&str> = open.iter().filter_map(|o| o.condition.as_deref()).collect();
                let Some(mut question) = question(made, sheet, row, &words, &mut named, &outer) else { continue };
                let Some(own) = sections.last_mut() else { continue };
                let is_first = own["questions"].as_array().is_some_and(Vec::is_empty);
                match note.take() {
                    Some(told) if is_first => own["note"] = merged(own.get("note").cloned(), Some(told)).into(),
                    Some(told) => question["help"] = merged(Some(told), question.get("help").cloned()).into(),
                    None => {}
                }
                if let Some(all) = own["questions"].as_array_mut() {
                    all.push(question);
                }
            }
        }
    }
    last_note(&mut sections, &mut note);
    for left in &open {
        let at = sheet.rows.iter().find(|r| r.number == left.row).map(|r| sheet.at(r, "type")).unwrap_or_default();
        made.found.push(Diagnostic::new(&INS027).arg("row", left.row.to_string()).at(at));
    }
    sections
}

/// A note behind the last question belongs to its section.
fn last_note(sections: &mut [Json], note: &mut Option<Json>) {
    if let Some(own) = sections.last_mut()
        && let Some(told) = note.take()
    {
        own["note"] = merged(own.get("note").cloned(), Some(told)).into();
    }
}

/// Texts one after another, language by language.
fn merged(first: Option<Json>, then: Option<Json>) -> Option<Json> {
    let (first, then) = (first.filter(Json::is_object), then.filter(Json::is_object));
    let (Some(Json::Object(mut all)), Some(Json::Object(more))) = (first.clone(), then.clone()) else {
        return first.or(then);
    };
    for (language, text) in more {
        let text = text.as_str().unwrap_or_default();
        let held = all.get(&language).and_then(Json::as_str).map(|held| format!("{held} {text}"));
        all.insert(language, held.unwrap_or_else(|| text.to_owned()).into());
    }
    Some(Json::Object(all))
}

fn relevant(made: &mut Made<'_>, sheet: &FormSheet, row: &FormRow, named: &BTreeMap<String, Named>) -> Option<String> {
    let text = sheet.text(row, "relevant");
    if text.is_empty() {
        return None;
    }
    match translated(text, named) {
        Ok(condition) => Some(condition),
        Err(part) => {
            made.found.push(Diagnostic::new(&INS024).arg("text", text).arg("part", part).at(sheet.at(row, "relevant")));
            None
        }
    }
}

fn section(made: &mut Made<'_>, sheet: &FormSheet, row: &FormRow, condition: Option<&str>) -> Json {
    let id = code(sheet.text(row, "name"), 's');
    made.places.insert(id.clone(), sheet.at(row, "name"));
    let mut json = Map::new();
    let title = made.texts(sheet, row, "label").unwrap_or_else(|| json!({"en": sheet.text(row, "name")}));
    json.insert("id".to_owned(), id.into());
    json.insert("title".to_owned(), title);
    json.extend(made.texts(sheet, row, "hint").map(|texts| ("note".to_owned(), texts)));
    json.extend(made.number(sheet, row, "weight").map(|weight| ("weight".to_owned(), weight.into())));
    json.extend(condition.map(|text| ("relevant".to_owned(), text.into())));
    json.insert("questions".to_owned(), json!([]));
    Json::Object(json)
}

/// A question; `None` where its type is none of a questionnaire's, which is found.
fn question(
    made: &mut Made<'_>,
    sheet: &FormSheet,
    row: &FormRow,
    words: &[&str],
    named: &mut BTreeMap<String, Named>,
    outer: &[&str],
) -> Option<Json> {
    let name = sheet.text(row, "name");
    let id = code(name, 'q');
    made.places.insert(id.clone(), sheet.at(row, "name"));
    let mut json = Map::new();
    let range = parameters(sheet.text(row, "parameters"));
    let kind = match *words {
        ["text"] => QuestionKind::Text,
        ["integer" | "int" | "decimal"] => QuestionKind::Number,
        ["range"]
            if range.0 == Some(1.0)
                && range.2 == Some(1.0)
                && range.1.is_some_and(|end| (2.0..=11.0).contains(&end)) =>
        {
            json.insert("steps".to_owned(), (range.1.unwrap_or(2.0) as u8).into());
            QuestionKind::Scale
        }
        ["range"] => {
            json.extend(range.0.map(|start| ("minimum".to_owned(), start.into())));
            json.extend(range.1.map(|end| ("maximum".to_owned(), end.into())));
            QuestionKind::Number
        }
        ["date"] => QuestionKind::Date,
        ["select_one", list] => {
            choices(made, sheet, row, list, &id, &mut json);
            QuestionKind::Choice
        }
        ["select_multiple", list] => {
            choices(made, sheet, row, list, &id, &mut json);
            QuestionKind::Multi
        }
        _ => {
            let found = Diagnostic::new(&INS023).arg("type", words.join(" "));
            made.found.push(found.at(sheet.at(row, "type")));
            return None;
        }
    };
    json.insert("id".to_owned(), id.as_str().into());
    json.insert("type".to_owned(), kind.as_str().into());
    json.insert("title".to_owned(), made.texts(sheet, row, "label").unwrap_or_else(|| json!({"en": name})));
    json.extend(made.texts(sheet, row, "hint").map(|texts| ("help".to_owned(), texts)));
    let own = relevant(made, sheet, row, named);
    let conditions: Vec<&str> = outer.iter().copied().chain(own.as_deref()).collect();
    if let [one] = conditions.as_slice() {
        json.insert("relevant".to_owned(), (*one).into());
    } else if !conditions.is_empty() {
        let all: Vec<String> = conditions.iter().map(|c| format!("({c})")).collect();
        json.insert("relevant".to_owned(), all.join(" and ").into());
    }
    marks(made, sheet, row, kind, &mut json);
    let by_form = json.get("choices").and_then(Json::as_array).map(|all| {
        let pair = |c: &Json| {
            let id = c["id"].as_str()?.to_owned();
            Some((made.places.get(&format!("{}.{id}", json["id"].as_str()?))?.value.clone()?, id))
        };
        all.iter().filter_map(pair).collect()
    });
    named.insert(name.to_owned(), Named { id, kind, choices: by_form.unwrap_or_default() });
    Some(Json::Object(json))
}

/// Whether it must be answered, what it weighs, what belongs to it.
fn marks(made: &mut Made<'_>, sheet: &FormSheet, row: &FormRow, kind: QuestionKind, json: &mut Map<String, Json>) {
    match truth(sheet.text(row, "required")) {
        Some(required) => drop(json.insert("required".to_owned(), required.into())),
        None => refused(made, sheet, row, "required"),
    }
    match sheet.text(row, "evidence").to_lowercase().as_str() {
        "" | "none" | "no" => {}
        "asked" | "yes" => drop(json.insert("evidence".to_owned(), "asked".into())),
        "required" => drop(json.insert("evidence".to_owned(), "required".into())),
        _ => refused(made, sheet, row, "evidence"),
    }
    if let Some(weight) = made.number(sheet, row, "weight") {
        json.insert("weight".to_owned(), weight.into());
    } else if matches!(kind, QuestionKind::Choice | QuestionKind::Multi) && !is_scored(json) {
        // Choices that say no score are context.
        json.insert("weight".to_owned(), 0.into());
    }
    if kind == QuestionKind::Number {
        limits(made, sheet, row, json);
        let unit = sheet.text(row, "unit");
        if !unit.is_empty() {
            json.insert("unit".to_owned(), unit.into());
        }
        points(made, sheet, row, json);
    } else if !sheet.text(row, "constraint").is_empty() {
        warned(made, sheet, row, "constraint");
    }
    for end in ["low", "high"] {
        json.extend(made.texts(sheet, row, end).map(|texts| (end.to_owned(), texts)));
    }
    if let Some(text) = made.texts(sheet, row, "advice") {
        let below = made.number(sheet, row, "advice_below").unwrap_or(50.0);
        json.insert("action".to_owned(), json!({"below": below, "text": text}));
    }
    for column in REFUSED.into_iter().filter(|column| !sheet.text(row, column).is_empty()) {
        refused(made, sheet, row, column);
    }
    for column in NOT_KEPT.into_iter().filter(|column| !sheet.text(row, column).is_empty()) {
        warned(made, sheet, row, column);
    }
}

fn is_scored(json: &Map<String, Json>) -> bool {
    let says = |c: &Json| c.get("score").is_some();
    json.get("choices").and_then(Json::as_array).is_some_and(|all| all.iter().any(says))
}

fn refused(made: &mut Made<'_>, sheet: &FormSheet, row: &FormRow, column: &str) {
    let found = Diagnostic::new(&INS026).arg("column", column).arg("value", sheet.text(row, column));
    made.found.push(found.at(sheet.at(row, column)));
}

fn warned(made: &mut Made<'_>, sheet: &FormSheet, row: &FormRow, column: &str) {
    let found = Diagnostic::new(&INS025).arg("column", column).arg("value", sheet.text(row, column));
    made.warnings.push(found.at(sheet.at(row, column)));
}

/// `. >= 0 and . <= 100`: least and largest number. Another constraint is told.
fn limits(made: &mut Made<'_>, sheet: &FormSheet, row: &FormRow, json: &mut Map<String, Json>) {
    let text = sheet.text(row, "constraint");
    let is_whole = sheet.text(row, "type").starts_with("int");
    let one = |part: &str| {
        let rest = part.trim().trim_matches(['(', ')']).trim().strip_prefix('.')?.trim_start();
        let (sign, number) = ["<=", ">=", "<", ">"].iter().find_map(|sign| Some((*sign, rest.strip_prefix(sign)?)))?;
        let number = number.trim().parse::<f64>().ok().filter(|n| n.is_finite())?;
        match sign {
            ">=" => Some(("minimum", number)),
            "<=" => Some(("maximum", number)),
            // Between whole numbers there is none.
            ">" if is_whole => Some(("minimum", number.floor() + 1.0)),
            "<" if is_whole => Some(("maximum", number.ceil() - 1.0)),
            _ => None,
        }
    };
    if text.is_empty() {
        return;
    }
    match text.split(" and ").map(one).collect::<Option<Vec<_>>>() {
        Some(all) => json.extend(all.into_iter().map(|(end, number)| (end.to_owned(), number.into()))),
        None => warned(made, sheet, row, "constraint"),
    }
}

/// `0 0; 50 60; 100 100`: numbers and their scores.
fn points(made: &mut Made<'_>, sheet: &FormSheet, row: &FormRow, json: &mut Map<String, Json>) {
    let text = sheet.text(row, "points");
    let point = |part: &str| {
        let (x, y) = part.trim().split_once([' ', ':'])?;
        Some(json!([x.trim().parse::<f64>().ok()?, y.trim().parse::<f64>().ok()?]))
    };
    if text.is_empty() {
        return;
    }
    match text.split(';').filter(|part| !part.trim().is_empty()).map(point).collect::<Option<Vec<Json>>>() {
        Some(all) => drop(json.insert("points".to_owned(), all.into())),
        None => refused(made, sheet, row, "points"),
    }
}

/// `start=1 end=5 step=1`.
fn parameters(text: &str) -> (Option<f64>, Option<f64>, Option<f64>) {
    let text = text.replace(" =", "=").replace("= ", "=");
    let of = |name: &str| {
        let found = text.split([' ', ',', ';']).find_map(|part| part.split_once('=').filter(|(key, _)| *key == name));
        found.and_then(|(_, value)| value.parse::<f64>().ok()).filter(|n| n.is_finite())
    };
    (of("start"), of("end"), of("step"))
}

fn choices(
    made: &mut Made<'_>,
    survey: &FormSheet,
    row: &FormRow,
    list: &str,
    question: &str,
    json: &mut Map<String, Json>,
) {
    let form = made.form;
    let sheet = &form.choices;
    let mut all = Vec::new();
    for own in sheet.rows.iter().filter(|own| sheet.text(own, "list_name") == list) {
        let name = sheet.text(own, "name");
        let id = code(name, 'c');
        // The place keeps the form's own code, by which conditions name the choice.
        made.places.insert(format!("{question}.{id}"), sheet.at(own, "name"));
        let mut choice = Map::new();
        choice.insert("id".to_owned(), id.into());
        choice.insert("title".to_owned(), made.texts(sheet, own, "label").unwrap_or_else(|| json!({"en": name})));
        match sheet.text(own, "score") {
            "" => {}
            "-" | "–" | "na" | "n/a" => drop(choice.insert("score".to_owned(), Json::Null)),
            _ => {
                let score = made.number(sheet, own, "score");
                choice.extend(score.map(|score| ("score".to_owned(), score.into())));
            }
        }
        all.push(Json::Object(choice));
    }
    if all.is_empty() {
        made.found.push(Diagnostic::new(&INS028).arg("list", list).at(survey.at(row, "type")));
    }
    json.insert("choices".to_owned(), all.into());
}
