//! Who may do what, and who must agree: grants of roles, deputies, and lanes of approval. Persons stand here under
//! their code only; names and addresses are kept apart from the log, so that they can be erased.

use jiff::civil::Date;

use super::{plan, text::Unit};
use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Id, Money, Text},
};

code_list! {
    /// What a person may do in a unit and for a part of a plan.
    Role as "role" {
        /// Reads what is internal.
        Viewer = "viewer",
        /// Submits what the unit delivers: observations, projects, outputs, stories.
        Contributor = "contributor",
        /// Agrees to what others submit.
        Reviewer = "reviewer",
        /// Shapes plans, indicators, targets, places.
        Planner = "planner",
        /// Keeps funds, allotments and amounts.
        Finance = "finance",
        /// Keeps evaluations, their follow-up and judgements.
        Evaluator = "evaluator",
        /// Keeps persons, units, grants and lanes, and reads the audit.
        Administrator = "administrator",
    }
}

record! {
    /// A role that a person has in a unit and all units below it, for a part of a plan, for a time. A refusal takes the
    /// role away and wins over every grant.
    Grant as "grant" in "grants" {
        /// Code.
        own [id]: Id<Grant>,
        /// Code of the person.
        [person]: Code,
        /// The role.
        [role]: Role,
        /// The unit, with all units below it; everywhere when empty.
        [unit]: Option<Id<Unit>>,
        /// The plan; all plans when empty.
        [plan]: Option<Id<plan::Plan>>,
        /// The result, with all results below it; the whole plan when empty.
        [result]: Option<Id<plan::Result>>,
        /// Whether the role is refused instead.
        [refused]: Option<bool>,
        /// First day.
        [starts_on]: Option<Date>,
        /// Last day.
        [ends_on]: Option<Date>,
        /// Why.
        [reason]: Option<String>,
    }
}

record! {
    /// Somebody who stands in for a person for a time, with the roles that the person has.
    Deputy as "deputy" in "deputies" {
        /// Code of the person who is away.
        key [person]: Code,
        /// Code of the person who stands in.
        key [deputy]: Code,
        /// First day.
        key [starts_on]: Date,
        /// Last day.
        [ends_on]: Date,
        /// Why.
        [reason]: Option<String>,
    }
}

record! {
    /// Who must agree to which changes. Of several lanes that fit a change, the one with the highest rank takes it.
    Lane as "lane" in "lanes" {
        /// Code.
        own [id]: Id<Lane>,
        /// Name.
        [title]: Text,
        /// Kinds of record that it takes; all when empty.
        [kinds]: Vec<Code>,
        /// The unit whose changes, and those of all units below, it takes; all when empty.
        [unit]: Option<Id<Unit>>,
        /// The plan whose changes it takes; all when empty.
        [plan]: Option<Id<plan::Plan>>,
        /// Only projects and amounts from this much.
        [amount_from]: Option<Money>,
        /// Only projects with this marker scored above 0.
        [marker]: Option<Code>,
        /// Which lane goes first where several fit; the highest.
        [rank]: Option<Whole<0, 1000>>,
        /// The day from which it is in force; it is switched off while empty.
        [starts_on]: Option<Date>,
        /// Last day.
        [ends_on]: Option<Date>,
    }
}

record! {
    /// One agreement that a lane asks for. Steps that wait for none of the others can be taken at the same time.
    LaneStep as "lane_step" in "lane_steps" {
        /// The lane.
        key [lane]: Id<Lane>,
        /// Code within the lane.
        key [step]: Code,
        /// Name.
        [title]: Text,
        /// Steps of the lane that come before; none when empty.
        [after]: Vec<Code>,
        /// The role that agrees.
        [role]: Role,
        /// The sort of unit that agrees: the nearest one above the change's own unit, itself included; the own unit when empty.
        [unit_kind]: Option<super::text::UnitKind>,
        /// The unit that agrees, wherever it stands: a review group, a partner. Goes before `unit_kind`.
        [unit]: Option<Id<Unit>>,
        /// How many persons must agree; one when empty.
        [n_persons]: Option<Whole<1, 9>>,
        /// Only for projects and amounts from this much.
        [amount_from]: Option<Money>,
        /// Only for projects with this marker scored above 0.
        [marker]: Option<Code>,
    }
}
