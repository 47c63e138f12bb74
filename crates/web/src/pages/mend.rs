//! A proposal of one's own that came back: its cells, with the reviewers' notes where they belong.

use app::proposals::{self, FormCell, FormTable, ProposalView, Said};
use askama::Template;
use axum::{
    extract::{Form, Path},
    response::{IntoResponse, Redirect, Response},
};
use model::{Kind, record::Column};

use crate::{
    failure::Failure,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "mend.html")]
struct MendPage<'a> {
    v: &'a Visit,
    title: String,
    p: ProposalView,
    tables: Vec<FormTable>,
    position: u64,
}

impl MendPage<'_> {
    /// The columns that the records of a table use, and those that were remarked on; the others go along unseen.
    fn shown(&self, table: &FormTable) -> Vec<(usize, &'static Column)> {
        let used = |at: usize, column: &Column| {
            column.required
                || table.rows.iter().any(|(_, cells)| cells.get(at).is_some_and(|c| !c.text.is_empty()))
                || self.p.remarks.iter().any(|r| r.field == column.name)
        };
        table.columns.iter().copied().enumerate().filter(|(at, c)| used(*at, c)).collect()
    }
    fn hidden<'t>(&self, table: &FormTable, cells: &'t [FormCell]) -> Vec<&'t FormCell> {
        let shown: Vec<usize> = self.shown(table).into_iter().map(|(at, _)| at).collect();
        cells.iter().enumerate().filter(|(at, c)| !shown.contains(at) && !c.text.is_empty()).map(|(_, c)| c).collect()
    }
    /// The notes on a cell.
    fn notes(&self, kind: &Kind, id: &str, column: &str) -> Vec<&Said> {
        let on = |r: &&Said| r.kind == kind.name() && r.record == id && r.field == column;
        self.p.remarks.iter().filter(on).collect()
    }
    fn name(&self, table: &usize, row: &usize, column: &str) -> String {
        format!("c-{table}-{row}-{column}")
    }
}

/// The form.
pub async fn form(v: Visit, Path(number): Path<i64>) -> Result<Response, Failure> {
    let tables = proposals::mend_form(&v.site.app, v.who.actor(), number).await?;
    let p = proposals::proposal(&v.site.app, v.who.actor(), number, v.site.now()).await?;
    if p.clashes {
        return Ok(Redirect::to(&format!("/proposals/{number}/merge")).into_response());
    }
    let title = v.say_with("people-mend-n", [("n", number.to_string().into())]);
    let position = v.world.snapshot().position;
    page(&v, &MendPage { title, p, tables, position, v: &v })
}

/// Submits what was mended.
pub async fn submit(
    v: Visit,
    Path(number): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let get = |name: &str| pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    let mut tables: Vec<(Kind, Vec<Vec<FormCell>>)> = Vec::new();
    for (name, text) in &pairs {
        if let Some(at) = name.strip_prefix("kind-").and_then(|n| n.parse::<usize>().ok()) {
            let kind = Kind::parse(text).ok_or_else(Failure::not_found)?;
            if at == tables.len() {
                tables.push((kind, Vec::new()));
            }
        }
    }
    for (name, text) in &pairs {
        let Some(rest) = name.strip_prefix("c-") else { continue };
        let mut parts = rest.splitn(3, '-');
        let mut number = || parts.next().and_then(|n| n.parse::<usize>().ok());
        let (Some(table), Some(row)) = (number(), number()) else { continue };
        let (Some(column), Some((_, rows))) = (parts.next(), tables.get_mut(table)) else { continue };
        while rows.len() <= row.min(1_000) {
            rows.push(Vec::new());
        }
        if let Some(cells) = rows.get_mut(row) {
            cells.push(FormCell { column: column.to_owned(), text: text.trim().to_owned() });
        }
    }
    let against = get("against").parse().unwrap_or(0);
    let reason = get("reason").trim();
    let (app, by, now) = (&v.site.app, v.who.actor(), v.site.now());
    match proposals::submit_form(app, by, &tables, &[], reason, against, Some(number), now).await? {
        Ok(written) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) if found.is_empty() => Err(Failure::bad("page-fail-nothing-entered", &[])),
        Err(found) => Err(super::refused(&found)),
    }
}
