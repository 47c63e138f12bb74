//! The results tree of a plan, folded and unfolded by the browser itself.

use app::view::ResultNode;
use askama::Template;
use axum::{extract::Path, response::Response};
use model::{figure::Progress, kinds::Plan, value::Id};

use crate::{
    failure::Failure,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "tree.html")]
struct TreePage<'a> {
    v: &'a Visit,
    title: String,
    view: &'a str,
    plan: &'a Plan,
    rows: Vec<Branch<'a>>,
}

/// A node with the number of lists and folds that close after it.
struct Branch<'a> {
    node: &'a ResultNode,
    n_closing: usize,
    open: bool,
}

impl TreePage<'_> {
    /// The status that stands for a node: the worst, else why there is none.
    fn status(&self, node: &ResultNode) -> Option<Progress> {
        node.worst.or_else(|| node.indicators.first().map(|(_, s)| s.progress))
    }
}

/// The page.
pub async fn tree(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: Id<Plan> = Id::new(id);
    let plan = v.records().plans.of(&id).ok_or_else(Failure::not_found)?;
    let nodes = app::tree(&v.world, &id, v.on);
    let next_depth = |i: usize| nodes.get(i + 1).map_or(0, |n: &ResultNode| n.depth);
    let branch = |(i, node): (usize, &'_ ResultNode)| (i, node.depth.saturating_sub(next_depth(i)));
    let rows = nodes
        .iter()
        .enumerate()
        .map(|(i, node)| Branch { node, n_closing: branch((i, node)).1, open: node.depth < 2 || nodes.len() < 60 })
        .collect();
    let title = format!("{} – {}", v.say("page-view-tree"), v.plain(&plan.title));
    page(&v, &TreePage { title, view: "page-view-tree", plan, rows, v: &v })
}
