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
  constructor(code, reason, { text = code } = {}) {
    super(reason);
    this.code = code;
    this.text = text;
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

/** The text of an answer; all that one request of a client makes services say is limited. */
async function readText({ body }, admission, maxAnswerBytes) {
  const chunks = [];
  for await (const chunk of body ?? []) {
    admission.answerBytes = (admission.answerBytes ?? 0) + chunk.length;
    if (admission.answerBytes > maxAnswerBytes) {
      const text = 'ANSWER_TOO_LARGE';
      throw new CallFailed('INVALID', `more than ${maxAnswerBytes} bytes for one request`, { text });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function resultOf(response, admission, maxAnswerBytes) {
  const { status, headers } = response;
  const text = await readText(response, admission, maxAnswerBytes);
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

/** Who hangs up is waited for no longer, except by a change: a service ends what it began. */
function signalOf({ signal, operationType }, timeoutMs) {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal && operationType !== 'mutation' ? AbortSignal.any([signal, timeout]) : timeout;
}

/** Rows that do not fit their types go on as they were sent: their service refuses each. */
function withRows({ context, variables, ...request }) {
  const sent = Object.entries(context?.asSent ?? {}).filter(([name]) => name in (variables ?? {}));
  return { ...request, context, variables: { ...variables, ...Object.fromEntries(sent) } };
}

/** A transport for the router; the time limit is for one call. */
export function serviceTransport({ subgraphTimeoutMs, maxAnswerBytes }) {
  return {
    getSubgraphExecutor({ transportEntry, fetch }) {
      return async (request) => {
        const { headers, ...extensions } = request.extensions ?? {};
        const executionRequest = { ...withRows(request), extensions };
        const call = {
          method: 'POST',
          headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
          body: JSON.stringify(
            serializeExecutionRequest({ executionRequest, printFn: defaultPrintFn }),
          ),
          signal: signalOf(request, subgraphTimeoutMs),
        };
        try {
          const { context, info } = request;
          const response = await fetch(transportEntry.location, call, context, info);
          return await resultOf(response, context?.admission ?? {}, maxAnswerBytes);
        } catch (error) {
          throw onTheWay(error);
        }
      };
    },
  };
}
