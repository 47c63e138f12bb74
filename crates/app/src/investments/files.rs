//! The list of investments as files: a table, points, JSON.

use engine::investments::Criterion;
use exchange::csv_row;
use geo::{Geometry, Point};
use model::value::{Lang, Value as Cell};
use serde_json::{Map, Value as Json, json};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

use super::{InvestmentLine, InvestmentList};
use crate::{error::AppError, world::World};

/// Columns of the table and attributes of the points.
const COLUMNS: [&str; 21] = [
    "rank",
    "rank_best",
    "rank_worst",
    "score",
    "need_score",
    "cost_score",
    "finance_score",
    "unranked",
    "id",
    "title",
    "place",
    "place_name",
    "need",
    "need_period",
    "need_value",
    "people",
    "cost",
    "currency",
    "secured",
    "finance",
    "stage",
];

fn values(line: &InvestmentLine, lang: Lang) -> Vec<Value> {
    let own = &line.investment;
    let text = |text: &str| Value::Text(text.to_owned());
    let number = |n: Option<f64>| n.map_or(Value::Missing, Value::Number);
    let whole = |n: Option<usize>| n.map_or(Value::Missing, |n| Value::Whole(n as i64));
    let of = |c: Criterion| number(line.priority.and_then(|p| p.criteria[c as usize]));
    let need = line.need.as_ref();
    let words = |n: Option<String>| n.map_or(Value::Missing, Value::Text);
    vec![
        whole(line.priority.map(|p| p.rank)),
        whole(line.priority.map(|p| p.between.0)),
        whole(line.priority.map(|p| p.between.1)),
        number(line.priority.map(|p| p.score)),
        of(Criterion::Need),
        of(Criterion::Cost),
        of(Criterion::Finance),
        text(&line.unranked.iter().map(|why| why.as_str()).collect::<Vec<_>>().join(" ")),
        text(own.id.as_str()),
        text(own.title.show(lang)),
        text(own.place.as_str()),
        words(line.place.as_ref().map(|place| place.title.show(lang).to_owned())),
        words(need.map(|(indicator, ..)| indicator.id.to_string())),
        words(need.map(|(_, figure, _)| figure.key.period.to_string())),
        number(need.and_then(|(_, figure, _)| figure.answer.value())),
        own.people.map_or(Value::Missing, |n| Value::Whole(n.0)),
        Value::Number(own.cost.major()),
        text(own.cost.currency.as_str()),
        number(own.secured.map(|money| money.major())),
        text(own.finance.as_str()),
        text(own.stage.as_str()),
    ]
}

/// The list as a table (CSV), with longitude and latitude at the end. Names are in a language.
pub fn investments_csv(list: &InvestmentList, lang: Lang) -> Vec<u8> {
    let mut out = Vec::new();
    let head = COLUMNS.into_iter().chain(["longitude", "latitude"]);
    csv_row(&mut out, &head.map(|name| Cell::Text(name.to_owned())).collect::<Vec<_>>());
    for line in list.lines() {
        let at = line.at.map_or([Cell::Null, Cell::Null], |(x, y)| [Cell::Number(x), Cell::Number(y)]);
        csv_row(&mut out, &values(line, lang).into_iter().map(cell).chain(at).collect::<Vec<_>>());
    }
    out
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Missing => Cell::Null,
        Value::Whole(n) => Cell::Whole(n),
        Value::Number(n) => Cell::Number(n),
        Value::Text(text) => Cell::Text(text),
        Value::Flag(flag) => Cell::Bool(flag),
    }
}

/// The list as points (GeoJSON), one for each investment that has a site or a place with coordinates. Names are in a language.
///
/// Errors: none that a reader could cause.
pub fn investments_geojson(list: &InvestmentList, lang: Lang) -> Result<Vec<u8>, AppError> {
    let kind = |name: &str| match name {
        "rank" | "rank_best" | "rank_worst" | "people" => FieldKind::Whole,
        "score" | "need_score" | "cost_score" | "finance_score" | "need_value" | "cost" | "secured" => {
            FieldKind::Number
        }
        _ => FieldKind::Text,
    };
    let feature = |(line, id): (&InvestmentLine, i64)| {
        let (x, y) = line.at?;
        Some(Feature { id, shape: Some(Geometry::Point(Point::new(x, y))), values: values(line, lang) })
    };
    let layer = Layer {
        name: "investments".to_owned(),
        crs: Crs::Wgs84,
        fields: COLUMNS.iter().map(|name| Field { name: (*name).to_owned(), kind: kind(name) }).collect(),
        features: list.lines().zip(1..).filter_map(feature).collect(),
    };
    let mut out = Vec::new();
    shapes::write_geojson_to(&mut out, &layer.name, &layer).map_err(|e| AppError::Internal(e.to_string()))?;
    Ok(out)
}

/// The list as JSON: what it rests on, then each investment.
pub fn investments_json(world: &World, list: &InvestmentList) -> Json {
    let line = |line: &InvestmentLine| {
        let own = &line.investment;
        json!({
            "rank": line.priority.map(|p| p.rank),
            "rank_best": line.priority.map(|p| p.between.0),
            "rank_worst": line.priority.map(|p| p.between.1),
            "score": line.priority.map(|p| p.score),
            "criteria": line.priority.map(|p| {
                Criterion::ALL.iter().zip(p.criteria).map(|(c, x)| (c.as_str().to_owned(), Json::from(x))).collect::<Map<_, _>>()
            }),
            "unranked": line.unranked.iter().map(|why| why.as_str()).collect::<Vec<_>>(),
            "id": own.id.as_str(),
            "title": own.title.iter().map(|(lang, text)| (lang.code().to_owned(), Json::from(text))).collect::<Map<_, _>>(),
            "place": own.place.as_str(),
            "longitude": line.at.map(|at| at.0),
            "latitude": line.at.map(|at| at.1),
            "need": line.need.as_ref().map(|(indicator, figure, n)| json!({
                "indicator": indicator.id.as_str(),
                "period": figure.key.period.to_string(),
                "value": figure.answer.value(),
                "n_places": n,
            })),
            "people": own.people.map(|n| n.0),
            "cost": own.cost.major(),
            "currency": own.cost.currency.as_str(),
            "cost_per_person": line.cost_per_person,
            "secured": own.secured.map(|money| money.major()),
            "finance": own.finance.as_str(),
            "stage": own.stage.as_str(),
        })
    };
    let weights = Criterion::ALL.iter().map(|c| (c.as_str().to_owned(), Json::from(list.weights.of(*c))));
    json!({
        "position": world.snapshot().position,
        "fingerprint": world.snapshot().fingerprint,
        "currency": list.currency.as_str(),
        "weights": weights.collect::<Map<_, _>>(),
        "ranked": list.ranked.iter().map(line).collect::<Vec<_>>(),
        "unranked": list.unranked.iter().map(line).collect::<Vec<_>>(),
        "decided": list.decided.iter().map(line).collect::<Vec<_>>(),
    })
}
