//! The investments that places need, in order, on a map, as files.

mod map;

use app::{Criterion, InvestmentLine, InvestmentList, InvestmentQuestion, Weights, invested_places, investment_list};
use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    kinds::Place,
    value::{Currency, Id},
};

use crate::{
    failure::Failure,
    html::Html,
    pages::files::{download, off_thread},
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "investments.html")]
struct InvestmentsPage<'a> {
    v: &'a Visit,
    title: String,
    list: InvestmentList,
    places: Vec<Place>,
    /// What was asked cannot be answered so: the sentence says why.
    wrong: Option<String>,
    map: Html,
}

/// The page.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    let (question, wrong) = asked(&v);
    let list = found(&v, question).await?;
    let places = invested_places(&v.world);
    let map = map::of_list(&v, &list).map(|map| map.figure(&v)).unwrap_or_default();
    page(&v, &InvestmentsPage { title: v.say("investment-title"), list, places, wrong, map, v: &v })
}

/// The list or its map as a file: `list.csv`, `list.geojson`, `list.json`, `map.svg`; `points.geojson` is what the map draws.
pub async fn file(v: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    let list = found(&v, asked(&v).0).await?;
    let full = format!("investments-{name}");
    match name.as_str() {
        "list.csv" => Ok(download(app::investments_csv(&list, v.lang), "text/csv; charset=utf-8", &full)),
        "list.geojson" => Ok(download(app::investments_geojson(&list, v.lang)?, map::GEOJSON, &full)),
        "list.json" => {
            let json = app::investments_json(&v.world, &list).to_string();
            Ok(download(json.into_bytes(), "application/json", &full))
        }
        "points.geojson" => map::points(&v, &list),
        "map.svg" => {
            let map = map::of_list(&v, &list).filter(|map| !map.svg.0.0.is_empty()).ok_or_else(Failure::not_found)?;
            Ok(download(map.svg.0.0.into_bytes(), "image/svg+xml", &full))
        }
        _ => Err(Failure::not_found()),
    }
}

async fn found(v: &Visit, question: InvestmentQuestion) -> Result<InvestmentList, Failure> {
    let world = v.world.clone();
    off_thread(move || investment_list(&world, &question)).await
}

/// What the address asks for; where its weights weigh nothing, the usual ones, with a word about it.
fn asked(v: &Visit) -> (InvestmentQuestion, Option<String>) {
    let usual = Weights::default();
    let weight = |c: Criterion| match v.ask(c.as_str()) {
        "" => Some(usual.of(c)),
        text => text.parse::<f64>().ok(),
    };
    let given = Criterion::ALL.map(weight);
    let weights = match given {
        [Some(need), Some(cost), Some(finance)] => Weights::new([need, cost, finance]),
        _ => None,
    };
    let wrong = weights.is_none().then(|| v.say("cli-investments-weights"));
    let place = Some(v.ask("place")).filter(|id| v.records().places.contains(id)).map(Id::new);
    let currency = Currency::parse(v.ask("currency"));
    (InvestmentQuestion { place, weights: weights.unwrap_or(usual), currency }, wrong)
}

/// The address of a file of this list, with what was asked.
fn address(v: &Visit, list: &InvestmentList, name: &str) -> String {
    let mut to = format!("/investments/{name}?currency={}", list.currency);
    for c in Criterion::ALL {
        to.push_str(&format!("&{}={}", c.as_str(), list.weights.of(c)));
    }
    if v.records().places.contains(v.ask("place")) {
        to.push_str(&format!("&place={}", crate::html::query_value(v.ask("place"))));
    }
    v.to(&to)
}

impl InvestmentsPage<'_> {
    fn is_empty(&self) -> bool {
        self.list.lines().next().is_none()
    }
    fn criteria(&self) -> Vec<(&'static str, f64)> {
        Criterion::ALL.map(|c| (c.as_str(), self.list.weights.of(c))).to_vec()
    }
    fn is_place(&self, place: &Place) -> bool {
        self.v.ask("place") == place.id.as_str()
    }
    fn file(&self, name: &str) -> String {
        address(self.v, &self.list, name)
    }
    fn parts(&self) -> Vec<(&'static str, &[InvestmentLine])> {
        let parts = vec![
            ("investment-ranked", self.list.ranked.as_slice()),
            ("investment-unranked", &self.list.unranked),
            ("investment-decided", &self.list.decided),
        ];
        parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
    }
    fn rank(&self, line: &InvestmentLine) -> String {
        line.priority.map_or("–".to_owned(), |p| p.rank.to_string())
    }
    fn between(&self, line: &InvestmentLine) -> Option<String> {
        let (best, worst) = line.priority?.between;
        Some(self.v.say_with("investment-between", [("best", best.into()), ("worst", worst.into())]))
    }
    fn criterion(&self, line: &InvestmentLine, at: usize) -> Option<String> {
        line.priority.and_then(|p| p.criteria.get(at).copied().flatten()).map(locale::percent)
    }
    fn need(&self, line: &InvestmentLine) -> Html {
        line.need.as_ref().map(|(_, figure, _)| self.v.figure(figure)).unwrap_or_default()
    }
    fn whole(&self, n: &Option<f64>) -> String {
        n.map_or("–".to_owned(), |n| locale::number(n.round()))
    }
    fn share(&self, n: &Option<f64>) -> String {
        n.map_or("–".to_owned(), locale::percent)
    }
    /// How many other places a figure is compared with.
    fn others(&self, n: &usize) -> usize {
        n.saturating_sub(1)
    }
    fn why(&self, line: &InvestmentLine) -> Vec<String> {
        line.unranked.iter().map(|why| self.v.say_suffix("investment-", why.as_str())).collect()
    }
    fn rests(&self) -> String {
        let position = self.v.world.snapshot().position.to_string();
        self.v.say_with("investment-rests", [("position", position.into())])
    }
    fn unmapped(&self) -> String {
        self.v.say_with("investment-unmapped", [("n", self.list.n_unmapped().into())])
    }
}
