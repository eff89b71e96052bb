/**
 * One trace id for everything that a request sets going. Spans are made and sent only where
 * OpenTelemetry's own variables ask for it; without them a request has an id and costs nothing more.
 */
import { randomBytes } from 'node:crypto';

const TRACE_PARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export function tracesWanted(environment) {
  const {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesEndpoint,
    OTEL_TRACES_EXPORTER: exporter = '',
    OTEL_SDK_DISABLED: disabled = '',
  } = environment;
  const exporters = exporter.toLowerCase().split(',');
  if (disabled.toLowerCase() === 'true' || exporters.includes('none')) return false;
  return Boolean(endpoint || tracesEndpoint || exporters.includes('otlp'));
}

function newTraceParent() {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}

/** The caller's id where it is one, else a new one. */
const withoutSpans = {
  request(given) {
    const traceParent = TRACE_PARENT.test(given ?? '') ? given : newTraceParent();
    return { traceParent, id: traceParent.split('-')[1], call: () => undefined, end() {} };
  },
  async stop() {},
};

/** `attributes` name parts and codes, and nothing that a caller wrote. */
async function withSpans(environment) {
  // Loaded by who pays for it.
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = await import('@opentelemetry/api');
  const { BasicTracerProvider, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': environment.OTEL_SERVICE_NAME ?? 'congvu-gateway' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('congvu-gateway');

  function parentOf(given) {
    const [, traceId, spanId, flags] = TRACE_PARENT.exec(given ?? '') ?? [];
    if (!traceId) return ROOT_CONTEXT;
    const remote = { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true };
    return trace.setSpanContext(ROOT_CONTEXT, remote);
  }
  function headerOf(span) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  }
  function end(span, outcome) {
    span.setAttribute('congvu.outcome', outcome);
    if (outcome === 'INTERNAL') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
  return {
    request(given) {
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parentOf(given));
      const inside = trace.setSpan(ROOT_CONTEXT, span);
      return {
        traceParent: headerOf(span),
        id: span.spanContext().traceId,
        call(part) {
          const call = tracer.startSpan(`call ${part}`, { kind: SpanKind.CLIENT }, inside);
          return { traceParent: headerOf(call), end: (outcome) => end(call, outcome) };
        },
        end(operation, outcome) {
          span.updateName(operation);
          end(span, outcome);
        },
      };
    },
    stop: () => provider.shutdown(),
  };
}

export async function createTracing(environment) {
  return tracesWanted(environment) ? withSpans(environment) : withoutSpans;
}
