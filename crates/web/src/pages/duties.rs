//! What is due, overdue and from whom.

use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    figure::{Duty, DutyState},
    kinds::Plan,
    value::Id,
};

use crate::{
    failure::Failure,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "duties.html")]
struct DutiesPage<'a> {
    v: &'a Visit,
    title: String,
    view: &'a str,
    plan: &'a Plan,
    duties: Vec<Duty>,
    counts: Vec<(DutyState, usize)>,
    n_all: usize,
}

/// Duties on one page.
const MOST: usize = 1000;

const STATES: [DutyState; 4] = [DutyState::Overdue, DutyState::Due, DutyState::Upcoming, DutyState::Met];

/// The page.
pub async fn list(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: Id<Plan> = Id::new(id);
    let plan = v.records().plans.of(&id).ok_or_else(Failure::not_found)?;
    let mut duties = app::duties(&v.world, Some(&id), v.on);
    let counts = STATES.map(|s| (s, duties.iter().filter(|d| d.state == s).count())).to_vec();
    let state = v.ask("state");
    duties.retain(|d| if state.is_empty() { d.state != DutyState::Met } else { d.state.as_str() == state });
    duties.sort_by_key(|d| d.due_on);
    let n_all = duties.len();
    duties.truncate(MOST);
    let title = format!("{} – {}", v.say("page-view-duties"), v.plain(&plan.title));
    page(&v, &DutiesPage { title, view: "page-view-duties", plan, duties, counts, n_all, v: &v })
}
