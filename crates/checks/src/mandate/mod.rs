//! Checks of mandates, events and sessions.

use crate::Check;

mod duplicate;
mod duty_not_met;
mod duty_without_owner;
mod followup_before_mandate;
mod governs_nothing;
mod organ_unclear;
mod same_number_other_type;
mod same_title;
mod session_without_expectation;
mod session_without_return;
mod without_followup;

/// The checks of mandates, events and sessions.
pub const CHECKS: &[Check] = &[
    duplicate::CHECK,
    same_number_other_type::CHECK,
    same_title::CHECK,
    governs_nothing::CHECK,
    duty_not_met::CHECK,
    without_followup::CHECK,
    organ_unclear::CHECK,
    session_without_expectation::CHECK,
    session_without_return::CHECK,
    duty_without_owner::CHECK,
    followup_before_mandate::CHECK,
];

/// A number folded for comparison: `26/1`, ` 26/1 ` and `26 / 1` are one.
fn folded_number(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
