//! The result of a filled questionnaire: profile, change, advice, evidence, respondents.

use app::instrument::{Advised, ResponseResult, SectionScore, Spread, Standing, Verdict, response_result};
use askama::Template;
use axum::{extract::Path, response::Response};
use model::instrument::{Question, QuestionKind, Section};

use crate::{
    chart::{Radar, Ring},
    failure::Failure,
    html::{Html, segment},
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "response.html")]
struct ResponsePage<'a> {
    v: &'a Visit,
    title: String,
    r: ResponseResult,
    radar: Html,
}

/// A section of the table, with the number that it has in the drawing.
struct Row<'r> {
    n: Option<usize>,
    section: &'r Section,
    scored: &'r SectionScore,
    before: Option<f64>,
    by: Option<f64>,
    spread: Option<&'r Spread>,
}

/// An answer of the table.
struct Told<'r> {
    question: &'r Question,
    answer: String,
    score: Option<f64>,
    evidence: &'r str,
    comment: &'r str,
    spread: Option<&'r Spread>,
}

impl ResponsePage<'_> {
    fn rows(&self) -> Vec<Row<'_>> {
        let mut n = 0;
        let rows = self.r.questionnaire.sections.iter().zip(&self.r.scored.sections).enumerate();
        let can_score = |s: &Section| s.questions.iter().any(|q| self.r.questionnaire.scores(q));
        rows.filter(|(_, (section, scored))| scored.n_asked > 0 && can_score(section))
            .map(|(i, (section, scored))| {
                let was = self.r.earlier.as_ref().and_then(|(_, c)| c.sections.get(i));
                let spread = self.r.views.as_ref().and_then(|views| views.sections.get(i)?.1.as_ref());
                let is_drawn = is_drawn(&self.r, i);
                n += usize::from(is_drawn);
                let before = was.and_then(|c| c.before);
                Row { n: is_drawn.then_some(n), section, scored, before, by: was.and_then(|c| c.by()), spread }
            })
            .collect()
    }
    fn answers(&self) -> Vec<(&Section, Vec<Told<'_>>)> {
        let mut scores = self.r.scored.questions.iter().enumerate();
        let mut all = Vec::new();
        for section in &self.r.questionnaire.sections {
            let mut told = Vec::new();
            for question in &section.questions {
                let Some((i, scored)) = scores.next() else { break };
                let given = self.r.answers.get(&question.id);
                if scored.standing == Standing::Irrelevant {
                    continue;
                }
                told.push(Told {
                    question,
                    answer: given.map(|g| self.answer(question, &g.value)).unwrap_or_default(),
                    score: scored.standing.score(),
                    evidence: given.map_or("", |g| g.evidence.as_str()),
                    comment: given.map_or("", |g| g.comment.as_str()),
                    spread: self.r.views.as_ref().and_then(|v| v.questions.get(i)?.1.as_ref()),
                });
            }
            if !told.is_empty() {
                all.push((section, told));
            }
        }
        all
    }
    /// An answer in words.
    fn answer(&self, question: &Question, value: &str) -> String {
        let choice = |code: &str| {
            let found = question.choices.iter().find(|c| c.id == code);
            match found {
                Some(choice) => self.v.plain(&choice.title).to_owned(),
                None if code == app::instrument::NONE_OF_THESE => self.v.say("page-form-none-of-these"),
                None => code.to_owned(),
            }
        };
        match question.kind {
            QuestionKind::Choice => choice(value),
            QuestionKind::Multi => value.split_whitespace().map(choice).collect::<Vec<_>>().join("; "),
            QuestionKind::YesNo if value == "yes" => self.v.say("people-true"),
            QuestionKind::YesNo => self.v.say("people-false"),
            QuestionKind::Scale => format!("{value} / {}", question.steps.unwrap_or(0)),
            QuestionKind::Number => {
                let unit = question.unit.as_ref().map(|u| format!(" {}", self.v.unit(u))).unwrap_or_default();
                format!("{}{unit}", value.parse().map_or_else(|_| value.to_owned(), |n: f64| self.v.number(&n)))
            }
            QuestionKind::Date | QuestionKind::Text => value.to_owned(),
        }
    }
    fn level(&self, level: &Option<usize>) -> Option<&str> {
        level.and_then(|i| self.r.questionnaire.levels.get(i)).map(|l| self.v.plain(&l.title))
    }
    fn verdict(&self) -> Option<(&'static str, String)> {
        let (class, key) = match self.r.scored.verdict {
            Verdict::NotAsked => return None,
            Verdict::Open => ("partly", "page-form-verdict-open"),
            Verdict::Met => ("met", "page-form-verdict-met"),
            Verdict::NotMet => ("not_met", "page-form-verdict-not-met"),
        };
        let score = self.r.questionnaire.required_score.unwrap_or(0.0);
        Some((class, self.v.say_name(key, "score", self.v.number(&score))))
    }
    /// A score to a tenth: a whole number would say 40 of what is just below the level from 40.
    fn points(&self, score: &f64) -> String {
        self.v.number(&tenths(*score))
    }
    fn signed(&self, by: &f64) -> String {
        let by = tenths(*by);
        if by > 0.0 { format!("+{}", self.v.number(&by)) } else { self.v.number(&by).replace('-', "−") }
    }
    /// A score as a bar; the number stands beside it.
    fn bar(&self, score: &f64) -> Html {
        let width = score.clamp(0.0, 100.0);
        Html(format!(
            r#"<svg class="score-line" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="8"/><rect class="own" width="{width:.1}" height="8"/></svg>"#
        ))
    }
    fn question_title(&self, id: &str) -> &str {
        self.r.questionnaire.question(id).map_or("", |q| self.v.plain(&q.title))
    }
    fn action(&self, id: &str) -> &str {
        let action = self.r.questionnaire.question(id).and_then(|q| q.action.as_ref());
        action.map_or("", |a| self.v.plain(&a.text))
    }
    /// What the total loses, to a tenth; nothing to say where it is less.
    fn loss(&self, action: &Advised) -> Option<String> {
        let loss = tenths(action.loss);
        (loss > 0.0 && self.r.scored.total.is_some()).then(|| self.v.number(&loss))
    }
    fn is_agreed(&self) -> bool {
        self.r.response.state == model::kinds::ResponseState::Consensus
    }
    fn is_own(&self, id: &str) -> bool {
        self.r.response.id.as_str() == id
    }
    fn consensus_path(&self) -> String {
        format!("{}&consensus=1", super::fill_path(&self.r.questionnaire.id, &self.r.response.subject))
    }
    /// The pieces of evidence: words, and addresses or attached files with where they lead to.
    fn pieces<'t>(&self, evidence: &'t str) -> Vec<(&'t str, Option<String>)> {
        let link = |piece: &str| {
            let is_address = piece.starts_with("https://") || piece.starts_with("http://");
            let attached = || piece.strip_prefix("evidence/").map(|name| format!("/evidence/{}", segment(name)));
            if is_address { Some(piece.to_owned()) } else { attached() }
        };
        // Words of one text stay together where nothing in it leads elsewhere.
        let all: Vec<_> = evidence.split_whitespace().map(|piece| (piece, link(piece))).collect();
        if all.iter().any(|(_, to)| to.is_some()) { all } else { vec![(evidence, None)] }
    }
}

/// Points to a tenth.
pub(crate) fn tenths(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}

/// Whether a section has an axis: it scores now, or did last time.
fn is_drawn(r: &ResponseResult, section: usize) -> bool {
    let now = r.scored.sections.get(section).is_some_and(|s| s.score.is_some());
    now || r.earlier.as_ref().is_some_and(|(_, c)| c.sections.get(section).is_some_and(|s| s.before.is_some()))
}

fn radar(v: &Visit, r: &ResponseResult) -> Html {
    let drawn: Vec<usize> = (0..r.scored.sections.len()).filter(|i| is_drawn(r, *i)).collect();
    let sections =
        || drawn.iter().filter_map(|i| Some((r.questionnaire.sections.get(*i)?, r.scored.sections.get(*i)?)));
    let axes: Vec<String> = sections().map(|(s, _)| v.plain(&s.title).to_owned()).collect();
    let told = sections().map(|(s, scored)| {
        let score = scored.score.map_or("–".to_owned(), |s| v.number(&tenths(s)));
        format!("{}: {score}", v.plain(&s.title))
    });
    let desc = told.collect::<Vec<_>>().join("; ");
    let now = Ring {
        class: "t0",
        label: r.response.on.to_string(),
        scores: drawn.iter().map(|i| r.scored.sections.get(*i).and_then(|s| s.score)).collect(),
    };
    let mut rings = vec![now];
    if let Some((earlier, change)) = &r.earlier {
        let scores = drawn.iter().map(|i| change.sections.get(*i).and_then(|s| s.before)).collect();
        rings.push(Ring { class: "t1", label: earlier.on.to_string(), scores });
    }
    let required = r.questionnaire.required_score;
    Radar { title: v.say("page-form-profile"), desc, axes, rings, required }.svg()
}

/// The page.
pub async fn show(v: Visit, Path(response): Path<String>) -> Result<Response, Failure> {
    let found = response_result(&v.world, &response).ok_or_else(Failure::not_found)?;
    let r = found.map_err(|unknown| Failure::unacceptable(&[*unknown]))?;
    let title = v.plain(&r.questionnaire.title).to_owned();
    let radar = radar(&v, &r);
    page(&v, &ResponsePage { title, radar, r, v: &v })
}
