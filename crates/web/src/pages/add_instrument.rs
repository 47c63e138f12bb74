//! Adding a questionnaire of one's own: a file is read, what was found is shown, and what it asks; then it is submitted.

use app::{
    NamedBytes,
    access::Deed,
    instrument::{InstrumentDraft, add_instrument, instrument_draft},
    people,
    proposals::Written,
};
use askama::Template;
use axum::{
    extract::{Form, Multipart, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use diag::Diagnostic;
use locale::Explained;
use model::Kind;

use crate::{
    caller::Who,
    failure::Failure,
    site::Site,
    visit::{Visit, page},
};

/// A finding with its place in the file.
struct Told {
    code: &'static str,
    severity: &'static str,
    words: Explained,
    place: String,
}

#[derive(Template)]
#[template(path = "add-instrument.html")]
struct AddPage<'a> {
    v: &'a Visit,
    title: String,
    /// The file's name; empty before one was chosen.
    file: String,
    found: Vec<Told>,
    draft: Option<InstrumentDraft>,
}

impl AddPage<'_> {
    fn n_questions(&self) -> usize {
        self.draft.as_ref().map_or(0, |d| d.questionnaire.questions().count())
    }
}

fn told(v: &Visit, found: &[Diagnostic]) -> Vec<Told> {
    let of = |d: &Diagnostic| Told {
        code: d.code.id,
        severity: d.code.severity.as_str(),
        words: locale::explained(v.lang, d),
        place: d.pointer.sheet.iter().cloned().chain(d.pointer.cell()).collect::<Vec<_>>().join(" "),
    };
    found.iter().map(of).collect()
}

fn show(
    v: &Visit,
    file: String,
    found: &[Diagnostic],
    draft: Option<InstrumentDraft>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let found = told(v, found);
    let mut response = page(v, &AddPage { title: v.say("page-form-add"), file, found, draft, v })?;
    *response.status_mut() = status;
    Ok(response)
}

/// The form that takes a file.
pub async fn form(v: Visit) -> Result<Response, Failure> {
    if !v.writable() || !v.may(Deed::Write(Kind::Questionnaire)) {
        return Err(Failure::not_found());
    }
    show(&v, String::new(), &[], None, StatusCode::OK)
}

/// Reads a file and shows what it would add; nothing is kept.
pub async fn preview(State(site): State<Site>, v: Visit, mut parts: Multipart) -> Result<Response, Failure> {
    people::require_writer(&site.app, v.who.actor(), site.now()).await?;
    let part = parts.next_field().await.map_err(super::import::too_large_or_bad)?;
    let part = part.ok_or_else(|| Failure::bad("page-fail-no-file", &[]))?;
    let name = part.file_name().unwrap_or_default().to_owned();
    let bytes = part.bytes().await.map_err(super::import::too_large_or_bad)?.to_vec();
    if bytes.is_empty() {
        return Err(Failure::bad("page-fail-no-file", &[]));
    }
    let (world, file) = (v.world.clone(), NamedBytes { name: name.clone(), bytes });
    let read = tokio::task::spawn_blocking(move || instrument_draft(&world, &file)).await;
    match read.map_err(|_| Failure::bad("page-fail-bad", &[]))? {
        Ok(draft) => show(&v, name, &draft.warnings.clone(), Some(draft), StatusCode::OK),
        Err(found) => show(&v, name, &found, None, StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// A questionnaire that was looked at.
#[derive(serde::Deserialize)]
pub struct Confirmed {
    definition: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    reason: String,
}

/// Submits it.
pub async fn confirm(State(site): State<Site>, who: Who, Form(form): Form<Confirmed>) -> Result<Response, Failure> {
    let file = NamedBytes { name: form.file.trim().to_owned(), bytes: form.definition.into_bytes() };
    let reason = if form.reason.trim().is_empty() { file.name.clone() } else { form.reason.trim().to_owned() };
    match add_instrument(&site.app, &file, who.actor(), &reason, site.now()).await? {
        Ok((draft, Written::InForce(_))) => {
            Ok(Redirect::to(&super::instrument_path(&draft.questionnaire.id)).into_response())
        }
        Ok((_, written)) => Ok(Redirect::to(&super::edit::after(&written)).into_response()),
        Err(found) => Err(super::refused(&found)),
    }
}
