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

use crate::{assets, caller, failure, guard, limit, pages, remembered, site::Site};

/// Who may call an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody; it tells nothing about the data.
    Open,
    /// Whoever may read: everybody where the site is open for reading. An equal question may get the kept answer.
    Read,
    /// Whoever may read; a file that is made once, or what is not kept.
    Fetch,
    /// Whoever has a role: what is internal.
    Inside,
    /// Whoever has a role writes, from a page of ours or with a token; what in particular is decided by the use case.
    Write,
    /// A person who signed in, about the own account.
    Own,
    /// The same, writing.
    OwnWrite,
    /// An administrator.
    Admin,
    /// The same, writing.
    AdminWrite,
    /// Whoever reads the audit.
    Audit,
    /// Somebody who comes in: writes, from a page of ours, before there is a person.
    Enter,
}

impl Access {
    /// Whether it writes.
    pub fn is_write(self) -> bool {
        matches!(self, Access::Write | Access::OwnWrite | Access::AdminWrite | Access::Enter)
    }
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
/// Uploaded files hold at most this many bytes, unless the server was told otherwise.
pub(crate) const UPLOAD_BYTES: usize = 256 << 20;
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
    let handler = post(handler).layer(middleware::from_fn(guard::upload_limit));
    Row { method: "POST", path, access: Access::Write, handler }
}

fn inside<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    Row { method: "GET", path, access: Access::Inside, handler: get(handler) }
}
fn own<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    Row { method: "GET", path, access: Access::Own, handler: get(handler) }
}
fn admin<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    Row { method: "GET", path, access: Access::Admin, handler: get(handler) }
}
fn audit<T: 'static, H: Handler<T, Site>>(path: &'static str, handler: H) -> Row {
    Row { method: "GET", path, access: Access::Audit, handler: get(handler) }
}
fn post_by<T: 'static, H: Handler<T, Site>>(access: Access, path: &'static str, handler: H) -> Row {
    Row { method: "POST", path, access, handler: post(handler) }
}

/// The table of all addresses.
pub fn table() -> Vec<Row> {
    vec![
        open("/healthz", pages::health::health),
        open("/readyz", pages::health::ready),
        open("/favicon.ico", assets::icon),
        open("/assets/{*name}", assets::file),
        read("/", pages::overview::home),
        read("/plans", pages::overview::plans),
        read("/plans/{id}", pages::overview::plan),
        read("/plans/{id}/tree", pages::tree::tree),
        read("/plans/{id}/tracking", pages::tracking::table),
        fetch("/plans/{id}/tracking.xlsx", pages::files::tracking),
        inside("/plans/{id}/check", pages::check::plan),
        read("/plans/{id}/duties", pages::duties::list),
        read("/plans/{id}/report", pages::report::report),
        fetch("/plans/{id}/report.html", pages::files::report_html),
        fetch("/plans/{id}/report.xlsx", pages::files::report_xlsx),
        inside("/plans/{id}/workbook.xlsx", pages::files::workbook),
        inside("/export.xlsx", pages::files::export),
        inside("/template.xlsx", pages::files::template),
        inside("/check", pages::check::all),
        write("/waivers", pages::check::waive),
        read("/instruments", pages::instruments::list),
        inside("/instruments/new", pages::add_instrument::form),
        upload("/instruments/new", pages::add_instrument::preview),
        write("/instruments", pages::add_instrument::confirm),
        upload("/instruments/evidence", pages::fill::evidence),
        read("/instruments/{instrument}", pages::instruments::one),
        inside("/instruments/{instrument}/fill", pages::fill::form),
        write("/instruments/{instrument}/fill", pages::fill::save),
        inside("/responses/{response}", pages::response::show),
        read("/results/{id}", pages::result::result),
        read("/indicators/{id}", pages::indicator::sheet),
        read("/figures/{key}", pages::figure::explain),
        read("/map/{indicator}", pages::map::map),
        fetch("/map/{indicator}/map.svg", pages::map::svg),
        fetch("/map/{indicator}/times.svg", pages::map::times),
        fetch("/map/{indicator}/values.csv", pages::map::csv),
        fetch("/map/{indicator}/values.geojson", pages::map::geojson),
        fetch("/maps/lands/{country}", pages::place_map::lands),
        read("/places/{id}", pages::place::profile),
        read("/places/{id}/cities.geojson", pages::place_map::cities),
        fetch("/places/{id}/maps/{file}", pages::map_files::of_place),
        read("/frameworks", pages::frameworks::list),
        read("/gaps", pages::frameworks::gaps),
        fetch("/gaps.csv", pages::frameworks::csv),
        read("/outlook", pages::outlook::outlook),
        read("/investments", pages::investments::list),
        fetch("/investments/{list}", pages::investments::file),
        read("/indices", pages::indices::list),
        read("/indices/{id}", pages::indices::explore),
        read("/search", pages::search::search),
        read("/search.json", pages::search::suggest),
        read("/records", pages::records::kinds),
        read("/records/{kind}", pages::records::list),
        read("/records/{kind}/{id}", pages::records::record),
        inside("/history/{kind}/{id}", pages::history::record),
        inside("/changes", pages::history::changes),
        inside("/changes/{number}", pages::history::change),
        write("/changes/{number}/undo", pages::history::undo),
        read("/codes", pages::codes::list),
        read("/codes/{code}", pages::codes::code),
        inside("/entry", pages::entry::grid),
        write("/entry", pages::entry::save_form),
        write("/entry.json", pages::entry::save_json),
        inside("/evidence/{name}", pages::entry::evidence_file),
        upload("/entry/evidence", pages::entry::evidence),
        inside("/import", pages::import::form),
        upload("/import", pages::import::upload),
        inside("/import/{token}", pages::import::preview),
        write("/import/{token}/confirm", pages::import::confirm),
        inside("/import/{token}/findings.csv", pages::import::findings_csv),
        inside("/import/{token}/corrections.xlsx", pages::import::corrections),
        inside("/analyses", pages::computations::list),
        upload("/analyses", pages::computations::begin),
        write("/analyses/sample", pages::computations::begin_sample),
        inside("/analyses/jobs/{id}", pages::analyses::job),
        inside("/analyses/jobs/{id}/state", pages::analyses::state),
        inside("/analyses/jobs/{id}/layers/{layer}", pages::analyses::job_layer),
        inside("/analyses/jobs/{id}/maps/{file}", pages::map_files::of_job),
        write("/analyses/jobs/{id}/cancel", pages::analysis_deeds::cancel),
        write("/analyses/jobs/{id}/resume", pages::analysis_deeds::resume),
        inside("/analyses/jobs/{id}/remove", pages::analysis_deeds::remove_page),
        write("/analyses/jobs/{id}/remove", pages::analysis_deeds::remove),
        write("/analyses/jobs/{id}/publish", pages::analysis_deeds::publish),
        read("/analyses/{id}", pages::analyses::analysis),
        read("/analyses/{id}/layers/{layer}", pages::analyses::analysis_layer),
        fetch("/analyses/{id}/maps/{file}", pages::map_files::of_analysis),
        write("/analyses/{id}/again", pages::analysis_deeds::again),
        read("/boundaries", pages::boundaries::list),
        read("/boundaries/{name}", pages::boundaries::file),
        upload("/boundaries", pages::boundary_import::upload),
        write("/boundaries/sample", pages::boundary_import::sample),
        inside("/boundaries/import/{token}", pages::boundary_import::preview),
        write("/boundaries/import/{token}/confirm", pages::boundary_import::confirm),
        read("/places/{id}/boundaries.geojson", pages::boundaries::layer),
        inside("/surveys", pages::surveys::list),
        upload("/surveys", pages::surveys::load),
        write("/surveys/sample", pages::surveys::load_sample),
        inside("/surveys/{id}", pages::surveys::survey),
        write("/surveys/{id}/publish", pages::surveys::publish),
        inside("/surveys/{id}/codebook", pages::codebook::form),
        write("/surveys/{id}/codebook", pages::codebook::save),
        fetch("/api", pages::api::page),
        open("/api/v1/openapi.json", pages::api::document),
        fetch("/api/v1/head", pages::api::head),
        fetch("/api/v1/kinds", pages::api::kinds),
        fetch("/api/v1/records/{kind}", pages::api::records),
        fetch("/api/v1/records/{kind}/{id}", pages::api::record),
        inside("/api/v1/records/{kind}/{id}/history", pages::api::record_history),
        fetch("/api/v1/figures", pages::api::figures),
        read("/api/v1/figures/{key}", pages::api::figure),
        read("/api/v1/status", pages::api::status),
        read("/api/v1/tracking/{plan}", pages::api::tracking),
        inside("/api/v1/check", pages::api::check),
        fetch("/api/v1/duties", pages::api::duties),
        inside("/api/v1/changes", pages::api::changes),
        Row {
            method: "POST",
            path: "/api/v1/changes",
            access: Access::Write,
            handler: post(pages::api::send).layer(DefaultBodyLimit::max(pages::api::CHANGE_BYTES)),
        },
        inside("/api/v1/changes/{number}", pages::api::change),
        inside("/api/v1/proposals", pages::api::proposals),
        inside("/api/v1/proposals/{number}", pages::api::proposal),
        audit("/api/v1/audit", pages::api::audit),
        read("/about", pages::about::page_about),
        inside("/proposals", pages::proposals::list),
        inside("/proposals/{number}", pages::proposals::one),
        write("/proposals/{number}/decide", pages::proposals::decide),
        write("/proposals/{number}/withdraw", pages::proposals::withdraw),
        write("/proposals/{number}/override", pages::proposals::overrule),
        write("/proposals/{number}/remarks", pages::proposals::remark),
        write("/proposals/agree", pages::proposals::agree_to_many),
        inside("/proposals/{number}/mend", pages::mend::form),
        write("/proposals/{number}/mend", pages::mend::submit),
        inside("/proposals/{number}/merge", pages::merge::form),
        write("/proposals/{number}/merge", pages::merge::submit),
        inside("/records/{kind}/new", pages::edit::new),
        inside("/records/{kind}/{id}/edit", pages::edit::edit),
        write("/records/{kind}/save", pages::edit::save),
        write("/remarks", pages::edit::remark),
        write("/drafts", pages::edit::keep_draft),
        inside("/lanes", pages::lanes::list),
        admin("/lanes/{id}/simulate", pages::lanes::simulate),
        open("/sign-in", pages::sign_in::form),
        post_by(Access::Enter, "/sign-in", pages::sign_in::enter),
        post_by(Access::OwnWrite, "/sign-out", pages::sign_in::leave),
        open("/sign-in/forgotten", pages::forgotten::form),
        post_by(Access::Enter, "/sign-in/forgotten", pages::forgotten::send),
        open("/sign-in/elsewhere", pages::elsewhere::begin),
        open("/sign-in/callback", pages::elsewhere::callback),
        open("/enter/{secret}", pages::sign_in::by_link),
        post_by(Access::Enter, "/enter/{secret}", pages::sign_in::take_link),
        own("/account", pages::account::page_account),
        own("/rights", pages::people::own_rights),
        post_by(Access::OwnWrite, "/notices", pages::account::notices),
        post_by(Access::OwnWrite, "/account/preferences", pages::account::preferences),
        post_by(Access::OwnWrite, "/account/password", pages::account::password),
        post_by(Access::OwnWrite, "/account/two-factor", pages::account::begin_two_factor),
        post_by(Access::OwnWrite, "/account/two-factor/confirm", pages::account::confirm_two_factor),
        post_by(Access::OwnWrite, "/account/two-factor/drop", pages::account::drop_two_factor),
        post_by(Access::OwnWrite, "/account/recovery-codes", pages::account::recovery_codes),
        post_by(Access::OwnWrite, "/account/sessions/end", pages::account::end_session),
        post_by(Access::OwnWrite, "/account/tokens", pages::account::add_token),
        post_by(Access::OwnWrite, "/account/tokens/revoke", pages::account::revoke_token),
        admin("/people", pages::people::list),
        post_by(Access::AdminWrite, "/people/invite", pages::people::invite),
        post_by(Access::AdminWrite, "/people/erase", pages::people::erase),
        admin("/people/{code}", pages::people::one),
        post_by(Access::AdminWrite, "/people/{code}/roles", pages::people::give_role),
        post_by(Access::AdminWrite, "/people/{code}/roles/take", pages::people::take_role),
        post_by(Access::AdminWrite, "/people/{code}/state", pages::people::state),
        audit("/audit", pages::audit::list),
        audit("/audit.csv", pages::audit::csv),
    ]
}

pub(crate) fn build(site: Site) -> Router {
    let mut router = Router::new();
    for row in table() {
        let access = row.access;
        let handler: MethodRouter<Site> = match access {
            Access::Read => row.handler.layer(middleware::from_fn_with_state(site.clone(), remembered::remember)),
            _ if access.is_write() => row.handler.layer(middleware::from_fn(guard::same_origin)),
            _ => row.handler,
        };
        let handler: MethodRouter<Site> =
            handler.layer(middleware::from_fn_with_state((site.clone(), access), caller::admit));
        let time = if access.is_write() { WRITE_TIME } else { PAGE_TIME };
        let timeout = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time);
        router = router.route(row.path, handler.layer(timeout));
    }
    router
        .fallback(async || failure::Failure::not_found())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(site.clone(), pages::keep_language))
        .layer(middleware::from_fn_with_state(site.clone(), limit::hold_back))
        .layer(middleware::from_fn_with_state(site.clone(), caller::identify))
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
