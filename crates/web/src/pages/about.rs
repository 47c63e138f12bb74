//! What this is, how far it is, and what the statuses mean.

use app::view::Vital;
use askama::Template;
use axum::response::Response;
use model::figure::Progress;

use crate::{
    failure::Failure,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage<'a> {
    v: &'a Visit,
    title: String,
    version: &'static str,
    vital: Vital,
    legend: &'a [Progress],
}

/// The page.
pub async fn page_about(v: Visit) -> Result<Response, Failure> {
    let vital = app::vital(&v.site.app).await?;
    let template = AboutPage {
        v: &v,
        title: v.say("page-about"),
        version: env!("CARGO_PKG_VERSION"),
        vital,
        legend: &Progress::ALL,
    };
    page(&v, &template)
}
