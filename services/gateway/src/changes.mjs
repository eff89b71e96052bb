/** The feeds of changes as server-sent events: what a browser's EventSource and any HTTP client read. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import { documentId } from './documents.mjs';
import { message } from './messages.mjs';
import { questionOf } from './questions.mjs';

const LOOK_EVERY_MS = 1_000;

/** Where nothing happens, proxies and clients still see that somebody is there. */
const SIGN_OF_LIFE_MS = 15_000;
const BACKOFF_MAX_MS = 30_000;
const STREAMS_MAX = 1_000;
const STREAMS_OF_CALLER_MAX = 8;

/** What can be listened to: whose feed, and which of its events. */
const STREAMS = {
  catalogue: ['catalogue', /./],
  evaluation: ['evaluation', /./],
  feedback: ['feedback', /./],
  results: ['evaluation', /^congvu\.evaluation\.((org_)?evaluation\.(published|corrected)|period\.published)\./],
  complaints: ['feedback', /^congvu\.feedback\.complaint\./],
  indexes: ['feedback', /^congvu\.feedback\.index\.computed\./],
  releases: ['catalogue', /^congvu\.catalogue\.release\.published\./],
};

const PLACE = /^\/changes\/([a-z]+)$/;

const STATUS = { UNAUTHENTICATED: 401, FORBIDDEN: 403, INVALID: 400, RATE_LIMITED: 429, UNAVAILABLE: 503 };
const FINAL = ['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID'];

class Refused extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

function eventOf({ cursor, node }) {
  const { eventType: type, province, at } = node;
  const data = JSON.stringify({ type, province, at, data: JSON.parse(node.payload) });
  return `id: ${cursor}\nevent: ${type}\ndata: ${data}\n\n`;
}

/** The events that are listened to, and after them the cursor where nothing is to be told. */
function textOf({ edges, pageInfo }, wanted) {
  const told = edges.filter(({ node }) => wanted.test(node.eventType));
  const isPast = told.at(-1)?.cursor !== pageInfo.endCursor;
  return told.map(eventOf).join('') + (isPast ? `id: ${pageInfo.endCursor}\n\n` : '');
}

/** One page of the feed, asked as the caller; throws `Refused`. */
function asker(router, service, admission, province) {
  const query = questionOf(service);
  const headers = { 'content-type': 'application/json', 'graphql-require-preflight': '1' };
  // The answer has begun: what a refusal would write into its head goes nowhere.
  const response = { setHeader() {} };

  return async (after) => {
    const body = JSON.stringify({ query, documentId: documentId(query), variables: { after, province } });
    const watched = { trace: admission.watched.trace };
    const own = { ...admission, watched, response, arrivedAt: performance.now() };
    const answer = await router.fetch('http://gateway/graphql', { method: 'POST', headers, body }, { admission: own });
    const { data, errors } = await answer.json();
    if (!errors) return data[`${service}Changes`];
    throw new Refused(errors[0].extensions?.code ?? 'INTERNAL', errors[0].message);
  };
}

/** Sends page after page until the listener goes; waits where there is nothing new, and longer in trouble. */
async function follow(res, ask, wanted, { page, signal }) {
  let after = page.pageInfo.endCursor;
  let isNew = true;
  let toldAt = performance.now();
  let waitMs = LOOK_EVERY_MS;
  while (!signal.aborted) {
    if (isNew) {
      if (!res.write(textOf(page, wanted))) await once(res, 'drain', { signal });
      toldAt = performance.now();
    } else if (performance.now() - toldAt > SIGN_OF_LIFE_MS) {
      res.write(':\n\n');
      toldAt = performance.now();
    }
    if (!page.pageInfo.hasNextPage) await pause(waitMs, undefined, { signal });
    try {
      page = await ask(after);
      isNew = page.pageInfo.endCursor !== after;
      after = page.pageInfo.endCursor;
      waitMs = LOOK_EVERY_MS;
    } catch (error) {
      if (!(error instanceof Refused) || FINAL.includes(error.code)) throw error;
      page = { pageInfo: { hasNextPage: false } };
      isNew = false;
      waitMs = Math.min(2 * waitMs, BACKOFF_MAX_MS);
    }
  }
}

function refuse(res, code, text, status = STATUS[code] ?? 500) {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  res.end(JSON.stringify({ errors: [{ message: text, extensions: { code } }] }));
}

/** Counts who listens; a listener that is one too many is told so. */
function listeners() {
  const counts = new Map();
  let all = 0;
  return {
    isFull: (who) => all >= STREAMS_MAX || (counts.get(who) ?? 0) >= STREAMS_OF_CALLER_MAX,
    add(who, by) {
      all += by;
      counts.set(who, (counts.get(who) ?? 0) + by);
      if (counts.get(who) === 0) counts.delete(who);
    },
  };
}

/** A function that answers `/changes/...` and says whether it did, and one that ends all streams. */
export function changeStreams(router, admit) {
  const ending = new AbortController();
  const listening = listeners();

  async function stream(req, res, url, watched, [service, wanted]) {
    Object.assign(watched, { operation: 'changes', isStream: true });
    const admission = await admit(req, res, watched);
    const refusal = admission.refusal;
    if (refusal) return refuse(res, refusal.code, message(refusal.text, admission.language), refusal.status);
    const who = admission.caller.claims?.sub ?? admission.address;
    if (listening.isFull(who)) {
      return refuse(res, 'RATE_LIMITED', message('RATE_LIMITED', admission.language));
    }
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, ending.signal]);
    const ask = asker(router, service, admission, url.searchParams.get('province'));
    const after = req.headers['last-event-id'] || url.searchParams.get('after');
    listening.add(who, 1);
    try {
      const page = await ask(after);
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no',
      });
      watched.outcome = 'OK';
      await follow(res, ask, wanted, { page, signal });
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

  return {
    async serve(req, res, url, watched) {
      const [, name] = PLACE.exec(url.pathname) ?? [];
      if (req.method !== 'GET' || !Object.hasOwn(STREAMS, name ?? '')) return false;
      await stream(req, res, url, watched, STREAMS[name]);
      return true;
    },
    end: () => ending.abort(),
  };
}
