/** Whole listings, page by page, each page asked for when its first node is. */
import { Unreachable } from './problems.js';

export interface Page<N> {
  readonly edges: ReadonlyArray<{ readonly node: N }>;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** `for await (const unit of nodes(async (after) => (await client.call(OrgUnitsDocument, { province, after })).orgUnits))`. */
export async function* nodes<N>(ask: (after: string | null) => Promise<Page<N>>): AsyncGenerator<N> {
  let after: string | null = null;
  for (;;) {
    const { edges, pageInfo }: Page<N> = await ask(after);
    for (const { node } of edges) yield node;
    if (!pageInfo.hasNextPage) return;
    if (pageInfo.endCursor === null || pageInfo.endCursor === after) {
      throw new Unreachable('a listing says that it goes on, and not from where', { passes: false });
    }
    after = pageInfo.endCursor;
  }
}
