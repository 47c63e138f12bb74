//! The entry grid: typed values take the same door, and meet the same checks, as an imported file.

use std::{io::Write, sync::Arc};

use diag::Diagnostic;
use exchange::NamedBytes;
use jiff::{Timestamp, civil::Date};
use model::{
    Records,
    kinds::{Indicator, Measure, Plan, Project, Scope, Waiver},
    record::{Code, Record},
    value::{Breakdown, Id, Period},
};
use register::{Edit, access::Actor};
use rustc_hash::FxHashMap;

use crate::{
    App,
    error::AppError,
    history, import,
    proposals::{Ready, Written, submit},
    view::{EntryCell, EntryGrid, EntryRow},
    world::World,
};

/// Rows of a grid at most.
const MOST_ROWS: usize = 500;
/// Evidence files at most this large, in bytes.
pub(crate) const LARGEST_EVIDENCE: usize = 32 << 20;

/// One typed cell, everything as text, as a person types it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are the columns of the table observations")]
pub struct EnteredCell {
    pub indicator: String,
    pub place: String,
    pub period: String,
    pub breakdown: String,
    pub scope: String,
    pub project: String,
    pub entity: String,
    pub stage: String,
    pub value: String,
    pub numerator: String,
    pub denominator: String,
    pub status: String,
    pub source: String,
    pub evidence: String,
    pub comment: String,
}

/// Writes typed cells as one change, or says what is wrong with each.
///
/// `against` is the position at which the grid was shown, so that a value that somebody else typed since is noticed.
/// A cell keeps what it has beside the typed value (source, evidence, comment …) unless the grid gives another.
pub async fn enter(
    app: &App,
    cells: Vec<EnteredCell>,
    by: &Actor,
    reason: &str,
    against: Option<u64>,
    at: Timestamp,
) -> Result<std::result::Result<Written, Vec<Diagnostic>>, AppError> {
    let header = "indicator,place,period,breakdown,scope,project,entity,stage,value,numerator,denominator,status,source,evidence,comment";
    let mut csv = String::from(header);
    for cell in &cells {
        let fields = [
            &cell.indicator,
            &cell.place,
            &cell.period,
            &cell.breakdown,
            &cell.scope,
            &cell.project,
            &cell.entity,
            &cell.stage,
            &cell.value,
            &cell.numerator,
            &cell.denominator,
            &cell.status,
            &cell.source,
            &cell.evidence,
            &cell.comment,
        ];
        csv.push_str("\r\n");
        csv.push_str(&fields.map(|f| format!("\"{}\"", f.replace('"', "\"\""))).join(","));
    }
    csv.push_str("\r\n");
    let files = vec![NamedBytes { name: "observations.csv".to_owned(), bytes: csv.into_bytes() }];
    let world = app.world().await?;
    let position = world.snapshot().position;
    let ((edits, observed), found) = tokio::task::block_in_place(|| import::judge_files(&world, files, at));
    let errors: Vec<Diagnostic> = found.into_iter().filter(Diagnostic::blocks).collect();
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    if edits.is_empty() && observed.is_empty() {
        // Everything is as typed already; the last change is where it came from.
        let line = history::line(app, position).await?;
        let line = line.ok_or_else(|| AppError::Internal("there is no change yet".to_owned()))?;
        return Ok(Ok(Written::InForce(line)));
    }
    let against = against.filter(|n| *n <= position).unwrap_or(position);
    let ready = Ready { reason: reason.to_owned(), edits, observed: Arc::new(observed), against, ..Ready::default() };
    submit(app, by, ready, at).await
}

/// Keeps a file as evidence; the answer is what goes into the column `evidence`.
pub async fn attach_evidence(app: &App, name: &str, bytes: Vec<u8>) -> Result<String, AppError> {
    let folder = app.folder()?.evidence();
    if bytes.is_empty() || bytes.len() > LARGEST_EVIDENCE {
        let detail = format!("{} bytes; evidence has 1 to {LARGEST_EVIDENCE}", bytes.len());
        return Err(AppError::File { path: name.into(), detail });
    }
    let ending: String = name
        .rsplit_once('.')
        .map(|(_, e)| e.chars().filter(char::is_ascii_alphanumeric).take(8).collect::<String>().to_lowercase())
        .filter(|e| !e.is_empty())
        .unwrap_or_else(|| "bin".to_owned());
    let name = format!("{}.{ending}", blake3::hash(&bytes).to_hex());
    let path = folder.join(&name);
    std::fs::create_dir_all(&folder).map_err(|e| AppError::file(&folder, &e))?;
    if !path.exists() {
        let half = folder.join(format!("{name}.part"));
        // On the disk before an observation names it, as a segment is.
        let keep = || {
            let mut file = std::fs::File::create(&half)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            std::fs::rename(&half, &path)?;
            if cfg!(unix) { std::fs::File::open(&folder)?.sync_all() } else { Ok(()) }
        };
        keep().map_err(|e: std::io::Error| AppError::file(&path, &e))?;
    }
    Ok(format!("evidence/{name}"))
}

/// The bytes of an evidence file; `None` unless the name is one that [`attach_evidence`] gave.
pub fn evidence(app: &App, name: &str) -> Option<Vec<u8>> {
    if !is_evidence(name) {
        return None;
    }
    std::fs::read(app.folder().ok()?.evidence().join(name)).ok()
}

/// Whether a name is one that [`attach_evidence`] gives; such a name is never a path.
pub(crate) fn is_evidence(name: &str) -> bool {
    name.split_once('.').is_some_and(|(hash, ending)| {
        hash.len() == 64
            && hash.bytes().all(|b| b.is_ascii_hexdigit())
            && (1..=8).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// Silences one finding on one record until a day.
#[allow(clippy::too_many_arguments, reason = "a waiver has that many parts, and each is required")]
pub async fn waive(
    app: &App,
    code: &str,
    kind: &str,
    record: &str,
    field: Option<&str>,
    reason: &str,
    by: &Actor,
    expires_on: Date,
    at: Timestamp,
) -> Result<std::result::Result<Written, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let waivers = &world.records().waivers;
    let id = (1..).map(|n| format!("W-{code}-{n}")).find(|id| !waivers.contains(id)).unwrap_or_default();
    let waiver = Waiver {
        id: Id::new(id),
        code: Code(code.to_owned()),
        record_kind: Code(kind.to_owned()),
        record: record.to_owned(),
        field: field.map(|f| Code(f.to_owned())),
        reason: reason.to_owned(),
        author: by.author().to_owned(),
        expires_on,
    };
    let ready = Ready {
        reason: reason.to_owned(),
        edits: vec![Edit::Put { kind: Waiver::KIND, row: waiver.to_row(), origin: None }],
        against: world.snapshot().position,
        ..Ready::default()
    };
    submit(app, by, ready, at).await
}

/// Which rows a grid holds.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Only indicators of this plan.
    pub plan: Option<Id<Plan>>,
    /// Only this indicator.
    pub indicator: Option<Id<Indicator>>,
    /// Only this project.
    pub project: Option<Id<Project>>,
    /// Only this place.
    pub place: Option<String>,
    /// The periods; the last four years that were reported when empty.
    pub periods: Vec<Period>,
}

type GridKey = (u32, u32, u32, Scope, u32, u32);

/// The grid: rows that were ever reported, and rows that projects owe and have not begun.
pub fn entry_grid(world: &World, filter: &EntryFilter) -> EntryGrid {
    let records = world.records();
    let all = &world.snapshot().observations;
    let wanted = indicators(world, filter);
    let mut rows: FxHashMap<GridKey, Vec<usize>> = FxHashMap::default();
    for indicator in &wanted {
        for row in world.rows_of(&indicator.id) {
            let r = all.row(*row);
            let fits = filter.project.as_ref().is_none_or(|p| p.as_str() == r.project())
                && filter.place.as_ref().is_none_or(|p| p == r.place());
            if fits {
                let key = (
                    all.indicator[*row],
                    all.place[*row],
                    all.breakdown[*row],
                    all.scope[*row],
                    all.project[*row],
                    all.entity[*row],
                );
                rows.entry(key).or_default().push(*row);
            }
        }
    }
    let periods = if filter.periods.is_empty() { latest(world, &rows) } else { filter.periods.clone() };
    let mut found: Vec<EntryRow> = rows
        .iter()
        .filter_map(|((indicator, place, breakdown, scope, project, entity), held)| {
            let text = |code: &u32| all.dict.text(*code).to_owned();
            Some(EntryRow {
                indicator: records.indicators.get(text(indicator))?.clone(),
                place: text(place),
                breakdown: Breakdown::parse(&text(breakdown)).unwrap_or_default(),
                scope: *scope,
                project: text(project),
                entity: text(entity),
                cells: periods.iter().map(|p| cell(world, held, *p, *scope)).collect(),
            })
        })
        .collect();
    found.extend(owed(world, filter, &wanted, &periods, &found));
    found.extend(fresh(world, filter, &periods, &found));
    found.sort_by(|a, b| {
        let key = |r: &EntryRow| {
            (r.indicator.id.clone(), r.scope, r.project.clone(), r.place.clone(), r.breakdown.clone(), r.entity.clone())
        };
        key(a).cmp(&key(b))
    });
    let n_rows = found.len();
    found.truncate(MOST_ROWS);
    EntryGrid { periods, rows: found, n_rows }
}

fn indicators<'a>(world: &'a World, filter: &EntryFilter) -> Vec<&'a Indicator> {
    let records = world.records();
    match (&filter.indicator, &filter.plan) {
        (Some(id), _) => records.indicators.of(id).into_iter().collect(),
        (None, Some(plan)) => world.indicators_of(plan),
        (None, None) => records.indicators.iter().collect(),
    }
}

/// The last four years of what was reported; of nothing, the years of no plan: an empty grid.
fn latest(world: &World, rows: &FxHashMap<GridKey, Vec<usize>>) -> Vec<Period> {
    let all = &world.snapshot().observations;
    let mut periods: Vec<Period> = rows.values().flatten().map(|r| all.period[*r]).collect();
    periods.sort_unstable();
    periods.dedup();
    periods.split_off(periods.len().saturating_sub(4))
}

fn closed(records: &Records, period: Period, scope: Scope) -> bool {
    scope != Scope::Global && records.closures.iter().any(|c| c.reopened_on.is_none() && c.period.contains(period))
}

fn cell(world: &World, held: &[usize], period: Period, scope: Scope) -> EntryCell {
    let all = &world.snapshot().observations;
    let closed = closed(world.records(), period, scope);
    let Some(row) = held.iter().copied().find(|r| all.period[*r] == period) else {
        return EntryCell { closed, ..EntryCell::default() };
    };
    let r = all.row(row);
    let seen = |column: &str, text: &str| {
        let sees = world.audience().sees_column(model::Kind::Observation, column);
        if sees { text.to_owned() } else { String::new() }
    };
    EntryCell {
        value: r.value(),
        status: r.status().as_str().to_owned(),
        state: all.state[row].as_str().to_owned(),
        comment: seen("comment", r.comment()),
        evidence: seen("evidence", r.evidence()),
        stage: r.stage().to_owned(),
        closed,
    }
}

/// The row for the total of one indicator at one place in the world as it is, when both were asked for with periods and
/// nobody has filled it yet: whoever comes from a gap finds where to fill it.
fn fresh(world: &World, filter: &EntryFilter, periods: &[Period], there: &[EntryRow]) -> Option<EntryRow> {
    let indicator = world.records().indicators.of(filter.indicator.as_ref()?)?;
    let place = world.records().places.get(filter.place.as_ref()?)?;
    let is_total = |r: &&EntryRow| r.scope == Scope::Global && r.breakdown.is_total() && r.entity.is_empty();
    let counts_bodies = matches!(indicator.measure, Measure::DistinctCount | Measure::StageCount | Measure::Story);
    let wanted = !filter.periods.is_empty() && filter.project.is_none() && !counts_bodies;
    (wanted && !there.iter().any(|r| is_total(&r))).then(|| EntryRow {
        indicator: indicator.clone(),
        place: place.id.to_string(),
        breakdown: Breakdown::default(),
        scope: Scope::Global,
        project: String::new(),
        entity: String::new(),
        cells: periods.iter().map(|_| EntryCell::default()).collect(),
    })
}

/// Rows that running projects owe and nobody has begun: their indicators at their first place.
fn owed(
    world: &World,
    filter: &EntryFilter,
    wanted: &[&Indicator],
    periods: &[Period],
    there: &[EntryRow],
) -> Vec<EntryRow> {
    let mut rows = Vec::new();
    for project in world.records().projects.iter().filter(|p| filter.project.as_ref().is_none_or(|f| *f == p.id)) {
        for indicator in wanted.iter().filter(|i| project.indicators.contains(&i.id)) {
            let begun = there.iter().any(|r| r.project == project.id.as_str() && r.indicator.id == indicator.id);
            let Some(place) = project.places.first().filter(|_| !begun) else { continue };
            if filter.place.as_ref().is_none_or(|f| f == place.as_str()) {
                rows.push(EntryRow {
                    indicator: (*indicator).clone(),
                    place: place.to_string(),
                    breakdown: Breakdown::default(),
                    scope: Scope::Delivered,
                    project: project.id.to_string(),
                    entity: String::new(),
                    cells: periods
                        .iter()
                        .map(|p| EntryCell {
                            closed: closed(world.records(), *p, Scope::Delivered),
                            ..EntryCell::default()
                        })
                        .collect(),
                });
            }
        }
    }
    rows
}
