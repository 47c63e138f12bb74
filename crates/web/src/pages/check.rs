//! What the checker says, as the best compilers do: the place underlined, why it matters, what to do.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Form, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use diag::{Code, Diagnostic, Severity};
use jiff::civil::Date;
use locale::Explained;
use model::{kinds::Plan, value::Id};

use crate::{
    caller::Who,
    failure::Failure,
    site::Site,
    visit::{Visit, page},
};
use app::access::Actor;

/// Findings of one code that are shown on the page of all; the page of the code shows the rest.
const MOST: usize = 20;

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage<'a> {
    v: &'a Visit,
    title: String,
    view: &'a str,
    plan: Option<&'a Plan>,
    counts: [(Severity, usize); 3],
    n_waived: usize,
    groups: Vec<CodeGroup<'a>>,
    expires_on: Date,
    actor: String,
}

/// Findings of one code.
struct CodeGroup<'a> {
    code: &'static Code,
    severity: Severity,
    /// How many there are; `findings` holds the first.
    n_all: usize,
    /// Why it matters and what to do, from the first finding.
    words: Explained,
    findings: Vec<&'a Diagnostic>,
}

impl CheckPage<'_> {
    fn count_key(&self, severity: &Severity) -> &'static str {
        match severity {
            Severity::Error => "page-n-errors",
            Severity::Warning => "page-n-warnings",
            Severity::Note => "page-n-notes",
        }
    }
}

/// Findings about a plan.
pub async fn plan(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: Id<Plan> = Id::new(id);
    let plan = v.records().plans.of(&id).ok_or_else(Failure::not_found)?;
    show(&v, Some(plan))
}

/// Findings about everything.
pub async fn all(v: Visit) -> Result<Response, Failure> {
    show(&v, None)
}

fn show(v: &Visit, plan: Option<&Plan>) -> Result<Response, Failure> {
    let report = app::findings(&v.world, plan.map(|p| &p.id), v.on);
    let (severity, code) = (v.ask("severity"), v.ask("code"));
    let shown = report.diagnostics.iter().filter(|d| match severity {
        "" => true,
        "waived" => d.waived.is_some(),
        other => d.severity.as_str() == other && d.waived.is_none(),
    });
    let shown = shown.filter(|d| code.is_empty() || d.code.id == code);
    let mut by_code: BTreeMap<(std::cmp::Reverse<Severity>, &'static str), Vec<&Diagnostic>> = BTreeMap::new();
    for finding in shown {
        by_code.entry((std::cmp::Reverse(finding.code.severity), finding.code.id)).or_default().push(finding);
    }
    let group = |findings: &[&Diagnostic]| {
        let first = findings.first().copied()?;
        Some((first.code, first.severity, locale::explained(v.lang, first)))
    };
    let groups = by_code
        .into_values()
        .filter_map(|mut findings| {
            let n_all = findings.len();
            if code.is_empty() {
                findings.truncate(MOST);
            }
            let (code, severity, words) = group(&findings)?;
            Some(CodeGroup { code, severity, n_all, words, findings })
        })
        .collect();
    let what = v.say("page-view-check");
    let template = CheckPage {
        title: plan.map_or_else(|| what.clone(), |p| format!("{what} – {}", v.plain(&p.title))),
        view: "page-view-check",
        plan,
        counts: [
            (Severity::Error, report.n_errors),
            (Severity::Warning, report.n_warnings),
            (Severity::Note, report.n_notes),
        ],
        n_waived: report.n_waived,
        groups,
        // Half a year: long enough to mend it, short enough to be asked again.
        expires_on: v.today().checked_add(jiff::Span::new().months(6)).unwrap_or(v.today()),
        actor: v.site.options.actor.clone(),
        v,
    };
    page(v, &template)
}

/// A waiver as the form sends it.
#[derive(serde::Deserialize)]
pub struct WaiverForm {
    code: String,
    kind: String,
    record: String,
    field: String,
    reason: String,
    #[serde(default)]
    author: String,
    expires_on: String,
    back: String,
}

/// Silences one finding on one record.
pub async fn waive(State(site): State<Site>, who: Who, Form(form): Form<WaiverForm>) -> Result<Response, Failure> {
    let expires_on: Date = form
        .expires_on
        .parse()
        .map_err(|_| Failure::bad("page-bad-day", &[("day", form.expires_on.clone().into())]))?;
    let field = (!form.field.is_empty()).then_some(form.field.as_str());
    let needs_author = who.person().is_none() && form.author.trim().is_empty();
    if form.reason.trim().is_empty() || needs_author {
        return Err(Failure::bad("page-waiver-incomplete", &[]));
    }
    // The machine's own user says under which name; a person has one.
    let by = match who.actor() {
        Actor::Local { .. } => Actor::Local { name: form.author.trim().to_owned() },
        other => other.clone(),
    };
    let done = app::waive(
        &site.app,
        &form.code,
        &form.kind,
        &form.record,
        field,
        form.reason.trim(),
        &by,
        expires_on,
        site.now(),
    )
    .await?;
    match done {
        Ok(_) => Ok(Redirect::to(super::local(&form.back)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}
