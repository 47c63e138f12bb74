//! Two people changed the same: what stood there, what the other made of it, what one wants oneself. Field by field.

use app::proposals::{self, Clash, FormCell};
use askama::Template;
use axum::{
    extract::{Form, Path},
    response::{IntoResponse, Redirect, Response},
};
use model::Kind;

use crate::{
    failure::Failure,
    pages::edit::text_of,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "merge.html")]
struct MergePage<'a> {
    v: &'a Visit,
    title: String,
    number: i64,
    reason: String,
    clashes: Vec<Clash>,
    position: u64,
}

/// The three versions.
pub async fn form(v: Visit, Path(number): Path<i64>) -> Result<Response, Failure> {
    let p = proposals::proposal(&v.site.app, v.who.actor(), number, v.site.now()).await?;
    let clashes = proposals::clashes(&v.site.app, v.who.actor(), number).await?;
    if clashes.is_empty() {
        return Ok(Redirect::to(&format!("/proposals/{number}/mend")).into_response());
    }
    let title = v.say("people-merge");
    let position = v.world.snapshot().position;
    page(&v, &MergePage { title, number, reason: p.line.title, clashes, position, v: &v })
}

/// Submits what was chosen.
pub async fn submit(
    v: Visit,
    Path(number): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let get = |name: &str| pairs.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str());
    let (app, by, now) = (&v.site.app, v.who.actor(), v.site.now());
    let clashes = proposals::clashes(app, by, number).await?;
    let forms = proposals::mend_form(app, by, number).await?;
    let mut tables: Vec<(Kind, Vec<Vec<FormCell>>)> = Vec::new();
    for form in forms {
        let mut rows = Vec::new();
        for (id, mut cells) in form.rows {
            let clash = clashes.iter().position(|c| c.kind == form.kind && c.id == id);
            if let Some((at, clash)) = clash.and_then(|at| Some((at, clashes.get(at)?))) {
                for field in &clash.fields {
                    let chosen = match get(&format!("f-{at}-{}", field.column)) {
                        Some("theirs") => text_of(&field.theirs),
                        Some("mine") => text_of(&field.mine),
                        Some("other") => get(&format!("o-{at}-{}", field.column)).unwrap_or_default().trim().to_owned(),
                        _ if field.is_open() => return Err(Failure::bad("people-merge-choose", &[])),
                        _ => text_of(field.merged()),
                    };
                    if let Some(cell) = cells.iter_mut().find(|c| c.column == field.column) {
                        cell.text = chosen;
                    }
                }
            }
            rows.push(cells);
        }
        tables.push((form.kind, rows));
    }
    let against = get("against").and_then(|a| a.parse().ok()).unwrap_or(0);
    let reason = get("reason").unwrap_or_default().trim();
    match proposals::submit_form(app, by, &tables, &[], reason, against, Some(number), now).await? {
        Ok(written) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) if found.is_empty() => {
            // Everything is as the other wants it: nothing is left to propose.
            proposals::withdraw(app, by, number, now).await?;
            Ok(Redirect::to(&format!("/proposals/{number}")).into_response())
        }
        Err(found) => Err(super::refused(&found)),
    }
}
