/** What keys.mjs does as the clock goes on: run with its address, prints one JSON object. */
import { generateKeyPairSync } from 'node:crypto';

const [keysModule] = process.argv.slice(2);
const { issuerKeys } = await import(keysModule);

function key(kid) {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...publicKey.export({ format: 'jwk' }), kid };
}

let at = Math.round(performance.now());
performance.now = () => at;
const issuer = { asked: 0, up: true, keys: [key('one')] };
globalThis.fetch = async () => {
  issuer.asked += 1;
  await null;
  return issuer.up ? Response.json({ keys: issuer.keys }) : new Response('', { status: 503 });
};
const find = issuerKeys('http://issuer/jwks', { warn() {} }, { issuerKeysFailures: { inc() {} } });
const outcome = async (kid) => find(kid).then(
  (found) => (found ? found.algorithm : 'unknown'),
  (error) => error.constructor.name,
);
const told = {};
const tell = async (what, kid) => { told[what] = [await outcome(kid), issuer.asked]; };

issuer.up = false;
await tell('nobody there', 'one');
issuer.up = true;
const burst = await Promise.all(Array.from({ length: 50 }, () => outcome('one')));
told['first burst'] = [[...new Set(burst)].join(), issuer.asked];
for (let second = 0; second < 30; second += 1) {
  at += 1_000;
  await outcome('made up');
}
await tell('thirty made-up ids in thirty seconds', 'made up');
at += 10_000;
const ids = Array.from({ length: 50 }, (_, number) => `made up ${number}`);
const strangers = await Promise.all(ids.map(outcome));
told['fifty made-up ids at once'] = [[...new Set(strangers)].join(), issuer.asked];
issuer.keys = [key('two')];
at += 290_000;
await tell('withdrawn, known for five minutes', 'one');
at += 10_001;
await tell('withdrawn, a moment later', 'one');
await tell('its successor', 'two');
issuer.up = false;
at += 3_600_000;
await tell('issuer away for an hour', 'two');
at += 1;
await tell('issuer away for longer', 'two');
process.stdout.write(JSON.stringify(told));
