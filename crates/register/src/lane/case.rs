//! The state of a proposal, and what moves it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Route;

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CaseState {
    /// Its author works on it.
    Draft,
    /// Others must agree.
    Submitted,
    /// Its author must mend it.
    Returned,
    /// It is in force.
    Accepted,
    /// It was refused for good.
    Rejected,
    /// Its author took it back.
    Withdrawn,
}

impl CaseState {
    /// All states, in the order of a proposal's life.
    pub const ALL: [CaseState; 6] = [
        CaseState::Draft,
        CaseState::Submitted,
        CaseState::Returned,
        CaseState::Accepted,
        CaseState::Rejected,
        CaseState::Withdrawn,
    ];
    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            CaseState::Draft => "draft",
            CaseState::Submitted => "submitted",
            CaseState::Returned => "returned",
            CaseState::Accepted => "accepted",
            CaseState::Rejected => "rejected",
            CaseState::Withdrawn => "withdrawn",
        }
    }
    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        CaseState::ALL.into_iter().find(|s| s.as_str() == code)
    }
    /// Whether nothing more can happen.
    pub fn is_end(self) -> bool {
        matches!(self, CaseState::Accepted | CaseState::Rejected | CaseState::Withdrawn)
    }
    /// Whether its author may change what is in it.
    pub fn is_open_to_author(self) -> bool {
        matches!(self, CaseState::Draft | CaseState::Returned)
    }
}

/// What somebody decided in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    /// Agreed.
    Agree,
    /// Sent back to the author.
    Return,
    /// Refused for good.
    Reject,
}

/// A decision as it is kept: in the proposal, and in the log when the change is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decided {
    /// The round: how often the proposal had been submitted.
    pub round: u32,
    /// The step.
    pub step: String,
    /// Who.
    pub by: String,
    /// For whom, if a deputy decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_person: Option<String>,
    /// What.
    pub word: Word,
    /// Why; needed for everything but an agreement.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// A wish to put a proposal through without its lane, and the second person's word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Override {
    /// Who asked.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who confirmed; it is in force from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<String>,
}

/// A proposal's life.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Case {
    /// Whose it is.
    pub author: String,
    /// Where it stands.
    pub state: CaseState,
    /// How often it was submitted.
    pub round: u32,
    /// Who must agree; set when it is submitted.
    pub route: Route,
    /// What was decided, in order, in all rounds.
    pub decided: Vec<Decided>,
    /// A wish to put it through without its lane, in this round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overriding: Option<Override>,
}

/// What moves a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The author hands it in, on a route.
    Submit(Route),
    /// Somebody decides in a step.
    Decide {
        /// The step.
        step: String,
        /// What.
        word: Word,
        /// Why.
        reason: String,
        /// For whom, if a deputy decides.
        for_person: Option<String>,
    },
    /// The author takes it back.
    Withdraw,
    /// Somebody wants to put it through without its lane.
    Override {
        /// Why.
        reason: String,
    },
    /// A second person confirms that.
    ConfirmOverride,
}

/// Why a proposal does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Not in this state.
    #[error("not in this state")]
    State,
    /// Only the author.
    #[error("only its author may do this")]
    OnlyAuthor,
    /// Not the author.
    #[error("nobody agrees to his own change")]
    OwnChange,
    /// The step is not open: unknown, done, or waiting for another.
    #[error("the step is not open")]
    StepClosed,
    /// The person has decided in this round.
    #[error("this person has decided before")]
    Again,
    /// A reason is needed.
    #[error("a reason is needed")]
    Reason,
    /// A second person is needed.
    #[error("a second person is needed")]
    SecondPerson,
}

impl Refusal {
    /// The message key.
    pub const fn key(self) -> &'static str {
        match self {
            Refusal::State => "case-state",
            Refusal::OnlyAuthor => "case-only-author",
            Refusal::OwnChange => "case-own-change",
            Refusal::StepClosed => "case-step-closed",
            Refusal::Again => "case-again",
            Refusal::Reason => "case-reason",
            Refusal::SecondPerson => "case-second-person",
        }
    }
}

impl Case {
    /// A new draft.
    pub fn draft(author: &str) -> Self {
        Case {
            author: author.to_owned(),
            state: CaseState::Draft,
            round: 0,
            route: Route::default(),
            decided: Vec::new(),
            overriding: None,
        }
    }

    /// The case after an action, or why there is none. Whether the actor has the role that the step asks for is decided
    /// elsewhere ([`crate::access::decide`]); what is decided here holds whatever roles somebody has.
    pub fn after(&self, action: &Action, by: &str, at: Timestamp) -> Result<Case, Refusal> {
        let mut next = self.clone();
        match action {
            Action::Submit(route) => {
                self.is_authors(by)?;
                if !self.state.is_open_to_author() {
                    return Err(Refusal::State);
                }
                next.round += 1;
                next.route = route.clone();
                next.overriding = None;
                // A route without steps needs nobody's word: then the change is accepted as it is submitted.
                next.state = if next.is_agreed() { CaseState::Accepted } else { CaseState::Submitted };
            }
            Action::Decide { step, word, reason, for_person } => {
                self.is_anothers(by, for_person.as_deref())?;
                if self.state != CaseState::Submitted {
                    return Err(Refusal::State);
                }
                if !self.open_steps().any(|s| s.id == *step) {
                    return Err(Refusal::StepClosed);
                }
                // Who agreed may still send it back: something was seen later.
                if *word == Word::Agree && self.has_decided(by, for_person.as_deref()) {
                    return Err(Refusal::Again);
                }
                if *word != Word::Agree && reason.trim().is_empty() {
                    return Err(Refusal::Reason);
                }
                next.decided.push(Decided {
                    round: self.round,
                    step: step.clone(),
                    by: by.to_owned(),
                    for_person: for_person.clone(),
                    word: *word,
                    reason: reason.trim().to_owned(),
                    at,
                });
                next.state = match word {
                    Word::Return => CaseState::Returned,
                    Word::Reject => CaseState::Rejected,
                    Word::Agree if next.is_agreed() => CaseState::Accepted,
                    Word::Agree => CaseState::Submitted,
                };
            }
            Action::Withdraw => {
                self.is_authors(by)?;
                if self.state.is_end() {
                    return Err(Refusal::State);
                }
                next.state = CaseState::Withdrawn;
            }
            Action::Override { reason } => {
                self.is_anothers(by, None)?;
                if self.state != CaseState::Submitted || self.overriding.is_some() {
                    return Err(Refusal::State);
                }
                if reason.trim().is_empty() {
                    return Err(Refusal::Reason);
                }
                next.overriding =
                    Some(Override { by: by.to_owned(), reason: reason.trim().to_owned(), at, confirmed_by: None });
            }
            Action::ConfirmOverride => {
                self.is_anothers(by, None)?;
                let Some(wish) = next.overriding.as_mut().filter(|_| self.state == CaseState::Submitted) else {
                    return Err(Refusal::State);
                };
                if wish.by == by {
                    return Err(Refusal::SecondPerson);
                }
                wish.confirmed_by = Some(by.to_owned());
                next.state = CaseState::Accepted;
            }
        }
        Ok(next)
    }

    fn is_authors(&self, by: &str) -> Result<(), Refusal> {
        if by == self.author { Ok(()) } else { Err(Refusal::OnlyAuthor) }
    }
    /// Not the author, and not in the author's name.
    fn is_anothers(&self, by: &str, for_person: Option<&str>) -> Result<(), Refusal> {
        if by == self.author || for_person == Some(self.author.as_str()) { Err(Refusal::OwnChange) } else { Ok(()) }
    }
    /// The agreements of this round in a step.
    fn agreed_in<'a>(&'a self, step: &'a str) -> impl Iterator<Item = &'a Decided> + 'a {
        self.decided.iter().filter(move |d| d.round == self.round && d.step == step && d.word == Word::Agree)
    }
    /// Whether somebody, or the person for whom he stands in, has agreed in this round, in whatever step. One person is
    /// one voice, even as a deputy, and even where the person has the role of two steps.
    pub fn has_decided(&self, by: &str, for_person: Option<&str>) -> bool {
        let voice = for_person.unwrap_or(by);
        let agreed = self.decided.iter().filter(|d| d.round == self.round && d.word == Word::Agree);
        agreed.into_iter().any(|d| d.by == by || d.for_person.as_deref().unwrap_or(&d.by) == voice)
    }
    /// Whether a step has all its agreements.
    pub fn is_done(&self, step: &super::Step) -> bool {
        self.agreed_in(&step.id).count() >= step.n_persons as usize
    }
    /// Whether every step has all its agreements.
    fn is_agreed(&self) -> bool {
        self.route.steps.iter().all(|s| self.is_done(s))
    }
    /// The steps in which somebody can decide now: not done, and all before them done.
    pub fn open_steps(&self) -> impl Iterator<Item = &super::Step> {
        let done = |id: &String| self.route.steps.iter().find(|s| s.id == *id).is_none_or(|s| self.is_done(s));
        self.route
            .steps
            .iter()
            .filter(move |s| self.state == CaseState::Submitted && !self.is_done(s) && s.after.iter().all(done))
    }
    /// The last time that it was sent back, if it waits for its author because of that.
    pub fn returned(&self) -> Option<&Decided> {
        self.decided.iter().rev().find(|d| d.word == Word::Return).filter(|_| self.state == CaseState::Returned)
    }
}
