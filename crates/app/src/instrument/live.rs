//! What the script of the form needs to score while somebody answers: the questionnaire without its words.

use engine::instrument::{Questionnaire, offers_none};
use model::instrument::{Choice, Question, Score};
use serde_json::{Map, Value as Json, json};

/// The questionnaire under the keys of its file, without texts; `scores` says of each question whether it does.
pub fn live_instrument(questionnaire: &Questionnaire) -> Json {
    let section = |s: &model::instrument::Section| {
        json!({
            "id": s.id,
            "weight": s.weight,
            "relevant": s.relevant,
            "questions": s.questions.iter().map(|q| question(questionnaire, q)).collect::<Vec<Json>>(),
        })
    };
    json!({
        "aggregation": questionnaire.aggregation.as_str(),
        "sections": questionnaire.sections.iter().map(section).collect::<Vec<Json>>(),
    })
}

fn question(questionnaire: &Questionnaire, q: &Question) -> Json {
    let mut out = Map::new();
    let mut put = |key: &str, value: Json| {
        if !value.is_null() {
            out.insert(key.to_owned(), value);
        }
    };
    put("id", q.id.as_str().into());
    put("type", q.kind.as_str().into());
    put("weight", q.weight.into());
    put("scores", questionnaire.scores(q).into());
    put("relevant", q.relevant.clone().into());
    put("yes", q.yes.into());
    put("no", q.no.into());
    put("steps", q.steps.into());
    put("minimum", q.minimum.into());
    put("maximum", q.maximum.into());
    if !q.points.is_empty() {
        put("points", q.points.iter().map(|(x, y)| json!([x, y])).collect());
    }
    if !q.choices.is_empty() {
        put("choices", q.choices.iter().map(choice).collect());
    }
    if offers_none(q) {
        put("none", true.into());
    }
    Json::Object(out)
}

fn choice(choice: &Choice) -> Json {
    match choice.score {
        Score::Unset => json!({"id": choice.id}),
        Score::DoesNotApply => json!({"id": choice.id, "score": null}),
        Score::Points(points) => json!({"id": choice.id, "score": points}),
    }
}
