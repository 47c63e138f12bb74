//! Composite indices that the program carries: what they are, and what other weights make of invented cities.

use app::IndexCard;
use askama::Template;
use axum::{extract::Path, response::Response};
use diag::Diagnostic;
use serde_json::Value as Json;

use crate::{
    failure::Failure,
    html::segment,
    pages::files::off_thread,
    visit::{Visit, page},
};

/// Weights go from 0 to this.
const HEAVIEST: f64 = 5.0;

#[derive(Template)]
#[template(path = "indices.html")]
struct IndicesPage<'a> {
    v: &'a Visit,
    title: String,
    cards: Vec<IndexCard>,
}

/// A city of the table, ready to be shown.
struct City {
    name: String,
    rank: Option<u64>,
    between: Option<(f64, f64)>,
    score: Option<f64>,
    scores_between: Option<(f64, f64)>,
    weakest: Option<(String, f64)>,
    coverage: Option<f64>,
    parts: Vec<Option<f64>>,
}

#[derive(Template)]
#[template(path = "index.html")]
struct IndexPage<'a> {
    v: &'a Visit,
    title: String,
    card: IndexCard,
    /// The parts with the weights asked for.
    weights: Vec<(String, f64)>,
    cities: Vec<City>,
    refused: Option<Diagnostic>,
}

/// The list.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    page(&v, &IndicesPage { title: v.say("indices-title"), cards: app::index_cards(), v: &v })
}

/// One index over the invented cities, with the weights of the address.
pub async fn explore(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let card = app::index_card(&id).ok_or_else(Failure::not_found)?;
    let asked = |part: &str| {
        let given: Option<f64> = v.ask(&format!("w.{part}")).parse().ok();
        given.filter(|w| w.is_finite()).map(|w| w.clamp(0.0, HEAVIEST))
    };
    let weights: Vec<(String, f64)> =
        card.parts.iter().map(|(part, own)| (part.clone(), asked(part).unwrap_or(*own))).collect();
    let (given, lang) = (weights.clone(), v.lang);
    let found = off_thread(move || app::explore_index(&id, &given, lang)).await?.ok_or_else(Failure::not_found)?;
    let (cities, refused) = match found {
        Ok(found) => (cities(&found, &card), None),
        Err(mut found) => (Vec::new(), (!found.is_empty()).then(|| found.swap_remove(0))),
    };
    let title = v.plain(&card.title).to_owned();
    page(&v, &IndexPage { title, card, weights, cities, refused, v: &v })
}

/// The cities by rank, those without one last.
fn cities(found: &Json, card: &IndexCard) -> Vec<City> {
    // The rank is that of the index's own mean.
    let ranks = &found[format!("rank_{}", card.mean)];
    let city = |told: &Json| {
        let name = told["city"].as_str().unwrap_or_default().to_owned();
        let drawn = &found["monte_carlo"]["cities"][&name];
        let between = |low: &str, high: &str| drawn[low].as_f64().zip(drawn[high].as_f64());
        let weakest = told["weakest"]["part"].as_str().map(str::to_owned).zip(told["weakest"]["score"].as_f64());
        City {
            rank: ranks[&name].as_u64(),
            between: between("rank_p05", "rank_p95"),
            score: told["index"].as_f64(),
            scores_between: between("p05", "p95"),
            weakest,
            coverage: told["coverage"].as_f64(),
            parts: card.parts.iter().map(|(part, _)| told["dimensions"][part].as_f64()).collect(),
            name,
        }
    };
    let mut cities: Vec<City> = found["cities"].as_array().into_iter().flatten().map(city).collect();
    cities.sort_by_key(|c| (c.rank.is_none(), c.rank));
    cities
}

impl IndicesPage<'_> {
    fn link(&self, card: &IndexCard) -> String {
        self.v.to(&format!("/indices/{}", segment(&card.id)))
    }
    fn facts(&self, card: &IndexCard) -> String {
        facts(self.v, card)
    }
}

/// What the part of an index is called.
pub(crate) fn part_name(v: &Visit, part: &str) -> String {
    v.say_suffix("indices-part-", &part.replace('_', "-"))
}

fn facts(v: &Visit, card: &IndexCard) -> String {
    let mean = v.say_suffix("indices-mean-", &card.mean);
    v.say_with(
        "indices-facts",
        [("n", card.n_indicators.into()), ("parts", card.parts.len().into()), ("mean", mean.into())],
    )
}

impl IndexPage<'_> {
    fn facts(&self) -> String {
        facts(self.v, &self.card)
    }
    fn part(&self, part: &str) -> String {
        part_name(self.v, part)
    }
    /// Scores have one digit here; the exact value stands beside them.
    fn score(&self, score: &Option<f64>) -> String {
        score.map_or_else(|| "–".to_owned(), |s| format!("{s:.1}"))
    }
    fn ends(&self, ends: &Option<(f64, f64)>, digits: usize) -> String {
        ends.map_or_else(String::new, |(low, high)| format!("{low:.digits$} – {high:.digits$}"))
    }
    fn share(&self, share: &Option<f64>) -> String {
        share.map_or_else(|| "–".to_owned(), locale::percent)
    }
    fn exact(&self, score: &Option<f64>) -> String {
        score.map_or_else(String::new, locale::exact)
    }
}
