//! Loads a survey: keeps its files on this node, proposes its codebook, and writes both into the register as one change.

use diag::Diagnostic;
use engine::{
    household::{holds_words, propose_category},
    survey::{Concept, Described, describe, propose},
};
use exchange::{NamedBytes, Repeat, collected};
use jiff::{Timestamp, tz::TimeZone};
use model::{
    Kind, Records,
    kinds::{CodebookEntry, CodebookValue, Place, PlaceKind, RowUnit, Source, Survey},
    microdata::Table,
    record::{Code, Record, Whole},
    value::{Id, Lang, Period, Text},
};
use register::{
    Edit,
    access::{Actor, Deed, Subject, decide},
};
use rust_embed::RustEmbed;

use super::files::{ReadFiles, answers, keep};
use crate::{
    App,
    error::AppError,
    proposals::{Ready, Written, submit},
};

/// Different answers of a variable that a codebook lists, at most.
pub(super) const MOST_ANSWERS: usize = 200;

/// The exercise survey that the program carries; `samples/README.md` says how it was made.
#[derive(RustEmbed)]
#[folder = "../../samples/surveys"]
struct Sample;

/// The files of the exercise survey.
pub fn sample_survey() -> Vec<NamedBytes> {
    let file = |name: std::borrow::Cow<'_, str>| {
        Some(NamedBytes { bytes: Sample::get(&name)?.data.into_owned(), name: name.into_owned() })
    };
    Sample::iter().filter(|name| name.ends_with(".csv")).filter_map(file).collect()
}

/// What is known of a survey beside its files.
#[derive(Clone, Debug)]
pub struct NewSurvey {
    /// Its code; made of place and period when none.
    pub id: Option<String>,
    /// Its name.
    pub title: Text,
    /// The place that it is about.
    pub place: Id<Place>,
    /// When people were asked.
    pub period: Period,
    /// Where it comes from.
    pub source: Option<Id<Source>>,
    /// What a row is; found out when none.
    pub rows: Option<RowUnit>,
    /// The language in which values are called.
    pub lang: Lang,
    /// Of an export of forms the repeat that lists persons; `none` for none of them.
    pub repeat: Option<String>,
}

/// What the codebook of a table seems to be.
#[derive(Clone, Debug)]
pub struct SurveyDraft {
    /// All variables.
    pub variables: Vec<Described>,
    /// The variable of each concept, and how sure that is, from 0 to 1.
    pub entries: Vec<(Concept, String, f64)>,
    /// Answers with their labels, and the category that each seems to be.
    pub values: Vec<(Concept, String, String, Option<String>)>,
    /// What a row seems to be.
    pub rows: RowUnit,
}

/// Proposes the codebook of a table.
pub fn survey_draft(table: &Table) -> SurveyDraft {
    let variables = describe(table);
    let proposed = propose(&variables, table.n_rows);
    let mut values = Vec::new();
    for proposal in proposed.iter().filter(|p| holds_words(p.concept)) {
        for (value, label) in answers(table, &proposal.variable, MOST_ANSWERS).unwrap_or_default() {
            let category = propose_category(proposal.concept, &value, &label).map(str::to_owned);
            values.push((proposal.concept, value, label, category));
        }
    }
    // A household that stands in several rows stands there by its persons.
    let household = proposed.iter().find(|p| p.concept == Concept::Household);
    let repeats = |p: &engine::survey::Proposal| {
        variables.iter().any(|v| v.name == p.variable && v.n_distinct < table.n_rows && v.n_distinct > 0)
    };
    let rows = if household.is_some_and(repeats) { RowUnit::Person } else { RowUnit::Household };
    let entries = proposed.iter().map(|p| (p.concept, p.variable.clone(), p.confidence)).collect();
    SurveyDraft { variables, entries, values, rows }
}

/// Keeps the files of a survey on this node and submits its record with the proposed codebook, all or nothing.
///
/// Districts whose names stand in the file become places below the survey's place, where the author may write places.
///
/// An export of ODK or Kobo (a zip archive, its CSV files, a workbook), with its form if that is among the files, is made into
/// files of households, persons and labels first; the survey's note names what they were made of.
///
/// Errors: a place that nobody knows, what [`submit`] refuses; findings: files that cannot be read, rules of acceptance.
pub async fn load_survey(
    app: &App,
    files: Vec<NamedBytes>,
    new: NewSurvey,
    by: &Actor,
    reason: &str,
    now: Timestamp,
) -> Result<Result<(Id<Survey>, Written), Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let given = names(&files);
    let collected = tokio::task::block_in_place(|| collected(files, repeat(new.repeat.as_deref()), new.lang));
    let (files, note) = match collected {
        Ok(made) => {
            let mut note = Text::default();
            note.set(new.lang, given);
            (made.files, Some(note).filter(|_| made.is_export))
        }
        Err(found) => return Ok(Err(found)),
    };
    let read = match tokio::task::block_in_place(|| keep(app, &files))? {
        Ok(read) => read,
        Err(found) => return Ok(Err(found)),
    };
    let records = world.records();
    let draft = tokio::task::block_in_place(|| survey_draft(&read.table));
    let id = id_of(records, &new);
    let on = now.to_zoned(TimeZone::UTC).date();
    let may_name_places = decide(records, by, Deed::Write(Kind::Place), &Subject::organisation(), on).allowed;
    let edits = edits(records, &id, &new, &read, note, &draft, may_name_places);
    let against = world.snapshot().position;
    let ready = Ready { reason: reason.to_owned(), edits, against, ..Ready::default() };
    Ok(submit(app, by, ready, now).await?.map(|written| (id, written)))
}

/// The files' names, each with the beginning of its fingerprint.
fn names(files: &[NamedBytes]) -> String {
    let told = |file: &NamedBytes| {
        let hash = blake3::hash(&file.bytes).to_hex();
        format!("{} ({})", file.name, hash.get(..16).unwrap_or_default())
    };
    files.iter().map(told).collect::<Vec<_>>().join("; ")
}

/// What a person means who names a repeat.
pub(crate) fn repeat(name: Option<&str>) -> Repeat<'_> {
    match name.map(str::trim) {
        None | Some("") => Repeat::Only,
        Some("none") => Repeat::None,
        Some(name) => Repeat::Named(name),
    }
}

fn id_of(records: &Records, new: &NewSurvey) -> Id<Survey> {
    if let Some(id) = new.id.as_deref().filter(|id| !id.trim().is_empty()) {
        return Id::new(id.trim());
    }
    let base = format!("SV-{}-{}", new.place, new.period);
    let names = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}-{n}")));
    Id::new(names.into_iter().find(|id| !records.surveys.contains(id)).unwrap_or(base))
}

fn put<R: Record>(record: &R) -> Edit {
    Edit::Put { kind: R::KIND, row: record.to_row(), origin: None }
}

fn edits(
    records: &Records,
    id: &Id<Survey>,
    new: &NewSurvey,
    read: &ReadFiles,
    note: Option<Text>,
    draft: &SurveyDraft,
    may_name_places: bool,
) -> Vec<Edit> {
    let mut edits = vec![put(&Survey {
        id: id.clone(),
        title: new.title.clone(),
        place: new.place.clone(),
        period: new.period,
        rows: new.rows.unwrap_or(draft.rows),
        file: read.name.clone(),
        fingerprint: Code(read.fingerprint.clone()),
        n_rows: Whole(i64::try_from(read.table.n_rows).unwrap_or(i64::MAX)),
        lonely: None,
        threshold: None,
        source: new.source.clone(),
        note,
    })];
    for (concept, variable, _) in &draft.entries {
        let entry =
            CodebookEntry { survey: id.clone(), concept: Code(concept.name().to_owned()), variable: variable.clone() };
        edits.push(put(&entry));
    }
    for (concept, value, label, category) in &draft.values {
        let mut category = category.clone();
        if *concept == Concept::Place {
            let name = if label.is_empty() { value } else { label };
            let is_name = name.chars().any(char::is_alphabetic);
            let known = place_named(records, &new.place, name);
            if let (None, true, true) = (&known, is_name, may_name_places)
                && let Some(place) = district(records, new, value, name)
            {
                category = Some(place.id.as_str().to_owned());
                edits.push(put(&place));
            }
            category = known.map(|place| place.as_str().to_owned()).or(category);
        }
        let Some(category) = category else { continue };
        edits.push(put(&CodebookValue {
            survey: id.clone(),
            concept: Code(concept.name().to_owned()),
            value: value.clone(),
            category: Code(category),
        }));
    }
    edits
}

/// The place of a name within another, or the one that has it as its code.
fn place_named(records: &Records, within: &Id<Place>, name: &str) -> Option<Id<Place>> {
    let is_within = |place: &Place| {
        let mut above = place.parent.as_ref();
        // Places form a tree; a circle was refused when it was written.
        while let Some(id) = above {
            if id == within {
                return true;
            }
            above = records.places.of(id).and_then(|p| p.parent.as_ref());
        }
        false
    };
    let named = |place: &&Place| {
        let is_called =
            Lang::ALL.iter().any(|lang| place.title.get(*lang).is_some_and(|t| t.eq_ignore_ascii_case(name)));
        place.id.as_str() == name || (is_called && is_within(place))
    };
    records.places.iter().find(named).map(|place| place.id.clone())
}

/// A new place below the survey's; none below a neighbourhood or the world.
fn district(records: &Records, new: &NewSurvey, value: &str, name: &str) -> Option<Place> {
    let kind = match records.places.of(&new.place)?.kind {
        PlaceKind::World | PlaceKind::Region | PlaceKind::Neighbourhood | PlaceKind::FunctionalArea => return None,
        PlaceKind::Country | PlaceKind::Subnational => PlaceKind::Subnational,
        PlaceKind::City => PlaceKind::Neighbourhood,
    };
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let plain = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let end = if plain.is_empty() { value.to_lowercase().replace(' ', "-") } else { plain };
    let mut title = Text::default();
    title.set(new.lang, name.to_owned());
    Some(Place {
        id: Id::new(format!("{}-{end}", new.place)),
        kind,
        title,
        parent: Some(new.place.clone()),
        m49: None,
        longitude: None,
        latitude: None,
        classes: Vec::new(),
        population: None,
        population_period: None,
        population_source: None,
    })
}
