//! The progress report of a plan: what is in it, and its files.

use app::view::Overview;
use askama::Template;
use axum::{extract::Path, response::Response};
use model::{kinds::Plan, value::Id};

use crate::{
    failure::Failure,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage<'a> {
    v: &'a Visit,
    title: String,
    view: &'a str,
    plan: &'a Plan,
    o: &'a Overview,
}

/// The page.
pub async fn report(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: Id<Plan> = Id::new(id);
    let o = app::overview(&v.world, &id, v.on).ok_or_else(Failure::not_found)?;
    let title = format!("{} – {}", v.say("page-report"), v.plain(&o.card.plan.title));
    page(&v, &ReportPage { title, view: "page-view-report", plan: &o.card.plan, o: &o, v: &v })
}
