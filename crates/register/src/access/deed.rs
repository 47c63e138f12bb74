//! What can be done, and which roles do it.

use model::{Kind, kinds::Role};

use super::Scope;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Reads what is open.
    ReadOpen,
    /// Reads what is internal.
    ReadInternal,
    /// Reads what is personal; each reading is recorded.
    ReadPersonal,
    /// Writes a record of a kind, or proposes it where a lane takes it.
    Write(Kind),
    /// Agrees, returns or rejects in a step that asks for a role.
    Agree(Role),
    /// Puts a change through without the steps of its lane; a second person must confirm.
    Override,
    /// Keeps persons, their roles, and lanes.
    Administer,
    /// Reads the audit and exports the log.
    Audit,
}

/// The role that keeps persons.
pub const ADMINISTRATORS: &[Role] = &[Role::Administrator];

const ALL: &[Role] = Role::ALL;

impl Deed {
    /// Whether nobody has to sign in for it.
    pub fn is_for_everybody(self) -> bool {
        self == Deed::ReadOpen
    }
    /// The scope that a token needs.
    pub fn scope(self) -> Scope {
        match self {
            Deed::ReadOpen | Deed::ReadInternal => Scope::Read,
            Deed::Write(_) => Scope::Write,
            Deed::ReadPersonal | Deed::Agree(_) | Deed::Override | Deed::Administer | Deed::Audit => Scope::Admin,
        }
    }
    /// The roles that do it.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Deed::ReadOpen | Deed::ReadInternal => ALL,
            Deed::ReadPersonal | Deed::Audit => &[Role::Administrator, Role::Evaluator],
            Deed::Write(kind) => writers_of(kind),
            Deed::Agree(role) => match role {
                Role::Viewer => &[Role::Viewer],
                Role::Contributor => &[Role::Contributor],
                Role::Reviewer => &[Role::Reviewer],
                Role::Planner => &[Role::Planner],
                Role::Finance => &[Role::Finance],
                Role::Evaluator => &[Role::Evaluator],
                Role::Administrator => &[Role::Administrator],
            },
            Deed::Override => &[Role::Planner, Role::Administrator],
            Deed::Administer => ADMINISTRATORS,
        }
    }
}

/// The roles that write a kind of record. Each kind stands here, so that a new one cannot be forgotten.
pub fn writers_of(kind: Kind) -> &'static [Role] {
    use Role::{Administrator, Contributor, Evaluator, Finance, Planner};
    match kind {
        Kind::Unit | Kind::Grant | Kind::Deputy | Kind::Lane | Kind::LaneStep => &[Administrator],
        Kind::Plan
        | Kind::Level
        | Kind::Result
        | Kind::Alignment
        | Kind::Crosswalk
        | Kind::Dimension
        | Kind::Category
        | Kind::Stage
        | Kind::Indicator
        | Kind::Definition
        | Kind::Mapping
        | Kind::Target
        | Kind::Closure
        | Kind::SurveyIndicator
        | Kind::Questionnaire
        | Kind::QuestionnaireItem
        | Kind::Place
        | Kind::Boundary
        | Kind::AreaMember
        | Kind::Mandate
        | Kind::ReportLine
        | Kind::Fact
        | Kind::Term => &[Planner],
        Kind::Fund | Kind::Amount | Kind::Allotment => &[Finance],
        Kind::Evaluation | Kind::Assessment | Kind::Judgement => &[Evaluator, Planner],
        Kind::Waiver | Kind::Followup => &[Planner, Evaluator, Contributor],
        Kind::Source
        | Kind::Entity
        | Kind::Task
        | Kind::Project
        | Kind::Marker
        | Kind::Investment
        | Kind::Output
        | Kind::Overlap
        | Kind::Assignment
        | Kind::Event
        | Kind::Session
        | Kind::Story
        | Kind::Survey
        | Kind::CodebookEntry
        | Kind::CodebookValue
        | Kind::Analysis
        | Kind::Response
        | Kind::Answer
        | Kind::Observation => &[Contributor, Planner],
    }
}
