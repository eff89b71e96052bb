/** What can go wrong: the platform said no, or nobody answered. */
import type { ProblemCode } from './operations.js';
import type { Unknown } from './scalars.js';

export class CongvuError extends Error {
  override readonly name: string = 'CongvuError';
}

/** Nobody answered, or not as the platform answers, after all attempts: with the same key it is safe to try again. */
export class Unreachable extends CongvuError {
  override readonly name = 'Unreachable';
  /** Whether it may be otherwise in a moment. */
  readonly passes: boolean;

  constructor(message: string, { passes, cause }: { passes: boolean; cause?: unknown }) {
    super(message, { cause });
    this.passes = passes;
  }
}

/** Answered with a kind of a later release: whether anything was done, the platform knows. */
export class NewerAnswer extends CongvuError {
  override readonly name = 'NewerAnswer';
}

interface Said {
  readonly code?: string | null;
  readonly message?: string;
  readonly field?: string | null;
  readonly ruleId?: string | null;
}

/** The platform refused. Branch on `code`, never on the message: that is for people. */
export class Problem extends CongvuError {
  override readonly name = 'Problem';
  readonly code: ProblemCode | Unknown | 'INTERNAL';
  readonly field: string | null;
  readonly ruleId: string | null;
  /** Where the gateway said when to come back. */
  readonly retryAfterMs: number | null;

  constructor({ code, message, field, ruleId }: Said, retryAfterMs: number | null = null) {
    super(`${code ?? 'INTERNAL'}: ${message ?? ''}`);
    this.code = (code ?? 'INTERNAL') as ProblemCode | Unknown | 'INTERNAL';
    this.field = field ?? null;
    this.ruleId = ruleId ?? null;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Of refusals about the rate, only the gateway's has a time and passes. */
export function passes(error: unknown): boolean {
  if (error instanceof Problem) return error.code === 'UNAVAILABLE' || error.retryAfterMs !== null;
  return error instanceof Unreachable && error.passes;
}
