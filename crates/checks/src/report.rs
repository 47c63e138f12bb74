//! Running the checks: findings are located, waived, filtered, sorted and counted.

use jiff::civil::Date;
use model::{Kind, kinds::Plan, value::Id};
use rayon::prelude::*;
use snapshot::Snapshot;

use crate::{CHECKS, Check, Context, Diagnostic, Severity, waiver};

/// Which findings to keep.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Findings about records of this plan and of the programmes that carry it out; all when empty.
    pub plan: Option<Id<Plan>>,
}

impl Filter {
    /// All findings.
    pub const ALL: Filter = Filter { plan: None };
    /// Findings about one plan and the programmes that carry it out.
    pub fn plan(plan: impl AsRef<str>) -> Self {
        Filter { plan: Some(Id::new(plan)) }
    }
}

/// What the checks found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings: errors first, then by code, record and field. Waived ones are among them.
    pub diagnostics: Vec<Diagnostic>,
    /// Errors that no waiver covers.
    pub n_errors: usize,
    /// Warnings that no waiver covers.
    pub n_warnings: usize,
    /// Notes that no waiver covers.
    pub n_notes: usize,
    /// Findings of any severity that a waiver covers.
    pub n_waived: usize,
}

impl Report {
    /// Findings in their order, counted.
    pub fn counted(diagnostics: Vec<Diagnostic>) -> Report {
        let count = |severity| diagnostics.iter().filter(|d| d.waived.is_none() && d.severity == severity).count();
        Report {
            n_errors: count(Severity::Error),
            n_warnings: count(Severity::Warning),
            n_notes: count(Severity::Note),
            n_waived: diagnostics.iter().filter(|d| d.waived.is_some()).count(),
            diagnostics,
        }
    }
    /// Findings of one code.
    pub fn of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Diagnostic> + 'a {
        self.diagnostics.iter().filter(move |d| d.code.id == code)
    }
}

/// Checks everything that a snapshot holds, as of a day.
///
/// Findings point into the files that the records came from. A finding that a waiver covers stays, marked;
/// a waiver that has expired or that covers nothing is a finding itself.
pub fn check(snapshot: &Snapshot, on: Date, filter: &Filter) -> Report {
    let context = Context::new(snapshot, on);
    let (last, most): (Vec<&Check>, Vec<&Check>) =
        CHECKS.iter().partition(|c| waiver::CHECKS.iter().any(|w| w.code == c.code));
    let found: Vec<Vec<Diagnostic>> = most
        .par_iter()
        .map(|check| {
            let mut found = Vec::new();
            (check.run)(&context, &mut found);
            found
        })
        .collect();
    let mut diagnostics: Vec<Diagnostic> = found.into_iter().flatten().collect();
    for check in last {
        (check.run)(&context, &mut diagnostics);
    }
    if let Some(plan) = &filter.plan {
        let plans = context.with_programmes(plan.as_str());
        diagnostics.retain(|d| {
            let Some(record) = &d.record else { return false };
            let kind = Kind::parse(record.kind);
            kind.is_some_and(|k| context.plans_of(k, &record.id).iter().any(|p| plans.contains(p)))
        });
    }
    for diagnostic in &mut diagnostics {
        locate(&context, diagnostic);
    }
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (std::cmp::Reverse(d.severity), d.code.id);
        key(a).cmp(&key(b)).then_with(|| a.record.cmp(&b.record)).then_with(|| a.field.cmp(&b.field))
    });
    Report::counted(diagnostics)
}

/// Points a finding at the cell (or row) of the file that its record came from.
fn locate(context: &Context<'_>, diagnostic: &mut Diagnostic) {
    let Some(record) = &diagnostic.record else { return };
    let Some(kind) = Kind::parse(record.kind) else { return };
    let Some(origin) = context.records.origin(kind, &record.id) else { return };
    let field = diagnostic.field.as_deref();
    diagnostic.pointer = origin.pointer(field);
    let value = field.and_then(|f| {
        let def = kind.def();
        let at = def.column(f).or_else(|| def.columns.iter().position(|c| c.field == f))?;
        context.records.row(kind, &record.id)?.get(at).map(model::value::Value::to_text)
    });
    diagnostic.pointer.value = value.filter(|v| !v.is_empty());
}
