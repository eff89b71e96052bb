/** Registered documents: what known programs ask, by the hash of its text. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createGraphQLError } from 'graphql-yoga';

import { ConfigError } from './config.mjs';
import { message } from './messages.mjs';
import { QUESTIONS } from './streams.mjs';

/** What our own clients send; `make contracts` writes it. */
const SHIPPED = fileURLToPath(new URL('../documents.json', import.meta.url));

export function documentId(text) {
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}

function textsOf(path) {
  const content = readFileSync(path, 'utf8');
  if (extname(path) !== '.json') return [content];
  const manifest = JSON.parse(content);
  const texts = Object.values(manifest);
  if (Array.isArray(manifest) || !texts.every((text) => typeof text === 'string')) throw new TypeError('a text is none');
  return texts;
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  const isDocument = (name) => ['.graphql', '.json'].includes(extname(name));
  return readdirSync(path).filter(isDocument).sort().map((name) => join(path, name));
}

/** Every registered document by its id; throws `ConfigError` for a file that cannot be read. */
export function trustedDocuments({ trustedDocuments: paths }) {
  const documents = new Map(QUESTIONS.map((text) => [documentId(text), text]));
  for (const path of [SHIPPED, ...paths]) {
    try {
      for (const text of filesOf(path).flatMap(textsOf)) documents.set(documentId(text), text);
    } catch (error) {
      const reason = error.syscall ? error.code : 'not a JSON object of documents';
      throw new ConfigError(`CONGVU_TRUSTED_DOCUMENTS: cannot read '${path}' (${reason})`);
    }
  }
  return documents;
}

function idIn(params, request) {
  const hash = params.extensions?.persistedQuery?.sha256Hash;
  return (
    params.documentId ??
    new URL(request.url).searchParams.get('documentId') ??
    (hash === undefined ? undefined : `sha256:${hash}`)
  );
}

/**
 * Puts the text in place of an id. A text that comes with an id must be the one it stands for;
 * in production only what is registered is answered, and only by its id.
 */
export function useTrustedDocuments(documents, { isOpen }) {
  return {
    onParams({ params, request, setParams }) {
      function refusal(text, status, code) {
        const language = request.headers.get('accept-language');
        const extensions = { code, http: { status } };
        return createGraphQLError(message(text, language), { extensions });
      }
      if (params === null || typeof params !== 'object') return;
      const { documentId: _, ...rest } = params;
      const id = idIn(params, request);
      if (id === undefined) {
        if (!isOpen) throw refusal('DOCUMENT_NEEDED', 400, 'INVALID');
        return;
      }
      const given = params.query ?? documents.get(id);
      const isIt = typeof given === 'string' && documentId(given) === id;
      const isKnown = isIt && (isOpen || documents.has(id));
      if (!isKnown) throw refusal('DOCUMENT_UNKNOWN', 404, 'NOT_FOUND');
      setParams({ ...rest, query: given });
    },
  };
}
