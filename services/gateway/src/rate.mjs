/** What one caller may ask for in a minute. */
import { createGraphQLError } from 'graphql-yoga';
import { RateLimiterMemory } from 'rate-limiter-flexible';

import { message } from './messages.mjs';

const WINDOW_S = 60;

function limiter(perMinute) {
  return perMinute > 0 ? new RateLimiterMemory({ points: perMinute, duration: WINDOW_S }) : null;
}

/**
 * Counts operations per caller in this process: by `sub` with a token, else by address.
 *
 * Every operation of a batch counts. With several gateways each has its own count.
 */
export function useRateLimit({ rateLimitPerMinute, rateLimitAnonymousPerMinute }) {
  const known = limiter(rateLimitPerMinute);
  const anonymous = limiter(rateLimitAnonymousPerMinute);
  return {
    async onParams({ request, context, setResult }) {
      const { caller, address, response } = context.admission;
      const [limit, key] = caller.claims ? [known, caller.claims.sub] : [anonymous, address];
      if (!limit) return;
      try {
        await limit.consume(key);
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        const waitS = Math.ceil(refusal.msBeforeNext / 1000);
        response.setHeader('retry-after', String(waitS));
        const text = message('RATE_LIMITED', request.headers.get('accept-language'));
        const extensions = { code: 'RATE_LIMITED', http: { status: 429 } };
        setResult({ errors: [createGraphQLError(text, { extensions })] });
      }
    },
  };
}
