/** The feeds of changes as server-sent events: what a browser's EventSource and any HTTP client read. */
import { once } from 'node:events';

import { asker, listenerOf, pagesFrom, Refused } from './feeds.mjs';
import { message } from './messages.mjs';
import { signOfLifeMs, STREAMS } from './streams.mjs';

const PLACE = /^\/changes\/([a-z]+)$/;

const STATUS = { UNAUTHENTICATED: 401, FORBIDDEN: 403, INVALID: 400, RATE_LIMITED: 429, UNAVAILABLE: 503 };

function eventOf({ cursor, node }) {
  const { eventType: type, province, at } = node;
  const data = JSON.stringify({ type, province, at, data: JSON.parse(node.payload) });
  return `id: ${cursor}\nevent: ${type}\ndata: ${data}\n\n`;
}

/** The events that are listened to, and after them the cursor where nothing is to be told. */
function textOf({ edges, pageInfo }, wants) {
  const told = edges.filter(({ node }) => wants(node));
  const isPast = told.at(-1)?.cursor !== pageInfo.endCursor;
  return told.map(eventOf).join('') + (isPast ? `id: ${pageInfo.endCursor}\n\n` : '');
}

/** Sends page after page until the listener goes. */
async function follow(res, pages, wants, signal) {
  let toldAt = performance.now();
  for await (const page of pages) {
    if (page) {
      if (!res.write(textOf(page, wants))) await once(res, 'drain', { signal });
      toldAt = performance.now();
    } else if (performance.now() - toldAt > signOfLifeMs) {
      // Proxies and clients see that somebody is there.
      res.write(':\n\n');
      toldAt = performance.now();
    }
  }
}

function refuse(res, code, text, status = STATUS[code] ?? 500) {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  res.end(JSON.stringify({ errors: [{ message: text, extensions: { code } }] }));
}

/** A function that answers `/changes/...` and says whether it did; `ending` ends all streams. */
export function changeStreams(admit, { router, listening, ending }) {
  async function stream(req, res, url, watched, { service, wants }) {
    Object.assign(watched, { operation: 'changes', isStream: true });
    const admission = await admit(req, res, watched);
    const refusal = admission.refusal;
    if (refusal) return refuse(res, refusal.code, message(refusal.text, admission.language), refusal.status);
    const who = listenerOf(admission);
    if (listening.isFull(who)) {
      return refuse(res, 'RATE_LIMITED', message('RATE_LIMITED', admission.language));
    }
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, ending]);
    const ask = asker(router, service, admission, url.searchParams.get('province'));
    const after = req.headers['last-event-id'] || url.searchParams.get('after');
    listening.add(who, 1);
    try {
      const page = await ask(after);
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no',
      });
      watched.outcome = 'OK';
      await follow(res, pagesFrom(page, ask, signal), wants, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof Refused)) throw error;
      if (!res.headersSent) return refuse(res, error.code, error.message);
      const told = { code: error.code, message: error.message };
      res.write(`event: error\ndata: ${JSON.stringify(told)}\n\n`);
    } finally {
      listening.add(who, -1);
      if (res.headersSent) res.end();
    }
    return undefined;
  }

  return async (req, res, url, watched) => {
    const [, name] = PLACE.exec(url.pathname) ?? [];
    if (req.method !== 'GET' || !Object.hasOwn(STREAMS, name ?? '')) return false;
    await stream(req, res, url, watched, STREAMS[name]);
    return true;
  };
}
