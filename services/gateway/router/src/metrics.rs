//! What is counted: by few labels, none of which a caller can make up.
use std::time::Duration;

use prometheus::{
    process_collector::ProcessCollector, Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge,
    IntGaugeVec, Opts, Registry, TextEncoder,
};

/// Seconds; from an answer of the schema alone to the longest import.
const BUCKETS: [f64; 12] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 50.0];

pub struct Metrics {
    registry: Registry,
    operations: HistogramVec,
    calls: HistogramVec,
    errors: IntCounterVec,
    circuit_open: IntGaugeVec,
    circuit_opened: IntCounterVec,
    store_up: IntGauge,
}

/// The text of a scrape and its type.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

impl Metrics {
    pub fn new() -> Result<Self, prometheus::Error> {
        let seconds = |name, help, labels: &[&str]| {
            HistogramVec::new(HistogramOpts::new(name, help).buckets(BUCKETS.to_vec()), labels)
        };
        let metrics = Self {
            registry: Registry::new(),
            operations: seconds(
                "congvu_operation_seconds",
                "How long operations of the graph take, by what kind they are and their status",
                &["kind", "status"],
            )?,
            calls: seconds(
                "congvu_service_call_seconds",
                "How long calls to services take, by what became of them",
                &["service", "outcome"],
            )?,
            errors: IntCounterVec::new(
                Opts::new("congvu_errors_total", "Errors that callers were told, by code"),
                &["code"],
            )?,
            circuit_open: IntGaugeVec::new(
                Opts::new(
                    "congvu_circuit_open",
                    "1 while an address of a service is left alone because it did not answer",
                ),
                &["service", "replica"],
            )?,
            circuit_opened: IntCounterVec::new(
                Opts::new(
                    "congvu_circuit_opened_total",
                    "Times an address of a service did not answer and was left alone",
                ),
                &["service", "replica"],
            )?,
            store_up: IntGauge::new(
                "congvu_rate_limit_store_up",
                "1 while the shared rate limit can be read, 0 while each gateway counts alone",
            )?,
        };
        let registry = &metrics.registry;
        registry.register(Box::new(ProcessCollector::for_self()))?;
        registry.register(Box::new(metrics.operations.clone()))?;
        registry.register(Box::new(metrics.calls.clone()))?;
        registry.register(Box::new(metrics.errors.clone()))?;
        registry.register(Box::new(metrics.circuit_open.clone()))?;
        registry.register(Box::new(metrics.circuit_opened.clone()))?;
        registry.register(Box::new(metrics.store_up.clone()))?;
        Ok(metrics)
    }

    pub fn operation(&self, kind: &str, status: u16, took: Duration) {
        let labels = [kind, &status.to_string()];
        self.operations.with_label_values(&labels).observe(took.as_secs_f64());
    }

    pub fn call(&self, service: &str, outcome: &str, took: Duration) {
        self.calls.with_label_values(&[service, outcome]).observe(took.as_secs_f64());
    }

    pub fn error(&self, code: &str) {
        self.errors.with_label_values(&[code]).inc();
    }

    pub fn circuit(&self, service: &str, replica: usize, is_open: bool) {
        let labels = [service, &replica.to_string()];
        self.circuit_open.with_label_values(&labels).set(i64::from(is_open));
        if is_open {
            self.circuit_opened.with_label_values(&labels).inc();
        }
    }

    pub fn store_up(&self, is_up: bool) {
        self.store_up.set(i64::from(is_up));
    }

    pub fn text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        // Only a registry of contradictions cannot be written.
        let _ = TextEncoder::new().encode(&self.registry.gather(), &mut text);
        text
    }
}
