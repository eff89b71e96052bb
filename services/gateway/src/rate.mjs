/** What one caller may ask for in a minute. */
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';

import { createGraphQLError } from 'graphql-yoga';
import { RateLimiterMemory, RateLimiterRedis, RLWrapperTimeouts } from 'rate-limiter-flexible';

import { message } from './messages.mjs';
import { ratePoints } from './prices.mjs';

const WINDOW_S = 60;

/** A shared store that takes longer is away: callers do not wait for it. */
const STORE_TIMEOUT_MS = 100;

/** Counts in the shared store, and in this process while that does not answer. */
function limiter(name, perMinute, store) {
  if (perMinute === 0) return null;
  const rule = { points: perMinute, duration: WINDOW_S, keyPrefix: `congvu:${name}` };
  const own = new RateLimiterMemory(rule);
  if (!store) return own;
  const shared = new RateLimiterRedis({
    ...rule,
    storeClient: store,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    // Who is over the limit is known here, and costs the store nothing more.
    inMemoryBlockOnConsumed: perMinute + 1,
    insuranceLimiter: own,
  });
  return new RLWrapperTimeouts({ limiter: shared, timeoutMs: STORE_TIMEOUT_MS });
}

/** Whoever has an IPv6 address has the 2^64 beside it too: its network is what is counted. */
export function networkOf(address) {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped || !isIPv6(address)) return mapped ?? address;
  const groupsOf = (part) => part.split(':').filter(Boolean);
  const [head, tail = []] = address.split('%')[0].split('::').map(groupsOf);
  const gap = Array(Math.max(8 - head.length - tail.length, 0)).fill('0');
  const groups = [...head, ...gap, ...tail].slice(0, 4);
  return groups.map((group) => parseInt(group, 16).toString(16)).join(':');
}

/** The one of several refusals that lasts longest; an error is a fault of ours. */
function longest(refusals) {
  for (const refusal of refusals) if (refusal instanceof Error) throw refusal;
  return Math.max(...refusals.map(({ msBeforeNext }) => msBeforeNext));
}

/**
 * Counts calls per caller: a person by `sub` and by `officer`, whatever number of tokens or of
 * accounts they use; somebody without a token by address.
 *
 * Whatever arrives counts once; what it asks for besides (further root fields, aliases) counts when
 * it is known. Without a shared store each gateway has its own count.
 */
export function useRateLimit(settings, store, { rateRefusals }) {
  const known = limiter('known', settings.rateLimitPerMinute, store);
  const anonymous = limiter('anonymous', settings.rateLimitAnonymousPerMinute, store);

  /** Names stay here: the store learns what cannot be turned back into them. */
  function keyOf(kind, name) {
    return createHmac('sha256', settings.secret).update(`${kind}:${name}`).digest('base64url');
  }

  function countedBy({ claims }, address) {
    if (!claims) return [keyOf('address', networkOf(address))];
    const { sub, officer } = claims;
    return [keyOf('sub', sub.toLowerCase()), ...(officer ? [keyOf('officer', officer)] : [])];
  }

  /** Null, or the error for a caller who asked for more than the rate allows. */
  async function consume({ caller, address, response, language }, points) {
    const limit = caller.claims ? known : anonymous;
    if (!limit || points < 1) return null;
    const counts = countedBy(caller, address).map((key) => limit.consume(key, points));
    const refusals = (await Promise.allSettled(counts)).filter(({ reason }) => reason);
    if (refusals.length === 0) return null;
    const waitMs = longest(refusals.map(({ reason }) => reason));
    rateRefusals.inc({ caller: caller.claims ? 'known' : 'anonymous' });
    response.setHeader('retry-after', String(Math.max(Math.ceil(waitMs / 1000), 1)));
    const extensions = { code: 'RATE_LIMITED', http: { status: 429 } };
    return createGraphQLError(message('RATE_LIMITED', language), { extensions });
  }

  return {
    async onParams({ context }) {
      const refusal = await consume(context.admission, 1);
      if (refusal) throw refusal;
    },
    async onExecute({ args, setResultAndStopExecution }) {
      const points = ratePoints(args.document, args.operationName) - 1;
      const refusal = await consume(args.contextValue.admission, points);
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}
