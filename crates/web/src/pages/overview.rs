//! The overview of a plan: every result at a glance, what is due, what the checker says.

use app::view::{Overview, ResultNode};
use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    figure::{Duty, Progress},
    kinds::{Plan, PlanKind, PlanStatus},
    value::Id,
};

use crate::{
    failure::Failure,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    v: &'a Visit,
    title: String,
    view: &'a str,
    cycle: Vec<Stop<'a>>,
    others: Vec<&'a Plan>,
    o: &'a Overview,
    branches: Vec<Branch<'a>>,
    legend: &'a [Progress],
    /// Number of errors, when the reader should be shown the first steps.
    first_steps: Option<usize>,
}

impl OverviewPage<'_> {
    fn first_duties(&self) -> &[Duty] {
        self.o.duties.get(..8).unwrap_or(&self.o.duties)
    }
}

/// A register without a plan: how to get one.
#[derive(Template)]
#[template(path = "start.html")]
struct StartPage<'a> {
    v: &'a Visit,
    title: String,
}

/// One plan on the line of cycles.
struct Stop<'a> {
    plan: &'a Plan,
    class: &'static str,
    current: bool,
}

/// A top branch of the tree with a tile for each result below it.
struct Branch<'a> {
    head: &'a ResultNode,
    tiles: Vec<Tile<'a>>,
}

struct Tile<'a> {
    id: &'a str,
    code: &'a str,
    depth: usize,
    class: &'static str,
    label: String,
}

/// What waits for a person; for others the plan that a newcomer sees first.
pub async fn home(v: Visit) -> Result<Response, Failure> {
    if v.who.person().is_some() && !v.with_drafts {
        return super::queue::show(&v).await;
    }
    plans(v).await
}

/// The plan that a newcomer sees first.
pub async fn plans(v: Visit) -> Result<Response, Failure> {
    match app::default_plan(&v.world) {
        Some(plan) => show(&v, &plan),
        None => page(&v, &StartPage { title: v.say("page-start"), v: &v }),
    }
}

/// One plan.
pub async fn plan(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    show(&v, &Id::new(id))
}

fn show(v: &Visit, id: &Id<Plan>) -> Result<Response, Failure> {
    let o = app::overview(&v.world, id, v.on).ok_or_else(Failure::not_found)?;
    let template = OverviewPage {
        v,
        title: v.plain(&o.card.plan.title).to_owned(),
        view: "",
        cycle: cycle(v, id),
        others: others(v),
        branches: branches(v, &o.tree),
        legend: &Progress::ALL,
        first_steps: (v.writable() && o.findings.errors > 0).then_some(o.findings.errors),
        o: &o,
    };
    page(v, &template)
}

/// The strategic plans by start.
fn cycle<'a>(v: &'a Visit, current: &Id<Plan>) -> Vec<Stop<'a>> {
    let mut plans: Vec<&Plan> = v.records().plans.iter().filter(|p| p.kind == PlanKind::StrategicPlan).collect();
    plans.sort_by_key(|p| (p.starts_on, p.adopted_on, p.id.clone()));
    let carried_out = v.records().plans.of(current).and_then(|p| p.part_of.clone());
    let stop = |plan: &'a Plan| Stop {
        plan,
        class: match plan.status {
            PlanStatus::Superseded => "superseded",
            PlanStatus::InForce => "in-force",
            PlanStatus::Draft | PlanStatus::Endorsed | PlanStatus::Approved => "coming",
            PlanStatus::Closed => "closed",
        },
        current: plan.id == *current || carried_out.as_ref() == Some(&plan.id),
    };
    plans.into_iter().map(stop).collect()
}

/// Plans outside of the cycles, by title.
fn others(v: &Visit) -> Vec<&Plan> {
    let mut plans: Vec<&Plan> = v.records().plans.iter().filter(|p| p.kind != PlanKind::StrategicPlan).collect();
    plans.sort_by_key(|p| (p.kind, p.starts_on, p.id.clone()));
    plans
}

/// Branches begin at the first depth where the tree really branches: a vision with one mission, one goal
/// and one top result above its areas is one trunk.
fn branches<'a>(v: &Visit, tree: &'a [ResultNode]) -> Vec<Branch<'a>> {
    let deepest = tree.iter().map(|n| n.depth).max().unwrap_or(0);
    let n_at = |depth: usize| tree.iter().filter(|n| n.depth == depth).count();
    let top = (0..=deepest).find(|d| n_at(*d) >= 3).unwrap_or(0);
    let (trunk, above): (Vec<&ResultNode>, Vec<&ResultNode>) = tree.iter().partition(|n| n.depth < top);
    let mut branches: Vec<Branch<'a>> = Vec::new();
    if let Some(head) = trunk.first() {
        branches.push(Branch { head, tiles: trunk.iter().map(|n| tile(v, n, top)).collect() });
    }
    for node in above {
        if node.depth == top {
            branches.push(Branch { head: node, tiles: Vec::new() });
        }
        if let Some(branch) = branches.last_mut() {
            branch.tiles.push(tile(v, node, top));
        }
    }
    branches
}

fn tile<'a>(v: &Visit, node: &'a ResultNode, top: usize) -> Tile<'a> {
    // Without a status, the tile shows why there is none: the first indicator's reason.
    let progress = node.worst.or_else(|| node.indicators.first().map(|(_, s)| s.progress));
    let word = progress.map_or_else(|| v.say("page-no-measure"), |p| v.progress(&p));
    Tile {
        id: node.result.id.as_str(),
        code: &node.result.code.0,
        depth: node.depth.saturating_sub(top).min(3),
        class: progress.map_or("", Progress::as_str),
        label: format!("{} {}: {word}", node.result.code.0, v.plain(&node.result.title)),
    }
}
