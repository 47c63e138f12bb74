//! The pages: server-rendered, working without script, sharpened by small islands.
//!
//! A handler reads as a story: who asks, for which day and language, one call to `app`, a view, a template.
//! Everything a page says is a pure function of the world, the address, the language and the day.
//!
//! Invariant: no SQL and no arithmetic on figures here; no sentence stands in a template.

mod assets;
pub mod caller;
mod chart;
mod elsewhere;
mod failure;
mod guard;
mod html;
mod lang;
mod limit;
mod pages;
mod problem;
mod remembered;
pub mod routes;
mod serve;
mod site;
mod sorting;
mod visit;
mod watch;

pub use axum::http::HeaderMap;
pub use elsewhere::{Elsewhere, ElsewhereSettings};
pub use limit::Rates;
pub use pages::api::{Example, openapi};
pub use serve::{BindError, Ended, Patience, bind, serve};
pub use site::{Options, Reach};
pub use watch::{Adopt, Believed, Watch, metrics_router, no_traces, serve_metrics, watched};

use app::App;
use axum::Router;

/// Examples of the programming interface with records of a world.
pub fn api_examples(world: &app::World, on: jiff::civil::Date) -> Vec<Example> {
    pages::api::examples(world, on)
}

/// The whole site over one application.
pub fn router(app: App, options: Options) -> Router {
    routes::build(site::Site::new(app, options))
}
