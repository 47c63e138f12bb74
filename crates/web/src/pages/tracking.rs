//! The indicator tracking table: one row for each indicator, its groups folded below it.

use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    figure::{Progress, Tracking, TrackingRow},
    kinds::{Indicator, Plan, Result as PlanResult},
    value::Id,
};

use crate::{
    failure::Failure,
    html::{Html, push_escaped},
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "tracking.html")]
struct TrackingPage<'a> {
    v: &'a Visit,
    title: String,
    view: &'a str,
    plan: &'a Plan,
    table: &'a Tracking,
    groups: Vec<Group<'a>>,
    /// Indicators before filtering.
    n_all: usize,
    /// Results that have indicators at or below them, with their depth.
    results: Vec<(usize, &'a PlanResult)>,
    statuses: &'a [Progress],
}

/// An indicator with the rows of its groups and other scopes.
struct Group<'a> {
    indicator: &'a Indicator,
    head: &'a TrackingRow,
    rest: &'a [TrackingRow],
    /// Results from the indicator's own upwards, for the filter.
    above: Vec<&'a str>,
}

impl Group<'_> {
    fn status(&self) -> Progress {
        self.head.standing.as_ref().map_or(Progress::NotMeasured, |s| s.progress)
    }
    fn above_text(&self) -> String {
        self.above.join(" ")
    }
    /// What the text filter looks at, in lower case.
    fn haystack(&self, v: &Visit) -> String {
        let owner = self.indicator.owner.as_ref().map_or("", |o| o.as_str());
        format!("{} {} {owner}", self.indicator.id, v.plain(&self.indicator.title)).to_lowercase()
    }
}

impl TrackingPage<'_> {
    /// The cells of a row, one for each period.
    fn cells(&self, row: &TrackingRow) -> Html {
        let mut out = String::with_capacity(row.cells.len() * 240);
        for cell in &row.cells {
            match &cell.figure {
                Some(figure) => {
                    out.push_str("<td class=\"n\">");
                    self.v.push_figure(&mut out, figure);
                }
                None if cell.due => {
                    out.push_str("<td class=\"n missing\">");
                    push_escaped(&mut out, &self.v.say("page-missing"));
                }
                None => out.push_str("<td class=\"n\">"),
            }
            if let Some(percent) = cell.percent {
                out.push_str("<span class=\"pc\">");
                push_escaped(&mut out, &locale::percent(percent / 100.0));
                out.push_str("</span>");
            }
            out.push_str("</td>");
        }
        Html(out)
    }
    fn plain_unit(&self, indicator: &Indicator) -> String {
        indicator.unit.as_ref().map_or(String::new(), |u| self.v.unit(&u.0))
    }
}

/// The page.
pub async fn table(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: Id<Plan> = Id::new(id);
    let plan = v.records().plans.of(&id).ok_or_else(Failure::not_found)?;
    let table = app::tracking(&v.world, &id, v.on);
    let all = groups(&v, &table);
    let n_all = all.len();
    let (text, status, result) = (v.ask("q").to_lowercase(), v.ask("status"), v.ask("result"));
    let results = results(&v, &id, &all);
    let wanted = |g: &Group<'_>| {
        (text.is_empty() || text.split_whitespace().all(|w| g.haystack(&v).contains(w)))
            && (status.is_empty() || g.status().as_str() == status)
            && (result.is_empty() || g.above.contains(&result))
    };
    let template = TrackingPage {
        title: format!("{} – {}", v.say("page-view-tracking"), v.plain(&plan.title)),
        view: "page-view-tracking",
        plan,
        table: &table,
        groups: all.into_iter().filter(wanted).collect(),
        n_all,
        results,
        statuses: &Progress::ALL,
        v: &v,
    };
    page(&v, &template)
}

fn groups<'a>(v: &'a Visit, table: &'a Tracking) -> Vec<Group<'a>> {
    let records = v.records();
    let of_one = table.rows.chunk_by(|a, b| a.indicator == b.indicator);
    of_one
        .filter_map(|rows| {
            let (head, rest) = rows.split_first()?;
            let indicator = records.indicators.of(&head.indicator)?;
            let mut above = vec![head.result.as_str()];
            // A cycle of parents is a finding of the checker; here it must only end.
            while let Some(parent) = above.last().and_then(|r| records.results.get(r)?.parent.as_ref()) {
                if above.contains(&parent.as_str()) {
                    break;
                }
                above.push(parent.as_str());
            }
            Some(Group { indicator, head, rest, above })
        })
        .collect()
}

/// The results of the plan that the filter offers, in tree order.
fn results<'a>(v: &'a Visit, plan: &Id<Plan>, groups: &[Group<'_>]) -> Vec<(usize, &'a PlanResult)> {
    let tree = app::tree(&v.world, plan, v.on);
    let used = |id: &str| groups.iter().any(|g| g.above.contains(&id));
    let of = |id: &Id<PlanResult>| v.records().results.of(id);
    tree.iter().filter(|n| used(n.result.id.as_str())).filter_map(|n| Some((n.depth, of(&n.result.id)?))).collect()
}
