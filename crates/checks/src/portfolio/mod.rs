//! Checks of projects and their teams.

use model::{
    kinds::{Project, ProjectStatus},
    value::{Currency, Money},
};

use crate::Check;

mod administration_missing;
mod approved_undated;
mod both_output_kinds;
mod child_exceeds_parent;
mod country_programme_missing;
mod dates_reversed;
mod host_not_consulted;
mod indicator_of_other_result;
mod marker_unjustified;
mod markers_incomplete;
mod no_cross_cutting_staff;
mod no_evaluation_money;
mod no_external_evaluation;
mod no_spatial_scale;
mod orphan_project;
mod output_without_result;
mod outside_cycles;
mod person_overbooked;
mod safeguards_not_screened;
mod share_out_of_range;
mod team_outlives_project;
mod time_not_recorded;

/// The checks of projects and their teams.
pub const CHECKS: &[Check] = &[
    orphan_project::CHECK,
    outside_cycles::CHECK,
    both_output_kinds::CHECK,
    no_evaluation_money::CHECK,
    no_external_evaluation::CHECK,
    markers_incomplete::CHECK,
    marker_unjustified::CHECK,
    host_not_consulted::CHECK,
    safeguards_not_screened::CHECK,
    no_spatial_scale::CHECK,
    country_programme_missing::CHECK,
    person_overbooked::CHECK,
    team_outlives_project::CHECK,
    no_cross_cutting_staff::CHECK,
    administration_missing::CHECK,
    output_without_result::CHECK,
    child_exceeds_parent::CHECK,
    dates_reversed::CHECK,
    time_not_recorded::CHECK,
    share_out_of_range::CHECK,
    approved_undated::CHECK,
    indicator_of_other_result::CHECK,
];

/// Whether a project has been approved, whatever became of it afterwards.
fn is_approved(project: &Project) -> bool {
    project.approved_on.is_some() || project.status != ProjectStatus::Draft
}

/// Whether an amount is more than a threshold in dollars. Amounts in other currencies are not compared:
/// no rate is recorded, and a guessed one would decide a rule.
fn exceeds_usd(amount: Money, threshold: i64) -> bool {
    amount.currency == Currency::USD && amount.minor > threshold * 100
}
