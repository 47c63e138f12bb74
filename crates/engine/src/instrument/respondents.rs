//! Several respondents about the same: how far apart they are, and what they agree on.

use super::{Answers, Given, Questionnaire, Scored};

/// Respondents disagree where their scores lie further apart, in points.
pub const DISAGREEMENT: f64 = 25.0;

/// The scores of several respondents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Respondents who have a score.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// The lowest.
    pub lowest: f64,
    /// The highest.
    pub highest: f64,
}

impl Spread {
    /// Of some scores; `None` of none.
    fn of(scores: impl Iterator<Item = f64>) -> Option<Spread> {
        let scores: Vec<f64> = scores.collect();
        let lowest = scores.iter().copied().min_by(f64::total_cmp)?;
        let highest = scores.iter().copied().max_by(f64::total_cmp)?;
        Some(Spread { n: scores.len(), mean: scores.iter().sum::<f64>() / scores.len() as f64, lowest, highest })
    }
    /// Whether they disagree.
    pub fn disagrees(&self) -> bool {
        self.highest - self.lowest > DISAGREEMENT
    }
}

/// What several respondents make of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Views {
    /// Questions in their order, with their code; `None` where nobody has a score.
    pub questions: Vec<(String, Option<Spread>)>,
    /// Sections in their order, with their code.
    pub sections: Vec<(String, Option<Spread>)>,
    /// The total.
    pub total: Option<Spread>,
}

/// How far apart the scores of several respondents are. Each counts once; no answer is no score.
pub fn views(questionnaire: &Questionnaire, scored: &[Scored]) -> Views {
    let questions = questionnaire.questions().enumerate().map(|(i, (_, question))| {
        let scores = scored.iter().filter_map(|s| s.questions.get(i).and_then(|q| q.standing.score()));
        (question.id.clone(), Spread::of(scores))
    });
    let sections = questionnaire.sections.iter().enumerate().map(|(i, section)| {
        let scores = scored.iter().filter_map(|s| s.sections.get(i).and_then(|s| s.score));
        (section.id.clone(), Spread::of(scores))
    });
    Views {
        questions: questions.collect(),
        sections: sections.collect(),
        total: Spread::of(scored.iter().filter_map(|s| s.total)),
    }
}

/// The answers on which all respondents agree, for them to begin with when they look for a consensus. A question that
/// somebody left out, or answered in another way, stays open. Evidence and comments are those of the first who gave them.
pub fn agreed(questionnaire: &Questionnaire, all: &[Answers]) -> Answers {
    let replies: Vec<_> = all.iter().map(|answers| questionnaire.replies(answers)).collect();
    let mut agreed = Answers::new();
    for (i, (_, question)) in questionnaire.questions().enumerate() {
        let mut given = replies.iter().map(|r| r.get(i).and_then(|r| r.as_ref()).and_then(|r| r.as_ref()));
        let Some(Some(first)) = given.next() else { continue };
        if !given.all(|reply| reply == Some(first)) {
            continue;
        }
        let told = |part: fn(&Given) -> &String| {
            let texts = all.iter().filter_map(|a| a.get(&question.id)).map(part);
            texts.filter(|t| !t.trim().is_empty()).map(String::clone).next().unwrap_or_default()
        };
        let common =
            Given { value: told(|g| &g.value), evidence: told(|g| &g.evidence), comment: told(|g| &g.comment) };
        agreed.insert(question.id.clone(), common);
    }
    agreed
}
