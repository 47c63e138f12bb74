//! A questionnaire that was read and checked, with its conditions.

use std::ops::Deref;

use diag::Diagnostic;
use model::{
    instrument::{Instrument, Question, QuestionKind},
    microdata::{MISSING, Table, Values, Variable},
};

use super::{
    check,
    codes::INS001,
    reply::{Answers, Reply, read_reply},
};
use crate::survey::Expression;

/// A sound questionnaire. Only [`Questionnaire::read`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Questionnaire {
    instrument: Instrument,
    /// Conditions of the sections.
    sections: Vec<Option<Expression>>,
    /// Conditions of the questions, in their order.
    questions: Vec<Option<Expression>>,
}

impl Deref for Questionnaire {
    type Target = Instrument;
    fn deref(&self) -> &Instrument {
        &self.instrument
    }
}

impl Questionnaire {
    /// Reads and checks a questionnaire.
    ///
    /// Errors: `INS001` where it cannot be read at all, else everything that its check finds.
    pub fn read(json: &[u8]) -> Result<Questionnaire, Vec<Diagnostic>> {
        let instrument =
            Instrument::read(json).map_err(|e| vec![Diagnostic::new(&INS001).arg("detail", e.to_string())])?;
        let found = check::check(&instrument);
        if !found.is_empty() {
            return Err(found);
        }
        let parsed = |text: &Option<String>| text.as_deref().and_then(|t| Expression::parse(t).ok());
        Ok(Questionnaire {
            sections: instrument.sections.iter().map(|s| parsed(&s.relevant)).collect(),
            questions: instrument.questions().map(|(_, q)| parsed(&q.relevant)).collect(),
            instrument,
        })
    }

    /// What was answered to each question in its order; `None` outside where it is not asked, `None` inside where it is
    /// not answered, or not with something that can be answered.
    ///
    /// An answer to a question that is not asked counts as none for the conditions after it.
    pub fn replies(&self, answers: &Answers) -> Vec<Option<Option<Reply>>> {
        let mut table = blank(&self.instrument);
        let mut section_holds = vec![None; self.sections.len()];
        let mut replies = Vec::with_capacity(self.questions.len());
        for ((section, question), condition) in self.instrument.questions().zip(&self.questions) {
            // A section's condition looks back only, so that its first question is early enough to decide.
            let holds = *section_holds
                .get_mut(section)
                .map(|h| h.get_or_insert_with(|| self.sections.get(section).is_none_or(|c| holds(c, &table))))
                .unwrap_or(&mut true);
            if !holds || !self::holds(condition, &table) {
                replies.push(None);
                continue;
            }
            let reply = answers.get(&question.id).and_then(|given| read_reply(question, &given.value));
            if let Some(reply) = &reply {
                fill(&mut table, question, reply);
            }
            replies.push(Some(reply));
        }
        replies
    }
}

/// Whether a condition holds; what is unknown does not.
fn holds(condition: &Option<Expression>, table: &Table) -> bool {
    let Some(condition) = condition else { return true };
    // Errors were refused when the questionnaire was checked.
    condition.truth(table).ok().and_then(|t| t.first().copied().flatten()).unwrap_or(false)
}

/// The name of the variable that says whether a choice of several was made: `sources.well`.
fn choice_variable(question: &Question, choice: &str) -> String {
    format!("{}.{choice}", question.id)
}

/// The variables that conditions can name, nothing answered: a question's own, and for one with several choices one for
/// each of them, 1 where it was chosen and 0 where not.
pub(super) fn blank(instrument: &Instrument) -> Table {
    let number = |name: String| Variable::new(name, Values::Numbers(vec![f64::NAN]));
    let text = |name: &str| Variable::new(name, Values::Texts { levels: Vec::new(), codes: vec![MISSING] });
    let mut variables = Vec::new();
    for (_, question) in instrument.questions() {
        match question.kind {
            QuestionKind::Scale | QuestionKind::Number => variables.push(number(question.id.clone())),
            QuestionKind::Multi => {
                variables.extend(question.choices.iter().map(|c| number(choice_variable(question, &c.id))));
            }
            _ => variables.push(text(&question.id)),
        }
    }
    Table { name: instrument.id.clone(), variables, n_rows: 1, origin: None }
}

/// Puts an answer into the variables.
fn fill(table: &mut Table, question: &Question, reply: &Reply) {
    let mut set = |name: &str, values: Values| {
        if let Some(variable) = table.variables.iter_mut().find(|v| v.name == name) {
            variable.values = values;
        }
    };
    let text = |text: &str| Values::Texts { levels: vec![text.to_owned()], codes: vec![0] };
    match reply {
        Reply::Choice(i) => set(&question.id, text(question.choices.get(*i).map_or("", |c| &c.id))),
        Reply::Choices(chosen) => {
            for (i, choice) in question.choices.iter().enumerate() {
                let is_chosen = f64::from(u8::from(chosen.contains(&i)));
                set(&choice_variable(question, &choice.id), Values::Numbers(vec![is_chosen]));
            }
        }
        Reply::YesNo(yes) => set(&question.id, text(if *yes { "yes" } else { "no" })),
        Reply::Step(step) => set(&question.id, Values::Numbers(vec![f64::from(*step)])),
        Reply::Number(n) => set(&question.id, Values::Numbers(vec![*n])),
        Reply::Day(day) => set(&question.id, text(&day.to_string())),
        Reply::Text(words) => set(&question.id, text(words)),
    }
}
