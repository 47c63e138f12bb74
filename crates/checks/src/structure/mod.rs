//! Checks of plans: their levels, results, links and dates.

use model::kinds::{LevelRole, Plan, PlanKind, Result};

use crate::Check;

mod adopted_after_start;
mod area_never_evaluated;
mod area_not_led;
mod area_without_priority;
mod areas_against_subprogrammes;
mod contribution_grid;
mod cycle_not_four_years;
mod dates_reversed;
mod duplicate_result_code;
mod framework_after_adoption;
mod framework_after_start;
mod framework_undated;
mod gate_incomplete;
mod gate_not_done;
mod indicator_sets_differ;
mod leads_several_areas;
mod level_gap;
mod level_not_defined;
mod level_order;
mod means_without_office;
mod more_outputs;
mod outcome_without_impact;
mod outcome_without_story;
mod parent_cycle;
mod parent_elsewhere;
mod part_outside_plan;
mod plan_gap;
mod plan_unlinked;
mod plan_without_evaluation;
mod plan_without_indicators;
mod plans_overlap;
mod programme_result_untraceable;
mod programme_year_missing;
mod result_appears;
mod result_vanishes;
mod result_without_indicator;
mod result_without_owner;
mod support_without_indicator;
mod task_late;
mod task_without_evidence;

/// The checks of plans.
pub const CHECKS: &[Check] = &[
    plan_without_indicators::CHECK,
    result_without_indicator::CHECK,
    support_without_indicator::CHECK,
    level_not_defined::CHECK,
    level_order::CHECK,
    level_gap::CHECK,
    areas_against_subprogrammes::CHECK,
    area_not_led::CHECK,
    leads_several_areas::CHECK,
    indicator_sets_differ::CHECK,
    programme_result_untraceable::CHECK,
    outcome_without_impact::CHECK,
    framework_after_start::CHECK,
    framework_after_adoption::CHECK,
    framework_undated::CHECK,
    gate_not_done::CHECK,
    gate_incomplete::CHECK,
    result_vanishes::CHECK,
    result_appears::CHECK,
    plan_gap::CHECK,
    plans_overlap::CHECK,
    plan_unlinked::CHECK,
    result_without_owner::CHECK,
    means_without_office::CHECK,
    area_without_priority::CHECK,
    plan_without_evaluation::CHECK,
    area_never_evaluated::CHECK,
    cycle_not_four_years::CHECK,
    duplicate_result_code::CHECK,
    task_late::CHECK,
    task_without_evidence::CHECK,
    contribution_grid::CHECK,
    programme_year_missing::CHECK,
    more_outputs::CHECK,
    dates_reversed::CHECK,
    part_outside_plan::CHECK,
    adopted_after_start::CHECK,
    parent_cycle::CHECK,
    parent_elsewhere::CHECK,
    outcome_without_story::CHECK,
];

/// Whether the results of a plan are measured: frameworks agreed elsewhere are measured elsewhere, phases and
/// programmes of internal change are followed by their tasks.
fn is_measured(plan: &Plan) -> bool {
    !matches!(plan.kind, PlanKind::ExternalFramework | PlanKind::Phase | PlanKind::ChangeProgramme)
}

/// Whether a plan is a programme and budget that carries out a strategic plan.
fn is_programme(plan: &Plan) -> bool {
    matches!(plan.kind, PlanKind::BiennialProgramme | PlanKind::AnnualProgramme)
}

/// Whether a role stands at the top of a plan's chain, where the plans of two cycles are compared.
fn is_top(role: Option<LevelRole>) -> bool {
    matches!(role, Some(LevelRole::Area | LevelRole::Impact | LevelRole::StrategicResult))
}

/// Speaks of the plan once when all results lack something, else of each result that does.
fn once_or_each<'a>(
    all: &[&'a Result],
    lacks: impl Fn(&Result) -> bool,
    mut once: impl FnMut(usize),
    each: impl FnMut(&'a Result),
) {
    let lacking: Vec<&Result> = all.iter().copied().filter(|r| lacks(r)).collect();
    if lacking.len() > 1 && lacking.len() == all.len() {
        once(all.len());
    } else {
        lacking.into_iter().for_each(each);
    }
}
