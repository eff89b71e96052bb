/**
 * The addresses of one service: whom to call next, and whom to leave alone for a while.
 *
 * Each is asked every second whether it is ready, so that one that ends is not called any more
 * before its door closes; and each has a circuit breaker, so that callers do not wait for one that
 * does not answer.
 */
import CircuitBreaker from 'opossum';

import { CallFailed } from './calls.mjs';

export const LOOK_EVERY_MS = 1_000;
const LOOK_WITHIN_MS = 1_000;

/** Half of at least so many calls in ten seconds kept their callers in vain: no more are made... */
const BREAKER = {
  timeout: false,
  volumeThreshold: 5,
  errorThresholdPercentage: 50,
  rollingCountTimeout: 10_000,
  rollingPercentilesEnabled: false,
  enableSnapshots: false,
  // ...except by one call every so often, which closes the circuit when it is answered.
  resetTimeout: 2_000,
  errorFilter: (error) => !(error instanceof CallFailed && error.isFault),
};

const send = (call) => call();

/** How a service says it is; every answer but 200 is a reason not to prefer it. */
async function stateOf(url) {
  try {
    const signal = AbortSignal.timeout(LOOK_WITHIN_MS);
    const answer = await fetch(new URL('/readyz', url), { signal, redirect: 'error' });
    await answer.arrayBuffer();
    return answer.ok ? 'ready' : `not ready (HTTP ${answer.status})`;
  } catch {
    return 'does not answer';
  }
}

class Replica {
  constructor(url, tell) {
    this.url = url;
    this.isReady = true;
    this.breaker = new CircuitBreaker(send, BREAKER);
    for (const change of ['open', 'close']) this.breaker.on(change, () => tell(this));
  }

  get isOpen() {
    return !this.breaker.closed && !this.breaker.pendingClose;
  }

  async look() {
    const state = await stateOf(this.url);
    this.isReady = state === 'ready';
    if (this.isReady) this.breaker.close();
    return state;
  }

  async call(attempt) {
    try {
      return await this.breaker.fire(attempt);
    } catch (error) {
      if (CircuitBreaker.isOurError(error)) throw leftAlone();
      throw error;
    }
  }
}

/** The failure of a call that was not made. */
export function leftAlone() {
  const about = { rule: 'CIRCUIT_OPEN', mayRepeat: 'anywhere' };
  return new CallFailed('UNAVAILABLE', 'it did not answer lately and is left alone', about);
}

/** One that is ready is asked again: a connection may break on its own, while all others are away. */
const TIMES_MAX = 2;

/** One service; `next` goes round its addresses, those first that say they are ready. */
export class Replicas {
  #turn = 0;

  constructor(urls, tell) {
    this.all = urls.map((url) => new Replica(url, tell));
  }

  /** The next to call, if any: of those that say they are ready, else of all, one tried least. */
  next(tried) {
    const times = (replica) => tried.filter((each) => each === replica).length;
    const left = this.all.filter((each) => !each.isOpen && times(each) < TIMES_MAX);
    const ready = left.filter(({ isReady }) => isReady);
    const wanted = ready.length > 0 ? ready : left;
    if (wanted.length === 0) return undefined;
    const least = Math.min(...wanted.map(times));
    const among = wanted.filter((each) => times(each) === least);
    this.#turn += 1;
    return among[this.#turn % among.length];
  }

  /** `ready` when one is; else what the first says. */
  async look() {
    const states = await Promise.all(this.all.map((each) => each.look()));
    return states.find((state) => state === 'ready') ?? states[0];
  }
}

/** The replicas of every service by its name, looked at for as long as the process runs. */
export function replicasOf(urlsByService, { log, metrics: { breakerOpen, deadlines } }) {
  const services = {};
  for (const [on, urls] of Object.entries(urlsByService)) {
    const tell = ({ url, isOpen }) => {
      breakerOpen.set({ on }, services[on].all.filter((each) => each.isOpen).length);
      const about = { on, replica: urls.indexOf(url) };
      if (isOpen) log.error(about, 'a service is left alone: it does not answer');
      else log.info(about, 'a service is called again');
    };
    services[on] = new Replicas(urls, tell);
    breakerOpen.set({ on }, 0);
    // A series that begins with its first event shows no increase by it.
    deadlines.inc({ on }, 0);
  }
  const lookAtAll = () => Object.values(services).forEach((each) => each.look());
  setInterval(lookAtAll, LOOK_EVERY_MS).unref();
  return services;
}
