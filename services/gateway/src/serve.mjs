/** The gateway as an HTTP server: its addresses, its start, its orderly end. */
import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import { admitter } from './admission.mjs';
import { callerReader } from './caller.mjs';
import { changeStreams } from './changes.mjs';
import { ConfigError } from './config.mjs';
import { doors } from './crowding.mjs';
import { trustedDocuments } from './documents.mjs';
import { listeners } from './feeds.mjs';
import { readiness } from './health.mjs';
import { hostCheck, isFromHere } from './hosts.mjs';
import { placeOf } from './lines.mjs';
import { jsonLog } from './log.mjs';
import { message } from './messages.mjs';
import { createMetrics } from './metrics.mjs';
import { NO_OPERATION, watcher } from './observing.mjs';
import { pages } from './pages.mjs';
import { playground } from './playground.mjs';
import { receiptPage } from './receipts.mjs';
import { replicasOf } from './replicas.mjs';
import { createRouter } from './router.mjs';
import { subscriptionEngine, subscriptionStreams } from './subscriptions.mjs';
import { createTracing } from './tracing.mjs';

const HEADERS_TIMEOUT_MS = 10_000;

/** For a whole request to arrive; the largest import takes a minute over a slow line. */
const REQUEST_TIMEOUT_MS = 120_000;

/** Longer than the idle time of common load balancers, so that they close first. */
const KEEP_ALIVE_MS = 75_000;

const IDLE_SWEEP_MS = 50;

function sendJson(res, status, body) {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  res.end(JSON.stringify(body));
}

function sendError(res, status, code, text) {
  sendJson(res, status, { errors: [{ message: text, extensions: { code } }] });
}

/** What it was that was asked for, where it is no graph. */
function told(watched, operation) {
  watched.operation = operation;
}

const TURNED_AWAY = { operation: NO_OPERATION, outcome: 'UNAVAILABLE' };

const QUESTION = /^\/graphql\/?(?:\?|$)/;
const isQuestion = ({ method, url }) => method === 'POST' && QUESTION.test(url);

function requestHandler(settings, { router, metrics, tracing, replicas, log }) {
  const { registry } = metrics;
  const readCaller = callerReader(settings, log, metrics);
  const admit = admitter(settings, readCaller, log, metrics);
  const watch = watcher(metrics, tracing, log);
  const servePlayground = playground(settings, log);
  const serveReceipts = receiptPage();
  const servePages = pages(settings, log);
  const ending = new AbortController();
  const documents = trustedDocuments(settings);
  const engine = subscriptionEngine(settings, documents);
  const feeds = { router, listening: listeners(), ending: ending.signal };
  const serveChanges = changeStreams(admit, feeds);
  const serveSubscription = subscriptionStreams(engine, admit, feeds);
  const enter = doors(settings, log, metrics);
  const isServed = hostCheck(settings.hosts);
  let stopping = false;

  /** Health, and figures where they are not for everybody. */
  async function answerOperator(req, res, pathname, withMetrics) {
    if (pathname === '/livez') {
      sendJson(res, 200, { status: 'live' });
    } else if (pathname === '/readyz') {
      const state = await readiness(replicas, router);
      const ready = state.ready && !stopping;
      metrics.ready.set(Number(ready));
      sendJson(res, ready ? 200 : 503, { ...state, ready, stopping });
    } else if (pathname === '/metrics' && withMetrics) {
      res.writeHead(200, { 'content-type': registry.contentType });
      res.end(await registry.metrics());
    } else {
      return false;
    }
    return true;
  }

  async function handle(req, res) {
    // One too many: nothing more of it is looked at, and it is told with the others.
    const place = isQuestion(req) ? enter(req, res) : undefined;
    if (place === null) return metrics.operations.inc(TURNED_AWAY);
    const base = `http://${req.headers.host ?? 'gateway'}`;
    if (!URL.canParse(req.url, base)) {
      // The router would answer this with a stack trace.
      return sendError(res, 400, 'INVALID', 'The address or the Host header is malformed.');
    }
    const url = new URL(req.url, base);
    const { pathname } = url;
    const withMetrics = settings.isOpen && isFromHere(req);
    if (await answerOperator(req, res, pathname, withMetrics)) return undefined;
    const watched = watch(req, res);
    if (!isServed(req)) {
      const text = message('WRONG_HOST', req.headers['accept-language']);
      return sendError(res, 421, 'INVALID', text);
    }
    if (await servePlayground(req, res, pathname)) return told(watched, 'playground');
    if (serveReceipts(req, res, pathname)) return told(watched, 'receipts');
    if (servePages(req, res, pathname, watched.trace)) return told(watched, 'pages');
    if (await serveChanges(req, res, url, watched)) return undefined;
    if (await serveSubscription(req, res, url, watched)) return undefined;
    return answerGraph(req, res, watched, place);
  }

  async function answerGraph(req, res, watched, entered) {
    // A browser's question before a request is answered here alone.
    if (req.method === 'OPTIONS') return router(req, res, { admission: await admit(req, res, watched) });
    const place = entered ?? enter(req, res);
    if (!place) return undefined;
    place.admission = await admit(req, res, watched);
    return router(req, res, { admission: place.admission });
  }

  async function handleOperator(req, res) {
    const { pathname } = new URL(req.url, 'http://gateway');
    if (!(await answerOperator(req, res, pathname, true))) sendJson(res, 404, {});
  }

  const guarded = (handleOne) => async (req, res) => {
    // The next request goes to another gateway.
    if (stopping) res.shouldKeepAlive = false;
    try {
      await handleOne(req, res);
    } catch (error) {
      if (req.destroyed && !req.complete) return;
      log.error({ error: placeOf(error) }, 'a request failed');
      if (res.headersSent) res.destroy();
      else sendError(res, 500, 'INTERNAL', message('INTERNAL'));
    }
  };

  let sockets;

  /** What connections that stay need is loaded by the first of them. */
  async function upgrade(req, socket, head) {
    const { authRefusals } = metrics;
    const parts = { engine, documents, readCaller, watch, authRefusals, isServed, log, ...feeds };
    try {
      sockets ??= (await import('./sockets.mjs')).subscriptionSockets(settings, parts);
      sockets(req, socket, head);
    } catch (error) {
      log.error({ error: placeOf(error) }, 'a connection failed');
      socket.destroy();
    }
  }

  return {
    upgrade,
    answer: guarded(handle),
    answerOperator: guarded(handleOperator),
    stop() {
      stopping = true;
      ending.abort();
    },
  };
}

/**
 * On SIGTERM or SIGINT: first not ready, so that nobody new is sent here; after `drainMs` no new
 * connections; running requests finish; then the process ends.
 */
function endOrderly(server, { router, handler, tracing, log, drainMs, shutdownTimeoutMs }) {
  let ending = false;
  async function end(signal) {
    if (ending) return;
    ending = true;
    handler.stop();
    log.info({ signal }, 'stopping');
    await pause(drainMs);
    const late = setTimeout(() => {
      log.warn('requests still running at the time limit were cut off');
      server.closeAllConnections();
    }, shutdownTimeoutMs);
    // Connections kept alive become idle one by one, as their last request finishes.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    await new Promise((resolve) => {
      server.close(resolve);
    });
    clearInterval(sweep);
    clearTimeout(late);
    await router.dispose();
    await tracing.stop();
    process.exit(0);
  }
  // The router's own handlers would cut running requests off.
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.removeAllListeners(signal);
    process.on(signal, end);
  }
}

/** Listen, or throw `ConfigError` naming the variables that begin with `prefix`. */
async function listen(server, host, port, prefix) {
  await new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, { host, port, prefix })));
    server.listen(port, host, resolve);
  });
}

function listenError(error, { host, port, prefix }) {
  if (error.code === 'EADDRINUSE') {
    const remedy = `set ${prefix}_PORT to a free one`;
    return new ConfigError(`port ${port} on ${host} is in use: ${remedy}`);
  }
  const remedy = `set ${prefix}_HOST and ${prefix}_PORT`;
  return new ConfigError(`cannot listen on ${host}:${port} (${error.code}): ${remedy}`);
}

/**
 * The router hangs one listener a call on a signal that lives as long as a service's connection.
 * They go when the call is collected (memory stayed level over 6,000 calls), so Node's warning
 * about more than ten is noise in the log.
 */
setMaxListeners(0);

/** Serve until told to end; throws `ConfigError` when the settings cannot work here. */
export async function serve(settings) {
  const metrics = createMetrics();
  const log = jsonLog(settings.logLevel, metrics);
  const tracing = await createTracing(process.env);
  const replicas = replicasOf(settings.subgraphUrls, { log, metrics });
  const router = createRouter(settings, { log, metrics, replicas });
  await router.getSchema();
  const handler = requestHandler(settings, { router, metrics, tracing, replicas, log });
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    handler.answer,
  );
  server.on('upgrade', handler.upgrade);
  if (!settings.isOpen) {
    // Ends with the process: an orderly end can be watched on it.
    const operators = createServer(handler.answerOperator);
    await listen(operators, settings.metricsHost, settings.metricsPort, 'CONGVU_METRICS');
  }
  await listen(server, settings.host, settings.port, 'CONGVU_GATEWAY');
  endOrderly(server, { router, handler, tracing, log, ...settings });
  log.info({ host: settings.host, port: server.address().port }, 'gateway ready');
}
