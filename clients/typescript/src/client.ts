/** The way to the platform: what may be repeated is, with the same key. */
import type { EventSourceMessage } from 'eventsource-parser';
import { EventSourceParserStream } from 'eventsource-parser/stream';

import { dataOf, type Done } from './answers.js';
import type { TypedDocumentString } from './operations.js';
import { passes, Problem, Unreachable } from './problems.js';
import type { Instant } from './scalars.js';
import type { Told } from './told.js';

export interface Settings {
  /** Or what gives the present one: tokens are good for a day at most. */
  readonly token?: string | (() => string | Promise<string>);
  /** Of messages. */
  readonly language?: 'vi' | 'en';
  /** Why persons are read; they see it in the record of reads. */
  readonly purpose?: string;
  readonly attempts?: number;
  /** No further attempt begins after this time; a `Retry-After` beyond it ends the call at once. */
  readonly patienceMs?: number;
  /** For one attempt: the platform gives an import 50 s. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

export type Stream = 'results' | 'complaints' | 'indexes' | 'releases' | 'catalogue' | 'evaluation' | 'feedback';

/** Keep `cursor` once the event is handled: it may come again after a crash. */
export type Change = Told & {
  readonly cursor: string;
  readonly province: string;
  readonly at: Instant;
};

/** What a subscription answers: one field, and in it where one goes on. */
interface Subscribed {
  readonly [field: string]: { readonly cursor: string };
}

interface Request {
  readonly url: string | URL;
  readonly method?: string;
  readonly body?: string;
  readonly headers: Record<string, string>;
}

/** How a stream is asked for from a cursor on, and what its events say: null where one says nothing. */
interface Heard<T> {
  request(cursor: string | undefined): Request;
  read(event: EventSourceMessage): T | null;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;

/** Of a stream: the gateway gives a sign of life every 15 seconds. */
const SILENCE_MAX_MS = 60_000;

/** A connection that stood so long was let in: its token ended since. */
const SETTLED_MS = 5_000;

type Given<V> = Record<string, never> extends V ? [variables?: V] : [variables: V];

export class CongvuClient {
  readonly #url: string;
  readonly #settings: Settings;
  readonly #fetch: typeof fetch;

  constructor(baseUrl: string, settings: Settings = {}) {
    this.#url = baseUrl.replace(/(\/graphql)?\/*$/, '');
    this.#settings = settings;
    this.#fetch = settings.fetch ?? fetch;
  }

  /** What was done, or read; throws `Problem` when the platform says no, `Unreachable` when it is away. */
  async call<R, V>(document: TypedDocumentString<R, V>, ...[variables]: Given<V>): Promise<Done<R>> {
    const query = document.toString();
    const documentId = `sha256:${await sha256(query)}`;
    // Made once for all attempts, so that each carries the same idempotency key.
    const body = JSON.stringify({ documentId, query, variables: variables ?? {} });
    const attempts = isRepeatable(query, variables) ? (this.#settings.attempts ?? 6) : 1;
    const until = Date.now() + (this.#settings.patienceMs ?? 90_000);
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#once<R>(body);
      } catch (error) {
        const waitMs = (error instanceof Problem ? error.retryAfterMs : null) ?? growing(tried);
        if (!passes(error) || tried >= attempts || Date.now() + waitMs > until) throw error;
        await pause(waitMs);
      }
    }
  }

  async #once<R>(body: string): Promise<Done<R>> {
    const headers = { ...(await this.#headers('application/json')), 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(this.#settings.timeoutMs ?? 60_000);
    const answer = await reached(async () => {
      const response = await this.#fetch(`${this.#url}/graphql`, { method: 'POST', headers, body, signal });
      return { status: response.status, headers: response.headers, text: await response.text() };
    });
    return dataOf<R>(answer.status, answer.headers, answer.text);
  }

  async #headers(accept: string): Promise<Record<string, string>> {
    const { token, language = 'vi', purpose } = this.#settings;
    const present = typeof token === 'function' ? await token() : token;
    return {
      accept,
      'accept-language': language,
      ...(present === undefined ? {} : { authorization: `Bearer ${present}` }),
      ...(purpose === undefined ? {} : { 'x-purpose': encodeURIComponent(purpose) }),
    };
  }

  /**
   * Each change from `after` on, for ever: connects again by itself where it broke off, and throws `Problem` when the
   * caller may not listen. Leave it by `break`.
   */
  async *changes(stream: Stream, { after, province }: { after?: string; province?: string } = {}): AsyncGenerator<Change> {
    const place = new URL(`${this.#url}/changes/${stream}`);
    if (province !== undefined) place.searchParams.set('province', province);
    yield* this.#followed(after, {
      request: (cursor) => ({ url: place, headers: cursor === undefined ? {} : { 'last-event-id': cursor } }),
      read({ event, id, data }) {
        if (event === 'error') throw new Problem(JSON.parse(data));
        return { cursor: id ?? '', ...JSON.parse(data) };
      },
    });
  }

  /**
   * What a subscription tells from `after` on, for ever: connects again by itself where it broke off, with the present
   * token, and throws `Problem` when the caller may not listen. Leave it by `break`.
   */
  async *subscribe<R extends Subscribed, V extends { readonly after?: string | null | undefined }>(
    document: TypedDocumentString<R, V>, ...[variables]: Given<V>
  ): AsyncGenerator<R[keyof R]> {
    const query = document.toString();
    const documentId = `sha256:${await sha256(query)}`;
    const url = `${this.#url}/graphql/stream`;
    yield* this.#followed<R[keyof R]>(variables?.after ?? undefined, {
      request(cursor) {
        const asked = { ...variables, ...(cursor === undefined ? {} : { after: cursor }) };
        const body = JSON.stringify({ documentId, query, variables: asked });
        return { url, method: 'POST', body, headers: { 'content-type': 'application/json' } };
      },
      read({ event, data }) {
        if (event !== 'next') return null;
        const [told] = Object.values(dataOf<R>(200, new Headers(), data));
        return told as R[keyof R];
      },
    });
  }

  async *#followed<T extends { readonly cursor: string }>(after: string | undefined, told: Heard<T>): AsyncGenerator<T> {
    let cursor = after;
    let refused = 0;
    for (let broken = 1; ; broken += 1) {
      const since = Date.now();
      try {
        for await (const each of this.#stream(told.request(cursor), told.read)) {
          [cursor, broken, refused] = [each.cursor, 0, 0];
          yield each;
        }
      } catch (error) {
        refused = Date.now() - since < SETTLED_MS ? refused + 1 : 0;
        if (!passes(error) && !(this.#isOver(error) && refused <= 1)) throw error;
      }
      await pause(growing(broken + 1));
    }
  }

  /** Whether a token has ended and there may be another. */
  #isOver(error: unknown): boolean {
    return typeof this.#settings.token === 'function' && error instanceof Problem && error.code === 'UNAUTHENTICATED';
  }

  async *#stream<T>({ url, ...asked }: Request, read: Heard<T>['read']): AsyncGenerator<T> {
    const quiet = new AbortController();
    const silence = watch(SILENCE_MAX_MS, () => quiet.abort());
    try {
      const own = await this.#headers('text/event-stream');
      const request = { ...asked, headers: { ...own, ...asked.headers }, signal: quiet.signal };
      const response = await reached(() => this.#fetch(url, request));
      if (response.status !== 200 || response.body === null) {
        dataOf(response.status, response.headers, await reached(() => response.text()));
        throw new Unreachable(`status ${response.status} and no stream`, { passes: false });
      }
      const heard = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          silence.again();
          controller.enqueue(chunk);
        },
      });
      const decoder = new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>;
      const events = response.body.pipeThrough(heard).pipeThrough(decoder).pipeThrough(new EventSourceParserStream());
      const reader = events[Symbol.asyncIterator]();
      try {
        for (;;) {
          const { done, value } = await reached(() => reader.next());
          if (done) return;
          const told = read(value);
          if (told !== null) yield told;
        }
      } finally {
        await reader.return?.();
      }
    } finally {
      silence.end();
      quiet.abort();
    }
  }
}

/** Whatever goes wrong on the way is `Unreachable`. */
async function reached<T>(way: () => Promise<T>): Promise<T> {
  try {
    return await way();
  } catch (cause) {
    throw new Unreachable('the platform was not reached', { passes: true, cause });
  }
}

/** Whether doing it twice is doing it once: whatever reads, and what carries a key. */
function isRepeatable(query: string, variables: unknown): boolean {
  if (!query.trimStart().startsWith('mutation')) return true;
  const inputs = Object.values(variables ?? {});
  return inputs.length > 0 && inputs.every((each) => Boolean(each?.idempotencyKey));
}

function growing(tried: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** tried, LONGEST_WAIT_MS);
  return longest / 2 + (Math.random() * longest) / 2;
}

/** Acts when nothing came for so long. */
function watch(ms: number, act: () => void): { again: () => void; end: () => void } {
  let timer = setTimeout(act, ms);
  return {
    again() {
      clearTimeout(timer);
      timer = setTimeout(act, ms);
    },
    end: () => clearTimeout(timer),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
