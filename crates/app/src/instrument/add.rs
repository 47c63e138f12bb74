//! Adding a questionnaire of one's own: read from JSON or from a form, shown, submitted as a change.

use diag::{Diagnostic, Pointer};
use engine::instrument::{
    Questionnaire,
    codes::{INS001, INS030, INS032},
    from_form,
};
use exchange::{NamedBytes, read_form};
use jiff::Timestamp;
use model::{Kind, Records, record::Record};
use register::{Edit, access::Actor};
use serde_json::Value as Json;

use super::{catalogue::is_shipped, own::apart};
use crate::{
    App,
    error::AppError,
    proposals::{Ready, Written, submit},
    world::World,
};

/// A questionnaire that was read and could be added.
#[derive(Clone, Debug)]
pub struct InstrumentDraft {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Its file.
    pub json: String,
    /// What was noticed and does not stand in the way.
    pub warnings: Vec<Diagnostic>,
    /// The latest version before it.
    pub before: Option<u16>,
}

/// Reads a questionnaire of one's own: JSON, or the workbook of a form (XLSForm). A form that names no version from 1 to 999
/// gets the next one.
///
/// Errors: everything that is wrong with the file, each at its place; a code of a questionnaire that the program carries
/// (`INS032`); a version that cannot follow those that there are (`INS030`).
pub fn instrument_draft(world: &World, file: &NamedBytes) -> Result<InstrumentDraft, Vec<Diagnostic>> {
    let records = world.records();
    let (questionnaire, json, warnings) = if file.bytes.starts_with(b"PK") {
        let next = |id: &str| latest(records, id).map_or(1, |last| last.saturating_add(1));
        let made = from_form(&read_form(file)?, next)?;
        (made.questionnaire, made.json, made.warnings)
    } else {
        let at = |d: Diagnostic| d.at(Pointer { file: Some(file.name.clone()), ..Pointer::default() });
        let read = Questionnaire::read(&file.bytes).map_err(|found| found.into_iter().map(at).collect::<Vec<_>>())?;
        let unreadable = |e: serde_json::Error| vec![Diagnostic::new(&INS001).arg("detail", e.to_string())];
        (read, serde_json::from_slice(&file.bytes).map_err(unreadable)?, Vec::new())
    };
    if is_shipped(&questionnaire.id) || questionnaire.id == "new" {
        return Err(vec![Diagnostic::new(&INS032).arg("instrument", &questionnaire.id)]);
    }
    let before = latest(records, &questionnaire.id);
    let (version, known) = (i64::from(questionnaire.version), before.map_or(0, i64::from));
    let (record, items) = apart(&questionnaire, &json, &file.name).map_err(|found| vec![*found])?;
    let is_answered = records.responses.iter().any(|r| r.instrument.0 == questionnaire.id && r.version.0 == version);
    let is_held = version == known && is_same(records, &record, &items);
    if version < known || is_held || version == known && is_answered {
        let found = Diagnostic::new(&INS030).arg("instrument", &questionnaire.id).arg("version", version);
        return Err(vec![found.arg("next", known + 1)]);
    }
    Ok(InstrumentDraft { questionnaire, json: json.to_string(), warnings, before })
}

/// Adds a questionnaire as one change. Beside those of former versions, whose answers stay what they were.
///
/// Errors: what [`submit`] refuses; findings: those of [`instrument_draft`], rules of acceptance.
pub async fn add_instrument(
    app: &App,
    file: &NamedBytes,
    by: &Actor,
    reason: &str,
    at: Timestamp,
) -> Result<Result<(InstrumentDraft, Written), Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let draft = match instrument_draft(&world, file) {
        Ok(draft) => draft,
        Err(found) => return Ok(Err(found)),
    };
    let json: Json = serde_json::from_str(&draft.json).unwrap_or_default();
    let (record, items) = match apart(&draft.questionnaire, &json, &file.name) {
        Ok(rows) => rows,
        Err(found) => return Ok(Err(vec![*found])),
    };
    let records = world.records();
    let mut edits = vec![Edit::Put { kind: Kind::Questionnaire, row: record.to_row(), origin: None }];
    // A version that nobody answered yet can be replaced; parts that it no longer has go.
    let stale = records.questionnaire_items.iter().filter(|old| {
        old.instrument == record.instrument && old.version == record.version && items.iter().all(|i| i.id() != old.id())
    });
    edits.extend(stale.map(|old| Edit::Remove { kind: Kind::QuestionnaireItem, id: old.id() }));
    edits.extend(items.iter().map(|i| Edit::Put { kind: Kind::QuestionnaireItem, row: i.to_row(), origin: None }));
    let ready = Ready { reason: reason.to_owned(), edits, against: world.snapshot().position, ..Ready::default() };
    Ok(submit(app, by, ready, at).await?.map(|written| (draft, written)))
}

fn latest(records: &Records, id: &str) -> Option<u16> {
    let own = records.questionnaires.iter().filter(|q| q.instrument.0 == id);
    own.filter_map(|q| u16::try_from(q.version.0).ok()).max()
}

/// Whether the register has exactly these parts.
fn is_same(records: &Records, record: &model::kinds::Questionnaire, items: &[model::kinds::QuestionnaireItem]) -> bool {
    let held = records.questionnaires.get(record.id());
    let n =
        records.questionnaire_items.iter().filter(|i| i.instrument == record.instrument && i.version == record.version);
    held.is_some_and(|held| held.head == record.head)
        && n.count() == items.len()
        && items.iter().all(|item| records.questionnaire_items.get(item.id()) == Some(item))
}
