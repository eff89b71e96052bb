/** Errors as callers see them: a code and a sentence; causes and addresses stay in the log. */
import { createGraphQLError, isAsyncIterable } from 'graphql-yoga';

import { message } from './messages.mjs';

const KEPT_EXTENSIONS = ['code', 'service', 'field', 'ruleId', 'nodes', 'limit', 'http'];

/** What the HTTP client towards a subgraph reports, as opposed to the subgraph's own errors. */
function isTransportFailure(error) {
  const { extensions } = error;
  return extensions?.request !== undefined || extensions?.code === 'SUBREQUEST_HTTP_ERROR';
}

/** A subgraph that does not answer costs its own fields only, with code UNAVAILABLE. */
export function useSubgraphFailures(log) {
  function reworded(error, subgraphName, admission) {
    if (!isTransportFailure(error)) return error;
    const cause = { subgraph: subgraphName, requestId: admission?.requestId, error: error.message };
    log.error(cause, 'a subgraph did not answer');
    return createGraphQLError(message('UNAVAILABLE', admission?.language), {
      path: error.path,
      nodes: error.nodes,
      extensions: { code: 'UNAVAILABLE', service: subgraphName },
    });
  }

  return {
    onSubgraphExecute({ subgraphName, executionRequest }) {
      return ({ result, setResult }) => {
        if (isAsyncIterable(result) || !result.errors?.length) return;
        const { admission } = executionRequest.context ?? {};
        const errors = result.errors.map((error) => reworded(error, subgraphName, admission));
        setResult({ ...result, errors });
      };
    },
    onExecutionResult({ result, setResult }) {
      // Where nothing could be answered the planner leaves `data` out; the specification has null.
      const isLost = result?.errors?.some(({ extensions }) => extensions?.code === 'UNAVAILABLE');
      if (isLost && result.data === undefined) setResult({ data: null, ...result });
    },
  };
}

/** The refusal of a field that its service marked as protected. */
export function protectedField(claims, path, admission) {
  const [code, key, status] = claims
    ? ['FORBIDDEN', 'FORBIDDEN', 403]
    : ['UNAUTHENTICATED', 'TOKEN_NEEDED', 401];
  const text = message(key, admission?.language);
  return createGraphQLError(text, { path, extensions: { code, http: { status } } });
}

/** Keep what was said on purpose, drop every other extension; anything unexpected is masked. */
export function maskError(error) {
  if (error?.name !== 'GraphQLError' || (error.originalError && !error.extensions?.code)) {
    return createGraphQLError(message('INTERNAL'), {
      path: error?.path,
      nodes: error?.nodes,
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  }
  for (const name of Object.keys(error.extensions)) {
    if (!KEPT_EXTENSIONS.includes(name)) delete error.extensions[name];
  }
  return error;
}
