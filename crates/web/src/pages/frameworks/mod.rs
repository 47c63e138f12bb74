//! Monitoring frameworks: what they ask, what the register measures of it, and the gaps city by city.

mod gaps;

pub use gaps::{csv, gaps};

use app::{Cell, FrameworkCard, FrameworkIndicator, FrameworkListing, Relation};
use askama::Template;
use axum::response::Response;
use model::{
    kinds::{Indicator, Place, PlaceKind},
    value::Text,
};

use crate::{
    failure::Failure,
    html::{Html, escaped, query_value},
    visit::{Visit, page},
};

/// One indicator of a framework with what stands beside it.
struct Line<'a> {
    of: &'static FrameworkIndicator,
    measured_by: Vec<&'a Indicator>,
    crosswalk: Vec<(&'static FrameworkIndicator, Relation)>,
}

/// A domain with its cells: code, indicators measured here, indicators in the list.
struct Domain {
    title: &'static Text,
    cells: Vec<(&'static str, usize, usize)>,
}

#[derive(Template)]
#[template(path = "frameworks.html")]
struct FrameworksPage<'a> {
    v: &'a Visit,
    title: String,
    cards: Vec<FrameworkCard>,
    chosen: FrameworkCard,
    lines: Vec<Line<'a>>,
    objectives: Vec<&'static Text>,
    domains: Vec<Domain>,
}

/// The page: the frameworks, and one of them in full.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let cards = app::framework_cards(&v.world);
    let asked = Some(v.ask("framework")).filter(|name| !name.is_empty()).unwrap_or("sdg");
    let chosen = cards.iter().find(|c| c.name == asked).cloned().ok_or_else(Failure::not_found)?;
    let list = app::frameworks();
    let mut measures = list.measures(v.records());
    let lines: Vec<Line<'_>> = list
        .of(asked)
        .map(|(at, of)| Line {
            of,
            measured_by: measures.get_mut(at).map(std::mem::take).unwrap_or_default(),
            crosswalk: list.crosswalk(at).collect(),
        })
        .collect();
    let cells = if asked == "umf" { app::umf_cells() } else { &[] };
    let mut objectives: Vec<&Text> = Vec::new();
    for cell in cells.iter().filter(|c| c.code.starts_with("1.")) {
        objectives.push(&cell.objective);
    }
    let template = FrameworksPage {
        title: v.say("framework-title"),
        domains: domains(cells, &lines),
        objectives,
        cards,
        chosen,
        lines,
        v: &v,
    };
    page(&v, &template)
}

fn domains(cells: &'static [Cell], lines: &[Line<'_>]) -> Vec<Domain> {
    let mut domains: Vec<Domain> = Vec::new();
    for cell in cells {
        let inside = || lines.iter().filter(|l| l.of.code.starts_with(&cell.code));
        let counted = (cell.code.as_str(), inside().filter(|l| !l.measured_by.is_empty()).count(), inside().count());
        match domains.last_mut().filter(|d| d.cells[0].0.split('.').next() == cell.code.split('.').next()) {
            Some(domain) => domain.cells.push(counted),
            None => domains.push(Domain { title: &cell.domain, cells: vec![counted] }),
        }
    }
    domains
}

impl FrameworksPage<'_> {
    fn direction(&self, of: &FrameworkIndicator) -> String {
        self.v.say(match of.direction {
            Some(model::kinds::Direction::Increase) => "framework-direction-increase",
            Some(model::kinds::Direction::Decrease) => "framework-direction-decrease",
            _ => "framework-direction-none",
        })
    }
    fn coded(&self, start: &str, code: &str) -> String {
        self.v.say_suffix(start, &code.replace('_', "-"))
    }
    fn groups(&self, of: &FrameworkIndicator) -> String {
        of.disaggregations.iter().map(|d| self.coded("framework-by-", d)).collect::<Vec<_>>().join(", ")
    }
    fn counts(&self, card: &FrameworkCard) -> String {
        self.v.say_with(
            "framework-n-measured",
            [
                ("n", card.n_indicators.into()),
                ("measured", card.n_measured.into()),
                ("confirmed", card.n_confirmed.into()),
            ],
        )
    }
    fn link(&self, of: &FrameworkIndicator) -> String {
        code_link(self.v, of)
    }
}

/// The address of a framework.
pub(crate) fn framework_path(framework: &str) -> String {
    format!("/frameworks?framework={}", query_value(framework))
}
/// The address of a framework's indicator.
pub(crate) fn code_link(v: &Visit, of: &FrameworkIndicator) -> String {
    format!("{}#{}", v.to(&framework_path(&of.framework)), of.name())
}
/// The gaps of a framework: of all cities, of one, or of those in a place.
pub(crate) fn gaps_path(framework: &str, place: Option<&Place>) -> String {
    let place = place.map_or(String::new(), |p| {
        let name = if p.kind == PlaceKind::City { "place" } else { "country" };
        format!("&{name}={}", query_value(p.id.as_str()))
    });
    format!("/gaps?framework={}{place}", query_value(framework))
}
/// A word for what is not confirmed; nothing for what is.
fn doubt(v: &Visit, of: &FrameworkIndicator) -> Html {
    match of.listing {
        FrameworkListing::Confirmed => Html::default(),
        FrameworkListing::ToVerify => {
            Html(format!(r#" <span class="case doubt">{}</span>"#, escaped(&v.say("framework-status-to-verify"))))
        }
    }
}
