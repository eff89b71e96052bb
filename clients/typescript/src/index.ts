/** The typed client of Công vụ KPI: `CongvuClient`, and a document with its types for every operation. */
export { known, type Done } from './answers.js';
export { CongvuClient, type Change, type Settings, type Stream } from './client.js';
export type * as events from './events.js';
export * from './operations.js';
export { nodes, type Page } from './paging.js';
export { CongvuError, NewerAnswer, Problem, Unreachable } from './problems.js';
export { day, decimal, instant, type Day, type Decimal, type Instant, type Unknown, type UnknownMember } from './scalars.js';
export { told, type Told } from './told.js';

/** For something done once; keep it beside what is sent until it is known to be done. */
export function freshKey(): string {
  return crypto.randomUUID();
}
