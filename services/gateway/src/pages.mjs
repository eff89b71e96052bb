/** Hands readers' pages on to the service that renders them; nothing is decided or kept here. */
import { Agent, request } from 'node:http';
import { pipeline } from 'node:stream';

import { message } from './messages.mjs';
import { LOOK_EVERY_MS, Replicas } from './replicas.mjs';

const PLACES = /^\/(cong-khai|ket-qua)(\/|$)/;
const READING = ['GET', 'HEAD'];

/** Signing in and out, with a token in a form: the only writing there is. */
const SIGNING_IN = /^\/ket-qua\/(vao|ra)$/;
const FORM_MAX_BYTES = 16_384;
const TIMEOUT_MS = 35_000;
const TRIES_MAX = 3;

/** Shorter than the pages keep an idle connection: none is used that they are closing. */
const IDLE_MS = 30_000;

/** Chosen one by one: nothing else that a browser sends gets further. */
const TO_PAGES = [
  'accept-encoding', 'authorization', 'content-length', 'content-type', 'cookie', 'host', 'if-none-match',
  'sec-fetch-site', 'x-forwarded-for', 'x-request-id',
];
const FROM_PAGES = [
  'allow', 'cache-control', 'content-disposition', 'content-encoding', 'content-length', 'content-security-policy',
  'content-type', 'etag', 'link', 'location', 'referrer-policy', 'retry-after', 'set-cookie', 'vary',
  'x-content-type-options',
];

function chosen(headers, names) {
  return Object.fromEntries(names.filter((name) => name in headers).map((name) => [name, headers[name]]));
}

function refuse(res, status, text) {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', connection: 'close' });
  res.end(`${message(text)}\n${message(text, 'en')}\n`);
}

/** One request to one of the pages' processes, the caller's answer to be written by `heard`. */
function askOne({ url }, asking, { heard, failed }) {
  const { hostname, port } = new URL(url);
  const asked = request({ hostname, port, ...asking, timeout: TIMEOUT_MS });
  asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
  asked.on('response', heard);
  asked.on('error', failed);
  return asked;
}

/** A function that answers the pages' addresses and says whether it did. */
export function pages({ pagesUrls }, log) {
  const replicas = new Replicas(pagesUrls, () => {});
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  setInterval(() => replicas.look(), LOOK_EVERY_MS).unref();

  /** What is only read is asked of the next, where one breaks off before it answers. */
  function ask(req, res, asking, replica = replicas.next([]), tried = [replica]) {
    const isForm = req.method === 'POST';
    const asked = askOne(replica, asking, {
      heard(answer) {
        res.writeHead(answer.statusCode, chosen(answer.headers, FROM_PAGES));
        pipeline(answer, res, () => {});
      },
      failed(error) {
        if (res.destroyed) return;
        const isOver = isForm || res.headersSent || !error.code || tried.length === TRIES_MAX;
        const other = isOver ? undefined : replicas.next(tried);
        if (other) {
          ask(req, res, asking, other, [...tried, other]);
          return;
        }
        log.warn({ error: error.code ?? 'timeout' }, 'the pages do not answer');
        if (res.headersSent) res.destroy();
        else refuse(res, 503, 'UNAVAILABLE');
      },
    });
    res.on('close', () => asked.destroy());
    if (isForm) pipeline(req, asked, () => {});
    else asked.end();
  }

  return (req, res, pathname, { traceParent }) => {
    if (!PLACES.test(pathname)) return false;
    const isForm = req.method === 'POST' && SIGNING_IN.test(pathname);
    if (!READING.includes(req.method) && !isForm) {
      res.setHeader('allow', READING.join(', '));
      refuse(res, 405, 'ONLY_READING');
    } else if (isForm && !(Number(req.headers['content-length']) <= FORM_MAX_BYTES)) {
      refuse(res, 413, 'BODY_TOO_LARGE');
    } else {
      const headers = { ...chosen(req.headers, TO_PAGES), traceparent: traceParent };
      ask(req, res, { agent, method: req.method, path: req.url, headers });
    }
    return true;
  };
}
