/** Whether a call to a service is given up when its caller hangs up: prints it by kind. */
const { serviceTransport } = await import(process.argv[2]);

const { parse } = await import(process.argv[3]);
const given = {};
for (const operationType of ['query', 'mutation']) {
  const caller = new AbortController();
  const fetch = async (_url, { signal }) => {
    caller.abort();
    given[operationType] = signal.aborted;
    return Response.json({ data: {} });
  };
  const call = serviceTransport({ subgraphTimeoutMs: 1_000, maxAnswerBytes: 1_000 })
    .getSubgraphExecutor({ transportEntry: { location: 'http://service' }, fetch });
  const document = parse(`${operationType} { a }`);
  await call({ document, operationType, signal: caller.signal });
}
process.stdout.write(JSON.stringify(given));
