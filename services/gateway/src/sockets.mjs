/** Subscriptions over WebSocket, as graphql-transport-ws has it: who connects says who it is. */
import { randomUUID } from 'node:crypto';

import { createGraphQLError } from 'graphql-yoga';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';

import { addressOf } from './admission.mjs';
import { documentId } from './documents.mjs';
import { KeysUnavailable } from './keys.mjs';
import { placeOf } from './lines.mjs';
import { message } from './messages.mjs';
import { sockets as LIMITS } from './streams.mjs';
import { InvalidToken } from './token.mjs';

const PATH = '/graphql';
const GOING_AWAY = 1001;

function turnAway(socket, status) {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function authorizationIn({ connectionParams }) {
  const said = connectionParams?.Authorization ?? connectionParams?.authorization;
  return typeof said === 'string' ? said : undefined;
}

/** A token that ends, ends the connection. */
function endWith(socket, { claims }) {
  if (!claims) return;
  const leftMs = 1000 * claims.exp - Date.now();
  const timer = setTimeout(() => socket.close(CloseCode.Forbidden, 'Token expired'), Math.max(leftMs, 0));
  socket.once('close', () => clearTimeout(timer));
}

/** Who connects: by the token in `connection_init`, or nobody; false where the token is bad. */
function connecting(settings, { readCaller, authRefusals }) {
  return async (context) => {
    const { request, socket, watched } = context.extra;
    try {
      const caller = await readCaller(authorizationIn(context));
      watched.outcome = 'OK';
      context.extra.admission = {
        caller,
        refusal: null,
        requestId: randomUUID(),
        address: addressOf(request, settings.trustedProxies),
        watched,
        traceParent: watched.trace.traceParent,
        language: request.headers['accept-language'] ?? null,
        purpose: null,
      };
      endWith(socket, caller);
      return true;
    } catch (error) {
      if (!(error instanceof InvalidToken || error instanceof KeysUnavailable)) throw error;
      const isBad = error instanceof InvalidToken;
      watched.outcome = isBad ? 'UNAUTHENTICATED' : 'UNAVAILABLE';
      authRefusals.inc({ reason: isBad ? 'token' : 'keys' });
      return false;
    }
  };
}

/** What is subscribed to, under the rules of server-sent events; errors where it breaks one. */
function subscribing(settings, { engine, documents, router, listening, ending }) {
  return async ({ extra }, _id, params) => {
    const { admission, signal } = extra;
    if (!settings.isOpen && !documents.has(documentId(params.query))) {
      const text = message('DOCUMENT_UNKNOWN', admission.language);
      return [createGraphQLError(text, { extensions: { code: 'NOT_FOUND' } })];
    }
    const given = { router, admission, listening, signal: AbortSignal.any([signal, ending]), params };
    const { schema, execute, subscribe, contextFactory, parse, validate } = engine.getEnveloped(given);
    try {
      const document = parse(params.query);
      const errors = validate(schema, document);
      if (errors.length > 0) return errors;
      return {
        schema,
        document,
        operationName: params.operationName,
        variableValues: params.variables,
        contextValue: await contextFactory(),
        rootValue: { execute, subscribe },
      };
    } catch (error) {
      if (error.name === 'GraphQLError') return [error];
      throw error;
    }
  };
}

/** One connection that was opened, until it closes. */
function serve(server, socket, request, { log, watch }) {
  const gone = new AbortController();
  const watched = Object.assign(watch(request, socket), { operation: 'subscription', isStream: true });
  let isAlive = true;
  // Who gave no sign of life until the next is asked for is gone.
  const pinging = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    socket.ping();
  }, LIMITS.keepAliveMs);
  socket.on('pong', () => {
    isAlive = true;
  });
  const failed = (error) => {
    log.warn({ error: placeOf(error) }, 'a WebSocket failed');
    socket.close(CloseCode.InternalServerError);
  };
  const closed = server.opened(
    {
      protocol: socket.protocol,
      // Whoever takes slowly is told no more than has been taken.
      send: (data) => new Promise((resolve) => { socket.send(data, () => resolve()); }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => socket.on('message', (data) => handle(String(data)).catch(failed)),
    },
    { socket, request, watched, signal: gone.signal },
  );
  socket.on('error', failed);
  socket.once('close', (code, reason) => {
    clearInterval(pinging);
    gone.abort();
    closed(code, String(reason)).catch(failed);
  });
}

/** What takes a connection that asks to become a WebSocket. */
export function subscriptionSockets(settings, { isServed, ...parts }) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.messageMaxBytes, handleProtocols });
  const server = makeServer({
    execute: (args) => args.rootValue.execute(args),
    subscribe: (args) => args.rootValue.subscribe(args),
    connectionInitWaitTimeout: LIMITS.initWithinMs,
    onConnect: connecting(settings, parts),
    onSubscribe: subscribing(settings, parts),
  });
  const counts = new Map();
  parts.ending.addEventListener('abort', () => {
    for (const each of sockets.clients) each.close(GOING_AWAY, 'Going away');
  });

  function count(address, by) {
    const now = (counts.get(address) ?? 0) + by;
    if (now === 0) counts.delete(address);
    else counts.set(address, now);
  }

  return (req, socket, head) => {
    const address = addressOf(req, settings.trustedProxies);
    socket.on('error', () => socket.destroy());
    if (req.url.split('?')[0] !== PATH) return turnAway(socket, '404 Not Found');
    if (!isServed(req)) return turnAway(socket, '421 Misdirected Request');
    // The protocol before it let callers start before anybody was asked who they are.
    const offered = req.headers['sec-websocket-protocol'] ?? '';
    if (!handleProtocols(offered)) return turnAway(socket, '400 Bad Request');
    const isFull = sockets.clients.size >= LIMITS.max || (counts.get(address) ?? 0) >= LIMITS.ofAddressMax;
    if (isFull || parts.ending.aborted) return turnAway(socket, '503 Service Unavailable');
    count(address, 1);
    socket.once('close', () => count(address, -1));
    return sockets.handleUpgrade(req, socket, head, (opened) => serve(server, opened, req, parts));
  };
}
