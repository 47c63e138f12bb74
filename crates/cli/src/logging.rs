//! Where lines of the log and spans go: lines to standard error, spans to a collector if there is one.

use config::{Effective, LogFormat, Source};
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::{FilterExt, filter_fn},
    fmt,
    layer::SubscriberExt,
    prelude::*,
};

/// Spans on their way to a collector; a build without traces sends none.
pub struct Spans(#[cfg(feature = "traces")] Option<crate::traces::Spans>);

impl Spans {
    /// Sends what was not sent yet.
    pub fn end(self) {
        #[cfg(feature = "traces")]
        if let Some(spans) = self.0 {
            spans.end();
        }
    }
}

/// How much is said when nobody set a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    /// A server: a line a request.
    Info,
    /// A command of a person: warnings.
    Warnings,
}

/// Begins logging for the rest of the process. Errors: a level that cannot be read, a collector's address that cannot be
/// used.
pub fn begin(settings: &Effective, usual: Usual) -> Result<Spans, String> {
    let log = &settings.config.log;
    let is_unset = *settings.source("log.level") == Source::Default;
    let level = if is_unset && usual == Usual::Warnings { "warn" } else { log.level.as_str() };
    let level = EnvFilter::try_new(level).map_err(|e| format!("log.level = \"{level}\": {e}"))?;
    // Lines carry what they need; the spans around them would repeat it.
    let lines = level.and(filter_fn(|metadata| metadata.is_event()));
    let written: Box<dyn Layer<Registry> + Send + Sync> = match log.format {
        LogFormat::Text => fmt::layer().with_writer(std::io::stderr).with_filter(lines).boxed(),
        LogFormat::Json => {
            fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).with_filter(lines).boxed()
        }
    };
    let subscriber = tracing_subscriber::registry().with(written);
    #[cfg(feature = "traces")]
    {
        let spans = crate::traces::spans(&settings.config.traces)?;
        subscriber.with(spans.as_ref().map(crate::traces::Spans::layer)).init();
        Ok(Spans(spans))
    }
    #[cfg(not(feature = "traces"))]
    {
        subscriber.init();
        if settings.config.traces.endpoint.is_some() {
            tracing::warn!("traces.endpoint is set, but this build sends no traces: it was made without `traces`");
        }
        Ok(Spans())
    }
}
