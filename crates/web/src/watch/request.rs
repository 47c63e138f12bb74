//! One request under watch: its span, its numbers and its line of the log. The line names the route and never the
//! address, in which names of records, words that were searched and codes may stand.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Instant,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::Response,
};
use http_body::{Frame, SizeHint};
use tracing::{Instrument, Span, field::Empty};

use super::{Watch, origin};

/// What a request is counted under when no route matched.
const NO_ROUTE: &str = "none";
/// The status of a request whose caller went away before there was an answer; a server's own convention.
const CALLER_LEFT: u16 = 499;
/// Routes that machines ask every few seconds: their lines are for `debug`.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];

pub(super) async fn observe(State(watch): State<Arc<Watch>>, mut request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().map(|p| p.as_str().to_owned());
    let route = matched.unwrap_or_else(|| NO_ROUTE.to_owned());
    let method = method_name(request.method());
    let span = tracing::info_span!(
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = Empty,
        request.id = Empty,
    );
    (watch.adopt)(&span, request.headers());
    origin::see_through(&watch.believed, &mut request);
    request.extensions_mut().insert(watch.clone());
    let mut running = Running::begin(watch, method, route, span.clone());
    let response = next.run(request).instrument(span).await;
    running.answered(&response);
    response.map(|body| Body::new(Counted { body, running }))
}

/// A method's name; one that nobody knows must not make a new row in the metrics.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// A request that runs until its last byte is sent, or until its caller goes away.
struct Running {
    watch: Arc<Watch>,
    method: &'static str,
    route: String,
    span: Span,
    began: Instant,
    status: u16,
    request_id: String,
    n_bytes: u64,
    is_whole: bool,
}

impl Running {
    fn begin(watch: Arc<Watch>, method: &'static str, route: String, span: Span) -> Self {
        watch.requests.begin();
        Running {
            watch,
            method,
            route,
            span,
            began: Instant::now(),
            status: CALLER_LEFT,
            request_id: String::new(),
            n_bytes: 0,
            is_whole: false,
        }
    }

    fn answered(&mut self, response: &Response) {
        self.status = response.status().as_u16();
        let id = response.headers().get("x-request-id").and_then(|v| v.to_str().ok());
        self.request_id = id.unwrap_or_default().to_owned();
        // A body that nobody is going to ask for is whole as it is.
        self.is_whole = self.method == "HEAD" || response.body().is_end_stream();
        self.span.record("http.response.status_code", self.status);
        self.span.record("request.id", &self.request_id);
        if response.status() >= StatusCode::INTERNAL_SERVER_ERROR {
            self.span.record("otel.status_code", "ERROR");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let took = self.began.elapsed();
        self.watch.requests.end(self.method, &self.route, self.status, took);
        // Whole microseconds, as milliseconds.
        let duration_ms = took.as_micros() as f64 / 1000.0;
        macro_rules! line {
            ($level:ident) => {
                tracing::event!(
                    target: "ekistics::request",
                    parent: None,
                    tracing::Level::$level,
                    request.id = self.request_id,
                    method = self.method,
                    route = self.route,
                    status = self.status,
                    duration_ms,
                    bytes = self.n_bytes,
                    cut = !self.is_whole,
                    "answered"
                )
            };
        }
        if PROBES.contains(&self.route.as_str()) { line!(DEBUG) } else { line!(INFO) }
    }
}

/// A body whose bytes are counted on their way out, after compression.
struct Counted {
    body: Body,
    running: Running,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match &frame {
            Some(Ok(part)) => self.running.n_bytes += part.data_ref().map_or(0, |d| d.len() as u64),
            Some(Err(_)) => {}
            None => self.running.is_whole = true,
        }
        // Who knows the length of the body asks no more once it has it.
        if self.body.is_end_stream() {
            self.running.is_whole = true;
        }
        Poll::Ready(frame)
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
