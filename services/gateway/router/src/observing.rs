//! What is told of every request: a line of the log, figures and spans; none says who asked, or what.
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use hive_router::http::StatusCode;
use hive_router::ntex::web::HttpRequest;
use serde_json::json;

use crate::admission::header;
use crate::log;
use crate::metrics::Metrics;
use crate::traces::{Trace, Tracing};

/// Of what was refused before anybody knew what it asks for.
pub const NO_OPERATION: &str = "none";
/// Whoever asked went before the answer was made.
const GONE: &str = "GONE";

fn outcome_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..400 => "OK",
        401 => "UNAUTHENTICATED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        429 => "RATE_LIMITED",
        503 => "UNAVAILABLE",
        ..500 => "INVALID",
        _ => "INTERNAL",
    }
}

pub struct Observer {
    tracing: Tracing,
    metrics: Arc<Metrics>,
}

impl Observer {
    pub fn new(tracing: Tracing, metrics: &Arc<Metrics>) -> Self {
        Self { tracing, metrics: metrics.clone() }
    }

    pub fn watch(&self, req: &HttpRequest) -> Watched {
        Watched {
            trace: self.tracing.request(header(req.headers(), "traceparent")),
            operation: NO_OPERATION.into(),
            outcome: None,
            is_stream: false,
            begun: Instant::now(),
            metrics: self.metrics.clone(),
        }
    }

    pub fn stop(&self) {
        self.tracing.stop();
    }
}

/// One request, until it is dropped: then it is told of.
pub struct Watched {
    pub trace: Trace,
    pub operation: Cow<'static, str>,
    pub outcome: Option<&'static str>,
    /// How long somebody listens says nothing of how long answers take.
    pub is_stream: bool,
    begun: Instant,
    metrics: Arc<Metrics>,
}

impl Watched {
    /// With a status that says how it went, where nothing else has.
    pub fn answered(&mut self, status: StatusCode) {
        self.outcome.get_or_insert(outcome_of(status));
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let (operation, outcome) = (&*self.operation, self.outcome.unwrap_or(GONE));
        let took = self.begun.elapsed();
        self.metrics.operation(operation, outcome);
        if !self.is_stream {
            self.metrics.operation_took(operation, took);
        }
        self.trace.end_as(operation, outcome);
        let took_ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
        log::info(
            "request",
            json!({
                "trace_id": self.trace.id(), "operation": operation, "outcome": outcome, "duration_ms": took_ms
            }),
        );
    }
}
