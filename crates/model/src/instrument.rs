//! Questionnaires: what is asked about a record, how answers score, and what is advised when they score low.
//!
//! A questionnaire is a file in JSON, one for each version, in several languages. Reading is strict: a key that nobody
//! knows is refused. Whether its parts fit together is judged by `engine::instrument`.

use serde::{Deserialize, Deserializer};

use crate::{Kind, value::Text};

/// A questionnaire.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Code, e.g. `housing-self-rating`.
    pub id: String,
    /// Version, from 1. A version that was answered is never changed; a change is the next version.
    pub version: u16,
    /// Name.
    pub title: Text,
    /// Who fills it, when, and what comes out.
    pub purpose: Text,
    /// The kind of record that it is about.
    pub subject: Subject,
    /// Who should answer.
    pub respondents: Option<Text>,
    /// The standard or programme that it is made after.
    pub basis: Option<Text>,
    /// How the scores of sections make the total.
    pub aggregation: Aggregation,
    /// Levels of sections and of the total by ascending score, the first from 0; empty without a score.
    pub levels: Vec<Level>,
    /// The score from 0 to 100 that every section must reach.
    pub required_score: Option<f64>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// The kind of record that a questionnaire is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// A place.
    Place,
    /// A project.
    Project,
    /// An indicator.
    Indicator,
    /// A result of a plan.
    Result,
    /// An evaluation.
    Evaluation,
    /// A session.
    Session,
    /// A unit of the organisation.
    Unit,
}

impl Subject {
    /// The kind of record.
    pub fn kind(self) -> Kind {
        match self {
            Subject::Place => Kind::Place,
            Subject::Project => Kind::Project,
            Subject::Indicator => Kind::Indicator,
            Subject::Result => Kind::Result,
            Subject::Evaluation => Kind::Evaluation,
            Subject::Session => Kind::Session,
            Subject::Unit => Kind::Unit,
        }
    }
}

/// How the scores of sections make the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregation {
    /// The weighted mean.
    Arithmetic,
    /// The weighted geometric mean: a section at 0 makes the total 0.
    Geometric,
    /// The lowest section.
    Minimum,
    /// No total.
    None,
}

impl Aggregation {
    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            Aggregation::Arithmetic => "arithmetic",
            Aggregation::Geometric => "geometric",
            Aggregation::Minimum => "minimum",
            Aggregation::None => "none",
        }
    }
}

/// A level of scores, e.g. “on the way” from 40.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The lowest score that belongs to it.
    pub from: f64,
    /// Name.
    pub title: Text,
}

/// A section of a questionnaire.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Code, unique among the sections.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What somebody who fills it should know.
    pub note: Option<Text>,
    /// Weight in the total; 0 keeps it out.
    #[serde(default = "one")]
    pub weight: f64,
    /// Condition over earlier questions, without which nothing of it is asked.
    pub relevant: Option<String>,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question. Which of the keys it may have follows from its type.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Code, unique in the questionnaire.
    pub id: String,
    /// What can be answered.
    #[serde(rename = "type")]
    pub kind: QuestionKind,
    /// The question.
    pub title: Text,
    /// How to find the answer.
    pub help: Option<Text>,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// Whether evidence belongs to the answer.
    #[serde(default)]
    pub evidence: EvidenceRule,
    /// Weight within the section; 0 is not scored.
    #[serde(default = "one")]
    pub weight: f64,
    /// Condition over earlier questions, without which it is not asked.
    pub relevant: Option<String>,
    /// Answers of a choice.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Score of yes; 100 when empty.
    pub yes: Option<f64>,
    /// Score of no; 0 when empty.
    pub no: Option<f64>,
    /// Steps of a scale: answers are 1 to this.
    pub steps: Option<u8>,
    /// What the lowest step means.
    pub low: Option<Text>,
    /// What the highest step means.
    pub high: Option<Text>,
    /// The least number.
    pub minimum: Option<f64>,
    /// The largest number.
    pub maximum: Option<f64>,
    /// Unit of the number.
    pub unit: Option<String>,
    /// Scores of numbers: straight between these points, level beyond them.
    #[serde(default)]
    pub points: Vec<(f64, f64)>,
    /// What is advised when it scores low.
    pub action: Option<Advice>,
}

/// What can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One of several.
    Choice,
    /// Some of several.
    Multi,
    /// `yes` or `no`.
    YesNo,
    /// A step between two ends.
    Scale,
    /// A number.
    Number,
    /// A day.
    Date,
    /// Text.
    Text,
}

impl QuestionKind {
    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            QuestionKind::Choice => "choice",
            QuestionKind::Multi => "multi",
            QuestionKind::YesNo => "yes_no",
            QuestionKind::Scale => "scale",
            QuestionKind::Number => "number",
            QuestionKind::Date => "date",
            QuestionKind::Text => "text",
        }
    }
}

/// Whether evidence belongs to an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceRule {
    /// It is not asked for.
    #[default]
    None,
    /// It can be given.
    Asked,
    /// An answer without it cannot be handed in.
    Required,
}

/// An answer that can be chosen.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Code, unique in the question.
    pub id: String,
    /// Its words.
    pub title: Text,
    /// What it scores.
    #[serde(default)]
    pub score: Score,
}

/// What an answer scores.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Score {
    /// Nothing is said.
    #[default]
    Unset,
    /// It means that the question does not apply (`null`), and leaves it out.
    DoesNotApply,
    /// From 0 to 100.
    Points(f64),
}

impl Score {
    /// The points, where there are some.
    pub fn points(self) -> Option<f64> {
        if let Score::Points(points) = self { Some(points) } else { None }
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::<f64>::deserialize(from)?.map_or(Score::DoesNotApply, Score::Points))
    }
}

/// What is advised when a question scores low.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// It is advised below this score.
    pub below: f64,
    /// What to do.
    pub text: Text,
}

fn one() -> f64 {
    1.0
}

impl Instrument {
    /// Reads a questionnaire.
    ///
    /// Errors: what is not JSON of this form, with the line; a key that nobody knows; a key given twice.
    pub fn read(json: &[u8]) -> Result<Instrument, serde_json::Error> {
        serde_json::from_slice(json)
    }
    /// Its questions in their order, each with the number of its section.
    pub fn questions(&self) -> impl Iterator<Item = (usize, &Question)> {
        self.sections.iter().enumerate().flat_map(|(i, s)| s.questions.iter().map(move |q| (i, q)))
    }
    /// The question with a code.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().map(|(_, q)| q).find(|q| q.id == id)
    }
    /// Whether anything of it scores: it has a total or levels, or some answer says what it scores. A template without
    /// all of these only gathers answers.
    pub fn is_scored(&self) -> bool {
        let says = |q: &Question| {
            let choices = q.choices.iter().any(|c| c.score.points().is_some());
            choices || q.yes.is_some() || q.no.is_some() || !q.points.is_empty()
        };
        self.aggregation != Aggregation::None || !self.levels.is_empty() || self.questions().any(|(_, q)| says(q))
    }
    /// Whether a question of it scores.
    pub fn scores(&self, question: &Question) -> bool {
        let can = match question.kind {
            QuestionKind::Choice | QuestionKind::Multi | QuestionKind::YesNo | QuestionKind::Scale => true,
            QuestionKind::Number => !question.points.is_empty(),
            QuestionKind::Date | QuestionKind::Text => false,
        };
        can && question.weight > 0.0 && self.is_scored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{"id":"a","version":1,"title":{"en":"A"},"purpose":{"en":"P"},"subject":"place",
        "aggregation":"none","levels":[],"sections":[{"id":"s","title":{"en":"S"},"questions":[QUESTION]}]}"#;

    fn read(question: &str) -> Result<Instrument, String> {
        Instrument::read(SMALL.replace("QUESTION", question).as_bytes()).map_err(|e| e.to_string())
    }

    #[test]
    fn a_score_that_is_null_is_not_one_that_is_absent() {
        let choices = r#"{"id":"q","type":"choice","title":{"en":"Q"},"choices":[
            {"id":"a","title":{"en":"A"}},{"id":"b","title":{"en":"B"},"score":null},{"id":"c","title":{"en":"C"},"score":5}]}"#;
        let read = read(choices).expect("reads");
        let scores: Vec<Score> = read.sections[0].questions[0].choices.iter().map(|c| c.score).collect();
        assert_eq!(scores, [Score::Unset, Score::DoesNotApply, Score::Points(5.0)]);
        assert!(read.is_scored());
        assert_eq!(read.question("q").map(|q| q.weight), Some(1.0));
    }

    #[test]
    fn unknown_keys_languages_and_types_are_refused() {
        for (question, said) in [
            (r#"{"id":"q","type":"text","title":{"en":"Q"},"wieght":2}"#, "wieght"),
            (r#"{"id":"q","type":"text","title":{"xx":"Q"}}"#, "xx"),
            (r#"{"id":"q","type":"text","title":{"en":"Q","en":"R"}}"#, "en"),
            (r#"{"id":"q","type":"essay","title":{"en":"Q"}}"#, "essay"),
            (r#"{"id":"q","id":"r","type":"text","title":{"en":"Q"}}"#, "duplicate"),
        ] {
            let wrong = read(question).expect_err(question);
            assert!(wrong.contains(said) && wrong.contains("line"), "{wrong}");
        }
    }
}
