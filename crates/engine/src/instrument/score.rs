//! What answers score: questions, sections, the total; levels, coverage, what is missing, what is advised.

use model::instrument::{Aggregation, Question};

use super::{
    Questionnaire,
    reply::{self, Answers, Reply},
};

/// Scores that differ by less are one: a section of three 40s is at 40, whatever its weights add up to.
const CLOSE: f64 = 1e-9;

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// It is not asked.
    Irrelevant,
    /// It was asked and not answered.
    Unanswered,
    /// The answer says that it does not apply.
    DoesNotApply,
    /// It was answered and has no score.
    Unscored,
    /// Its score from 0 to 100.
    Scored(f64),
}

impl Standing {
    /// The score, where there is one.
    pub fn score(self) -> Option<f64> {
        if let Standing::Scored(score) = self { Some(score) } else { None }
    }
}

/// A question with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionScore {
    /// The question's code.
    pub id: String,
    /// Number of its section.
    pub section: usize,
    /// How it stands.
    pub standing: Standing,
    /// Its share of the total after weights were set anew without what is left out, from 0 to 1; 0 without a score.
    pub share: f64,
}

/// A section with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionScore {
    /// The section's code.
    pub id: String,
    /// Score from 0 to 100; `None` where no question of it has one.
    pub score: Option<f64>,
    /// Number of its level.
    pub level: Option<usize>,
    /// Whether it is below the score that every section must reach.
    pub is_below_required: bool,
    /// Questions of it that are asked.
    pub n_asked: usize,
    /// Questions of it that were answered.
    pub n_answered: usize,
}

/// Whether every section reaches the score that it must.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No score must be reached.
    NotAsked,
    /// None fails so far, but a section has no score yet or a required answer is missing.
    Open,
    /// Every section does.
    Met,
    /// A section does not, whatever the total says.
    NotMet,
}

/// An action that is advised.
#[derive(Clone, Debug, PartialEq)]
pub struct Advised {
    /// The question's code; the words are in its `action`.
    pub question: String,
    /// What the total loses by this question, in points.
    pub loss: f64,
}

/// Answers with their scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The questions in their order.
    pub questions: Vec<QuestionScore>,
    /// The sections in their order.
    pub sections: Vec<SectionScore>,
    /// The total from 0 to 100; `None` without a score, or where no total is made.
    pub total: Option<f64>,
    /// Number of the total's level.
    pub level: Option<usize>,
    /// Whether every section reaches what it must.
    pub verdict: Verdict,
    /// Share of the asked questions that were answered, from 0 to 1: of those that score, or of all where none does.
    pub coverage: f64,
    /// Codes of required questions without an answer.
    pub missing: Vec<String>,
    /// Codes of answered questions without the evidence that they need.
    pub missing_evidence: Vec<String>,
    /// What is advised, the largest loss first.
    pub actions: Vec<Advised>,
}

/// Scores answers.
///
/// A section's score is the mean of its questions' scores by their weights; the total is made of the sections' scores by
/// their weights as the questionnaire says. What is not asked, does not apply or was not answered leaves both sums.
/// Undefined (`None`): a section without a scored answer; a total without a scored section.
pub fn score(questionnaire: &Questionnaire, answers: &Answers) -> Scored {
    let replies = questionnaire.replies(answers);
    let asked: Vec<(usize, &Question)> = questionnaire.questions().collect();
    let mut questions: Vec<QuestionScore> = asked
        .iter()
        .zip(&replies)
        .map(|((section, question), reply)| QuestionScore {
            id: question.id.clone(),
            section: *section,
            standing: standing(questionnaire, question, reply.as_ref()),
            share: 0.0,
        })
        .collect();
    let sections = sections(questionnaire, &questions, &asked);
    share_out(questionnaire, &mut questions, &asked, &sections);
    let total = total(questionnaire, &sections);
    let mut missing = Vec::new();
    let mut missing_evidence = Vec::new();
    for ((_, question), reply) in asked.iter().zip(&replies) {
        match reply {
            Some(None) if question.required => missing.push(question.id.clone()),
            Some(Some(reply)) => {
                let shown = answers.get(&question.id).is_some_and(|g| !g.evidence.trim().is_empty());
                if reply::must_show(questionnaire, question, reply) && !shown {
                    missing_evidence.push(question.id.clone());
                }
            }
            _ => {}
        }
    }
    Scored {
        verdict: verdict(questionnaire, &questions, &sections, &missing),
        coverage: coverage(questionnaire, &questions, &asked),
        actions: actions(&questions, &asked),
        level: total.and_then(|t| level(questionnaire, t)),
        questions,
        sections,
        total,
        missing,
        missing_evidence,
    }
}

fn standing(questionnaire: &Questionnaire, question: &Question, reply: Option<&Option<Reply>>) -> Standing {
    match reply {
        None => Standing::Irrelevant,
        Some(None) => Standing::Unanswered,
        Some(Some(_)) if !questionnaire.scores(question) => Standing::Unscored,
        Some(Some(reply)) => reply::points(question, reply).map_or(Standing::DoesNotApply, Standing::Scored),
    }
}

/// The number of a score's level.
fn level(questionnaire: &Questionnaire, score: f64) -> Option<usize> {
    questionnaire.levels.iter().rposition(|l| score + CLOSE >= l.from)
}

/// The mean by weight; `None` of nothing.
fn mean(parts: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (weights, sum) = parts.fold((0.0, 0.0), |(w, s), (weight, score)| (w + weight, s + weight * score));
    (weights > 0.0).then(|| sum / weights)
}

fn sections(
    questionnaire: &Questionnaire,
    scores: &[QuestionScore],
    asked: &[(usize, &Question)],
) -> Vec<SectionScore> {
    let of = |(i, section): (usize, &model::instrument::Section)| {
        let own = || scores.iter().zip(asked).filter(move |(s, _)| s.section == i);
        let score = mean(own().filter_map(|(s, (_, q))| s.standing.score().map(|p| (q.weight, p))));
        let required = questionnaire.required_score.filter(|_| section.weight > 0.0);
        SectionScore {
            id: section.id.clone(),
            score,
            level: score.and_then(|s| level(questionnaire, s)),
            is_below_required: score.zip(required).is_some_and(|(s, r)| s + CLOSE < r),
            n_asked: own().filter(|(s, _)| s.standing != Standing::Irrelevant).count(),
            n_answered: own()
                .filter(|(s, _)| !matches!(s.standing, Standing::Irrelevant | Standing::Unanswered))
                .count(),
        }
    };
    questionnaire.sections.iter().enumerate().map(of).collect()
}

fn total(questionnaire: &Questionnaire, sections: &[SectionScore]) -> Option<f64> {
    let parts = || {
        let pairs = questionnaire.sections.iter().zip(sections);
        pairs.filter(|(s, _)| s.weight > 0.0).filter_map(|(s, scored)| scored.score.map(|score| (s.weight, score)))
    };
    match questionnaire.aggregation {
        Aggregation::Arithmetic => mean(parts()),
        // The logarithm of 0 is −∞, and its exponential 0 again.
        Aggregation::Geometric => mean(parts().map(|(w, s)| (w, s.ln()))).map(f64::exp),
        Aggregation::Minimum => parts().map(|(_, s)| s).min_by(f64::total_cmp),
        Aggregation::None => None,
    }
}

/// Gives each scored question its share of the total.
fn share_out(
    questionnaire: &Questionnaire,
    scores: &mut [QuestionScore],
    asked: &[(usize, &Question)],
    sections: &[SectionScore],
) {
    let has_score = |i: usize| sections.get(i).is_some_and(|s| s.score.is_some());
    let all: f64 =
        questionnaire.sections.iter().enumerate().filter(|(i, _)| has_score(*i)).map(|(_, s)| s.weight).sum();
    for (i, section) in questionnaire.sections.iter().enumerate().filter(|(i, _)| has_score(*i)) {
        let counts = |s: &QuestionScore| s.section == i && s.standing.score().is_some();
        let within: f64 = scores.iter().zip(asked).filter(|(s, _)| counts(s)).map(|(_, (_, q))| q.weight).sum();
        for (score, (_, question)) in scores.iter_mut().zip(asked) {
            if counts(score) && within > 0.0 && all > 0.0 {
                score.share = question.weight / within * section.weight / all;
            }
        }
    }
}

fn verdict(
    questionnaire: &Questionnaire,
    questions: &[QuestionScore],
    sections: &[SectionScore],
    missing: &[String],
) -> Verdict {
    if questionnaire.required_score.is_none() {
        return Verdict::NotAsked;
    }
    if sections.iter().any(|s| s.is_below_required) {
        return Verdict::NotMet;
    }
    // A section of which something that scores is still open, and nothing has a score.
    let waits = |i: usize| {
        questionnaire.questions().zip(questions).any(|((section, question), score)| {
            section == i && score.standing == Standing::Unanswered && questionnaire.scores(question)
        })
    };
    let pairs = || questionnaire.sections.iter().zip(sections).enumerate().filter(|(_, (s, _))| s.weight > 0.0);
    let some = pairs().any(|(_, (_, scored))| scored.score.is_some());
    let open = pairs().any(|(i, (_, scored))| scored.score.is_none() && waits(i));
    if !some || open || !missing.is_empty() { Verdict::Open } else { Verdict::Met }
}

fn coverage(questionnaire: &Questionnaire, scores: &[QuestionScore], asked: &[(usize, &Question)]) -> f64 {
    let share = |counts: &dyn Fn(&Question) -> bool| {
        let relevant = || {
            let pairs = scores.iter().zip(asked);
            pairs.filter(|(s, (_, q))| s.standing != Standing::Irrelevant && counts(q)).map(|(s, _)| s)
        };
        let n = relevant().count();
        let answered = relevant().filter(|s| s.standing != Standing::Unanswered).count();
        (n > 0).then(|| answered as f64 / n as f64)
    };
    share(&|q| questionnaire.scores(q)).or_else(|| share(&|_| true)).unwrap_or(0.0)
}

fn actions(scores: &[QuestionScore], asked: &[(usize, &Question)]) -> Vec<Advised> {
    let mut found: Vec<Advised> = scores
        .iter()
        .zip(asked)
        .filter_map(|(score, (_, question))| {
            let points = score.standing.score()?;
            question.action.as_ref().filter(|a| points + CLOSE < a.below)?;
            Some(Advised { question: question.id.clone(), loss: (100.0 - points) * score.share })
        })
        .collect();
    // Equal losses stay in the order of the questionnaire.
    found.sort_by(|a, b| b.loss.total_cmp(&a.loss));
    found
}
