/** What the gateway tells in figures, by the names of the one catalogue of all parts. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** From a read of one row to the patience of an import; the services have the same. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10, 60];

/** Labels have few values, and none that a caller makes up. */
export function createMetrics() {
  const registry = new Registry();
  registry.setDefaultLabels({ part: 'gateway' });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = (name, help, labelNames = []) => new Counter({ name, help, labelNames, registers });
  const gauge = (name, help, labelNames = []) => new Gauge({ name, help, labelNames, registers });
  const histogram = (name, help, labelNames) =>
    new Histogram({ name, help, labelNames, registers, buckets: SECONDS });
  return {
    registry,
    ready: gauge('congvu_ready', '1 while the part takes requests'),
    operations: counter(
      'congvu_operations_total',
      'Requests by the one field they ask for, or the page, and by the code they were answered with',
      ['operation', 'outcome'],
    ),
    operationSeconds: histogram(
      'congvu_operation_duration_seconds',
      'How long requests took, from their first byte here to their last',
      ['operation'],
    ),
    subgraphCalls: counter(
      'congvu_subgraph_calls_total', 'Calls to services by the code they came back with', ['on', 'outcome'],
    ),
    subgraphSeconds: histogram(
      'congvu_subgraph_call_duration_seconds', 'How long services took to answer', ['on'],
    ),
    authRefusals: counter(
      'congvu_auth_refusals_total', 'Calls that were refused for who sent them', ['reason'],
    ),
    rateRefusals: counter(
      'congvu_rate_limit_refusals_total', 'Calls over the rate of their caller', ['caller'],
    ),
    inFlight: gauge('congvu_requests_in_flight', 'Requests to the graph that are being answered'),
    inFlightLimit: gauge(
      'congvu_requests_in_flight_limit', 'How many are let in at a time, by how long answers took lately',
    ),
    overloadRefusals: counter(
      'congvu_overload_refusals_total', 'Requests that were refused since too many were being answered',
    ),
    deadlines: counter(
      'congvu_deadlines_exceeded_total', 'Calls that ran out of time, by who was waited for', ['on'],
    ),
    breakerOpen: gauge(
      'congvu_breaker_open', 'Addresses of a service that are left alone since callers waited in vain', ['on'],
    ),
    issuerKeysFailures: counter(
      'congvu_issuer_keys_failures_total', 'Fetches of the issuer\'s keys that failed',
    ),
    linesLost: counter(
      'congvu_log_lines_lost_total', 'Lines of the process\'s log that were not written',
    ),
    /** Where counts are shared only. */
    storeUp: () => gauge(
      'congvu_rate_limit_store_up',
      '1 while the shared rate limit can be read, 0 while each gateway counts alone',
    ),
  };
}
