//! Questionnaires of the organisation's own: rows of the register put together, and files taken apart.

use std::sync::Arc;

use engine::instrument::{Questionnaire, codes::INS033};
use model::{
    Records,
    kinds::{self, QuestionnaireItem},
    record::{Code, Whole},
};
use serde_json::{Map, Value as Json};

/// Characters that a part may have: what a cell of a workbook holds.
const LONGEST: usize = 32_767;

/// The own questionnaires, by code, of each the oldest version first. One whose rows make no sound questionnaire is left out.
pub(crate) fn own(records: &Records) -> Vec<Arc<Questionnaire>> {
    let read = |q: &kinds::Questionnaire| Questionnaire::read(together(records, q)?.to_string().as_bytes()).ok();
    let mut all: Vec<Arc<Questionnaire>> = records.questionnaires.iter().filter_map(read).map(Arc::new).collect();
    all.sort_by(|a, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
    all
}

/// The file that the rows of a questionnaire are.
pub(super) fn together(records: &Records, questionnaire: &kinds::Questionnaire) -> Option<Json> {
    let object = |text: &str| serde_json::from_str::<Map<String, Json>>(text).ok();
    let fits = |i: &&QuestionnaireItem| i.instrument == questionnaire.instrument && i.version == questionnaire.version;
    let mut items: Vec<&QuestionnaireItem> = records.questionnaire_items.iter().filter(fits).collect();
    items.sort_by_key(|item| item.position.0);
    let mut sections: Vec<(Map<String, Json>, Vec<Json>)> = Vec::new();
    for item in items {
        let content = object(&item.content)?;
        match &item.question {
            None => sections.push((content, Vec::new())),
            Some(_) => sections.last_mut()?.1.push(Json::Object(content)),
        }
    }
    let section = |(mut own, questions): (Map<String, Json>, Vec<Json>)| {
        own.insert("questions".to_owned(), questions.into());
        Json::Object(own)
    };
    let mut head = object(&questionnaire.head)?;
    head.insert("sections".to_owned(), sections.into_iter().map(section).collect());
    Some(Json::Object(head))
}

/// The rows of a questionnaire whose file was read.
///
/// Errors: `INS033` for a part that no cell of a workbook could hold.
pub(super) fn apart(
    questionnaire: &Questionnaire,
    json: &Json,
    file: &str,
) -> Result<(kinds::Questionnaire, Vec<QuestionnaireItem>), Box<diag::Diagnostic>> {
    let (instrument, version) = (Code(questionnaire.id.clone()), Whole(i64::from(questionnaire.version)));
    let told = |id: &str, part: Json| {
        let text = part.to_string();
        let n = text.chars().count();
        if n <= LONGEST {
            return Ok(text);
        }
        Err(Box::new(diag::Diagnostic::new(&INS033).arg("id", id).arg("n", n).arg("most", LONGEST)))
    };
    let id_of = |part: &Json| part["id"].as_str().unwrap_or_default().to_owned();
    let without = |part: &Json, key: &str| {
        let mut own = part.as_object().cloned().unwrap_or_default();
        own.remove(key);
        Json::Object(own)
    };
    let mut items = Vec::new();
    let list = |part: &Json, key: &str| part[key].as_array().cloned().unwrap_or_default();
    for section in list(json, "sections") {
        let id = id_of(&section);
        let mut put = |question: Option<Code>, content: String| {
            let position = Whole(i64::try_from(items.len() + 1).unwrap_or(i64::MAX));
            let (instrument, section) = (instrument.clone(), Code(id.clone()));
            items.push(QuestionnaireItem { instrument, version, position, section, question, content });
        };
        put(None, told(&id, without(&section, "questions"))?);
        for question in list(&section, "questions") {
            let own = id_of(&question);
            let content = told(&own, question)?;
            put(Some(Code(own)), content);
        }
    }
    let record = kinds::Questionnaire {
        instrument,
        version,
        title: questionnaire.title.clone(),
        subject: Code(questionnaire.subject.kind().name().to_owned()),
        head: told(&questionnaire.id, without(json, "sections"))?,
        file: Some(file.to_owned()).filter(|name| !name.is_empty()),
    };
    Ok((record, items))
}
