//! Numbers for Prometheus, in the OpenMetrics text format, on a listener of their own: who may read the pages has no
//! need to know how busy they are, and who reads the numbers needs no account.

use std::{
    io,
    sync::{Arc, atomic::AtomicI64},
    time::Duration,
};

use app::App;
use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::{ConstCounter, Counter},
        family::Family,
        gauge::{ConstGauge, Gauge},
        histogram::Histogram,
        info::Info,
    },
    registry::{Registry, Unit},
};
use tokio::net::TcpListener;

use super::{Watch, process};

/// Upper bounds of durations, in seconds: a remembered page takes less than a millisecond, an import a minute.
const BOUNDS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 15.0, 60.0];
/// How long a database that does not answer may hold up the rest of the numbers.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: &'static str,
    /// `2xx`, `4xx`: single statuses are in the log.
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// Numbers that grow with each request.
pub(super) struct Requests {
    registry: Registry,
    answered: Family<Answered, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    running: Gauge<i64, AtomicI64>,
}

impl Requests {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("ekistics");
        let answered = Family::default();
        let durations = Family::new_with_constructor((|| Histogram::new(BOUNDS)) as fn() -> Histogram);
        let running = Gauge::default();
        registry.register("http_requests", "Requests that were answered", answered.clone());
        let help = "Time from a request's head to the last byte of its answer";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, durations.clone());
        registry.register("http_requests_in_flight", "Requests that are being answered", running.clone());
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", build);
        Requests { registry, answered, durations, running }
    }
    pub(super) fn begin(&self) {
        self.running.inc();
    }
    pub(super) fn end(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        self.running.dec();
        let status = match status {
            100..200 => "1xx",
            200..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            _ => "5xx",
        };
        let route = route.to_owned();
        self.durations.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        self.answered.get_or_create(&Answered { route, method, status }).inc();
    }
    pub(super) fn n_running(&self) -> i64 {
        self.running.get()
    }
}

/// Answers `/metrics`, and nothing else.
pub fn metrics_router(app: App, watch: Arc<Watch>) -> Router {
    Router::new().route("/metrics", get(answer)).with_state((app, watch))
}

/// Serves them until the process ends.
pub async fn serve_metrics(listener: TcpListener, app: App, watch: Arc<Watch>) -> io::Result<()> {
    axum::serve(listener, metrics_router(app, watch)).await
}

async fn answer(State((app, watch)): State<(App, Arc<Watch>)>) -> impl IntoResponse {
    // A register that does not answer has no position; all other numbers are told, for that is when they are wanted.
    let position = tokio::time::timeout(PATIENCE, app.position()).await.ok().and_then(Result::ok);
    let now = read(&app, position);
    let mut body = String::new();
    // Writing to a text does not fail.
    let written = text::encode_registry(&mut body, &watch.requests.registry)
        .and_then(|()| text::encode_registry(&mut body, &now))
        .and_then(|()| text::encode_eof(&mut body));
    if let Err(error) = written {
        tracing::error!(error = error.to_string(), "metrics could not be written");
    }
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], body)
}

/// What is read at the moment of asking.
fn read(app: &App, position: Option<u64>) -> Registry {
    let mut all = Registry::default();
    let ours = all.sub_registry_with_prefix("ekistics");
    ours.register("database_up", "Whether the register answers", gauge(u64::from(position.is_some())));
    if let Some(position) = position {
        ours.register("register_position", "Number of the register's last change", gauge(position));
    }
    if let Some(held) = app.held() {
        ours.register("world_position", "Number of the last change in the world that is held", gauge(held.position));
        ours.register("world_records", "Records of the world that is held", gauge(held.n_records as u64));
        ours.register("world_observations", "Observations of that world", gauge(held.n_observations as u64));
        let age = held.made.elapsed();
        ours.register_with_unit("world_age", "Time since the world was made", Unit::Seconds, seconds(age));
        let help = "What making the world took the last time";
        ours.register_with_unit("world_last_fold", help, Unit::Seconds, seconds(held.last_fold));
        ours.register("world_folds", "Worlds that were made", ConstCounter::new(held.n_folds));
        let help = "What making worlds took in all";
        ours.register_with_unit("world_fold", help, Unit::Seconds, ConstCounter::new(held.all_folds.as_secs_f64()));
    }
    if let Ok(pool) = app.connections() {
        let used = pool.open.saturating_sub(pool.idle);
        ours.register("database_connections_in_use", "Connections in use", gauge(u64::from(used)));
        ours.register("database_connections_open", "Open connections", gauge(u64::from(pool.open)));
        ours.register("database_connections_limit", "Connections at most", gauge(u64::from(pool.most)));
    }
    let process = process::read();
    let theirs = all.sub_registry_with_prefix("process");
    let mut bytes = |name: &'static str, help: &'static str, value: Option<u64>| {
        if let Some(value) = value {
            theirs.register_with_unit(name, help, Unit::Bytes, gauge(value));
        }
    };
    bytes("resident_memory", "Resident memory", process.resident_bytes);
    bytes("virtual_memory", "Virtual memory", process.virtual_bytes);
    if let Some(value) = process.cpu_seconds {
        theirs.register_with_unit("cpu", "Processor time, user and system", Unit::Seconds, ConstCounter::new(value));
    }
    if let Some(value) = process.started_at {
        theirs.register_with_unit("start_time", "Start, since 1970", Unit::Seconds, ConstGauge::new(value));
    }
    let mut count = |name: &'static str, help: &'static str, value: Option<u64>| {
        if let Some(value) = value {
            theirs.register(name, help, gauge(value));
        }
    };
    count("open_fds", "Open files and connections", process.open_files);
    count("max_fds", "Open files and connections at most", process.most_files);
    count("threads", "Threads", process.threads);
    all
}

fn gauge(value: u64) -> ConstGauge<u64> {
    ConstGauge::new(value)
}

fn seconds(value: Duration) -> ConstGauge<f64> {
    ConstGauge::new(value.as_secs_f64())
}
