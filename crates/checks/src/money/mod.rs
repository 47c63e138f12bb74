//! Checks of funds and amounts.

use model::kinds::{Amount, AmountState};
use rustc_hash::FxHashSet;

use crate::{Check, Context};

mod allotment_outside;
mod core_share_falling;
mod deficit_positive;
mod donor_concentration;
mod figure_without_state;
mod forecast_rounds;
mod fund_unfunded;
mod income_under_target;
mod misprint;
mod mixed_currencies;
mod parts_against_total;
mod percent_against_amount;
mod printed_year;
mod two_figures;
mod unit_slip;

/// The checks of funds and amounts.
pub const CHECKS: &[Check] = &[
    parts_against_total::CHECK,
    percent_against_amount::CHECK,
    misprint::CHECK,
    printed_year::CHECK,
    figure_without_state::CHECK,
    fund_unfunded::CHECK,
    forecast_rounds::CHECK,
    income_under_target::CHECK,
    unit_slip::CHECK,
    mixed_currencies::CHECK,
    two_figures::CHECK,
    core_share_falling::CHECK,
    donor_concentration::CHECK,
    allotment_outside::CHECK,
    deficit_positive::CHECK,
];

/// The amounts that another one corrects.
fn corrected<'a>(context: &Context<'a>) -> FxHashSet<&'a str> {
    context.records.amounts.iter().filter_map(|a| a.reconciles.as_ref()).map(|r| r.as_str()).collect()
}

/// The base of a stated percentage: the amount named, else the amount's own target.
fn base(context: &Context<'_>, amount: &Amount) -> Option<f64> {
    match &amount.percent_of {
        Some(of) => context.records.amounts.of(of).and_then(|b| b.actual.or(b.target)),
        None => amount.target,
    }
}

/// Whether an amount is income of its year: money that came in or is taken to have come in.
fn is_income(amount: &Amount) -> bool {
    let kind = amount.kind.0.as_str();
    let came_in = matches!(
        amount.state,
        AmountState::Final
            | AmountState::FinalAssumed
            | AmountState::Preliminary
            | AmountState::Received
            | AmountState::Derived
    );
    came_in && (kind.starts_with("contribution") || kind.starts_with("income")) && !kind.contains("total")
}
