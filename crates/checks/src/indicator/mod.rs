//! Checks of indicators.

use crate::Check;

pub mod smart;
pub mod wording;

pub(crate) mod bounds;
mod composite;
mod people;
pub(crate) mod seen;
mod tiers;

pub use smart::{Graded, Reason, grade};

mod accomplishment_not_reported;
mod activity_wording;
mod area_report_missing;
mod baseline_after_start;
mod baseline_level_differs;
mod baseline_undated;
mod baseline_without_unit;
mod body_undeclared;
mod bounds_reversed;
mod cadence_of_tier;
mod candidate_after_start;
mod changed_mid_cycle;
mod composite_number;
mod confirmed_with_blank;
mod confirmed_without_criteria;
mod criterion_achievable;
mod criterion_attributable;
mod criterion_capacity;
mod criterion_data;
mod criterion_manageable;
mod criterion_measurable;
mod criterion_relevant;
mod criterion_specific;
mod criterion_time_bound;
mod criterion_verifiable;
mod dimension_without_categories;
mod double_barrelled;
mod factor_missing;
mod line_without_result;
mod measure_unit_mismatch;
mod milestone_off_path;
mod near_duplicate;
mod new_without_reason;
mod not_tied;
mod output_only_report;
mod parts_undefined;
mod reported_without_story;
mod reporting_undeclared;
mod reviewer_differs;
mod target_after_plan;
mod target_against_direction;
mod target_equals_baseline;
mod target_out_of_bounds;
mod target_set_late;
mod target_undated;
mod target_unit_differs;
mod third_report;
mod too_many;
mod top_report_missing;
mod without_age;
mod without_baseline;
mod without_cadence;
mod without_direction;
mod without_owner;
mod without_scale;
mod without_sex;
mod without_source;
mod without_target;
mod without_unit;
mod without_verification;

/// The checks of indicators.
pub const CHECKS: &[Check] = &[
    criterion_specific::CHECK,
    criterion_measurable::CHECK,
    criterion_achievable::CHECK,
    criterion_relevant::CHECK,
    criterion_time_bound::CHECK,
    criterion_manageable::CHECK,
    criterion_attributable::CHECK,
    criterion_data::CHECK,
    criterion_capacity::CHECK,
    criterion_verifiable::CHECK,
    confirmed_without_criteria::CHECK,
    without_baseline::CHECK,
    baseline_after_start::CHECK,
    baseline_undated::CHECK,
    baseline_without_unit::CHECK,
    baseline_level_differs::CHECK,
    without_target::CHECK,
    target_undated::CHECK,
    target_against_direction::CHECK,
    target_equals_baseline::CHECK,
    target_after_plan::CHECK,
    target_out_of_bounds::CHECK,
    without_unit::CHECK,
    without_direction::CHECK,
    reporting_undeclared::CHECK,
    without_scale::CHECK,
    parts_undefined::CHECK,
    double_barrelled::CHECK,
    activity_wording::CHECK,
    without_source::CHECK,
    without_verification::CHECK,
    without_owner::CHECK,
    without_cadence::CHECK,
    without_sex::CHECK,
    without_age::CHECK,
    dimension_without_categories::CHECK,
    near_duplicate::CHECK,
    changed_mid_cycle::CHECK,
    too_many::CHECK,
    candidate_after_start::CHECK,
    new_without_reason::CHECK,
    not_tied::CHECK,
    confirmed_with_blank::CHECK,
    target_unit_differs::CHECK,
    composite_number::CHECK,
    cadence_of_tier::CHECK,
    third_report::CHECK,
    area_report_missing::CHECK,
    accomplishment_not_reported::CHECK,
    top_report_missing::CHECK,
    output_only_report::CHECK,
    line_without_result::CHECK,
    reported_without_story::CHECK,
    body_undeclared::CHECK,
    bounds_reversed::CHECK,
    milestone_off_path::CHECK,
    factor_missing::CHECK,
    measure_unit_mismatch::CHECK,
    target_set_late::CHECK,
    reviewer_differs::CHECK,
];
