/** What comes back from the platform, read. */
import { NewerAnswer, Problem, Unreachable } from './problems.js';
import type { UnknownMember } from './scalars.js';

/** What stands before the platform, or the platform, could not take the call. */
const BUSY = [502, 503, 504];

/** Of `Done | Problem` what was done: a refusal is thrown. */
export type Done<R> = { readonly [F in keyof R]: Exclude<R[F], { readonly __typename: 'Problem' }> };

interface Kinds {
  readonly __typename: string;
}

/** For who has no way for any other kind, such as one of a later release: throws `NewerAnswer`. */
export function known<T extends Kinds, K extends Exclude<T['__typename'], UnknownMember['__typename']>>(
  answer: T, ...kinds: readonly K[]
): Extract<T, { readonly __typename: K }> {
  const names: readonly string[] = kinds;
  if (!names.includes(answer.__typename)) throw new NewerAnswer(`${answer.__typename} is not known to this program`);
  return answer as Extract<T, { readonly __typename: K }>;
}

interface Failure {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly field?: string; readonly ruleId?: string };
}

/** The data; throws `Problem` for an error or a mutation that was refused, `Unreachable` for what is no answer. */
export function dataOf<R>(status: number, headers: Headers, text: string): Done<R> {
  const { data, errors } = parsed(status, text);
  for (const { message, extensions } of errors ?? []) {
    throw new Problem({ message, ...extensions }, retryAfterMs(headers));
  }
  for (const result of Object.values(data ?? {})) {
    if (isProblem(result)) throw new Problem(result);
  }
  return data as Done<R>;
}

interface Answer {
  readonly data?: object | null;
  readonly errors?: readonly Failure[];
}

function parsed(status: number, text: string): Answer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new Unreachable(`status ${status} without an answer`, { passes: BUSY.includes(status), cause });
  }
  if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)) {
    return answer as Answer;
  }
  throw new Unreachable(`status ${status} and no answer of the platform`, { passes: false });
}

function isProblem(result: unknown): result is { code: string; message: string } {
  return typeof result === 'object' && result !== null && '__typename' in result && result.__typename === 'Problem';
}

function retryAfterMs(headers: Headers): number | null {
  const seconds = headers.get('retry-after');
  return seconds !== null && /^\d+$/.test(seconds) ? 1000 * Number(seconds) : null;
}
