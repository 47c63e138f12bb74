//! Import: upload, see every difference, confirm, and undo if need be. Nothing is written before.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    Audience, NamedBytes, people,
    view::{DiffLine, ImportPreview},
};
use askama::Template;
use axum::{
    extract::{Form, Multipart, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use diag::{Code, Diagnostic, Severity};
use locale::Explained;
use model::value::Value;

use crate::{
    caller::Who,
    failure::Failure,
    html::{Html, segment},
    pages::{files::download, history::diff},
    site::Site,
    visit::{Visit, page},
};

/// Findings of one code that the page shows; the rest is in the file.
const MOST: usize = 20;

#[derive(Template)]
#[template(path = "import.html")]
struct UploadPage<'a> {
    v: &'a Visit,
    title: String,
}

#[derive(Template)]
#[template(path = "preview.html")]
struct PreviewPage<'a> {
    v: &'a Visit,
    title: String,
    p: Arc<ImportPreview>,
    groups: Vec<Group>,
    new_findings: Vec<Group>,
    token: String,
}

/// Findings of one code.
pub(super) struct Group {
    pub(super) code: &'static Code,
    pub(super) severity: Severity,
    pub(super) words: Explained,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) n_all: usize,
}

impl PreviewPage<'_> {
    fn fields(&self, fields: &[(String, Value, Value)]) -> Html {
        diff(self.v, fields)
    }
    /// What is there and hidden is not shown by comparing a file with it.
    fn lines(&self) -> [(&'static str, Vec<DiffLine>, usize); 2] {
        let seen = |lines: &[DiffLine]| -> Vec<DiffLine> {
            lines.iter().cloned().filter_map(|l| l.seen_by(self.v.audience())).collect()
        };
        let c = self.p.counts;
        [("page-changed", seen(&self.p.changed), c.changed), ("page-added", seen(&self.p.added), c.added)]
    }
    fn with(&self, end: &str) -> String {
        format!("/import/{}{end}", segment(&self.token))
    }
}

/// The page with the upload.
pub async fn form(v: Visit) -> Result<Response, Failure> {
    page(&v, &UploadPage { title: v.say("page-nav-import"), v: &v })
}

/// Reads the files and shows what they would do.
pub async fn upload(State(site): State<Site>, who: Who, mut parts: Multipart) -> Result<Response, Failure> {
    people::require_writer(&site.app, who.actor(), site.now()).await?;
    let mut files = Vec::new();
    loop {
        let part = parts.next_field().await.map_err(too_large_or_bad)?;
        let Some(part) = part else { break };
        let Some(name) = part.file_name().map(str::to_owned).filter(|n| !n.is_empty()) else { continue };
        let bytes = part.bytes().await.map_err(too_large_or_bad)?;
        files.push(NamedBytes { name, bytes: bytes.to_vec() });
    }
    let name = match files.as_slice() {
        [] => return Err(Failure::bad("page-fail-no-file", &[])),
        [one] => one.name.clone(),
        [first, ..] => format!("{} + {}", first.name, files.len() - 1),
    };
    let preview = app::preview_import(&site.app, &name, files, site.today(), &|_, _| {}).await?;
    Ok(Redirect::to(&format!("/import/{}", segment(&preview.token))).into_response())
}

pub(super) fn too_large_or_bad(error: axum::extract::multipart::MultipartError) -> Failure {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Failure::too_large(),
        _ => Failure::bad("page-fail-bad", &[]),
    }
}

/// What a read file would do.
pub async fn preview(v: Visit, Path(token): Path<String>) -> Result<Response, Failure> {
    let p = found(&v.site, &token)?;
    let template = PreviewPage {
        title: v.say_name("page-import-of", "name", &p.name),
        groups: grouped(&v, &p.diagnostics),
        // These speak of everything that is there.
        new_findings: if v.audience() == Audience::Staff { grouped(&v, &p.new_findings) } else { Vec::new() },
        token,
        p,
        v: &v,
    };
    page(&v, &template)
}

fn found(site: &Site, token: &str) -> Result<Arc<ImportPreview>, Failure> {
    app::preview(&site.app, token).ok_or_else(|| Failure::gone("page-fail-expired"))
}

/// Findings by their code, what refuses first.
pub(super) fn grouped(v: &Visit, found: &[Diagnostic]) -> Vec<Group> {
    let mut by_code: BTreeMap<(std::cmp::Reverse<Severity>, &'static str), Vec<&Diagnostic>> = BTreeMap::new();
    for finding in found {
        by_code.entry((std::cmp::Reverse(finding.severity), finding.code.id)).or_default().push(finding);
    }
    let group = |findings: Vec<&Diagnostic>| {
        let first = *findings.first()?;
        Some(Group {
            code: first.code,
            severity: first.severity,
            words: locale::explained(v.lang, first),
            n_all: findings.iter().map(|d| d.n_more + 1).sum(),
            findings: findings.into_iter().take(MOST).cloned().collect(),
        })
    };
    by_code.into_values().filter_map(group).collect()
}

/// Why an import is made.
#[derive(serde::Deserialize)]
pub struct ConfirmForm {
    reason: String,
}

/// Writes a previewed import, all or nothing.
pub async fn confirm(
    State(site): State<Site>,
    who: Who,
    Path(token): Path<String>,
    Form(form): Form<ConfirmForm>,
) -> Result<Response, Failure> {
    let p = found(&site, &token)?;
    if !p.can_confirm {
        return Err(Failure::bad("page-fail-cannot-confirm", &[]));
    }
    match app::confirm_import(&site.app, &token, who.actor(), form.reason.trim(), site.now()).await? {
        Ok(written) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}

/// All findings of a preview as CSV.
pub async fn findings_csv(v: Visit, Path(token): Path<String>) -> Result<Response, Failure> {
    let bytes = app::all_findings_csv(&v.site.app, &token, v.lang).ok_or_else(|| Failure::gone("page-fail-expired"))?;
    Ok(download(bytes, "text/csv; charset=utf-8", "findings.csv"))
}

/// The refused rows as a workbook with the findings beside the cells.
pub async fn corrections(v: Visit, Path(token): Path<String>) -> Result<Response, Failure> {
    let bytes = app::corrections_xlsx(&v.site.app, &token, v.lang).ok_or_else(|| Failure::gone("page-fail-expired"))?;
    Ok(download(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "corrections.xlsx"))
}
