//! Search over the titles and ids of records, in all languages, finding a term's other wordings too.

use diag::RecordRef;
use model::{
    Kind, Records,
    kinds::Plan,
    value::{CellKind, Id, Lang, Value},
};

use crate::{view::Hit, world::World};

/// Kinds worth finding, most wanted first.
const KINDS: &[Kind] = &[
    Kind::Plan,
    Kind::Result,
    Kind::Indicator,
    Kind::Project,
    Kind::Place,
    Kind::Mandate,
    Kind::Entity,
    Kind::Fact,
    Kind::Story,
    Kind::Evaluation,
    Kind::Event,
    Kind::Unit,
    Kind::Source,
    Kind::Task,
    Kind::Output,
    Kind::Term,
];

/// The plan that a record belongs to, when it is one of the kinds that lie in a plan.
pub(crate) fn plan_of(records: &Records, kind: Kind, id: &str) -> Option<Id<Plan>> {
    let of_result = |r: &str| records.results.get(r).map(|r| r.plan.clone());
    match kind {
        Kind::Plan => Some(Id::new(id)),
        Kind::Result => of_result(id),
        Kind::Indicator => of_result(records.indicators.get(id)?.result.as_str()),
        Kind::Task => records.tasks.get(id).map(|t| t.plan.clone()),
        Kind::Project => of_result(records.projects.get(id)?.results.first()?.as_str()),
        _ => None,
    }
}

/// Records whose id or text holds every word asked for (or another wording of it); exact ids first, then
/// titles that begin with the text, then the rest, in the order of kinds.
pub fn search(world: &World, text: &str, lang: Lang, limit: usize) -> Vec<Hit> {
    let records = world.records();
    let wanted: Vec<Vec<String>> = text.to_lowercase().split_whitespace().map(|w| wordings(records, w)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let whole = text.trim().to_lowercase();
    let mut hits: Vec<(u8, Hit)> = Vec::new();
    for kind in KINDS {
        let columns = &kind.def().columns;
        for (id, row) in records.rows(*kind) {
            let texts: Vec<(&str, &str)> = columns
                .iter()
                .zip(&row)
                .filter_map(|(c, v)| match (c.kind, v) {
                    (CellKind::Text | CellKind::TextIn(_) | CellKind::Code, Value::Text(t)) => {
                        Some((c.field, t.as_str()))
                    }
                    _ => None,
                })
                .collect();
            let haystack = texts.iter().map(|(_, t)| t.to_lowercase()).collect::<Vec<_>>().join("\n");
            if !wanted.iter().all(|any| any.iter().any(|w| haystack.contains(w.as_str()))) {
                continue;
            }
            let title = title_of(records, *kind, id, lang);
            let rank = match () {
                () if id.to_lowercase() == whole => 0,
                () if title.to_lowercase().starts_with(&whole) => 1,
                () if title.to_lowercase().contains(&whole) => 2,
                () => 3,
            };
            let context = (rank == 3)
                .then(|| {
                    texts.iter().find(|(_, t)| wanted.iter().flatten().any(|w| t.to_lowercase().contains(w.as_str())))
                })
                .flatten()
                .map(|(_, t)| (*t).to_owned())
                .filter(|t| *t != title);
            let record = RecordRef { kind: kind.name(), id: id.to_owned() };
            hits.push((rank, Hit { record, title, context, plan: plan_of(records, *kind, id) }));
        }
    }
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().map(|(_, hit)| hit).take(limit).collect()
}

/// The word itself and, when it is a wording of a term, the term's other wordings.
fn wordings(records: &Records, word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    for term in records.terms.iter().filter(|t| t.wording.to_lowercase() == word) {
        all.extend(records.terms.iter().filter(|t| t.concept == term.concept).map(|t| t.wording.to_lowercase()));
    }
    all
}

/// A record's name in a language: its title, else its id.
pub fn title_of(records: &Records, kind: Kind, id: &str, lang: Lang) -> String {
    let Some(row) = records.row(kind, id) else { return id.to_owned() };
    let columns = &kind.def().columns;
    let in_lang = |wanted: Lang| {
        columns.iter().zip(&row).find_map(|(c, v)| match (c.kind, v) {
            (CellKind::TextIn(l), Value::Text(t)) if l == wanted && c.field == "title" => Some(t.clone()),
            _ => None,
        })
    };
    in_lang(lang)
        .or_else(|| in_lang(Lang::En))
        .or_else(|| Lang::ALL.into_iter().find_map(in_lang))
        .unwrap_or_else(|| id.to_owned())
}
