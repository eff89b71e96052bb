/** The graph explorer: GraphiQL served from this process, so that it works with no internet. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

import * as graphiql from '@graphql-yoga/render-graphiql/graphiql';

import { isFromHere } from './hosts.mjs';

const PAGE_FOLDER = new URL('./page/', import.meta.url);
const HOME = new URL('../', import.meta.url);

/** Nothing may load from outside: the browser enforces what the page promises. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function asset(type, content, policy = CONTENT_SECURITY_POLICY) {
  const bytes = Buffer.from(content);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { type, bytes, zipped: gzipSync(bytes), etag, policy };
}

export function ownFile(name) {
  return readFileSync(new URL(name, PAGE_FOLDER), 'utf8');
}

function loaded(files, typeOf) {
  return files.map((each) => [each.path, asset(typeOf(each), readFileSync(new URL(each.file, HOME)))]);
}

function loadAssets() {
  const script = 'text/javascript; charset=utf-8';
  const { page, documents } = JSON.parse(ownFile('files.json'));
  // An image has the page, and no documents.
  const links = documents.filter(({ file }) => existsSync(new URL(file, HOME)));
  return {
    ...Object.fromEntries(loaded(page, ({ type }) => type)),
    // As plain text every browser shows them, offline too; the page of guides lays them out.
    ...Object.fromEntries(loaded(links, () => 'text/plain; charset=utf-8')),
    '/playground/links.json': asset(
      'application/json',
      JSON.stringify(links.map(({ path, vi, en }) => ({ path, vi, en }))),
    ),
    '/playground/marked.js': asset(script, readFileSync(new URL(import.meta.resolve('marked')))),
    '/playground/graphiql.css': asset('text/css; charset=utf-8', graphiql.css),
    '/playground/graphiql.js': asset(script, graphiql.js),
    '/playground/editor.worker.js': asset(script, graphiql.editorWorkerService),
    '/playground/json.worker.js': asset(script, graphiql.jsonWorker),
    '/playground/graphql.worker.js': asset(script, graphiql.graphqlWorker),
  };
}

export function send(req, res, { type, bytes, zipped, etag, policy }) {
  res.setHeader('content-security-policy', policy);
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('referrer-policy', 'no-referrer');
  res.setHeader('cache-control', 'no-cache');
  res.setHeader('vary', 'accept-encoding, accept');
  res.setHeader('etag', etag);
  if (req.headers['if-none-match'] === etag) {
    res.writeHead(304).end();
    return;
  }
  const isZipped = /\bgzip\b/.test(req.headers['accept-encoding'] ?? '');
  if (isZipped) res.setHeader('content-encoding', 'gzip');
  const body = isZipped ? zipped : bytes;
  res.writeHead(200, { 'content-type': type, 'content-length': body.length });
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Tokens and examples for the page; read on every load, since the writer renews the tokens. */
async function demoFile(path, log) {
  const nothing = { tokens: [], examples: [] };
  if (!path) return nothing;
  try {
    return { ...nothing, ...JSON.parse(await readFile(path, 'utf8')) };
  } catch (error) {
    log.warn({ path, error: error.message }, 'CONGVU_PLAYGROUND_FILE cannot be read');
    return nothing;
  }
}

function wantsPage(req) {
  return req.method === 'GET' && /\btext\/html\b/.test(req.headers.accept ?? '');
}

/** A function that answers the page's addresses and says whether it did. */
export function playground({ isOpen, playgroundFile }, log) {
  if (!isOpen) return async () => false;
  const assets = loadAssets();
  return async (req, res, pathname) => {
    if (pathname === '/' && req.method === 'GET') {
      res.writeHead(302, { location: '/graphql' }).end();
    } else if (pathname === '/graphql' && wantsPage(req)) {
      send(req, res, assets['/playground/']);
    } else if (pathname === '/playground/demo.json' && req.method === 'GET') {
      // Ready-made tokens are for who sits at this machine, whatever name led here.
      const path = isFromHere(req) ? playgroundFile : '';
      const demo = asset('application/json', JSON.stringify(await demoFile(path, log)));
      send(req, res, demo);
    } else if (['GET', 'HEAD'].includes(req.method) && Object.hasOwn(assets, pathname)) {
      send(req, res, assets[pathname]);
    } else {
      return false;
    }
    return true;
  };
}
