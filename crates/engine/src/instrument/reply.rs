//! An answer as it was given, what it means, and what is wrong with the answers of somebody who hands in.

use std::collections::BTreeMap;

use diag::{Arg, Diagnostic};
use jiff::civil::Date;
use model::{
    instrument::{EvidenceRule, Question, QuestionKind, Score},
    value::Text,
};

use super::{
    Questionnaire,
    codes::{INS015, INS016, INS017, INS018, INS022},
};

/// Answers by the question's code.
pub type Answers = BTreeMap<String, Given>;

/// What is answered to a question with several choices when none of them holds: it scores 0, while no answer leaves the
/// question out. A questionnaire can have a choice of its own with this code.
pub const NONE_OF_THESE: &str = "none";

/// An answer as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// A choice's code, codes separated by blanks, `yes` or `no`, a number, a day as `YYYY-MM-DD`, or text.
    pub value: String,
    /// File or address of the evidence; empty without.
    pub evidence: String,
    /// Why; empty without.
    pub comment: String,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The number of the choice.
    Choice(usize),
    /// The numbers of the choices, ascending.
    Choices(Vec<usize>),
    /// Yes, or no.
    YesNo(bool),
    /// A step, from 1.
    Step(u8),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// Text.
    Text(String),
}

/// Reads an answer; `None` when nothing is said, or nothing that can be answered.
pub fn read_reply(question: &Question, value: &str) -> Option<Reply> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let choice = |code: &str| question.choices.iter().position(|c| c.id == code);
    match question.kind {
        QuestionKind::Choice => choice(value).map(Reply::Choice),
        QuestionKind::Multi if value == NONE_OF_THESE && choice(value).is_none() => Some(Reply::Choices(Vec::new())),
        QuestionKind::Multi => {
            let mut chosen = value.split_whitespace().map(choice).collect::<Option<Vec<usize>>>()?;
            chosen.sort_unstable();
            chosen.dedup();
            // That nothing applies cannot be said together with something that does.
            let excuses = chosen.iter().filter(|i| excuses(question, **i)).count();
            (excuses == 0 || chosen.len() == 1).then_some(Reply::Choices(chosen))
        }
        QuestionKind::YesNo => match value {
            "yes" => Some(Reply::YesNo(true)),
            "no" => Some(Reply::YesNo(false)),
            _ => None,
        },
        QuestionKind::Scale => {
            value.parse().ok().filter(|s| (1..=question.steps.unwrap_or(0)).contains(s)).map(Reply::Step)
        }
        QuestionKind::Number => {
            let number = value.parse::<f64>().ok().filter(|n| n.is_finite())?;
            let fits = question.minimum.is_none_or(|low| number >= low) && question.maximum.is_none_or(|h| number <= h);
            fits.then_some(Reply::Number(number))
        }
        QuestionKind::Date => value.parse().ok().map(Reply::Day),
        QuestionKind::Text => Some(Reply::Text(value.to_owned())),
    }
}

/// Whether “none of these” is offered beside the choices: it is unless one of them says so itself.
pub fn offers_none(question: &Question) -> bool {
    let says = |c: &model::instrument::Choice| c.id == NONE_OF_THESE || c.score == Score::Points(0.0);
    question.kind == QuestionKind::Multi && !question.choices.iter().any(says)
}

/// Whether a choice means that the question does not apply.
pub(super) fn excuses(question: &Question, choice: usize) -> bool {
    question.choices.get(choice).is_some_and(|c| c.score == Score::DoesNotApply)
}

/// The points of a reply from 0 to 100; `None` where the question does not apply. Only of questions that score.
pub(super) fn points(question: &Question, reply: &Reply) -> Option<f64> {
    match reply {
        Reply::Choice(i) => question.choices.get(*i).and_then(|c| c.score.points()),
        Reply::Choices(chosen) => {
            let of = |i: &usize| question.choices.get(*i).and_then(|c| c.score.points());
            if chosen.iter().any(|i| excuses(question, *i)) {
                return None;
            }
            Some(chosen.iter().filter_map(of).sum::<f64>().min(100.0))
        }
        Reply::YesNo(true) => Some(question.yes.unwrap_or(100.0)),
        Reply::YesNo(false) => Some(question.no.unwrap_or(0.0)),
        Reply::Step(step) => {
            let steps = f64::from(question.steps.unwrap_or(2));
            Some((f64::from(*step) - 1.0) / (steps - 1.0) * 100.0)
        }
        Reply::Number(n) => Some(on_line(&question.points, *n)),
        Reply::Day(_) | Reply::Text(_) => None,
    }
}

/// The value at `x` of the line through points that ascend; level beyond them.
fn on_line(points: &[(f64, f64)], x: f64) -> f64 {
    let Some((first, last)) = points.first().zip(points.last()) else { return 0.0 };
    if x <= first.0 {
        return first.1;
    }
    for pair in points.windows(2) {
        if let [(x0, y0), (x1, y1)] = pair
            && x <= *x1
        {
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
        }
    }
    last.1
}

/// Whether evidence must come with a reply. What scores nothing has nothing to show for it.
pub(super) fn must_show(questionnaire: &Questionnaire, question: &Question, reply: &Reply) -> bool {
    question.evidence == EvidenceRule::Required
        && (!questionnaire.scores(question) || points(question, reply).is_some_and(|p| p > 0.0))
}

/// A text as the argument of a message.
fn words(text: &Text) -> Arg {
    Arg::Words(text.iter().map(|(lang, t)| (lang.code(), t.to_owned())).collect())
}

/// What is wrong with answers that somebody hands in, question by question; each finding's field is the question's code.
/// Answers to questions that are not asked are left alone: they count for nothing.
pub fn faults(questionnaire: &Questionnaire, answers: &Answers) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for id in answers.keys().filter(|id| questionnaire.question(id).is_none()) {
        found.push(Diagnostic::new(&INS015).field(id).arg("question", id).arg("instrument", &questionnaire.id));
    }
    let mut n_answered = 0;
    for ((_, question), reply) in questionnaire.questions().zip(questionnaire.replies(answers)) {
        let Some(reply) = reply else { continue };
        let given = answers.get(&question.id);
        let fault = |code| Diagnostic::new(code).field(&question.id).arg("question", words(&question.title));
        match (&reply, given.map(|g| g.value.trim()).filter(|v| !v.is_empty())) {
            (Some(reply), _) => {
                n_answered += 1;
                if must_show(questionnaire, question, reply) && given.is_none_or(|g| g.evidence.trim().is_empty()) {
                    found.push(fault(&INS018));
                }
            }
            (None, Some(value)) => found.push(fault(&INS016).arg("value", value).arg("expected", expected(question))),
            (None, None) if question.required => found.push(fault(&INS017)),
            (None, None) => {}
        }
    }
    if n_answered == 0 && found.is_empty() {
        found.push(Diagnostic::new(&INS022));
    }
    found
}

/// What can be answered, in codes.
fn expected(question: &Question) -> String {
    match question.kind {
        QuestionKind::Choice | QuestionKind::Multi => {
            question.choices.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", ")
        }
        QuestionKind::YesNo => "yes, no".to_owned(),
        QuestionKind::Scale => format!("1 … {}", question.steps.unwrap_or(0)),
        QuestionKind::Number => {
            let end = |n: Option<f64>| n.map_or("…".to_owned(), |n| n.to_string());
            format!("{} … {}", end(question.minimum), end(question.maximum))
        }
        QuestionKind::Date => "YYYY-MM-DD".to_owned(),
        QuestionKind::Text => String::new(),
    }
}
