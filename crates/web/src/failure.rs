//! What goes wrong, as a page: what happened, what to do, and the request's id for whoever reads the log.

use app::AppError;
use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use diag::Arg;
use model::value::Lang;

use crate::{lang, problem, visit::Asked};

/// Why a request got no answer.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    /// Message key: its value says what happened, its attribute `.remedy` what to do.
    pub(crate) key: String,
    args: Vec<(&'static str, Arg)>,
    /// For the log only.
    detail: String,
    /// Findings that refuse what was sent or asked.
    pub(crate) found: Vec<diag::Diagnostic>,
}

impl Failure {
    /// No such page or record.
    pub fn not_found() -> Self {
        Failure::of(StatusCode::NOT_FOUND, "page-fail-not-found", &[])
    }
    /// The request cannot be understood.
    pub fn bad(key: &str, args: &[(&'static str, Arg)]) -> Self {
        Failure::of(StatusCode::BAD_REQUEST, key, args)
    }
    /// What was there is no longer.
    pub fn gone(key: &str) -> Self {
        Failure::of(StatusCode::GONE, key, &[])
    }
    /// What was sent is too large.
    pub fn too_large() -> Self {
        Failure::of(StatusCode::PAYLOAD_TOO_LARGE, "page-fail-too-large", &[])
    }
    /// The request is refused.
    pub fn refused(key: &str) -> Self {
        Failure::of(StatusCode::FORBIDDEN, key, &[])
    }
    /// Somebody else does not answer for now.
    pub fn later(key: &str) -> Self {
        Failure::of(StatusCode::SERVICE_UNAVAILABLE, key, &[])
    }
    /// Something is wrong with the program.
    pub fn internal(error: &dyn std::fmt::Display) -> Self {
        let mut failure = Failure::of(StatusCode::INTERNAL_SERVER_ERROR, "page-fail-internal", &[]);
        failure.detail = error.to_string();
        failure
    }
    /// What was to be written breaks rules; the findings say which.
    pub fn unacceptable(found: &[diag::Diagnostic]) -> Self {
        let mut failure = Failure::of(StatusCode::UNPROCESSABLE_ENTITY, "page-fail-unacceptable", &[]);
        failure.found = found.to_vec();
        failure
    }
    /// A question that cannot be answered as it was put; a position that is gone is gone.
    pub fn question(found: Vec<diag::Diagnostic>) -> Self {
        let is_gone = found.iter().any(|d| d.code == &query::codes::QRY009);
        let status = if is_gone { StatusCode::GONE } else { StatusCode::BAD_REQUEST };
        Failure { found, ..Failure::of(status, "api-fail-question", &[]) }
    }
    /// The body is of another type than the one that is read.
    pub fn media() -> Self {
        Failure::of(StatusCode::UNSUPPORTED_MEDIA_TYPE, "api-fail-media", &[])
    }
    /// Too many requests of one address.
    pub fn too_many() -> Self {
        Failure::of(StatusCode::TOO_MANY_REQUESTS, "api-fail-rate", &[])
    }
    fn of(status: StatusCode, key: &str, args: &[(&'static str, Arg)]) -> Self {
        Failure { status, key: key.to_owned(), args: args.to_vec(), detail: String::new(), found: Vec::new() }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        if let AppError::Refused(found) = &error {
            return Failure::unacceptable(found);
        }
        // The sentences of these say what to do themselves.
        let status = match error.key() {
            "error-expired" => StatusCode::GONE,
            "error-signed-out" => StatusCode::UNAUTHORIZED,
            "error-unknown" => StatusCode::NOT_FOUND,
            "error-too-long" => StatusCode::PAYLOAD_TOO_LARGE,
            "error-conflict" | "error-clashes" | "error-key-in-use" | "error-last-administrator" => {
                StatusCode::CONFLICT
            }
            "error-key-of-another" => StatusCode::UNPROCESSABLE_ENTITY,
            key if key.starts_with("case-") => StatusCode::CONFLICT,
            "error-read-only" | "error-forbidden" => StatusCode::FORBIDDEN,
            "error-busy" | "error-unreachable" => StatusCode::SERVICE_UNAVAILABLE,
            "error-disk-full" => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        // Where the register lies is for those who run the server; they find it in the log.
        let key = match error.key() {
            "error-busy" => "page-fail-busy",
            "error-unreachable" => "page-fail-unreachable",
            key => key,
        };
        Failure { status, key: key.to_owned(), args: error.args(), detail: format!("{error:?}"), found: Vec::new() }
    }
}

/// Marks an answer that is a page of ours, whatever its status.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnPage;

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Where something is wrong, as people look it up.
fn place(pointer: &diag::Pointer) -> String {
    let parts = [pointer.file.clone(), pointer.sheet.clone(), pointer.cell()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    lang: Lang,
    languages: Vec<(Lang, &'static str)>,
    status: u16,
    message: String,
    remedy: String,
    request: String,
    /// Code, words, and where: the file with its sheet, row and cell.
    found: Vec<(&'static str, locale::Explained, String)>,
}

impl FailurePage {
    fn say(&self, key: &str) -> String {
        locale::say(self.lang, key)
    }
}

/// Gives every request an id, and every failure a page (a problem document below `/api/`).
pub(crate) async fn paint(asked: Asked, request: Request, next: Next) -> Response {
    let id = request_id();
    let json = asked.path.starts_with("/api/");
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    let status = response.status();
    // A form that is shown again with what was wrong in it says so itself.
    let is_own = response.extensions().get::<OwnPage>().is_some();
    if is_own || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let failure = response.extensions().get::<Failure>().cloned().unwrap_or_else(|| by_status(status));
    if status.is_server_error() {
        tracing::error!(request.id = id, error = failure.detail, key = failure.key, "failed");
    }
    let lang = asked.lang;
    let message = locale::say_with(lang, &failure.key, &failure.args);
    let remedy_key = format!("{}.remedy", failure.key);
    let remedy = match status {
        _ if locale::has(Lang::En, &remedy_key) => locale::say_with(lang, &remedy_key, &failure.args),
        StatusCode::INTERNAL_SERVER_ERROR => locale::say(lang, "page-fail-internal.remedy"),
        _ => String::new(),
    };
    let mut painted = if json {
        problem::problem(&failure, status, (message, remedy), lang, &id)
    } else {
        let found =
            failure.found.iter().take(50).map(|d| (d.code.id, locale::explained(lang, d), place(&d.pointer))).collect();
        let languages = Lang::INTERFACE.into_iter().map(|l| (l, lang::own_name(l))).collect();
        let page = FailurePage { lang, languages, status: status.as_u16(), message, remedy, request: id, found };
        Html(page.render().unwrap_or_default()).into_response()
    };
    *painted.status_mut() = status;
    let kept = response.headers().iter().filter(|(name, _)| {
        !matches!(
            **name,
            header::CONTENT_TYPE | header::CONTENT_LENGTH | header::CONTENT_ENCODING | header::TRANSFER_ENCODING
        )
    });
    for (name, value) in kept {
        painted.headers_mut().insert(name.clone(), value.clone());
    }
    painted
}

/// What to say about a failure that no handler of ours named.
fn by_status(status: StatusCode) -> Failure {
    let key = match status {
        StatusCode::NOT_FOUND => "page-fail-not-found",
        StatusCode::METHOD_NOT_ALLOWED => "page-fail-method",
        StatusCode::PAYLOAD_TOO_LARGE => "page-fail-too-large",
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => {
            "page-fail-timeout"
        }
        s if s.is_client_error() => "page-fail-bad",
        _ => "page-fail-internal",
    };
    Failure::of(status, key, &[])
}

/// Sixteen hexadecimal digits, different for each request of this process and hard to guess.
fn request_id() -> String {
    use std::{
        hash::{BuildHasher, RandomState},
        sync::{
            LazyLock,
            atomic::{AtomicU64, Ordering},
        },
    };
    static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{:016x}", SEED.hash_one(NEXT.fetch_add(1, Ordering::Relaxed)))
}
