//! The form of a questionnaire. It works without script; what is wrong is said at the question, and what was typed stays.

use app::{
    instrument::{
        Answers, Filled, FormStart, Given, InstrumentForm, NONE_OF_THESE, attach_proof, find_instrument,
        instrument_form, live_instrument, offers_none, save_response,
    },
    people,
    proposals::Written,
};
use askama::Template;
use axum::{
    Json,
    extract::{Form, Multipart, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use diag::Diagnostic;
use jiff::civil::Date;
use model::{
    instrument::{EvidenceRule, Question, QuestionKind},
    kinds::ResponseState,
};
use serde_json::json;

use crate::{
    failure::Failure,
    site::Site,
    visit::{Visit, page},
};

/// What is wrong with an answer.
struct Wrong {
    /// The question's code; empty when it is about the whole.
    question: String,
    message: String,
    remedy: String,
}

/// What is said of the whole response.
struct About {
    role: String,
    state: ResponseState,
    on: String,
    note: String,
}

#[derive(Template)]
#[template(path = "fill.html")]
struct FillPage<'a> {
    v: &'a Visit,
    title: String,
    form: InstrumentForm,
    about: About,
    wrong: Vec<Wrong>,
    /// What the script needs to score.
    live: String,
}

impl FillPage<'_> {
    fn value(&self, question: &Question) -> &str {
        self.form.answers.get(&question.id).map_or("", |g| g.value.as_str())
    }
    fn evidence(&self, question: &Question) -> &str {
        self.form.answers.get(&question.id).map_or("", |g| g.evidence.as_str())
    }
    fn comment(&self, question: &Question) -> &str {
        self.form.answers.get(&question.id).map_or("", |g| g.comment.as_str())
    }
    fn is_chosen(&self, question: &Question, code: &str) -> bool {
        self.value(question).split_whitespace().any(|c| c == code)
    }
    fn is_step(&self, question: &Question, step: &u8) -> bool {
        self.value(question) == step.to_string()
    }
    fn steps(&self, question: &Question) -> std::ops::RangeInclusive<u8> {
        1..=question.steps.unwrap_or(0)
    }
    fn wrong_of(&self, question: &Question) -> Option<&Wrong> {
        self.wrong.iter().find(|w| w.question == question.id)
    }
    fn is(&self, question: &Question, kind: &str) -> bool {
        question.kind.as_str() == kind
    }
    fn asks_evidence(&self, question: &Question) -> bool {
        question.evidence != EvidenceRule::None
    }
    fn needs_evidence(&self, question: &Question) -> bool {
        question.evidence == EvidenceRule::Required
    }
    fn offers_none(&self, question: &Question) -> bool {
        offers_none(question)
    }
    fn none_of_these(&self) -> &'static str {
        NONE_OF_THESE
    }
    fn limits(&self, question: &Question) -> Option<String> {
        let end = |n: Option<f64>| n.map_or("…".to_owned(), |n| self.v.number(&n));
        let has = question.minimum.is_some() || question.maximum.is_some();
        has.then(|| format!("{} – {}", end(question.minimum), end(question.maximum)))
    }
    fn is_agreed(&self) -> bool {
        self.about.state == ResponseState::Consensus
    }
    fn draft_key(&self) -> String {
        format!(
            "{}/{}/{}/{}",
            self.form.questionnaire.id,
            self.form.questionnaire.version,
            self.form.subject,
            self.about.state.as_str()
        )
    }
}

/// The form; without a subject one is chosen first.
pub async fn form(v: Visit, Path(instrument): Path<String>) -> Result<Response, Failure> {
    let subject = v.ask("subject");
    if subject.is_empty() {
        return Ok(Redirect::to(&super::instrument_path(&instrument)).into_response());
    }
    let start = if v.ask("consensus") == "1" { FormStart::Consensus } else { FormStart::Empty };
    let form = instrument_form(&v.world, &instrument, subject, start).map_err(|_| Failure::not_found())?;
    let state = if start == FormStart::Consensus { ResponseState::Consensus } else { ResponseState::Submitted };
    let about = About { role: String::new(), state, on: v.site.today().to_string(), note: String::new() };
    show(&v, form, about, Vec::new())
}

fn show(v: &Visit, form: InstrumentForm, about: About, wrong: Vec<Wrong>) -> Result<Response, Failure> {
    let q = &form.questionnaire;
    let kind = q.subject.kind();
    let name = crate::visit::title_of(v.records(), kind, &form.subject);
    let name = name.map_or_else(|| form.subject.clone(), |t| t.show(v.lang).to_owned());
    let mut live = live_instrument(q);
    live["levels"] = q.levels.iter().map(|l| json!({"from": l.from, "title": v.plain(&l.title)})).collect();
    live["required"] = q.required_score.into();
    let title = format!("{} – {name}", v.plain(&q.title));
    page(v, &FillPage { title, about, wrong, live: live.to_string(), form, v })
}

/// Hands it in. A page answers with a page; the script asks for JSON: `{"to"}`, or `{"refused": [{question, message, remedy}]}`.
pub async fn save(
    v: Visit,
    headers: HeaderMap,
    Path(instrument): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let get = |name: &str| pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.trim());
    let questionnaire =
        find_instrument(&v.world, &instrument, get("version").parse().ok()).map_err(|_| Failure::not_found())?;
    let answers = answers(&pairs, |id| questionnaire.question(id));
    let state = ResponseState::parse(get("state")).unwrap_or(ResponseState::Submitted);
    let own = |name: &str| get(name).to_owned();
    let about = About { role: own("role"), state, on: own("on"), note: own("note") };
    let written = match about.on.parse::<Date>() {
        Ok(on) => {
            let filled = Filled {
                instrument,
                version: i64::from(questionnaire.version),
                subject: own("subject"),
                role: about.role.clone(),
                state,
                on,
                note: about.note.clone(),
                answers: answers.clone(),
            };
            save_response(&v.site.app, filled, v.who.actor(), v.site.now()).await?.map_err(|f| told(&v, &f))
        }
        Err(_) => {
            let message = v.say_name("page-bad-day", "day", &about.on);
            Err(vec![Wrong { question: String::new(), message, remedy: v.say("page-bad-day.remedy") }])
        }
    };
    let by_script = headers.get(header::ACCEPT).is_some_and(|a| a.as_bytes() == b"application/json");
    match written {
        Ok((written, id)) => {
            let to = match &written {
                Written::InForce(_) => super::response_path(id.as_str()),
                waits => super::edit::after(waits),
            };
            Ok(if by_script { Json(json!({"to": to})).into_response() } else { Redirect::to(&to).into_response() })
        }
        Err(wrong) if by_script => {
            let told = wrong.iter().map(|w| json!({"question": w.question, "message": w.message, "remedy": w.remedy}));
            Ok(Json(json!({"refused": told.collect::<Vec<_>>()})).into_response())
        }
        Err(wrong) => {
            let form = InstrumentForm { questionnaire, subject: own("subject"), answers, n_views: 0 };
            let mut response = show(&v, form, about, wrong)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// Keeps a file as evidence of an answer: `{"evidence"}`, or `{"refused"}` with what is wrong with it.
pub async fn evidence(State(site): State<Site>, v: Visit, mut parts: Multipart) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let part = parts.next_field().await.map_err(super::import::too_large_or_bad)?;
    let part = part.ok_or_else(|| Failure::bad("page-fail-no-file", &[]))?;
    let bytes = part.bytes().await.map_err(super::import::too_large_or_bad)?;
    let answer = match attach_proof(&site.app, bytes.to_vec()).await? {
        Ok(kept) => json!({"evidence": kept}),
        Err(found) => {
            let words = locale::explained(v.lang, &found);
            json!({"refused": format!("{} {}", words.message, words.remedy)})
        }
    };
    Ok(Json(answer).into_response())
}

fn told(v: &Visit, found: &[Diagnostic]) -> Vec<Wrong> {
    let of = |d: &Diagnostic| {
        let words = locale::explained(v.lang, d);
        Wrong { question: d.field.clone().unwrap_or_default(), message: words.message, remedy: words.remedy }
    };
    found.iter().map(of).collect()
}

/// The answers of a form: `q~` before a question's code is its value, `e~` its evidence, `c~` a comment. Several values of
/// one question are several choices.
fn answers<'q>(pairs: &[(String, String)], question: impl Fn(&str) -> Option<&'q Question>) -> Answers {
    let mut answers = Answers::new();
    for (name, text) in pairs {
        let Some((part, id)) = name.split_once('~') else { continue };
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let given: &mut Given = answers.entry(id.to_owned()).or_default();
        match part {
            "q" if given.value.is_empty() => {
                let is_number = question(id).is_some_and(|q| q.kind == QuestionKind::Number);
                given.value = if is_number { digits(text) } else { text.to_owned() };
            }
            "q" => given.value = format!("{} {text}", given.value),
            "e" => text.clone_into(&mut given.evidence),
            "c" => text.clone_into(&mut given.comment),
            _ => {}
        }
    }
    answers
}

/// A number as an Arabic or Persian keyboard types it, in European digits.
fn digits(text: &str) -> String {
    let plain = |c: char| match c {
        '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
        '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10).unwrap_or(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
        '٫' => '.',
        c => c,
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_answers() {
        let pairs = [("q~a", "x"), ("q~a", "y"), ("q~b", " "), ("e~a", "f.pdf"), ("subject", "KEN"), ("c~a", "why")];
        let pairs = pairs.map(|(k, v)| (k.to_owned(), v.to_owned()));
        let found = answers(&pairs, |_| None);
        let expected = Given { value: "x y".into(), evidence: "f.pdf".into(), comment: "why".into() };
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [("a".to_owned(), expected)]);
        assert_eq!(digits("١٢٫٥ ۳ ７"), "12.5 3 7");
    }
}
