/** What the gateway tells in figures, by the names of the one catalogue of all parts. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** From a read of one row to the patience of an import; the services have the same. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10, 60];

/** What is counted: each by its name here, with the name it is told by, what it says, its labels. */
const COUNTERS = {
  operations: [
    'congvu_operations_total',
    'Requests by the one field they ask for, or the page, and by the code they were answered with',
    ['operation', 'outcome'],
  ],
  subgraphCalls: [
    'congvu_subgraph_calls_total', 'Calls to services by the code they came back with', ['on', 'outcome'],
  ],
  authRefusals: ['congvu_auth_refusals_total', 'Calls that were refused for who sent them', ['reason']],
  rateRefusals: ['congvu_rate_limit_refusals_total', 'Calls over the rate of their caller', ['caller']],
  overloadRefusals: [
    'congvu_overload_refusals_total', 'Requests that were refused since too many were being answered',
  ],
  deadlines: ['congvu_deadlines_exceeded_total', 'Calls that ran out of time, by who was waited for', ['on']],
  issuerKeysFailures: ['congvu_issuer_keys_failures_total', 'Fetches of the issuer\'s keys that failed'],
  linesLost: ['congvu_log_lines_lost_total', 'Lines of the process\'s log that were not written'],
};

const GAUGES = {
  ready: ['congvu_ready', '1 while the part takes requests'],
  inFlight: ['congvu_requests_in_flight', 'Requests to the graph that are being answered'],
  inFlightLimit: [
    'congvu_requests_in_flight_limit', 'How many are let in at a time, by how long answers took lately',
  ],
  breakerOpen: [
    'congvu_breaker_open', 'Addresses of a service that are left alone since callers waited in vain', ['on'],
  ],
};

const HISTOGRAMS = {
  operationSeconds: [
    'congvu_operation_duration_seconds',
    'How long requests took, from their first byte here to their last',
    ['operation'],
  ],
  subgraphSeconds: ['congvu_subgraph_call_duration_seconds', 'How long services took to answer', ['on']],
};

/** Where counts are shared only. */
const STORE_UP = [
  'congvu_rate_limit_store_up', '1 while the shared rate limit can be read, 0 while each gateway counts alone',
];

/** Labels have few values, and none that a caller makes up. */
export function createMetrics() {
  const registry = new Registry();
  registry.setDefaultLabels({ part: 'gateway' });
  collectDefaultMetrics({ register: registry });
  const made = (Kind, [name, help, labelNames = []], more = {}) =>
    new Kind({ name, help, labelNames, registers: [registry], ...more });
  const all = (Kind, told, more) =>
    Object.fromEntries(Object.entries(told).map(([name, each]) => [name, made(Kind, each, more)]));
  return {
    registry,
    ...all(Counter, COUNTERS),
    ...all(Gauge, GAUGES),
    ...all(Histogram, HISTOGRAMS, { buckets: SECONDS }),
    storeUp: () => made(Gauge, STORE_UP),
  };
}
