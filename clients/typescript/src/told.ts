/** What a change tells, by its type. */
import type { Kinds } from './events.js';

/** A type that this client does not know: its text is any other, for which `'%other'` stands. */
interface OtherTold {
  readonly type: '%other';
  readonly data: Readonly<Record<string, unknown>>;
}

/** Compare `type` with the one you want: `data` is what is told of it. */
export type Told = { readonly [T in keyof Kinds]: { readonly type: T; readonly data: Kinds[T] } }[keyof Kinds] | OtherTold;

/** Of a subscription's event, or of the body that a webhook was sent. */
export function told(type: string, payload: string | object): Told {
  const data: unknown = typeof payload === 'string' ? JSON.parse(payload) : payload;
  return { type, data } as Told;
}
