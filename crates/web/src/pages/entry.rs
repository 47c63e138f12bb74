//! The entry grid: values typed in, cell by cell. What is typed goes through the same door and the same
//! checks as an import. Without script it is a form; the island makes it a keyboard-driven grid.

use app::{
    EnteredCell, EntryFilter, people,
    proposals::Written,
    view::{EntryCell, EntryGrid, EntryRow},
};
use askama::Template;
use axum::{
    Json,
    extract::{Form, Multipart, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use diag::Diagnostic;
use model::{
    Kind,
    kinds::{Indicator, ObservationStatus, Plan},
    value::{Id, Lang, Period},
};
use serde_json::json;

use crate::{
    caller::Who,
    failure::Failure,
    html::query_value,
    lang,
    pages::files::{download, off_thread},
    site::Site,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "entry.html")]
struct EntryPage<'a> {
    v: &'a Visit,
    title: String,
    grid: EntryGrid,
    plans: Vec<&'a Plan>,
    indicators: Vec<&'a Indicator>,
    plan: String,
    saved: Option<u64>,
}

impl EntryPage<'_> {
    fn key(&self, row: &EntryRow) -> String {
        [
            row.indicator.id.as_str(),
            &row.place,
            &row.breakdown.to_string(),
            row.scope.as_str(),
            &row.project,
            &row.entity,
        ]
        .join("~")
    }
    fn value(&self, cell: &EntryCell) -> String {
        cell.value.map_or(String::new(), locale::exact)
    }
    fn name(&self, row: &EntryRow, period: &Period) -> String {
        format!("v~{}~{period}", self.key(row))
    }
    /// What the cell is called by those who do not see its row and column.
    fn label(&self, row: &EntryRow, period: &Period) -> String {
        let place = self.v.records().places.get(&row.place).map_or(row.place.as_str(), |p| self.v.plain(&p.title));
        let group = if row.breakdown.is_total() { String::new() } else { format!(" · {}", row.breakdown) };
        format!("{} · {place}{group} · {period}", self.v.plain(&row.indicator.title))
    }
    fn limit(&self, limit: &Option<f64>) -> String {
        limit.map_or(String::new(), locale::exact)
    }
    fn statuses(&self) -> &'static [ObservationStatus] {
        ObservationStatus::ALL
    }
}

/// The page.
pub async fn grid(v: Visit) -> Result<Response, Failure> {
    let some = |name: &str| Some(v.ask(name)).filter(|t| !t.is_empty());
    let records = v.records();
    let indicator = some("indicator").map(Id::<Indicator>::new);
    let of_indicator =
        indicator.as_ref().and_then(|i| records.indicators.of(i)).and_then(|i| records.results.of(&i.result));
    let plan = some("plan")
        .map(Id::<Plan>::new)
        .or_else(|| of_indicator.map(|r| r.plan.clone()))
        .or_else(|| app::default_plan(&v.world));
    let of_plan = |i: &&Indicator| records.results.of(&i.result).is_some_and(|r| Some(&r.plan) == plan.as_ref());
    let indicators: Vec<&Indicator> = records.indicators.iter().filter(of_plan).collect();
    let filter = EntryFilter {
        plan: plan.clone(),
        indicator,
        project: some("project").map(Id::new),
        place: some("place").map(str::to_owned),
        periods: v.ask("periods").split([',', ' ']).filter_map(|p| Period::parse(p.trim())).collect(),
    };
    let template = EntryPage {
        title: v.say("page-nav-entry"),
        grid: app::entry_grid(&v.world, &filter),
        plans: records.plans.iter().filter(|p| records.results.iter().any(|r| r.plan == p.id)).collect(),
        indicators,
        plan: plan.map_or(String::new(), |p| p.to_string()),
        saved: v.ask("saved").parse().ok(),
        v: &v,
    };
    page(&v, &template)
}

/// What the island sends.
#[derive(serde::Deserialize)]
pub struct Entered {
    cells: Vec<Cell>,
    #[serde(default)]
    reason: String,
    /// The position at which the grid was shown.
    #[serde(default)]
    against: Option<u64>,
}

/// One cell as the island sends it.
#[derive(serde::Deserialize)]
struct Cell {
    /// The row's key and the period.
    row: String,
    period: String,
    value: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    evidence: String,
}

impl Cell {
    /// The cell with its row's key taken apart; `None` when the key is not one of ours.
    fn entered(self) -> Option<EnteredCell> {
        let parts: Vec<&str> = self.row.split('~').collect();
        let [indicator, place, breakdown, scope, project, entity] = parts[..] else { return None };
        let own = str::to_owned;
        Some(EnteredCell {
            indicator: own(indicator),
            place: own(place),
            period: self.period,
            breakdown: own(breakdown),
            scope: own(scope),
            project: own(project),
            entity: own(entity),
            value: self.value,
            status: self.status,
            stage: self.stage,
            comment: self.comment,
            evidence: self.evidence,
            ..EnteredCell::default()
        })
    }
}

async fn enter(
    site: &Site,
    who: &Who,
    cells: Vec<Cell>,
    reason: &str,
    against: Option<u64>,
) -> Result<Result<Written, Vec<Diagnostic>>, Failure> {
    let rows: Option<Vec<EnteredCell>> = cells.into_iter().map(Cell::entered).collect();
    let rows = rows.ok_or_else(|| Failure::bad("page-fail-bad", &[]))?;
    Ok(app::enter(&site.app, rows, who.actor(), reason, against, site.now()).await?)
}

/// Takes cells from the island; answers with the change, or with what is wrong cell by cell.
pub async fn save_json(
    State(site): State<Site>,
    who: Who,
    headers: axum::http::HeaderMap,
    Json(entered): Json<Entered>,
) -> Result<Response, Failure> {
    let lang: Lang = lang::of_request(None, &headers);
    let reason = if entered.reason.trim().is_empty() { locale::say(lang, "page-entry-reason") } else { entered.reason };
    let answer = match enter(&site, &who, entered.cells, reason.trim(), entered.against).await? {
        Ok(Written::InForce(line)) => json!({"change": line.number}),
        Ok(waits) => json!({"proposal": super::edit::after(&waits)}),
        Err(found) => {
            let refused: Vec<_> = found
                .iter()
                .map(|d| {
                    let words = locale::explained(lang, d);
                    // The rows of the sent cells are counted as in a file, the header being row 1.
                    let cell = d.pointer.row.and_then(|r| r.checked_sub(2));
                    json!({"cell": cell, "code": d.code.id, "message": words.message, "remedy": words.remedy})
                })
                .collect();
            json!({"refused": refused})
        }
    };
    Ok(Json(answer).into_response())
}

/// Takes the form: only cells whose text differs from what the page had shown are sent on.
pub async fn save_form(
    State(site): State<Site>,
    who: Who,
    headers: axum::http::HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let get = |name: &str| pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    let lang = lang::of_request(None, &headers);
    let (comment, reason) = (get("comment").trim(), get("reason").trim());
    let cells: Vec<Cell> = pairs
        .iter()
        .filter_map(|(name, value)| {
            let rest = name.strip_prefix("v~")?;
            let (row, period) = rest.rsplit_once('~')?;
            let was = get(&format!("w~{rest}"));
            (was != value.trim()).then(|| Cell {
                row: row.to_owned(),
                period: period.to_owned(),
                value: value.trim().to_owned(),
                status: String::new(),
                stage: String::new(),
                comment: comment.to_owned(),
                evidence: String::new(),
            })
        })
        .collect();
    if cells.is_empty() {
        return Err(Failure::bad("page-fail-nothing-entered", &[]));
    }
    let reason = if reason.is_empty() { locale::say(lang, "page-entry-reason") } else { reason.to_owned() };
    let against = get("against").parse().ok();
    match enter(&site, &who, cells, &reason, against).await? {
        Ok(Written::InForce(line)) => {
            let back = format!(
                "/entry?plan={}&indicator={}&place={}&periods={}&saved={}",
                query_value(get("plan")),
                query_value(get("indicator")),
                query_value(get("place")),
                query_value(get("periods")),
                line.number
            );
            Ok(Redirect::to(&back).into_response())
        }
        Ok(waits) => Ok(Redirect::to(&super::edit::after(&waits)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}

/// A file that was kept as evidence. It is handed out as a download: nobody knows what is in it.
pub async fn evidence_file(v: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    if !v.audience().sees_column(Kind::Observation, "evidence") {
        return Err(Failure::not_found());
    }
    let (site, known) = (v.site, name.clone());
    let bytes = off_thread(move || app::evidence(&site.app, &known)).await?.ok_or_else(Failure::not_found)?;
    Ok(download(bytes, "application/octet-stream", &name))
}

/// Keeps a file as evidence and answers with its name.
pub async fn evidence(State(site): State<Site>, who: Who, mut parts: Multipart) -> Result<Response, Failure> {
    people::require_writer(&site.app, who.actor(), site.now()).await?;
    let part = parts.next_field().await.map_err(|_| Failure::bad("page-fail-bad", &[]))?;
    let part = part.ok_or_else(|| Failure::bad("page-fail-no-file", &[]))?;
    let name = part.file_name().unwrap_or("evidence").to_owned();
    let bytes = part
        .bytes()
        .await
        .map_err(|e| if e.status() == 413 { Failure::too_large() } else { Failure::bad("page-fail-bad", &[]) })?;
    let kept = app::attach_evidence(&site.app, &name, bytes.to_vec()).await?;
    Ok(Json(json!({"evidence": kept})).into_response())
}
