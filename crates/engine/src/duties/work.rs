//! Tasks of plans and phases, and outputs of projects: each by its own day.

use diag::RecordRef;
use jiff::civil::Date;
use model::figure::{Duty, DutyKind};

use super::state;
use crate::prepared::Prepared;

pub(super) fn add(prepared: &Prepared, on: Date, all: &mut Vec<Duty>) {
    let records = &prepared.snapshot.records;
    for task in records.tasks.iter() {
        let Some(due_on) = task.due_on else { continue };
        all.push(Duty {
            kind: DutyKind::Task,
            about: RecordRef { kind: "task", id: task.id.to_string() },
            plan: Some(task.plan.clone()),
            period: None,
            due_on,
            state: state(task.done_on.is_some().into(), due_on, on),
            owner: task.owner.clone(),
            project: None,
        });
    }
    for output in records.outputs.iter() {
        let Some(due_on) = output.due_on else { continue };
        let project = records.projects.of(&output.project);
        let result = output.result.as_ref().or(project.and_then(|p| p.results.first()));
        all.push(Duty {
            kind: DutyKind::Output,
            about: RecordRef { kind: "output", id: output.id.to_string() },
            plan: result.and_then(|r| records.results.of(r)).map(|r| r.plan.clone()),
            period: None,
            due_on,
            state: state(output.delivered_on.is_some().into(), due_on, on),
            owner: project.and_then(|p| p.unit.clone()),
            project: Some(output.project.clone()),
        });
    }
}
