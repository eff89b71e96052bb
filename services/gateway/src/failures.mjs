/** Errors as callers see them: a code and a sentence; causes and addresses stay in the log. */
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';

import { placeOf } from './lines.mjs';
import { message } from './messages.mjs';
import { CallFailed, CallRefused } from './calls.mjs';

const KEPT_EXTENSIONS = ['code', 'service', 'field', 'ruleId', 'cost', 'limit', 'http'];

/** A subgraph that does not answer costs its own fields only, with code UNAVAILABLE. */
export function useSubgraphFailures(log) {
  function refusal(error, subgraphName, admission, hungUp) {
    const isOurs = !(error instanceof CallFailed);
    const code = isOurs ? 'INTERNAL' : error.code;
    // Texts of ours name states; of others they may quote what was sent.
    const isPlain = error instanceof CallFailed || error instanceof CallRefused;
    const reason = isPlain ? error.message : placeOf(error);
    const about = { subgraph: subgraphName, requestId: admission?.requestId, error: reason };
    if (isOurs) log.error(about, 'a call to a subgraph failed here');
    else if (!hungUp) log.error(about, 'a subgraph did not answer');
    const http = code === 'UNAUTHENTICATED' ? { http: { status: 401 } } : {};
    return createGraphQLError(message(error.text ?? code, admission?.language), {
      extensions: { code, service: subgraphName, ...(error.rule ? { ruleId: error.rule } : {}), ...http },
    });
  }

  return {
    onSubgraphExecute({ subgraphName, executor, setExecutor }) {
      setExecutor(async (request) => {
        try {
          return await executor(request);
        } catch (error) {
          const { admission } = request.context ?? {};
          return { errors: [refusal(error, subgraphName, admission, request.signal?.aborted)] };
        }
      });
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

const SUGGESTION = /\s*Did you mean .*\?/gs;

function withoutSuggestion(error) {
  error.message = error.message.replace(SUGGESTION, '');
  return error;
}

/** Production: no introspection, wherever in a document it stands, and no names to guess by. */
export function useSilence() {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoSchemaIntrospectionCustomRule);
      return ({ valid, result, setResult }) => {
        if (!valid) setResult(result.map(withoutSuggestion));
      };
    },
  };
}

/**
 * Keep what was said on purpose, drop every other extension; anything unexpected is masked.
 * In production nothing is suggested either.
 */
export function masker({ isOpen }) {
  return (error) => {
    if (error?.name !== 'GraphQLError' || (error.originalError && !error.extensions?.code)) {
      return createGraphQLError(message('INTERNAL'), {
        path: error?.path,
        nodes: error?.nodes,
        extensions: { code: 'INTERNAL' },
      });
    }
    for (const name of Object.keys(error.extensions)) {
      if (!KEPT_EXTENSIONS.includes(name)) delete error.extensions[name];
    }
    return isOpen ? error : withoutSuggestion(error);
  };
}
