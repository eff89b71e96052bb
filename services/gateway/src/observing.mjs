/** What is told of every request: a line of the log, figures and spans; none says who asked, or what. */
import { getOperationAST, Kind } from 'graphql';

const BY_STATUS = {
  401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 429: 'RATE_LIMITED', 503: 'UNAVAILABLE',
};

/** Of what was refused before anybody knew what it asks for. */
export const NO_OPERATION = 'none';

function outcomeOf({ statusCode, writableFinished }) {
  if (!writableFinished) return 'GONE';
  if (statusCode < 400) return 'OK';
  return BY_STATUS[statusCode] ?? (statusCode < 500 ? 'INVALID' : 'INTERNAL');
}

/** The one field an operation asks for; the schema's are few, whatever callers call their operations. */
export function fieldOf(document, operationName) {
  const asked = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  const names = new Set(asked.map(({ kind, name }) => (kind === Kind.FIELD ? name.value : 'several')));
  if (names.size === 0) return NO_OPERATION;
  return names.size === 1 ? [...names][0] : 'several';
}

const codeOf = ({ errors }) => errors?.[0]?.extensions?.code ?? (errors?.length ? 'INTERNAL' : undefined);

/** A function that begins to watch one request, and tells of it when its answer has gone. */
export function watcher({ operations, operationSeconds }, tracing, log) {
  return (req, res) => {
    const begun = performance.now();
    const trace = tracing.request(req.headers.traceparent);
    const watched = { operation: NO_OPERATION, outcome: undefined, trace };
    res.once('close', () => {
      const { operation, outcome = outcomeOf(res) } = watched;
      const tookMs = performance.now() - begun;
      operations.inc({ operation, outcome });
      // How long somebody listens says nothing of how long answers take.
      if (!watched.isStream) operationSeconds.observe({ operation }, tookMs / 1000);
      trace.end(operation, outcome);
      const about = { trace_id: trace.id, operation, outcome, duration_ms: Math.round(10 * tookMs) / 10 };
      log.info(about, 'request');
    });
    return watched;
  };
}

/** Fills in what a request asks for and what it is answered, and watches the calls it makes. */
export function useObserving({ deadlines, subgraphCalls, subgraphSeconds }) {
  return {
    onExecute({ args }) {
      const { watched } = args.contextValue.admission ?? {};
      if (watched) watched.operation = fieldOf(args.document, args.operationName);
    },
    onResultProcess({ result, serverContext }) {
      const { watched } = serverContext.admission ?? {};
      const first = Array.isArray(result) ? result[0] : result;
      if (watched && first) watched.outcome = codeOf(first) ?? watched.outcome;
    },
    onSubgraphExecute({ subgraphName, executor, setExecutor }) {
      setExecutor(async (request) => {
        const begun = performance.now();
        const span = request.context?.admission?.watched.trace.call(subgraphName);
        if (span) {
          const { headers } = (request.extensions ??= {});
          request.extensions.headers = { ...headers, traceparent: span.traceParent };
        }
        let outcome = 'INTERNAL';
        try {
          const result = await executor(request);
          outcome = codeOf(result ?? {}) ?? 'OK';
          if (result?.errors?.[0]?.extensions?.ruleId === 'TIME_LIMIT') deadlines.inc({ on: subgraphName });
          return result;
        } finally {
          span?.end(outcome);
          subgraphCalls.inc({ on: subgraphName, outcome });
          subgraphSeconds.observe({ on: subgraphName }, (performance.now() - begun) / 1000);
        }
      });
    },
  };
}
