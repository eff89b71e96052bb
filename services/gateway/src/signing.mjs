/**
 * Signs every request to a subgraph, so that a service can refuse what did not come through here.
 *
 * HTTP message signatures (RFC 9421) with HMAC-SHA256 over method, target, body digest (RFC 9530),
 * the caller's token, the request id and the time left; time and nonce stop replay.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { watchFile } from 'node:fs';

import { readSigningSecret } from './config.mjs';

const COMPONENTS = [
  '@method', '@target-uri', 'content-digest', 'authorization', 'x-request-id', 'x-deadline-ms',
];
const NONCE_BYTES = 16;

/** How soon a secret that takes another's place is noticed. */
const LOOK_MS = 1_000;

/** The headers that prove one request; `request.headers` has lower-case names. */
export function signatureHeaders(request, secret, { created, nonce }) {
  const digest = createHash('sha256').update(request.body, 'utf8').digest('base64');
  const contentDigest = `sha-256=:${digest}:`;
  const values = {
    '@method': request.method,
    '@target-uri': request.url,
    'content-digest': contentDigest,
    authorization: request.headers.authorization ?? '',
    'x-request-id': request.headers['x-request-id'],
    'x-deadline-ms': request.headers['x-deadline-ms'],
  };
  const covered = COMPONENTS.map((name) => `"${name}"`).join(' ');
  const key = 'keyid="gateway";alg="hmac-sha256"';
  const params = `(${covered});created=${created};nonce="${nonce}";${key}`;
  const lines = COMPONENTS.map((name) => `"${name}": ${values[name]}`);
  const base = [...lines, `"@signature-params": ${params}`].join('\n');
  const signature = createHmac('sha256', secret).update(base, 'utf8').digest('base64');
  return {
    'content-digest': contentDigest,
    'signature-input': `gw=${params}`,
    signature: `gw=:${signature}:`,
  };
}

/** A function that gives the secret of now: its file may be replaced while the gateway runs. */
function currentSecret({ secret, secretFile }, log) {
  let current = secret;
  if (secretFile) {
    watchFile(secretFile, { interval: LOOK_MS, persistent: false }, () => {
      try {
        current = readSigningSecret(secretFile);
        log.info('secret read');
      } catch (error) {
        log.error({ error: error.message }, 'secret not read');
      }
    });
  }
  return () => current;
}

/** Signs at the last moment, on the bytes that leave; a body that is not text is a bug. */
export function useRequestSigning(settings, log) {
  const secret = currentSecret(settings, log);
  return {
    onFetch({ url, options, setOptions, executionRequest }) {
      if (!executionRequest) return;
      if (typeof options.body !== 'string') throw new TypeError('a call has a text body');
      const request = { method: options.method, url, body: options.body, headers: options.headers };
      const moment = {
        created: Math.floor(Date.now() / 1000),
        nonce: randomBytes(NONCE_BYTES).toString('hex'),
      };
      const headers = { ...options.headers, ...signatureHeaders(request, secret(), moment) };
      setOptions({ ...options, headers });
    },
  };
}
