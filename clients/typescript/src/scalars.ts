/** The scalars of the graph: texts of types of their own, so that no other text and no number is taken for one. */

declare const kind: unique symbol;

/** An exact decimal number as text, "2.5". Compute with a decimal library of your choice, never with `Number`. */
export type Decimal = string & { readonly [kind]: 'Decimal' };

/** A day in Vietnam, "2026-07-01". */
export type Day = string & { readonly [kind]: 'Day' };

/** An instant with its offset, "2026-07-01T08:30:00+07:00". */
export type Instant = string & { readonly [kind]: 'Instant' };

/**
 * Of an enumeration that grew: what the platform wrote where this client knows no such value. It is what `default` of a
 * `switch` is left with, and no input takes it.
 */
export type Unknown = string & { readonly [kind]: 'Unknown' };

/**
 * Of a union that grew: a kind that this client does not know, by its name alone. The name is any other than those that
 * are known, for which TypeScript has no type: so `'%other'` stands for it, which no kind is called.
 */
export interface UnknownMember {
  readonly __typename: '%other';
}

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** A whole number, or an exact text; a fraction as a `number` is refused, since it is not exact. */
export function decimal(value: string | number | bigint): Decimal {
  const isExact = typeof value !== 'number' || Number.isSafeInteger(value);
  return written('Decimal', DECIMAL, isExact ? String(value) : '') as Decimal;
}

export function day(value: string): Day {
  return written('Date', DAY, value) as Day;
}

export function instant(value: Date | string): Instant {
  return written('DateTime', INSTANT, typeof value === 'string' ? value : value.toISOString()) as Instant;
}

function written(name: string, form: RegExp, text: string): string {
  if (!form.test(text)) throw new TypeError(`not a ${name} as the platform writes it`);
  return text;
}
