/** What every request passes before GraphQL sees it: identity, request id, body size. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { ANONYMOUS } from './caller.mjs';
import { KeysUnavailable } from './keys.mjs';
import { message } from './messages.mjs';
import { InvalidToken } from './token.mjs';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** Why personal data is read: percent-encoded UTF-8. */
const PURPOSE = /^[A-Za-z0-9%._~!'()*-]{1,900}$/;
const ACCEPT_LANGUAGE = /^[A-Za-z0-9*,;=. -]{1,200}$/;

const INVALID_TOKEN = { status: 401, code: 'UNAUTHENTICATED', text: 'UNAUTHENTICATED' };
const NO_KEYS = { status: 503, code: 'UNAVAILABLE', text: 'IDENTITY_UNAVAILABLE' };
const TOO_LARGE = { status: 413, code: 'INVALID', text: 'BODY_TOO_LARGE' };

class BodyTooLarge extends Error {}

/** The header's value where it has the expected form, else null: a client cannot pass on junk. */
function sane(value, pattern) {
  return value !== undefined && pattern.test(value) ? value : null;
}

/** The caller's address; each trusted proxy adds one entry at the end of X-Forwarded-For. */
export function addressOf(req, trustedProxies) {
  const forwarded = String(req.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const entry = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined;
  return entry ?? req.socket.remoteAddress ?? 'unknown';
}

async function readBody(req, limitBytes) {
  if (Number(req.headers['content-length'] ?? 0) > limitBytes) throw new BodyTooLarge();
  const chunks = [];
  let sizeBytes = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Let the client finish sending, unheard, so that it gets to read the refusal; a long rest costs the connection. */
export function dropBody(req, res, limitBytes) {
  if (!(Number(req.headers['content-length']) <= limitBytes)) res.setHeader('connection', 'close');
  req.resume();
}

export const FORWARDED_HEADERS = [
  'authorization', 'accept-language', 'x-request-id', 'traceparent', 'x-purpose',
];

/** Headers a subgraph gets from us: chosen one by one, so nothing else a client sends passes. */
export function forwardedHeaders({ caller, requestId, traceParent, language, purpose }) {
  const headers = { 'x-request-id': requestId, traceparent: traceParent };
  if (caller.token) headers.authorization = `Bearer ${caller.token}`;
  if (language) headers['accept-language'] = language;
  if (purpose) headers['x-purpose'] = purpose;
  return headers;
}

/** A function that admits one request; a refusal is carried along and answered by the router. */
export function admitter(settings, readCaller, log, { authRefusals }) {
  async function identify(req) {
    try {
      return { caller: await readCaller(req.headers.authorization), refusal: null };
    } catch (error) {
      if (error instanceof InvalidToken) {
        authRefusals.inc({ reason: 'token' });
        return { caller: ANONYMOUS, refusal: INVALID_TOKEN };
      }
      if (!(error instanceof KeysUnavailable)) throw error;
      authRefusals.inc({ reason: 'keys' });
      log.error({ error: error.message }, 'the issuer\'s keys cannot be read');
      return { caller: ANONYMOUS, refusal: NO_KEYS };
    }
  }

  async function takeBody(req, caller) {
    const limit = caller.claims ? settings.maxBodyBytesAuthenticated : settings.maxBodyBytes;
    try {
      const body = await readBody(req, limit);
      // An iterable body is what the router reads in place of the used-up request stream.
      req.body = Readable.from([body]);
      return null;
    } catch (error) {
      if (error instanceof BodyTooLarge) return TOO_LARGE;
      throw error;
    }
  }

  return async (req, res, watched) => {
    const { headers } = req;
    const requestId = sane(headers['x-request-id'], REQUEST_ID) ?? randomUUID();
    res.setHeader('x-request-id', requestId);
    const isPreflight = req.method === 'OPTIONS';
    const identity = isPreflight ? { caller: ANONYMOUS, refusal: null } : await identify(req);
    let { refusal } = identity;
    if (!refusal && req.method === 'POST') refusal = await takeBody(req, identity.caller);
    if (refusal && req.method === 'POST') dropBody(req, res, settings.maxBodyBytes);
    return {
      refusal,
      requestId,
      arrivedAt: performance.now(),
      caller: identity.caller,
      response: res,
      address: addressOf(req, settings.trustedProxies),
      watched,
      traceParent: watched.trace.traceParent,
      language: sane(headers['accept-language'], ACCEPT_LANGUAGE),
      purpose: sane(headers['x-purpose'], PURPOSE),
    };
  };
}

/** Answers what was refused at admission as a GraphQL error, CORS headers included. */
export function useAdmission() {
  return {
    onRequest({ request, serverContext, fetchAPI, endResponse }) {
      const { refusal } = serverContext.admission;
      if (!refusal) return;
      const text = message(refusal.text, request.headers.get('accept-language'));
      const body = { errors: [{ message: text, extensions: { code: refusal.code } }] };
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      if (refusal.status === 401) headers['www-authenticate'] = 'Bearer error="invalid_token"';
      endResponse(new fetchAPI.Response(JSON.stringify(body), { status: refusal.status, headers }));
    },
  };
}
