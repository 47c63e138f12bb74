//! Watching the server while it runs: a line of the log and numbers for each request, whether it is ready, and
//! whether it is ending. Nothing here knows a page, a row or a person.

mod metrics;
mod origin;
mod process;
mod request;

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use axum::{Router, http::HeaderMap, middleware};
use tracing::Span;

pub use metrics::{metrics_router, serve_metrics};
pub use origin::Believed;

use metrics::Requests;

/// Makes a request's span a part of the trace that its headers (W3C `traceparent`) name.
pub type Adopt = fn(&Span, &HeaderMap);

/// What is seen of a running server. Shared by the pages and by the listener of the metrics.
pub struct Watch {
    requests: Requests,
    is_ending: AtomicBool,
    largest_upload: AtomicU64,
    adopt: Adopt,
    believed: Believed,
}

impl Watch {
    /// Watches a server that begins. `adopt` says where traces are continued; see [`no_traces`]. `believed` says which
    /// proxies are believed about whom they speak for.
    pub fn new(adopt: Adopt, believed: Believed) -> Arc<Watch> {
        Arc::new(Watch {
            requests: Requests::new(),
            is_ending: AtomicBool::new(false),
            largest_upload: AtomicU64::new(crate::routes::UPLOAD_BYTES as u64),
            adopt,
            believed,
        })
    }
    /// The largest file that is taken, in bytes.
    pub fn set_largest_upload(&self, n_bytes: u64) {
        self.largest_upload.store(n_bytes, Ordering::Relaxed);
    }
    /// The largest file that is taken, in bytes.
    pub(crate) fn largest_upload(&self) -> usize {
        usize::try_from(self.largest_upload.load(Ordering::Relaxed)).unwrap_or(usize::MAX)
    }
    /// Says from now on that the server is not ready, because it ends.
    pub fn end(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
    }
    /// Whether the server is ending.
    pub fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Relaxed)
    }
    /// Requests whose answer is not finished yet.
    pub fn n_running(&self) -> i64 {
        self.requests.n_running()
    }
}

/// For a server whose requests are not traced.
pub fn no_traces(_: &Span, _: &HeaderMap) {}

/// The site under watch.
pub fn watched(site: Router, watch: Arc<Watch>) -> Router {
    site.layer(middleware::from_fn_with_state(watch, request::observe))
}
