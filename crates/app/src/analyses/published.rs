//! What was published of a job: by whom and when, which figures, and what publishing it again would change.

use std::collections::BTreeSet;

use exchange::NamedBytes;
use jiff::Timestamp;
use model::{
    Kind,
    kinds::{Analysis, Indicator, Scope},
    value::Id,
};

use super::{
    job::Job,
    publish::{AnalysisPublication, record_of, rows},
    view,
};
use crate::{App, error::AppError, history, import, view::ChangeLine, world::World};

/// What was published of a job.
#[derive(Clone, Debug)]
pub struct PublishedAnalysis {
    /// The analysis of the register.
    pub record: Id<Analysis>,
    /// The change that brought it, or changed it last.
    pub change: Option<ChangeLine>,
    /// Measures with the indicator that each answers.
    pub ties: Vec<(String, Id<Indicator>)>,
    /// Figures in force that rest on it.
    pub n_figures: usize,
    /// Figures that are not as this analysis found them: somebody changed or removed them since. Publishing again writes them again.
    pub n_changed: usize,
    /// Its urban centres that are places of the register.
    pub n_places: usize,
}

/// What was published of a job; none when nothing was.
///
/// Errors: history that cannot be read, evidence that is not there.
pub async fn published_analysis(
    app: &App,
    world: &World,
    held: &Job,
    now: Timestamp,
) -> Result<Option<PublishedAnalysis>, AppError> {
    let Some(record) = record_of(world, held).map(|record| record.id.clone()) else { return Ok(None) };
    let steps = history::history(app, Kind::Analysis, record.as_str()).await?;
    let change = steps.into_iter().find(|step| !step.removed).map(|step| step.change);
    let Figures { ties, scopes, n: n_figures } = figures(world, &record);
    let ties: Vec<(String, Id<Indicator>)> =
        ties.into_iter().map(|(measure, indicator)| (measure, Id::new(indicator))).collect();
    let Some(view) = view::analysis(app, world, record.as_str())? else { return Ok(None) };
    let n_places = view.found.cities.iter().filter(|city| world.records().places.contains(&city.place)).count();
    let mut n_changed = 0;
    for scope in scopes {
        let publication = AnalysisPublication {
            job: held.id.clone(),
            ties: ties.clone(),
            scope,
            with_cities: false,
            names: Vec::new(),
            reason: String::new(),
        };
        if let Some(bytes) = rows(world, (&record, held), &view.found, &publication, false) {
            let file = NamedBytes { name: "observations.csv".to_owned(), bytes };
            let ((_, observed), _) = tokio::task::block_in_place(|| import::judge_files(world, vec![file], now));
            n_changed += observed.len();
        }
    }
    Ok(Some(PublishedAnalysis { record, change, ties, n_figures, n_changed, n_places }))
}

/// The figures that rest on an analysis.
#[derive(Default)]
struct Figures {
    /// Measures with the indicator that each answers.
    ties: BTreeSet<(String, String)>,
    scopes: Vec<Scope>,
    n: usize,
}

fn figures(world: &World, record: &Id<Analysis>) -> Figures {
    let all = &world.snapshot().observations;
    let name = format!("analysis/{record}");
    let is_its = |text: &str| text.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let codes: Vec<bool> = (0..all.dict.texts().len() as u32).map(|code| is_its(all.dict.text(code))).collect();
    let mut found = Figures::default();
    if !codes.contains(&true) {
        return found;
    }
    for row in all.rows() {
        if !codes.get(all.evidence[row.idx] as usize).copied().unwrap_or_default() {
            continue;
        }
        found.n += 1;
        // A figure says first by which measure it was made.
        let measure = row.comment().split(';').next().unwrap_or_default().trim().to_owned();
        found.ties.insert((measure, row.indicator().to_owned()));
        let scope = all.scope[row.idx];
        if !found.scopes.contains(&scope) {
            found.scopes.push(scope);
        }
    }
    found
}
