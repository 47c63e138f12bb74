//! A survey's codebook as a person edits it: which variable holds a concept, and what each answer means.

use diag::Diagnostic;
use engine::{
    household::{Codebook, Unread, categories, holds_words, propose_category},
    survey::{Concept, Described, describe},
};
use jiff::Timestamp;
use model::{
    Kind,
    kinds::{CodebookEntry, CodebookValue, Survey},
    record::{Code, Record},
    value::Id,
};
use register::{Edit, access::Actor};

use super::{files, load::MOST_ANSWERS};
use crate::{
    App,
    error::AppError,
    proposals::{Ready, Written, submit},
    world::World,
};

/// What one concept's answers mean.
#[derive(Clone, Debug)]
pub struct ConceptAnswers {
    /// The concept.
    pub concept: Concept,
    /// The categories that there are; none for places, which are named by their code.
    pub categories: Vec<&'static str>,
    /// The answers in the file: value, label, category.
    pub answers: Vec<(String, String, Option<String>)>,
}

/// A survey's codebook beside what its files hold.
#[derive(Clone, Debug)]
pub struct CodebookView {
    /// The variables of the files.
    pub variables: Vec<Described>,
    /// The variable of each concept, for all concepts.
    pub entries: Vec<(Concept, Option<String>)>,
    /// What answers mean, for concepts that have categories.
    pub answers: Vec<ConceptAnswers>,
    /// Answers that mean nothing yet.
    pub unread: Vec<Unread>,
}

/// What a person says of a codebook.
#[derive(Clone, Debug, Default)]
pub struct CodebookForm {
    /// Concept and variable; an empty variable takes the concept out.
    pub variables: Vec<(String, String)>,
    /// Concept, answer and category; an empty category leaves the answer without meaning.
    pub values: Vec<(String, String, String)>,
}

/// A survey's codebook beside what its files hold.
///
/// Errors: no such survey, or files that are not here; findings in them.
pub fn survey_codebook(
    app: &App,
    world: &World,
    id: &Id<Survey>,
) -> Result<Result<CodebookView, Vec<Diagnostic>>, AppError> {
    let survey = world.records().surveys.of(id).ok_or(AppError::Unknown)?;
    let table = match files::table(app, survey)? {
        Ok(table) => table,
        Err(found) => return Ok(Err(found)),
    };
    let book = Codebook::of(world.records(), id);
    let entries: Vec<(Concept, Option<String>)> =
        Concept::all().map(|concept| (concept, book.variables.get(&concept).cloned())).collect();
    let mut concept_answers = Vec::new();
    for (concept, variable) in entries.iter().filter(|(concept, _)| holds_words(*concept)) {
        let Some(variable) = variable else { continue };
        let Some(answers) = files::answers(&table, variable, MOST_ANSWERS) else { continue };
        let meant = |(value, label): (String, String)| {
            let category = book.values.get(&(*concept, value.clone())).cloned();
            let own = categories(*concept).find(|c| *c == value).map(str::to_owned);
            (value, label, category.or(own))
        };
        concept_answers.push(ConceptAnswers {
            concept: *concept,
            categories: categories(*concept).collect(),
            answers: answers.into_iter().map(meant).collect(),
        });
    }
    let unread = book.read(&table).map(|read| read.unread).unwrap_or_default();
    Ok(Ok(CodebookView { variables: describe(&table), entries, answers: concept_answers, unread }))
}

/// What a form says that the codebook does not: it must be readable before it is kept, or no figure of the survey could be
/// computed. What was kept before is not judged again, so that it can be mended piece by piece.
fn newly_said(book: &Codebook, form: &CodebookForm) -> Codebook {
    let said = form.variables.iter().filter(|(_, variable)| !variable.is_empty());
    let said = said.filter_map(|(name, variable)| Some((Concept::parse(name)?, variable.clone())));
    let is_new = |(concept, variable): &(Concept, String)| book.variables.get(concept) != Some(variable);
    Codebook { variables: said.filter(is_new).collect(), ..Codebook::default() }
}

/// Submits a codebook as one change. A concept that gets another variable gets proposed meanings of that variable's answers.
///
/// Errors: no such survey, or files that are not here; what [`submit`] refuses; `None` when nothing changes.
pub async fn save_codebook(
    app: &App,
    id: &Id<Survey>,
    form: &CodebookForm,
    by: &Actor,
    reason: &str,
    now: Timestamp,
) -> Result<Result<Option<Written>, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let survey = world.records().surveys.of(id).ok_or(AppError::Unknown)?;
    let table = match tokio::task::block_in_place(|| files::table(app, survey))? {
        Ok(table) => table,
        Err(found) => return Ok(Err(found)),
    };
    let book = Codebook::of(world.records(), id);
    if let Err(found) = newly_said(&book, form).read(&table) {
        return Ok(Err(vec![*found]));
    }
    let mut edits = Vec::new();
    let mut changed = Vec::new();
    for (name, variable) in &form.variables {
        let Some(concept) = Concept::parse(name) else { continue };
        let entry = CodebookEntry { survey: id.clone(), concept: Code(name.clone()), variable: variable.clone() };
        match (book.variables.get(&concept), variable.as_str()) {
            (None, "") => continue,
            (Some(held), now) if held == now => continue,
            (Some(_), "") => edits.push(Edit::Remove { kind: Kind::CodebookEntry, id: entry.id() }),
            _ => edits.push(Edit::Put { kind: Kind::CodebookEntry, row: entry.to_row(), origin: None }),
        }
        changed.push(concept);
        for (_, value) in book.values.keys().filter(|(of, _)| *of == concept) {
            edits.push(Edit::Remove { kind: Kind::CodebookValue, id: meaning(id, name, value, "").id() });
        }
        let answers = if holds_words(concept) { files::answers(&table, variable, MOST_ANSWERS) } else { None };
        for (value, label) in answers.unwrap_or_default() {
            if let Some(category) = propose_category(concept, &value, &label) {
                let row = meaning(id, name, &value, category).to_row();
                edits.push(Edit::Put { kind: Kind::CodebookValue, row, origin: None });
            }
        }
    }
    for (name, value, category) in &form.values {
        let Some(concept) = Concept::parse(name).filter(|concept| !changed.contains(concept)) else { continue };
        let held = book.values.get(&(concept, value.clone())).map_or("", String::as_str);
        let record = meaning(id, name, value, category);
        match (held, category.as_str()) {
            (held, now) if held == now => {}
            (_, "") => edits.push(Edit::Remove { kind: Kind::CodebookValue, id: record.id() }),
            _ => edits.push(Edit::Put { kind: Kind::CodebookValue, row: record.to_row(), origin: None }),
        }
    }
    // A meaning that is dropped and proposed again is the later of the two.
    let puts: Vec<String> = edits.iter().filter_map(put_value).collect();
    edits.retain(|edit| !matches!(edit, Edit::Remove { kind: Kind::CodebookValue, id } if puts.contains(id)));
    if edits.is_empty() {
        return Ok(Ok(None));
    }
    let against = world.snapshot().position;
    let ready = Ready { reason: reason.to_owned(), edits, against, ..Ready::default() };
    Ok(submit(app, by, ready, now).await?.map(Some))
}

fn put_value(edit: &Edit) -> Option<String> {
    match edit {
        Edit::Put { kind: Kind::CodebookValue, row, .. } => Some(Kind::CodebookValue.def().id_of(row)),
        _ => None,
    }
}

fn meaning(survey: &Id<Survey>, concept: &str, value: &str, category: &str) -> CodebookValue {
    CodebookValue {
        survey: survey.clone(),
        concept: Code(concept.to_owned()),
        value: value.to_owned(),
        category: Code(category.to_owned()),
    }
}
