/** The feeds of changes, asked as a caller: what streams and subscriptions tell. */
import { setTimeout as pause } from 'node:timers/promises';

import { documentId } from './documents.mjs';
import { backoffMaxMs, listenersMax, listenersOfCallerMax, lookEveryMs, questionOf } from './streams.mjs';

const FINAL = ['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID'];

/** A feed says no; the code is that of the answer. */
export class Refused extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

/** A function that asks one page of the feed as the caller; it throws `Refused`. */
export function asker(router, service, admission, province) {
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

/**
 * Page after page from the first on; null where a look found nothing new. Waits between looks, and
 * longer in trouble; throws what is `Refused` for good, and when `signal` ends it.
 */
export async function* pagesFrom(page, ask, signal) {
  let after = page.pageInfo.endCursor;
  let isNew = true;
  let waitMs = lookEveryMs;
  while (!signal.aborted) {
    yield isNew ? page : null;
    if (!page.pageInfo.hasNextPage) await pause(waitMs, undefined, { signal });
    try {
      page = await ask(after);
      isNew = page.pageInfo.endCursor !== after;
      after = page.pageInfo.endCursor;
      waitMs = lookEveryMs;
    } catch (error) {
      if (!(error instanceof Refused) || FINAL.includes(error.code)) throw error;
      page = { pageInfo: { hasNextPage: false } };
      isNew = false;
      waitMs = Math.min(2 * waitMs, backoffMaxMs);
    }
  }
}

/** Who is counted: the account, else the address. */
export const listenerOf = ({ caller, address }) => caller.claims?.sub ?? address;

/** Counts who listens; a listener that is one too many is told so. */
export function listeners() {
  const counts = new Map();
  let all = 0;
  return {
    isFull: (who) => all >= listenersMax || (counts.get(who) ?? 0) >= listenersOfCallerMax,
    add(who, by) {
      all += by;
      counts.set(who, (counts.get(who) ?? 0) + by);
      if (counts.get(who) === 0) counts.delete(who);
    },
  };
}
