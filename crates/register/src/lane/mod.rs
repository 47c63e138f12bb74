//! Changes as proposals: their states, the lane that a proposal runs through, and who may move it.
//!
//! draft → submitted → returned → accepted | rejected | withdrawn. A proposal carries its route, frozen when it was
//! submitted, so that a lane that is edited later does not change what was promised.
//!
//! Invariant: nobody agrees to his own change, in his own name or as a deputy of another; what was returned or decided
//! is never lost; accepted, rejected and withdrawn are ends.

mod case;
mod route;

pub use case::{Action, Case, CaseState, Decided, Override, Refusal, Word};
pub use route::{Route, Step, lane_for, route, route_in};

#[cfg(test)]
mod tests;
