//! A failure as a problem document (RFC 9457), for programs.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use diag::Diagnostic;
use model::value::Lang;
use serde_json::{Value as Json, json};

use crate::failure::Failure;

/// The media type of a problem document.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// Findings told at most.
const MOST_ERRORS: usize = 1_000;

/// Keys of failures that the interface itself brings about; each is explained on the page `/api`.
pub(crate) const KEYS: &[&str] = &[
    "api-fail-body",
    "api-fail-key",
    "api-fail-media",
    "api-fail-question",
    "api-fail-rate",
    "error-clashes",
    "error-conflict",
    "error-forbidden",
    "error-key-in-use",
    "error-key-of-another",
    "error-signed-out",
    "error-too-long",
    "page-bad-day",
    "page-bad-period",
    "page-fail-bad",
    "page-fail-host",
    "page-fail-internal",
    "page-fail-method",
    "page-fail-not-found",
];

/// The code of a failure without a finding: its key without the part that says where the sentence is used.
pub(crate) fn code_of(key: &str) -> &str {
    ["page-fail-", "api-fail-", "page-", "error-"].iter().find_map(|start| key.strip_prefix(start)).unwrap_or(key)
}

/// Findings as members of an answer.
pub(crate) fn errors(lang: Lang, found: &[Diagnostic]) -> Vec<Json> {
    found.iter().take(MOST_ERRORS).map(|d| error(lang, d)).collect()
}

/// What is wrong with one part of a question, or with one cell of what was sent.
fn error(lang: Lang, found: &Diagnostic) -> Json {
    let words = locale::explained(lang, found);
    json!({
        "code": found.code.id,
        "field": found.field,
        "row": found.pointer.row,
        "message": words.message,
        "remedy": words.remedy,
    })
}

/// The document: `type` is where its explanation stands, `instance` the request's number in the log.
pub(crate) fn problem(failure: &Failure, status: StatusCode, said: (String, String), lang: Lang, id: &str) -> Response {
    let (message, remedy) = said;
    let first = failure.found.first();
    let code = first.map_or(code_of(&failure.key), |d| d.code.id);
    let kind = match first {
        Some(found) => format!("/codes/{}", found.code.id),
        None => format!("/api#{code}"),
    };
    // One finding says more than the sentence that there is one.
    let (detail, remedy) = match failure.found.as_slice() {
        [one] => {
            let words = locale::explained(lang, one);
            (words.message, words.remedy)
        }
        _ => (message, remedy),
    };
    let mut body = json!({
        "type": kind,
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": detail,
        "instance": id,
        "code": code,
        "remedy": remedy,
    });
    if let ([_, ..], Some(members)) = (failure.found.as_slice(), body.as_object_mut()) {
        members.insert("errors".into(), errors(lang, &failure.found).into());
    }
    let mut response = axum::Json(body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code()));
    response
}
