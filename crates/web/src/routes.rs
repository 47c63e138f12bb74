//! Every address, and who may call it.

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::StatusCode,
    middleware,
    response::IntoResponse,
    routing::{MethodRouter, get, post},
};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};

use crate::{assets, failure, guard, pages, remembered, site::Site};

/// Who may call an address. People and roles come later; today everybody who reaches the pages is the
/// local user, and a write must come from a page of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Tells nothing about the data.
    Open,
    /// The local user reads what is in the register; an equal question may get the kept answer.
    Read,
    /// The local user reads what is not in the register (yet), or a file that is made once.
    Fetch,
    /// The local user writes, from a page of ours.
    Write,
}

/// One row of the table.
pub struct Row {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address with its parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    handler: MethodRouter<Site>,
}

/// Forms hold at most this many bytes.
const FORM_BYTES: usize = 1 << 20;
/// Uploaded files hold at most this many bytes.
const UPLOAD_BYTES: usize = 256 << 20;
/// A page takes at most this long.
const PAGE_TIME: Duration = Duration::from_secs(60);
/// An import takes at most this long.
const WRITE_TIME: Duration = Duration::from_secs(900);

fn open<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    Row { method: "GET", path, access: Access::Open, handler: get(handler) }
}
fn read<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    Row { method: "GET", path, access: Access::Read, handler: get(handler) }
}
fn fetch<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    Row { method: "GET", path, access: Access::Fetch, handler: get(handler) }
}
fn write<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    Row { method: "POST", path, access: Access::Write, handler: post(handler) }
}
fn upload<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    let handler = post(handler).layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    Row { method: "POST", path, access: Access::Write, handler }
}

/// The table of all addresses.
pub fn table() -> Vec<Row> {
    vec![
        open("/healthz", pages::api::health),
        open("/favicon.ico", assets::icon),
        open("/assets/{*name}", assets::file),
        read("/", pages::overview::home),
        read("/plans/{id}", pages::overview::plan),
        read("/plans/{id}/tree", pages::tree::tree),
        read("/plans/{id}/tracking", pages::tracking::table),
        fetch("/plans/{id}/tracking.xlsx", pages::files::tracking),
        read("/plans/{id}/check", pages::check::plan),
        read("/plans/{id}/duties", pages::duties::list),
        read("/plans/{id}/report", pages::report::report),
        fetch("/plans/{id}/report.html", pages::files::report_html),
        fetch("/plans/{id}/report.xlsx", pages::files::report_xlsx),
        fetch("/plans/{id}/workbook.xlsx", pages::files::workbook),
        fetch("/export.xlsx", pages::files::export),
        fetch("/template.xlsx", pages::files::template),
        read("/check", pages::check::all),
        write("/waivers", pages::check::waive),
        read("/results/{id}", pages::result::result),
        read("/indicators/{id}", pages::indicator::sheet),
        read("/figures/{key}", pages::figure::explain),
        read("/map/{indicator}", pages::map::map),
        read("/search", pages::search::search),
        read("/search.json", pages::search::suggest),
        read("/records", pages::records::kinds),
        read("/records/{kind}", pages::records::list),
        read("/records/{kind}/{id}", pages::records::record),
        read("/history/{kind}/{id}", pages::history::record),
        read("/changes", pages::history::changes),
        read("/changes/{number}", pages::history::change),
        write("/changes/{number}/undo", pages::history::undo),
        read("/codes", pages::codes::list),
        read("/codes/{code}", pages::codes::code),
        read("/entry", pages::entry::grid),
        write("/entry", pages::entry::save_form),
        write("/entry.json", pages::entry::save_json),
        fetch("/evidence/{name}", pages::entry::evidence_file),
        upload("/entry/evidence", pages::entry::evidence),
        read("/import", pages::import::form),
        upload("/import", pages::import::upload),
        fetch("/import/{token}", pages::import::preview),
        write("/import/{token}/confirm", pages::import::confirm),
        fetch("/import/{token}/findings.csv", pages::import::findings_csv),
        fetch("/import/{token}/corrections.xlsx", pages::import::corrections),
        read("/api/v1/status", pages::api::status),
        read("/api/v1/check", pages::api::check),
        read("/api/v1/figures/{key}", pages::api::figure),
        read("/api/v1/tracking/{plan}", pages::api::tracking),
        read("/about", pages::about::page_about),
    ]
}

pub(crate) fn build(site: Site) -> Router {
    let mut router = Router::new();
    for row in table() {
        let handler = match row.access {
            Access::Write => row.handler.layer(middleware::from_fn(guard::same_origin)),
            Access::Read => row.handler.layer(middleware::from_fn_with_state(site.clone(), remembered::remember)),
            Access::Open | Access::Fetch => row.handler,
        };
        let time = if row.access == Access::Write { WRITE_TIME } else { PAGE_TIME };
        let timeout = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time);
        router = router.route(row.path, handler.layer(timeout));
    }
    router
        .fallback(async || failure::Failure::not_found())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(pages::keep_language))
        .layer(middleware::from_fn_with_state(site.clone(), guard::stand))
        .layer(middleware::from_fn(failure::paint))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(site)
}

/// A panic is our fault, never the reader's: it is logged and becomes a page.
fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> axum::response::Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    failure::Failure::internal(&text.unwrap_or("panic")).into_response()
}
