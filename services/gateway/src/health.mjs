/** Readiness: the graph is loaded and of every service a replica says that it is ready. */

/** The state of each part and whether all are ready. */
export async function readiness(replicas, router) {
  const names = Object.keys(replicas);
  const states = await Promise.all(names.map((name) => replicas[name].look()));
  const parts = Object.fromEntries(names.map((name, index) => [name, states[index]]));
  parts.supergraph = await Promise.resolve(router.getSchema()).then(
    (schema) => (schema ? 'ready' : 'not loaded'),
    () => 'not loaded',
  );
  const missing = Object.keys(parts).filter((name) => parts[name] !== 'ready');
  return { ready: missing.length === 0, missing, parts };
}
