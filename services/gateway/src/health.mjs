/** Readiness: the graph is loaded and every subgraph says that it is ready. */

const PROBE_TIMEOUT_MS = 2_000;

async function probe(graphqlUrl) {
  try {
    const url = new URL('/readyz', graphqlUrl);
    const answer = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    await answer.arrayBuffer();
    return answer.ok ? 'ready' : `not ready (HTTP ${answer.status})`;
  } catch {
    return 'does not answer';
  }
}

/** The state of each part and whether all are ready. */
export async function readiness(subgraphUrls, router) {
  const names = Object.keys(subgraphUrls);
  const states = await Promise.all(names.map((name) => probe(subgraphUrls[name])));
  const parts = Object.fromEntries(names.map((name, index) => [name, states[index]]));
  parts.supergraph = await Promise.resolve(router.getSchema()).then(
    (schema) => (schema ? 'ready' : 'not loaded'),
    () => 'not loaded',
  );
  const missing = Object.keys(parts).filter((name) => parts[name] !== 'ready');
  return { ready: missing.length === 0, missing, parts };
}
