//! Lanes: who must agree to what, and what a lane would do before it is switched on.

use app::proposals::{self, Simulated};
use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    kinds::{Lane, LaneStep},
    value::Id,
};

use crate::{
    failure::Failure,
    html::{Html, segment},
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "lanes.html")]
struct LanesPage<'a> {
    v: &'a Visit,
    title: String,
    lanes: Vec<(&'a Lane, Vec<&'a LaneStep>)>,
}

impl LanesPage<'_> {
    fn is_on(&self, lane: &Lane) -> bool {
        let on = self.v.site.day();
        lane.starts_on.is_some_and(|first| first <= on) && lane.ends_on.is_none_or(|last| on <= last)
    }
    fn simulate(&self, lane: &Lane) -> String {
        format!("/lanes/{}/simulate", segment(lane.id.as_str()))
    }
    fn edit(&self, lane: &Lane) -> String {
        format!("/records/lane/{}/edit", segment(lane.id.as_str()))
    }
}

#[derive(Template)]
#[template(path = "simulate.html")]
struct SimulatePage<'a> {
    v: &'a Visit,
    title: String,
    lane: &'a Lane,
    days: i64,
    taken: Vec<Simulated>,
    n_looked_at: usize,
    n_stuck: usize,
}

impl SimulatePage<'_> {
    fn step(&self, id: &str) -> Html {
        self.v.record_name("lane_step", &format!("{}/{id}", self.lane.id))
    }
}

/// The lanes.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let records = v.records();
    let steps = |lane: &Lane| records.lane_steps.iter().filter(|s| s.lane == lane.id).collect();
    let lanes = records.lanes.iter().map(|l| (l, steps(l))).collect();
    page(&v, &LanesPage { title: v.say("people-lanes"), lanes, v: &v })
}

/// What a lane would have done.
pub async fn simulate(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let days = v.ask("days").parse().unwrap_or(90);
    let (taken, n_looked_at) = proposals::simulate(&v.site.app, v.who.actor(), &id, days, v.site.now()).await?;
    let lane = v.records().lanes.of(&Id::new(&id)).ok_or_else(Failure::not_found)?;
    let n_stuck = taken.iter().filter(|t| t.steps.iter().any(|s| s.is_stuck())).count();
    let title = v.say_name("people-simulate", "name", v.plain(&lane.title));
    page(&v, &SimulatePage { title, lane, days, taken, n_looked_at, n_stuck, v: &v })
}
