/** What one caller may ask for in a minute. */
import { createGraphQLError } from 'graphql-yoga';
import { RateLimiterMemory } from 'rate-limiter-flexible';

import { message } from './messages.mjs';
import { ratePoints } from './prices.mjs';

const WINDOW_S = 60;

function limiter(perMinute) {
  return perMinute > 0 ? new RateLimiterMemory({ points: perMinute, duration: WINDOW_S }) : null;
}

/**
 * Counts calls per caller in this process: by `sub` with a token, else by address.
 *
 * Whatever arrives counts once; what it asks for besides (further root fields, aliases) counts when
 * it is known. With several gateways each has its own count.
 */
export function useRateLimit({ rateLimitPerMinute, rateLimitAnonymousPerMinute }) {
  const known = limiter(rateLimitPerMinute);
  const anonymous = limiter(rateLimitAnonymousPerMinute);

  /** Null, or the error for a caller who asked for more than the rate allows. */
  async function consume({ caller, address, response, language }, points) {
    const [limit, key] = caller.claims ? [known, caller.claims.sub] : [anonymous, address];
    if (!limit || points < 1) return null;
    try {
      await limit.consume(key, points);
      return null;
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      response.setHeader('retry-after', String(Math.ceil(refusal.msBeforeNext / 1000)));
      const extensions = { code: 'RATE_LIMITED', http: { status: 429 } };
      return createGraphQLError(message('RATE_LIMITED', language), { extensions });
    }
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
