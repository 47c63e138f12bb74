//! The pages, one file each, in the order in which a newcomer meets them.

pub mod about;
pub mod account;
pub mod add_instrument;
pub mod analyses;
pub mod analysis_deeds;
mod analysis_map;
mod analysis_times;
pub mod api;
pub mod audit;
pub mod boundaries;
pub mod boundary_import;
pub mod check;
pub(crate) mod choropleth;
pub mod codebook;
pub mod codes;
pub mod computations;
pub mod duties;
pub mod edit;
pub mod elsewhere;
pub mod entry;
pub mod figure;
pub mod files;
pub mod fill;
pub mod forgotten;
mod found_map;
pub mod frameworks;
pub mod health;
pub mod history;
pub mod import;
pub mod indicator;
pub mod indices;
pub mod instruments;
pub(crate) mod investments;
pub mod lanes;
mod layer_files;
mod layer_look;
mod layer_words;
pub mod map;
pub mod map_files;
pub(crate) mod map_table;
pub mod mend;
pub mod merge;
mod near_map;
pub mod outlook;
pub mod overview;
pub mod people;
mod pictures;
pub mod place;
pub(crate) mod place_map;
pub mod proposals;
pub mod queue;
pub mod records;
pub mod report;
pub mod response;
pub mod result;
pub mod search;
pub mod sign_in;
mod space_words;
pub mod surveys;
pub mod tracking;
pub mod tree;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use model::{figure::Progress, kinds::Plan, value::Id};

use crate::{
    failure::Failure,
    html::{query_value, segment},
    lang,
    site::Site,
    visit::Asked,
};

/// Remembers a language that was chosen in the address.
pub(crate) async fn keep_language(State(site): State<Site>, asked: Asked, request: Request, next: Next) -> Response {
    let chosen = asked.query.iter().find(|(k, _)| k == "lang").and_then(|(_, v)| lang::interface(v));
    // A program says each time which language it wants.
    let is_page = !asked.path.starts_with("/api/");
    let mut response = next.run(request).await;
    if let Some(lang) = chosen.filter(|_| is_page) {
        let secure = if site.options.secure { "; Secure" } else { "" };
        let cookie = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}", lang.code());
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// The views of a plan: end of the address, and the key of the name.
pub(crate) const PLAN_VIEWS: [(&str, &str); 6] = [
    ("", "page-view-overview"),
    ("/tree", "page-view-tree"),
    ("/tracking", "page-view-tracking"),
    ("/check", "page-view-check"),
    ("/duties", "page-view-duties"),
    ("/report", "page-view-report"),
];

/// The address of a plan's view.
pub(crate) fn plan_path(plan: &Id<Plan>, view: &str) -> String {
    format!("/plans/{}{view}", segment(plan.as_str()))
}
/// The tracking table of a plan, indicators of one status only.
pub(crate) fn tracking_with_status(plan: &Id<Plan>, progress: &Progress) -> String {
    plan_path(plan, &format!("/tracking?status={}", progress.as_str()))
}
/// The findings of a plan of one severity.
pub(crate) fn check_with_severity(plan: &Id<Plan>, severity: &str) -> String {
    plan_path(plan, &format!("/check?severity={severity}"))
}
/// The documentation of a code.
pub(crate) fn code_path(code: &str) -> String {
    format!("/codes/{}", segment(code))
}
/// The map of an indicator.
pub(crate) fn map_path(indicator: &str) -> String {
    format!("/map/{}", segment(indicator))
}
/// A record as it stands in the register, whatever its kind.
pub(crate) fn record_path(kind: &str, id: &str) -> String {
    format!("/records/{kind}/{}", segment(id))
}
/// Who changed what in a record.
pub(crate) fn history_path(kind: &str, id: &str) -> String {
    format!("/history/{kind}/{}", segment(id))
}
/// The observations of an indicator.
pub(crate) fn observations_path(indicator: &str) -> String {
    format!("/records/observations?indicator={}", query_value(indicator))
}
/// The entry grid of an indicator.
pub(crate) fn entry_path(indicator: &str) -> String {
    format!("/entry?indicator={}", query_value(indicator))
}
/// A questionnaire.
pub(crate) fn instrument_path(id: &str) -> String {
    format!("/instruments/{}", segment(id))
}
/// The form of a questionnaire about a record.
pub(crate) fn fill_path(id: &str, subject: &str) -> String {
    format!("/instruments/{}/fill?subject={}", segment(id), query_value(subject))
}
/// The result of a filled questionnaire.
pub(crate) fn response_path(id: &str) -> String {
    format!("/responses/{}", segment(id))
}
/// A change of the register.
pub(crate) fn change_path(number: impl std::fmt::Display) -> String {
    format!("/changes/{number}")
}
/// Findings that refuse a write, as a page.
pub(crate) fn refused(found: &[diag::Diagnostic]) -> Failure {
    Failure::unacceptable(found)
}
/// The records of a kind.
pub(crate) fn list_path(sheet: &str) -> String {
    format!("/records/{sheet}")
}
/// Only an address of ours may be gone back to. Browsers leave tabs and line ends out of an address before they read it,
/// and take a backslash for a slash.
pub(crate) fn local(path: &str) -> &str {
    if path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.contains(char::is_control) {
        path
    } else {
        "/"
    }
}
