//! One trace id for everything that a request sets going. Spans are made and sent only where
//! OpenTelemetry's own variables ask for it; without them a request has an id and costs nothing more.
use std::collections::HashMap;

use hive_router::opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, Status, TraceContextExt, TraceFlags, TraceId, TraceState, Tracer,
    TracerProvider,
};
use hive_router::opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::runtime::TokioCurrentThread;
use opentelemetry_sdk::trace::span_processor_with_async_runtime::BatchSpanProcessor;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use opentelemetry_sdk::Resource;

use crate::settings::ConfigError;
use crate::signing::random_hex;

const OURS: &str = "congvu-gateway";

type Environment = HashMap<String, String>;

pub fn are_wanted(environment: &Environment) -> bool {
    let told = |name: &str| environment.get(name).map(|text| text.to_lowercase()).unwrap_or_default();
    let exporter = told("OTEL_TRACES_EXPORTER");
    let exports = |wanted: &str| exporter.split(',').any(|each| each == wanted);
    if told("OTEL_SDK_DISABLED") == "true" || exports("none") {
        return false;
    }
    let endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
    exports("otlp") || endpoints.iter().any(|name| !told(name).is_empty())
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The trace, the span and the flags of a caller's header; none where it has another form.
fn parts_of(header: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = header.split('-').collect();
    let ["00", trace, span, flags] = parts[..] else { return None };
    let is_some = |text: &str| text.bytes().any(|byte| byte != b'0');
    let is_form = is_hex(trace, 32) && is_hex(span, 16) && is_hex(flags, 2);
    (is_form && is_some(trace) && is_some(span)).then_some([trace, span, flags])
}

fn header_of(span: &SpanContext) -> String {
    format!("00-{}-{}-{:02x}", span.trace_id(), span.span_id(), span.trace_flags().to_u8())
}

fn remote(given: Option<&str>) -> Context {
    let read = |[trace, span, flags]: [&str; 3]| {
        let (trace, span) = (TraceId::from_hex(trace).ok()?, SpanId::from_hex(span).ok()?);
        let flags = TraceFlags::new(u8::from_str_radix(flags, 16).ok()?);
        Some(SpanContext::new(trace, span, flags, true, TraceState::default()))
    };
    match given.and_then(parts_of).and_then(read) {
        Some(span) => Context::new().with_remote_span_context(span),
        None => Context::new(),
    }
}

/// A request, or a call that it makes: what stands in its header, and its span where there are spans.
#[derive(Clone)]
pub struct Trace {
    pub parent: String,
    span: Option<(Context, SdkTracer)>,
}

impl Trace {
    fn begin(tracer: &SdkTracer, name: String, kind: SpanKind, within: &Context) -> Self {
        let builder = tracer.span_builder(name).with_kind(kind);
        let context = within.with_span(tracer.build_with_context(builder, within));
        let parent = header_of(context.span().span_context());
        Self { parent, span: Some((context, tracer.clone())) }
    }

    pub fn id(&self) -> &str {
        self.parent.get(3..35).unwrap_or_default()
    }

    /// A call to a part of the platform.
    pub fn call(&self, part: &str) -> Self {
        match &self.span {
            Some((within, tracer)) => Self::begin(tracer, format!("call {part}"), SpanKind::Client, within),
            None => self.clone(),
        }
    }

    /// The outcome is a code, and nothing that a caller wrote.
    pub fn end(&self, outcome: &'static str) {
        let Some((context, _)) = &self.span else { return };
        context.span().set_attribute(KeyValue::new("congvu.outcome", outcome));
        if outcome == "INTERNAL" {
            context.span().set_status(Status::error(""));
        }
        context.span().end();
    }

    /// A request is named by what it asks for, once that is known.
    pub fn end_as(&self, operation: &str, outcome: &'static str) {
        if let Some((context, _)) = &self.span {
            context.span().update_name(operation.to_string());
        }
        self.end(outcome);
    }
}

/// Makes traces, and sends their spans where they are wanted.
pub struct Tracing(Option<(SdkTracerProvider, SdkTracer)>);

impl Tracing {
    pub fn start(environment: &Environment) -> Result<Self, ConfigError> {
        if !are_wanted(environment) {
            return Ok(Self(None));
        }
        let exporter = SpanExporter::builder().with_http().build();
        let exporter = exporter.map_err(|error| ConfigError(format!("OTEL_EXPORTER_OTLP_*: {error}")))?;
        let name = environment.get("OTEL_SERVICE_NAME").cloned().unwrap_or_else(|| OURS.into());
        let resource = Resource::builder_empty().with_service_name(name).build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(BatchSpanProcessor::builder(exporter, TokioCurrentThread).build())
            .with_resource(resource)
            .build();
        let tracer = provider.tracer(OURS);
        Ok(Self(Some((provider, tracer))))
    }

    /// The caller's trace where it names one, else a new one.
    pub fn request(&self, given: Option<&str>) -> Trace {
        if let Self(Some((_, tracer))) = self {
            return Trace::begin(tracer, "request".into(), SpanKind::Server, &remote(given));
        }
        let given = given.filter(|text| parts_of(text).is_some()).map(String::from);
        let parent = given.unwrap_or_else(|| format!("00-{}-{}-01", random_hex::<16>(), random_hex::<8>()));
        Trace { parent, span: None }
    }

    /// Sends what is left; a collector that is away costs these spans.
    pub fn stop(&self) {
        if let Self(Some((provider, _))) = self {
            let _ = provider.shutdown();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_passed_on_only_in_its_form() {
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let passed_on = |given: &str| Tracing(None).request(Some(given)).parent == given;

        assert!(passed_on(trace));
        assert!(!passed_on(&trace.replace("00-4", "ff-4")));
        assert!(!passed_on("00-00000000000000000000000000000000-00f067aa0ba902b7-01"));
        assert!(!passed_on("junk"));
    }

    #[test]
    fn spans_are_sent_where_the_standard_variables_ask_for_it() {
        let wanted = |pairs: &[(&str, &str)]| {
            are_wanted(&pairs.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect())
        };
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");

        assert!(wanted(&[endpoint]));
        assert!(wanted(&[("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/v1/traces")]));
        assert!(wanted(&[("OTEL_TRACES_EXPORTER", "console,otlp")]));
        assert!(!wanted(&[]));
        assert!(!wanted(&[endpoint, ("OTEL_TRACES_EXPORTER", "none")]));
        assert!(!wanted(&[endpoint, ("OTEL_SDK_DISABLED", "TRUE")]));
    }
}
