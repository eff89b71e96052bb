/** Whether a call to a service is given up when its caller hangs up: prints it by kind. */
const { serviceTransport } = await import(process.argv[2]);

const { parse } = await import(process.argv[3]);
const given = {};
const replica = { url: 'http://service', call: (attempt) => attempt() };
const replicas = { service: { all: [replica], next: () => replica } };
for (const operationType of ['query', 'mutation']) {
  const caller = new AbortController();
  const fetch = async (_url, { signal }) => {
    caller.abort();
    given[operationType] = signal.aborted;
    return Response.json({ data: {} });
  };
  const call = serviceTransport({ maxAnswerBytes: 1_000 }, replicas)
    .getSubgraphExecutor({ subgraphName: 'service', fetch });
  const document = parse(`${operationType} { a }`);
  const admission = { endsAt: performance.now() + 1_000, budgetMs: 1_000 };
  await call({ document, operationType, signal: caller.signal, context: { admission } });
}
process.stdout.write(JSON.stringify(given));
