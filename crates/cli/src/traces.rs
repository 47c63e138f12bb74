//! Spans sent to an OpenTelemetry collector (OTLP over HTTP, protobuf), and the traces of callers continued.
//!
//! Spans are sent in batches by a thread of their own. A collector that does not answer costs nothing but its spans.

use std::time::Duration;

use config::Traces;
use opentelemetry::{KeyValue, propagation::TextMapPropagator, trace::TracerProvider as _};
use opentelemetry_http::{Bytes, HeaderExtractor, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{Sampler, SdkTracerProvider},
};
use tracing::{Level, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};
use ureq::Agent;

/// How long a collector may take to receive a batch.
const PATIENCE: Duration = Duration::from_secs(5);

/// Spans on their way to a collector.
pub struct Spans(SdkTracerProvider);

/// Spans for the collector of the settings; `None` when there is none.
pub fn spans(settings: &Traces) -> Result<Option<Spans>, String> {
    let Some(endpoint) = &settings.endpoint else { return Ok(None) };
    let endpoint = match endpoint.as_str() {
        whole if whole.ends_with("/v1/traces") => whole.to_owned(),
        base => format!("{base}/v1/traces"),
    };
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(Sender(agent()))
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(endpoint)
        .with_timeout(PATIENCE)
        .build()
        .map_err(|e| format!("traces.endpoint: {e}"))?;
    let resource = Resource::builder_empty()
        .with_service_name("ekistics")
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    // Who traces a whole journey has decided for us; the share is for journeys that begin here.
    let sampler = Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(settings.sample.into())));
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_sampler(sampler)
        .with_resource(resource)
        .build();
    Ok(Some(Spans(provider)))
}

impl Spans {
    /// What takes spans from the program: those of ours, without the places in the code that they come from.
    pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(&self) -> impl Layer<S> + use<S> {
        let ours = Targets::new().with_target("web", Level::INFO).with_target("app", Level::INFO);
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("ekistics"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_filter(ours)
    }
    /// Sends what is left, for at most as long as a batch may take.
    pub fn end(self) {
        if let Err(error) = self.0.shutdown_with_timeout(PATIENCE) {
            tracing::warn!(error = error.to_string(), "the last spans were not sent");
        }
    }
}

/// Continues the trace that a request's headers name.
pub fn adopt(span: &Span, headers: &web::HeaderMap) {
    if headers.contains_key("traceparent") {
        let context = TraceContextPropagator::new().extract(&HeaderExtractor(headers));
        // Fails when the span is not recorded, which is no loss.
        let _ = span.set_parent(context);
    }
}

fn agent() -> Agent {
    Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build().into()
}

/// Sends batches with the client that the program has anyway. It blocks, on the thread that is there for it.
#[derive(Debug)]
struct Sender(Agent);

#[async_trait::async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let response = self.0.run(request.map(|body| body.to_vec()))?;
        let (parts, mut body) = response.into_parts();
        Ok(Response::from_parts(parts, Bytes::from(body.read_to_vec()?)))
    }
}
