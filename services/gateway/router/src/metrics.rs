//! What the gateway tells in figures, by the names of the one catalogue of all parts: labels have few
//! values, and none that a caller makes up.
use std::collections::HashMap;
use std::time::Duration;

use prometheus::{
    process_collector::ProcessCollector, Encoder, Error, HistogramOpts, HistogramVec, IntCounter,
    IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

use crate::log;

/// From a read of one row to the patience of an import; the services have the same.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0, 60.0];

pub struct Metrics {
    registry: Registry,
    ready: IntGauge,
    requests: Requests,
    calls: Calls,
    refusals: Refusals,
    pub keys_failures: IntCounter,
    lines_lost: IntCounter,
}

/// What callers ask.
struct Requests {
    by_operation: IntCounterVec,
    seconds: HistogramVec,
    in_flight: IntGauge,
    in_flight_limit: IntGauge,
}

/// What services are asked.
struct Calls {
    by_outcome: IntCounterVec,
    seconds: HistogramVec,
    deadlines: IntCounterVec,
    breaker_open: IntGaugeVec,
}

/// What is not asked, and why.
struct Refusals {
    auth: IntCounterVec,
    rate: IntCounterVec,
    overload: IntCounter,
}

pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Makes figures and keeps them where they are read.
struct Made<'a>(&'a Registry);

impl Made<'_> {
    fn counters(&self, name: &str, help: &str, labels: &[&str]) -> Result<IntCounterVec, Error> {
        let made = IntCounterVec::new(Opts::new(name, help), labels)?;
        self.0.register(Box::new(made.clone()))?;
        Ok(made)
    }

    fn seconds(&self, name: &str, help: &str, label: &str) -> Result<HistogramVec, Error> {
        let made = HistogramVec::new(HistogramOpts::new(name, help).buckets(SECONDS.to_vec()), &[label])?;
        self.0.register(Box::new(made.clone()))?;
        Ok(made)
    }

    fn counter(&self, name: &str, help: &str) -> Result<IntCounter, Error> {
        let made = IntCounter::new(name, help)?;
        self.0.register(Box::new(made.clone()))?;
        Ok(made)
    }

    fn gauge(&self, name: &str, help: &str) -> Result<IntGauge, Error> {
        let made = IntGauge::new(name, help)?;
        self.0.register(Box::new(made.clone()))?;
        Ok(made)
    }

    fn gauges(&self, name: &str, help: &str, label: &str) -> Result<IntGaugeVec, Error> {
        let made = IntGaugeVec::new(Opts::new(name, help), &[label])?;
        self.0.register(Box::new(made.clone()))?;
        Ok(made)
    }
}

impl Requests {
    fn new(made: &Made<'_>) -> Result<Self, Error> {
        Ok(Self {
            by_operation: made.counters(
                "congvu_operations_total",
                "Requests by the one field they ask for, or the page, and by the code they were answered with",
                &["operation", "outcome"],
            )?,
            seconds: made.seconds(
                "congvu_operation_duration_seconds",
                "How long requests took, from their first byte here to their last",
                "operation",
            )?,
            in_flight: made
                .gauge("congvu_requests_in_flight", "Requests to the graph that are being answered")?,
            in_flight_limit: made.gauge(
                "congvu_requests_in_flight_limit",
                "How many are let in at a time, by how long answers took lately",
            )?,
        })
    }
}

impl Calls {
    fn new(made: &Made<'_>) -> Result<Self, Error> {
        Ok(Self {
            by_outcome: made.counters(
                "congvu_subgraph_calls_total",
                "Calls to services by the code they came back with",
                &["on", "outcome"],
            )?,
            seconds: made.seconds(
                "congvu_subgraph_call_duration_seconds",
                "How long services took to answer",
                "on",
            )?,
            deadlines: made.counters(
                "congvu_deadlines_exceeded_total",
                "Calls that ran out of time, by who was waited for",
                &["on"],
            )?,
            breaker_open: made.gauges(
                "congvu_breaker_open",
                "Addresses of a service that are left alone since callers waited in vain",
                "on",
            )?,
        })
    }
}

impl Refusals {
    fn new(made: &Made<'_>) -> Result<Self, Error> {
        Ok(Self {
            auth: made.counters(
                "congvu_auth_refusals_total",
                "Calls that were refused for who sent them",
                &["reason"],
            )?,
            rate: made.counters(
                "congvu_rate_limit_refusals_total",
                "Calls over the rate of their caller",
                &["caller"],
            )?,
            overload: made.counter(
                "congvu_overload_refusals_total",
                "Requests that were refused since too many were being answered",
            )?,
        })
    }
}

impl Metrics {
    pub fn new() -> Result<Self, Error> {
        let part = HashMap::from([("part".to_string(), "gateway".to_string())]);
        let registry = Registry::new_custom(None, Some(part))?;
        registry.register(Box::new(ProcessCollector::for_self()))?;
        let made = Made(&registry);
        let metrics = Self {
            ready: made.gauge("congvu_ready", "1 while the part takes requests")?,
            requests: Requests::new(&made)?,
            calls: Calls::new(&made)?,
            refusals: Refusals::new(&made)?,
            keys_failures: made
                .counter("congvu_issuer_keys_failures_total", "Fetches of the issuer's keys that failed")?,
            lines_lost: made
                .counter("congvu_log_lines_lost_total", "Lines of the process's log that were not written")?,
            registry,
        };
        metrics.expect_refusals();
        Ok(metrics)
    }

    pub fn ready(&self, is_ready: bool) {
        self.ready.set(i64::from(is_ready));
    }

    pub fn operation(&self, operation: &str, outcome: &str) {
        self.requests.by_operation.with_label_values(&[operation, outcome]).inc();
    }

    pub fn operation_took(&self, operation: &str, took: Duration) {
        self.requests.seconds.with_label_values(&[operation]).observe(took.as_secs_f64());
    }

    pub fn call(&self, on: &str, outcome: &str, took: Duration) {
        self.calls.by_outcome.with_label_values(&[on, outcome]).inc();
        self.calls.seconds.with_label_values(&[on]).observe(took.as_secs_f64());
    }

    pub fn auth_refusal(&self, reason: &str) {
        self.refusals.auth.with_label_values(&[reason]).inc();
    }

    pub fn rate_refusal(&self, is_known: bool) {
        self.refusals.rate.with_label_values(&[if is_known { "known" } else { "anonymous" }]).inc();
    }

    pub fn in_flight(&self, number: usize) {
        self.requests.in_flight.set(number as i64);
    }

    pub fn in_flight_limit(&self, number: usize) {
        self.requests.in_flight_limit.set(number as i64);
    }

    pub fn overload_refusal(&self) {
        self.refusals.overload.inc();
    }

    pub fn deadline(&self, on: &str) {
        self.calls.deadlines.with_label_values(&[on]).inc();
    }

    fn expect_refusals(&self) {
        for reason in ["token", "keys"] {
            self.refusals.auth.with_label_values(&[reason]).inc_by(0);
        }
        for caller in ["known", "anonymous"] {
            self.refusals.rate.with_label_values(&[caller]).inc_by(0);
        }
    }

    /// A series that begins with its first event shows no increase by it.
    pub fn expect(&self, on: &str) {
        self.calls.breaker_open.with_label_values(&[on]).set(0);
        self.calls.deadlines.with_label_values(&[on]).inc_by(0);
    }

    pub fn breakers_open(&self, on: &str, number: i64) {
        self.calls.breaker_open.with_label_values(&[on]).set(number);
    }

    /// Where counts are shared only.
    pub fn store_up(&self) -> Result<IntGauge, Error> {
        Made(&self.registry).gauge(
            "congvu_rate_limit_store_up",
            "1 while the shared rate limit can be read, 0 while each gateway counts alone",
        )
    }

    pub fn text(&self) -> Vec<u8> {
        self.lines_lost.inc_by(log::take_lost());
        let mut text = Vec::new();
        // Only a registry of contradictions cannot be written.
        let _ = TextEncoder::new().encode(&self.registry.gather(), &mut text);
        text
    }
}
