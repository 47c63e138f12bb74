//! Reports of a plan, from the same figures as the pages.

use diag::Diagnostic;
use jiff::civil::Date;
use model::{
    figure::{Duty, DutyState, Tracking},
    kinds::Plan,
    value::{Id, Lang},
};
use report::{FindingLine, Progress, ReportNode};

use crate::{error::AppError, plans, world::World};

/// Everything of a report that is owned, so that the report can borrow it.
struct Parts {
    plan: Plan,
    nodes: Vec<ReportNode>,
    tracking: std::sync::Arc<Tracking>,
    duties: Vec<Duty>,
    findings: Vec<FindingLine>,
}

fn parts(world: &World, plan: &Id<Plan>, on: Date, lang: Lang) -> Result<Parts, AppError> {
    let record =
        world.records().plans.of(plan).ok_or_else(|| AppError::Internal(format!("there is no plan {plan}")))?;
    let nodes = plans::tree(world, plan, on)
        .into_iter()
        .map(|n| ReportNode { result: n.result, depth: n.depth, level: n.level, indicators: n.indicators })
        .collect();
    let duties = plans::duties(world, Some(plan), on)
        .into_iter()
        .filter(|d| matches!(d.state, DutyState::Overdue | DutyState::Due))
        .collect();
    let report = world.findings(Some(plan), on);
    let open: Vec<&Diagnostic> = report.diagnostics.iter().filter(|d| d.waived.is_none()).collect();
    let findings = open
        .chunk_by(|a, b| a.code.id == b.code.id)
        .filter_map(|group| {
            let first = group.first()?;
            Some(FindingLine {
                code: first.code.id,
                severity: first.severity,
                n: group.iter().map(|d| 1 + d.n_more).sum(),
                message: locale::diagnostic(lang, first),
            })
        })
        .collect();
    Ok(Parts { plan: record.clone(), nodes, tracking: world.tracking(plan, on), duties, findings })
}

fn progress<'a>(world: &'a World, parts: &'a Parts, on: Date) -> Progress<'a> {
    Progress {
        plan: &parts.plan,
        records: world.records(),
        on,
        position: world.snapshot().position,
        fingerprint: &world.snapshot().fingerprint,
        nodes: parts.nodes.clone(),
        tracking: &parts.tracking,
        duties: parts.duties.clone(),
        findings: parts.findings.clone(),
    }
}

/// The progress report of a plan as a self-contained page.
pub fn progress_report_html(world: &World, plan: &Id<Plan>, on: Date, lang: Lang) -> Result<String, AppError> {
    let parts = parts(world, plan, on, lang)?;
    report::progress_html(&progress(world, &parts, on), lang).map_err(|e| AppError::Internal(e.to_string()))
}

/// The progress report of a plan as a workbook.
pub fn progress_report_xlsx(world: &World, plan: &Id<Plan>, on: Date, lang: Lang) -> Result<Vec<u8>, AppError> {
    let parts = parts(world, plan, on, lang)?;
    report::progress_xlsx(&progress(world, &parts, on), lang).map_err(|e| AppError::Internal(e.to_string()))
}

/// The tracking table of a plan as a workbook.
pub fn tracking_xlsx(world: &World, plan: &Id<Plan>, on: Date, lang: Lang) -> Result<Vec<u8>, AppError> {
    let record =
        world.records().plans.of(plan).ok_or_else(|| AppError::Internal(format!("there is no plan {plan}")))?;
    report::tracking_xlsx(&world.tracking(plan, on), world.records(), &record.title, on, lang)
        .map_err(|e| AppError::Internal(e.to_string()))
}
