/**
 * The way to a service: one POST, JSON both ways.
 *
 * Own, because the router's looks for uploads in variables: any object with a field called
 * `promise` or `then` is one to it, and what a caller sends decides how the call is made. There are
 * no uploads here, so variables go as the JSON they came as.
 */
import { defaultPrintFn, serializeExecutionRequest } from '@graphql-tools/executor-common';
import { createGraphQLError } from 'graphql-yoga';

const SYSTEM_ERROR = /^(E[A-Z0-9]+|HPE_\w+|UND_ERR_\w+|ERR_STREAM_PREMATURE_CLOSE)$/;
const INVALID_TOKEN = /\berror="invalid_token"/;

/** A call without a GraphQL answer: the service was not reached, or it refused the caller. */
export class CallFailed extends Error {
  constructor(code, reason) {
    super(reason);
    this.code = code;
  }
}

/** The service found fault with the call, not with its caller. */
export class CallRefused extends Error {}

/** Anything that is not the network's is a fault of ours, and must not look like an outage. */
function onTheWay(error) {
  if (error instanceof CallFailed) return error;
  const { name, code } = error?.cause ?? error ?? {};
  const isNetwork = SYSTEM_ERROR.test(code) || name === 'AbortError' || name === 'TimeoutError';
  return isNetwork ? new CallFailed('UNAVAILABLE', `${name}: ${code}`) : error;
}

function isResult(answer) {
  return typeof answer === 'object' && answer !== null && (answer.data ?? answer.errors) != null;
}

async function resultOf(response) {
  const { status, headers } = response;
  const text = await response.text();
  if (status === 401 && INVALID_TOKEN.test(headers.get('www-authenticate') ?? '')) {
    throw new CallFailed('UNAUTHENTICATED', 'the service refused the token');
  }
  if (status >= 500 || status === 429) throw new CallFailed('UNAVAILABLE', `HTTP ${status}`);
  if (status >= 400) throw new CallRefused(`the service refused the call itself: HTTP ${status}`);
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new CallFailed('UNAVAILABLE', `HTTP ${status}, and not JSON`);
  }
  if (!isResult(answer)) throw new CallFailed('UNAVAILABLE', `HTTP ${status}, and not a result`);
  const errors = answer.errors?.map(({ message, ...rest }) => createGraphQLError(message, rest));
  return errors ? { ...answer, errors } : answer;
}

/** A transport for the router; `timeoutMs` is for one call. */
export function serviceTransport(timeoutMs) {
  return {
    getSubgraphExecutor({ transportEntry, fetch }) {
      return async (request) => {
        const { headers, ...extensions } = request.extensions ?? {};
        const timeout = AbortSignal.timeout(timeoutMs);
        const executionRequest = { ...request, extensions };
        const call = {
          method: 'POST',
          headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
          body: JSON.stringify(
            serializeExecutionRequest({ executionRequest, printFn: defaultPrintFn }),
          ),
          signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
        };
        try {
          return await resultOf(
            await fetch(transportEntry.location, call, request.context, request.info),
          );
        } catch (error) {
          throw onTheWay(error);
        }
      };
    },
  };
}
