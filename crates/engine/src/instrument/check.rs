//! Whether a questionnaire is sound: everything that is wrong with it, so that one look mends all.

use std::collections::BTreeSet;

use diag::Diagnostic;
use model::{
    instrument::{Aggregation, Instrument, Question, QuestionKind, Score},
    microdata::Table,
    value::{Lang, Text},
};

use super::{codes, questionnaire::blank};
use crate::survey::Expression;

/// Everything that is wrong with a questionnaire. Each finding names the section, question or choice.
pub(super) fn check(instrument: &Instrument) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    names(instrument, &mut found);
    languages(instrument, &mut found);
    levels(instrument, &mut found);
    for section in &instrument.sections {
        if section.questions.is_empty() {
            found.push(Diagnostic::new(&codes::INS014).arg("id", &section.id));
        }
        number(&section.id, "weight", section.weight, (0.0, f64::MAX), &mut found);
    }
    if instrument.sections.is_empty() {
        found.push(Diagnostic::new(&codes::INS014).arg("id", &instrument.id));
    }
    for (_, question) in instrument.questions() {
        parts(instrument, question, &mut found);
        choices(instrument, question, &mut found);
        numbers(question, &mut found);
    }
    conditions(instrument, &mut found);
    found
}

/// Codes are made of small letters, digits and their joint; each is there once.
fn names(instrument: &Instrument, found: &mut Vec<Diagnostic>) {
    let mut look = |id: &str, joint: char| {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint;
        if !id.starts_with(|c: char| c.is_ascii_lowercase()) || !id.chars().all(is_plain) {
            found.push(Diagnostic::new(&codes::INS002).arg("id", id));
        }
    };
    look(&instrument.id, '-');
    instrument.sections.iter().for_each(|s| look(&s.id, '_'));
    for (_, question) in instrument.questions() {
        look(&question.id, '_');
        question.choices.iter().for_each(|c| look(&c.id, '_'));
    }
    if instrument.version == 0 {
        found.push(wrong_number(&instrument.id, "version", 0.0));
    }
    let mut once = |ids: &mut dyn Iterator<Item = &str>| {
        let mut seen = BTreeSet::new();
        for id in ids.filter(|id| !seen.insert(id.to_string())) {
            found.push(Diagnostic::new(&codes::INS003).arg("id", id));
        }
    };
    once(&mut instrument.sections.iter().map(|s| s.id.as_str()));
    once(&mut instrument.questions().map(|(_, q)| q.id.as_str()));
    for (_, question) in instrument.questions() {
        once(&mut question.choices.iter().map(|c| c.id.as_str()));
    }
}

/// Every text is there in every language that any text has.
fn languages(instrument: &Instrument, found: &mut Vec<Diagnostic>) {
    let texts = texts(instrument);
    let is_told = |text: &Text, lang: Lang| text.get(lang).is_some_and(|t| !t.trim().is_empty());
    let used: Vec<Lang> = Lang::ALL.into_iter().filter(|lang| texts.iter().any(|(_, t)| is_told(t, *lang))).collect();
    // Without any text, English is missing.
    let used = if used.is_empty() { vec![Lang::En] } else { used };
    for (id, text) in &texts {
        for lang in used.iter().filter(|lang| !is_told(text, **lang)) {
            found.push(Diagnostic::new(&codes::INS007).arg("id", id).arg("language", lang.code()));
        }
    }
}

/// All texts, each with the code of what it belongs to.
fn texts(instrument: &Instrument) -> Vec<(String, &Text)> {
    let mut all: Vec<(String, &Text)> = Vec::new();
    let mut put = |id: &str, text| all.push((id.to_owned(), text));
    put(&instrument.id, &instrument.title);
    put(&instrument.id, &instrument.purpose);
    instrument.respondents.iter().chain(&instrument.basis).for_each(|t| put(&instrument.id, t));
    instrument.levels.iter().for_each(|l| put(&instrument.id, &l.title));
    for section in &instrument.sections {
        put(&section.id, &section.title);
        section.note.iter().for_each(|t| put(&section.id, t));
    }
    for (_, question) in instrument.questions() {
        put(&question.id, &question.title);
        question.help.iter().chain(&question.low).chain(&question.high).for_each(|t| put(&question.id, t));
        question.action.iter().for_each(|a| put(&question.id, &a.text));
        question.choices.iter().for_each(|c| put(&format!("{}.{}", question.id, c.id), &c.title));
    }
    all
}

fn levels(instrument: &Instrument, found: &mut Vec<Diagnostic>) {
    let from: Vec<f64> = instrument.levels.iter().map(|l| l.from).collect();
    let is_total = instrument.aggregation != Aggregation::None;
    let ascends = from.windows(2).all(|w| w[0] < w[1]) && from.last().is_none_or(|l| *l <= 100.0);
    if from.first().is_some_and(|f| *f != 0.0) || !ascends || (is_total && from.is_empty()) {
        found.push(Diagnostic::new(&codes::INS008).arg("id", &instrument.id));
    }
    if let Some(score) = instrument.required_score {
        number(&instrument.id, "required_score", score, (0.0, 100.0), found);
        if !instrument.is_scored() {
            found.push(misplaced(&instrument.id, "required_score"));
        }
    }
}

/// A type of question has its own keys and no others.
fn parts(instrument: &Instrument, question: &Question, found: &mut Vec<Diagnostic>) {
    use QuestionKind::{Choice, Multi, Number, Scale, YesNo};
    let scores = instrument.scores(question);
    let rules: [(&str, bool, &[QuestionKind]); 10] = [
        ("choices", !question.choices.is_empty(), &[Choice, Multi]),
        ("yes", question.yes.is_some(), &[YesNo]),
        ("no", question.no.is_some(), &[YesNo]),
        ("steps", question.steps.is_some(), &[Scale]),
        ("low", question.low.is_some(), &[Scale]),
        ("high", question.high.is_some(), &[Scale]),
        ("minimum", question.minimum.is_some(), &[Number]),
        ("maximum", question.maximum.is_some(), &[Number]),
        ("unit", question.unit.is_some(), &[Number]),
        ("points", !question.points.is_empty(), &[Number]),
    ];
    for (part, is_there, kinds) in rules {
        if is_there && !kinds.contains(&question.kind) {
            found.push(misplaced(&question.id, part));
        }
    }
    // Advice below a score is never given where there is no score.
    if question.action.is_some() && !scores {
        found.push(misplaced(&question.id, "action"));
    }
}

fn choices(instrument: &Instrument, question: &Question, found: &mut Vec<Diagnostic>) {
    if !matches!(question.kind, QuestionKind::Choice | QuestionKind::Multi) {
        return;
    }
    if question.choices.len() < 2 {
        found.push(Diagnostic::new(&codes::INS009).arg("id", &question.id));
    }
    for choice in &question.choices {
        if choice.score == Score::Unset && instrument.scores(question) {
            found.push(Diagnostic::new(&codes::INS010).arg("id", &question.id).arg("choice", &choice.id));
        }
    }
}

fn numbers(question: &Question, found: &mut Vec<Diagnostic>) {
    number(&question.id, "weight", question.weight, (0.0, f64::MAX), found);
    let percents = question.choices.iter().filter_map(|c| c.score.points()).map(|s| ("score", s));
    let percents = percents.chain(question.yes.map(|s| ("yes", s))).chain(question.no.map(|s| ("no", s)));
    for (part, value) in percents.chain(question.action.as_ref().map(|a| ("action", a.below))) {
        number(&question.id, part, value, (0.0, 100.0), found);
    }
    if question.kind == QuestionKind::Scale && !question.steps.is_some_and(|s| (2..=11).contains(&s)) {
        found.push(wrong_number(&question.id, "steps", question.steps.map_or(0.0, f64::from)));
    }
    if let (Some(low), Some(high)) = (question.minimum, question.maximum)
        && low >= high
    {
        found.push(wrong_number(&question.id, "maximum", high));
    }
    let points = &question.points;
    let ascends = points.windows(2).all(|w| w[0].0 < w[1].0);
    let fits = points.iter().all(|(x, y)| x.is_finite() && (0.0..=100.0).contains(y));
    if points.len() == 1 || !ascends || !fits {
        found.push(Diagnostic::new(&codes::INS011).arg("id", &question.id));
    }
}

fn number(id: &str, part: &str, value: f64, (low, high): (f64, f64), found: &mut Vec<Diagnostic>) {
    if !(low..=high).contains(&value) {
        found.push(wrong_number(id, part, value));
    }
}

fn wrong_number(id: &str, part: &str, value: f64) -> Diagnostic {
    Diagnostic::new(&codes::INS013).arg("id", id).arg("part", part).arg("value", value)
}

fn misplaced(id: &str, part: &str) -> Diagnostic {
    Diagnostic::new(&codes::INS012).arg("id", id).arg("part", part)
}

/// Conditions are readable and speak of earlier questions and of what can be answered to them.
fn conditions(instrument: &Instrument, found: &mut Vec<Diagnostic>) {
    let table = blank(instrument);
    let mut earlier: Vec<&Question> = Vec::new();
    for section in &instrument.sections {
        if let Some(text) = &section.relevant {
            condition(&section.id, text, &table, &earlier, found);
        }
        for question in &section.questions {
            if let Some(text) = &question.relevant {
                condition(&question.id, text, &table, &earlier, found);
            }
            earlier.push(question);
        }
    }
}

fn condition(id: &str, text: &str, table: &Table, earlier: &[&Question], found: &mut Vec<Diagnostic>) {
    let unreadable = || Diagnostic::new(&codes::INS004).arg("id", id).arg("text", text);
    let Ok(expression) = Expression::parse(text) else {
        found.push(unreadable());
        return;
    };
    let named = expression.variables();
    let of = |name: &str| {
        let (question, choice) = name.split_once('.').map_or((name, None), |(q, c)| (q, Some(c)));
        let question = earlier.iter().find(|q| q.id == question)?;
        match (question.kind, choice) {
            (QuestionKind::Multi, Some(choice)) => question.choices.iter().any(|c| c.id == choice).then_some(question),
            (QuestionKind::Multi, None) | (_, Some(_)) => None,
            (_, None) => Some(question),
        }
    };
    for name in named.iter().filter(|name| of(name).is_none()) {
        found.push(Diagnostic::new(&codes::INS005).arg("id", id).arg("name", name));
    }
    let questions: Vec<&&Question> = named.iter().filter_map(|name| of(name)).collect();
    if questions.len() < named.len() {
        return;
    }
    // A text compared with a number, and the like.
    if expression.truth(table).is_err() {
        found.push(unreadable());
        return;
    }
    let is_free = |q: &&&Question| matches!(q.kind, QuestionKind::Date | QuestionKind::Text);
    if questions.iter().any(is_free) {
        return;
    }
    let can = |value: &str| {
        questions.iter().any(|q| match q.kind {
            QuestionKind::YesNo => value == "yes" || value == "no",
            _ => q.choices.iter().any(|c| c.id == value),
        })
    };
    for value in quoted(text).filter(|v| !can(v)) {
        found.push(Diagnostic::new(&codes::INS006).arg("id", id).arg("value", value));
    }
}

/// The texts in quotation marks of a condition that can be read.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(['\'', '"'])?;
        let mark = rest.get(start..)?.chars().next()?;
        let inner = rest.get(start + 1..)?;
        let end = inner.find(mark)?;
        rest = inner.get(end + 1..)?;
        inner.get(..end)
    })
}
