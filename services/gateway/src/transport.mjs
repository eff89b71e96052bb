/**
 * The way to a service: one POST, JSON both ways.
 *
 * Own, because the router's looks for uploads in variables: any object with a field called
 * `promise` or `then` is one to it, and what a caller sends decides how the call is made. There are
 * no uploads here, so variables go as the JSON they came as.
 */
import { defaultPrintFn, serializeExecutionRequest } from '@graphql-tools/executor-common';
import { createGraphQLError } from 'graphql-yoga';

import { CallFailed, CallRefused } from './calls.mjs';
import { leftMs, toldMs } from './deadlines.mjs';
import { leftAlone } from './replicas.mjs';

const SYSTEM_ERROR = /^(E[A-Z0-9]+|HPE_\w+|UND_ERR_\w+|ERR_STREAM_PREMATURE_CLOSE)$/;
const INVALID_TOKEN = /\berror="invalid_token"/;

/** HTTP answers of a service that is not ready, or of a proxy before one: another may be. */
const NOT_READY = [502, 503, 504];

/** Addresses tried for one call. */
const TRIES_MAX = 3;

/** A failure that took so much of a request's whole time speaks against the service: others should
 * not wait as long. What is refused at once keeps nobody. */
const FAULT_SHARE = 0.5;

/** Anything that is not the network's is a fault of ours, and must not look like an outage. */
function onTheWay(error) {
  if (error instanceof CallFailed) return error;
  const { name, code } = error?.cause ?? error ?? {};
  if (!SYSTEM_ERROR.test(code)) return error;
  const about = { rule: 'NOT_REACHED', mayRepeat: 'anywhere' };
  return new CallFailed('UNAVAILABLE', `${name}: ${code}`, about);
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
  if (status >= 500 || status === 429) {
    const mayRepeat = NOT_READY.includes(status) ? 'elsewhere' : undefined;
    throw new CallFailed('UNAVAILABLE', `HTTP ${status}`, { rule: 'NOT_READY', mayRepeat });
  }
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

/**
 * Runs a call for as long as the request has time. Who hangs up is waited for no longer, except by
 * a change: a service ends what it began.
 */
async function inTime({ signal, operationType, context: { admission } }, call) {
  const waitMs = leftMs(admission);
  const late = new CallFailed('UNAVAILABLE', 'no answer in time', { rule: 'TIME_LIMIT' });
  const gone = new CallFailed('UNAVAILABLE', 'the caller is gone');
  if (waitMs < 1) throw late;
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(late), waitMs);
  const hangUp = () => ending.abort(gone);
  const heard = operationType === 'mutation' ? undefined : signal;
  heard?.addEventListener('abort', hangUp, { once: true });
  try {
    return await call(ending.signal, toldMs(waitMs));
  } catch (error) {
    const failure = onTheWay(ending.signal.aborted ? ending.signal.reason : error);
    const tookMs = waitMs - leftMs(admission);
    failure.isFault = failure !== gone && tookMs > FAULT_SHARE * admission.budgetMs;
    throw failure;
  } finally {
    clearTimeout(timer);
    heard?.removeEventListener('abort', hangUp);
  }
}

/** Rows that do not fit their types go on as they were sent: their service refuses each. */
function withRows({ context, variables, ...request }) {
  const sent = Object.entries(context?.asSent ?? {}).filter(([name]) => name in (variables ?? {}));
  return { ...request, context, variables: { ...variables, ...Object.fromEntries(sent) } };
}

function callOf(request) {
  const { headers, ...extensions } = request.extensions ?? {};
  const executionRequest = { ...withRows(request), extensions };
  return {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(serializeExecutionRequest({ executionRequest, printFn: defaultPrintFn })),
  };
}

/**
 * Hands a call to one replica after the other, until one takes it. What was begun may be begun
 * again: a query changes nothing, and every mutation carries a key under which it is done once.
 */
async function tryEach(replicas, attempt) {
  const tried = [];
  let failure;
  for (;;) {
    const replica = replicas.next(tried);
    if (!replica) throw failure ?? leftAlone();
    tried.push(replica);
    try {
      return await replica.call(() => attempt(replica.url));
    } catch (error) {
      const { mayRepeat } = error;
      // It says so itself, before it is asked again.
      if (mayRepeat === 'elsewhere') replica.isReady = false;
      const repeats = mayRepeat === 'anywhere' || (mayRepeat && replicas.all.length > tried.length);
      if (!repeats || tried.length === TRIES_MAX) throw error;
      failure = error;
    }
  }
}

/** A transport for the router; `replicas` are each service's, by its name. */
export function serviceTransport({ maxAnswerBytes }, replicas) {
  return {
    getSubgraphExecutor({ subgraphName, fetch }) {
      return (request) => {
        const { context, info } = request;
        const { headers, ...call } = callOf(request);
        return tryEach(replicas[subgraphName], (url) => inTime(request, async (signal, told) => {
          const timed = { ...headers, 'x-deadline-ms': String(told) };
          const response = await fetch(url, { ...call, headers: timed, signal }, context, info);
          return resultOf(response, context.admission, maxAnswerBytes);
        }));
      };
    },
  };
}
