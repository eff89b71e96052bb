/** The GraphQL over HTTP audit: run with its module and an endpoint, prints id and verdict. */
const [module, url] = process.argv.slice(2);
const { serverAudits } = await import(module);

/** What a browser could send without asking first needs this header here. */
const fetchFn = (target, options = {}) => fetch(target, {
  ...options,
  headers: { ...options.headers, 'graphql-require-preflight': '1' },
});
const told = {};
for (const audit of serverAudits({ url, fetchFn })) {
  const { status, reason } = await audit.fn();
  told[`${audit.id} ${audit.name}`] = reason ? `${status}: ${reason}` : status;
}
process.stdout.write(JSON.stringify(told));
