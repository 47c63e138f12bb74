//! The definitions of indices that the program carries, and invented cities to try them on.

use std::path::PathBuf;

use diag::Diagnostic;
use engine::index::codes::IDX001;
use model::value::{Lang, Text};
use rust_embed::RustEmbed;
use serde_json::{Map, Value as Json, json};

use super::{index::evaluate_index, unreadable};

#[derive(RustEmbed)]
#[folder = "../../samples/indices"]
struct Shipped;

/// The file of invented cities, beside the definitions.
const EXERCISE: &str = "exercise-cities.json";
/// Draws behind the rank intervals of the explorer.
const DRAWS: u32 = 500;
/// How far each weight goes up and down in them.
const SPREAD: f64 = 0.25;

/// A definition in the list.
#[derive(Clone, Debug)]
pub struct IndexCard {
    /// Its name, e.g. `cpi-2016`.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What it is, and what it is not.
    pub note: Text,
    /// Its parts directly below the index, each with its weight.
    pub parts: Vec<(String, f64)>,
    /// How many indicators it has.
    pub n_indicators: usize,
    /// Their codes.
    pub codes: Vec<String>,
    /// How its parts become one, e.g. `geometric`.
    pub mean: String,
}

/// The definitions by name.
pub fn index_cards() -> Vec<IndexCard> {
    let ids = Shipped::iter().filter(|name| *name != EXERCISE).map(|name| name.trim_end_matches(".json").to_owned());
    let mut cards: Vec<IndexCard> = ids.filter_map(|id| index_card(&id)).collect();
    cards.sort_by(|a, b| a.id.cmp(&b.id));
    cards
}

/// One definition; none of that name when it is not there.
pub fn index_card(id: &str) -> Option<IndexCard> {
    let file = definition(id)?;
    let text = |key: &str| {
        let mut text = Text::default();
        for lang in Lang::INTERFACE {
            text.set(lang, file[key][lang.code()].as_str().unwrap_or_default().to_owned());
        }
        text
    };
    let told = file["parts"].as_array().map_or(&[][..], Vec::as_slice);
    let name = |part: &Json, key: &str| part[key].as_str().unwrap_or_default().to_owned();
    let below = |dim: &str| told.iter().any(|p| p["id"] == dim && !name(p, "parent").is_empty());
    let mut parts: Vec<(String, f64)> = Vec::new();
    let indicators = file["indicators"].as_array().map_or(&[][..], Vec::as_slice);
    let names = told.iter().map(|p| name(p, "id")).chain(indicators.iter().map(|i| name(i, "dim")));
    for part in names.filter(|part| !part.is_empty() && !below(part)) {
        if parts.iter().all(|(held, _)| *held != part) {
            let weight = file["dimension_weights"][&part].as_f64().unwrap_or(1.0);
            parts.push((part, weight));
        }
    }
    let root = told.iter().find(|p| p["id"] == "");
    let mean = root.map_or_else(|| "arithmetic".to_owned(), |p| name(p, "aggregation"));
    Some(IndexCard {
        id: id.to_owned(),
        title: text("title"),
        note: text("note"),
        parts,
        n_indicators: indicators.len(),
        codes: indicators.iter().map(|i| name(i, "id")).collect(),
        mean,
    })
}

fn definition(id: &str) -> Option<Json> {
    let file = Shipped::get(&format!("{id}.json")).filter(|_| format!("{id}.json") != EXERCISE)?;
    serde_json::from_slice(&file.data).ok()
}

/// Computes a shipped index for the cities of a file: `{"cities": […], "monte_carlo": …}`, as `evaluate_index` takes them.
///
/// Errors: no such definition, with the names there are; a file that is not of this shape.
pub fn evaluate_shipped_index(id: &str, text: &str, folders: &[PathBuf], lang: Lang) -> Result<Json, Vec<Diagnostic>> {
    let known = || index_cards().into_iter().map(|c| c.id).collect::<Vec<_>>().join(", ");
    let mut file = definition(id).ok_or_else(|| unreadable(&IDX001, format!("{id} ≠ {}", known())))?;
    let asked: Map<String, Json> = serde_json::from_str(text).map_err(|e| unreadable(&IDX001, e))?;
    for key in ["cities", "monte_carlo"] {
        if let Some(value) = asked.get(key) {
            file[key] = value.clone();
        }
    }
    evaluate_index(&file.to_string(), folders, lang)
}

/// A shipped index over the invented cities, with other weights of its parts; ranks have intervals from draws in which
/// every weight moves by up to a quarter. None when there is no such definition.
pub fn explore_index(id: &str, weights: &[(String, f64)], lang: Lang) -> Option<Result<Json, Vec<Diagnostic>>> {
    let mut file = definition(id)?;
    let cities: Json = serde_json::from_slice(&Shipped::get(EXERCISE)?.data).ok()?;
    // The exercise has values for all indices; only those of this one are its business.
    let wanted: Vec<String> = file["indicators"]
        .as_array()
        .map_or_else(Vec::new, |all| all.iter().filter_map(|i| i["id"].as_str().map(str::to_owned)).collect());
    file["cities"] = only(&cities, &wanted);
    file["monte_carlo"] = json!({"n": DRAWS, "seed": 1, "weights": "around", "spread": SPREAD, "all_parts": true});
    if !weights.is_empty() {
        file["dimension_weights"] =
            weights.iter().map(|(part, w)| (part.clone(), json!(w))).collect::<Map<_, _>>().into();
    }
    Some(evaluate_index(&file.to_string(), &[], lang))
}

/// The invented cities with the values of some indicators.
fn only(exercise: &Json, wanted: &[String]) -> Json {
    let of = |values: &Json| -> Json {
        let kept = wanted.iter().filter_map(|id| Some((id.clone(), values.get(id)?.clone())));
        kept.collect::<Map<String, Json>>().into()
    };
    let city = |c: &Json| json!({"city": c["city"], "raw": of(&c["raw"]), "se": of(&c["se"])});
    exercise["cities"].as_array().map_or_else(Vec::new, |all| all.iter().map(city).collect()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_is_an_index_and_told_in_three_languages() {
        let cards = index_cards();
        let ids: Vec<&str> = cards.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, ["adequate-housing", "city-competitiveness", "cpi-2012", "cpi-2016", "ugi"]);
        for card in &cards {
            let told = |text: &Text| text.iter().filter(|(_, t)| !t.is_empty()).count() == Lang::INTERFACE.len();
            assert!(told(&card.title) && told(&card.note), "{}", card.id);
            let found = explore_index(&card.id, &[], Lang::En).expect("there").expect("an index");
            assert_eq!(found["cities"].as_array().map(Vec::len), Some(12), "{}", card.id);
            for city in found["cities"].as_array().into_iter().flatten() {
                assert!(city["index"].as_f64().is_some_and(|i| (0.0..=100.0).contains(&i)), "{} {city}", card.id);
                for (part, _) in &card.parts {
                    assert!(city["dimensions"].get(part).is_some(), "{} {part}", card.id);
                }
            }
        }
        assert!(index_card("exercise-cities").is_none() && index_card("../x").is_none());
        // What only some say is no official bound: the confirmed ones alone are in.
        let indicators = |id: &str| index_card(id).map(|c| c.n_indicators);
        assert_eq!((indicators("cpi-2016"), indicators("cpi-2012"), indicators("ugi")), (Some(20), Some(19), Some(12)));
    }

    #[test]
    fn a_mean_does_not_hide_a_dimension_that_failed() {
        let raw = json!({"secure_tenure": 90, "basic_services_all": 80, "cost_above_30": 10, "enough_space": 90,
            "durable_homes": 90, "step_free_or_adapted": 0, "jobs_and_schools_near": 80, "hazard_land": 20,
            "fits_way_of_life": 90});
        let file = json!({"cities": [{"city": "A", "raw": raw}]}).to_string();
        let found = evaluate_shipped_index("adequate-housing", &file, &[], Lang::En).expect("an index");
        // 90, 80, 90, 90, 0, 80, 90: the mean is 520 / 7, the least is 0.
        let city = &found["cities"][0];
        assert!(city["index"].as_f64().is_some_and(|i| (i - 520.0 / 7.0).abs() < 1e-9), "{city}");
        assert_eq!((&city["weakest"]["part"], &city["weakest"]["score"]), (&json!("accessibility"), &json!(0.0)));
        assert!(evaluate_shipped_index("none", &file, &[], Lang::En).is_err());
    }

    #[test]
    fn other_weights_make_another_index() {
        let of =
            |weights: &[(String, f64)]| explore_index("cpi-2016", weights, Lang::En).expect("there").expect("an index");
        let (own, other) = (of(&[]), of(&[("productivity".to_owned(), 5.0)]));
        assert_ne!(own["cities"][0]["index"], other["cities"][0]["index"]);
        assert!(own["monte_carlo"]["cities"]["Aldmoor"]["rank_p95"].is_number(), "{own}");
    }
}
