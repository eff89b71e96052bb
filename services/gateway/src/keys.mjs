/**
 * The keys that the issuer of tokens publishes: fetched once for all who wait, dropped in minutes.
 *
 * `congvu_kit/adapters/issuer_keys.py` does the same with the same numbers (docs/decisions/0018).
 */
import { importJWK } from 'jose';

/** How long a key counts that the issuer may have withdrawn meanwhile. */
const MAX_AGE_MS = 300_000;

/** How long keys count while the issuer does not answer. */
const KEEP_MS = 3_600_000;

/** The issuer is asked no more often than this, whatever key ids callers make up. */
const RETRY_MS = 10_000;
const TIMEOUT_MS = 3_000;
const RSA_BYTES_MIN = 256;

/** The issuer's keys cannot be fetched, so no token can be judged. */
export class KeysUnavailable extends Error {}

function algorithmOf({ kty, crv, n }) {
  if (kty === 'RSA' && Buffer.from(n, 'base64url').length >= RSA_BYTES_MIN) return 'RS256';
  return kty === 'EC' && crv === 'P-256' ? 'ES256' : null;
}

/** Id, algorithm and key where it signs as we accept it; anything else may stand there too. */
async function usable(published) {
  const { kid, use = 'sig', key_ops: operations, alg, ...rest } = published;
  if (typeof kid !== 'string' || use !== 'sig') return [];
  if (!(operations ?? ['verify']).includes('verify')) return [];
  try {
    const algorithm = algorithmOf(rest);
    if (!algorithm || (alg ?? algorithm) !== algorithm) return [];
    const { kty, n, e, crv, x, y } = rest;
    const key = await importJWK(kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y }, algorithm);
    return [[kid, { algorithm, key }]];
  } catch {
    return [];
  }
}

/** A function from a key id to `{ algorithm, key }`, or to undefined where the issuer has none. */
export function issuerKeys(url, log, { issuerKeysFailures }) {
  let keys = new Map();
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;
  let flight = null;
  const age = () => performance.now() - fetchedAt;

  async function fetchKeys() {
    triedAt = performance.now();
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await fetch(url, { signal, redirect: 'error' });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const { keys: published } = await answer.json();
      keys = new Map((await Promise.all(published.map(usable))).flat());
      fetchedAt = triedAt;
    } catch (error) {
      issuerKeysFailures.inc();
      log.warn({ error: error.name }, 'the issuer\'s keys cannot be read');
    } finally {
      flight = null;
    }
  }

  /** The one request that everybody waits for; null within `RETRY_MS` of the last one. */
  function fly() {
    const rested = performance.now() - triedAt >= RETRY_MS;
    if (!flight && (rested || age() > KEEP_MS)) flight = fetchKeys();
    return flight;
  }

  /** An issuer that did not answer last time is asked again without making anybody wait. */
  async function renew() {
    if (age() > MAX_AGE_MS) {
      const lostBefore = triedAt > fetchedAt;
      const flying = fly();
      if (!lostBefore || age() > KEEP_MS) await flying;
    }
    if (age() > KEEP_MS) throw new KeysUnavailable('the issuer\'s keys cannot be read');
  }

  return async (kid) => {
    await renew();
    if (!keys.has(kid)) await fly();
    return keys.get(kid);
  };
}
