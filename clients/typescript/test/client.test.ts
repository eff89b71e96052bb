/** The client against answers of the platform. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import {
  CivilServantsDocument, CongvuClient, day, decimal, EvaluationsDocument, instant, known, MeDocument, NewerAnswer, nodes,
  OpenPeriodDocument, Problem, PublishPeriodDocument, ReportWorkDocument, ResultPublishedDocument, Unreachable,
  type EvaluationPeriodKind, type Settings, type Unknown, type UnknownMember,
} from '../src/index.js';

const STEP = { input: { idempotencyKey: 'publish-1', expectedRevision: 3, periodId: 'p_1' } };
const REFUSED = {
  __typename: 'Problem', code: 'CONFLICT', message: 'Kỳ đã đóng.', field: 'input.periodId', ruleId: 'E-I3',
};

interface Sent {
  readonly body: string;
  readonly headers: Headers;
}

type Answer = (sent: Sent, tried: number) => Response;

/** A client whose every call is answered so, and what it sent. */
function over(answer: Answer, settings: Settings = {}): { client: CongvuClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const client = new CongvuClient('http://platform.test/', {
    ...settings,
    async fetch(_place, init) {
      const one = { body: String(init?.body), headers: new Headers(init?.headers) };
      sent.push(one);
      return answer(one, sent.length);
    },
  });
  return { client, sent };
}

const data = (answer: object): Response => Response.json({ data: answer });

function failed(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json({ errors: [{ message: 'Không được.', extensions: { code } }] }, { status, headers });
}

function cut(): never {
  throw new TypeError('fetch failed');
}

test('a cut connection is tried again with the same body', async () => {
  const { client, sent } = over((_, tried) =>
    tried === 1 ? cut() : data({ publishPeriod: { __typename: 'EvaluationPeriod', id: 'p_1', revision: 4 } }),
  );

  const { publishPeriod } = await client.call(PublishPeriodDocument, STEP);

  const { id, revision } = known(publishPeriod, 'EvaluationPeriod');
  assert.deepEqual([id, revision], ['p_1', 4]);
  assert.equal(sent.length, 2);
  assert.equal(sent[0]?.body, sent[1]?.body);
  assert.equal(JSON.parse(sent[0]?.body ?? '').variables.input.idempotencyKey, 'publish-1');
});

test('a change without a key is not tried again', async () => {
  const { client, sent } = over(cut);

  await assert.rejects(client.call(PublishPeriodDocument, { input: { ...STEP.input, idempotencyKey: '' } }), Unreachable);

  assert.equal(sent.length, 1);
});

const PASSES: Record<string, Answer> = {
  429: () => failed(429, 'RATE_LIMITED', { 'retry-after': '0' }),
  'a part away': () => failed(200, 'UNAVAILABLE'),
  503: () => failed(503, 'UNAVAILABLE'),
  'a proxy': () => new Response('<html>', { status: 502 }),
  'a refusal that passes': () => data({ publishPeriod: { ...REFUSED, code: 'UNAVAILABLE' } }),
};
for (const [name, answer] of Object.entries(PASSES)) {
  test(`what passes is tried again so often and no more: ${name}`, async () => {
    const { client, sent } = over(answer, { attempts: 2 });

    await assert.rejects(client.call(PublishPeriodDocument, STEP));

    assert.equal(sent.length, 2);
  });
}

const STAYS: Record<string, Answer> = {
  'an hour': () => failed(429, 'RATE_LIMITED', { 'retry-after': '3600' }),
  'no time': () => failed(429, 'RATE_LIMITED'),
  401: () => failed(401, 'UNAUTHENTICATED'),
  400: () => failed(400, 'INVALID'),
  'a bug': () => failed(200, 'INTERNAL'),
  elsewhere: () => new Response('<html>', { status: 404 }),
  'no graph': () => Response.json(['no answer']),
  'a refusal': () => data({ publishPeriod: REFUSED }),
};
for (const [name, answer] of Object.entries(STAYS)) {
  test(`what stays is asked once: ${name}`, async () => {
    const { client, sent } = over(answer);

    await assert.rejects(client.call(PublishPeriodDocument, STEP));

    assert.equal(sent.length, 1);
  });
}

test('a refusal is an exception with code, field and rule', async () => {
  const { client } = over(() => data({ publishPeriod: REFUSED }));

  await assert.rejects(client.call(PublishPeriodDocument, STEP), (error) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual([error.code, error.field, error.ruleId], ['CONFLICT', 'input.periodId', 'E-I3']);
    return true;
  });
});

test('who asks and why is said, and a token is fetched when it is needed', async () => {
  const tokens = ['first', 'second'];
  const { client, sent } = over(
    (_, tried) => (tried === 1 ? failed(429, 'RATE_LIMITED', { 'retry-after': '0' }) : data({ me: null })),
    { token: async () => tokens.shift() ?? '', language: 'en', purpose: 'Tổng hợp quý' },
  );

  await client.call(MeDocument);

  assert.deepEqual(sent.map(({ headers }) => headers.get('authorization')), ['Bearer first', 'Bearer second']);
  assert.equal(sent[0]?.headers.get('accept-language'), 'en');
  assert.equal(sent[0]?.headers.get('x-purpose'), 'T%E1%BB%95ng%20h%E1%BB%A3p%20qu%C3%BD');
});

test('each document is named by its hash, as production wants', async () => {
  const { client, sent } = over(() => data({ me: null }));

  await client.call(MeDocument);

  const query = MeDocument.toString();
  const documentId = `sha256:${createHash('sha256').update(query).digest('hex')}`;
  assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), { documentId, query, variables: {} });
});

test('scalars are exact, and no other text or number is taken for one', async () => {
  const { client, sent } = over(() => data({ reportWork: { __typename: 'Assignment' } }));
  const report = { idempotencyKey: 'r1', expectedRevision: 1, assignmentId: 'a_1', completedOn: day('2026-09-30') };

  await client.call(ReportWorkDocument, { input: { ...report, quantity: decimal('2.50') } });
  // @ts-expect-error A number is no Decimal.
  await client.call(ReportWorkDocument, { input: { ...report, quantity: 2.5 } });
  // @ts-expect-error A day is no instant.
  await client.call(EvaluationsDocument, { filter: { updatedSince: day('2026-09-30') } });

  assert.equal(JSON.parse(sent[0]?.body ?? '').variables.input.quantity, '2.50');
  assert.equal(instant(new Date(Date.UTC(2026, 9, 8))), '2026-10-08T00:00:00.000Z');
  assert.equal(decimal(3n), '3');
  for (const wrong of [() => decimal(0.1), () => decimal('1e3'), () => decimal('1.000,5'), () => day('30/09/2026')]) {
    assert.throws(wrong, TypeError);
  }
  assert.throws(() => instant('2026-10-08T02:30:00'), TypeError);
});

function page(names: string, endCursor: string, hasNextPage: boolean): Response {
  const edges = [...names].map((id) => ({ node: { id } }));
  return data({ civilServants: { edges, pageInfo: { hasNextPage, endCursor } } });
}

async function listed(client: CongvuClient): Promise<string[]> {
  const found = [];
  const people = nodes(async (after) => (await client.call(CivilServantsDocument, { unitId: 'u', after })).civilServants);
  for await (const { id } of people) found.push(id);
  return found;
}

test('a listing goes on to its end', async () => {
  const { client } = over(({ body }) =>
    JSON.parse(body).variables.after === null ? page('ab', 'c1', true) : page('c', 'c2', false),
  );

  assert.deepEqual(await listed(client), ['a', 'b', 'c']);
});

test('a listing that turns in a circle ends', async () => {
  const { client } = over(() => page('a', 'c1', true));

  await assert.rejects(listed(client), Unreachable);
});

test('a stream goes on where it broke off until it is refused', async () => {
  const told = { type: 'published', province: '56', at: '2026-10-08T02:30:00Z', data: { total: '265/3' } };
  const { client, sent } = over((_, tried) => {
    if (tried === 4) return failed(401, 'UNAUTHENTICATED');
    if (tried === 2) return cut();
    const text = `:\n\nid: ${tried}\nevent: published\ndata: ${JSON.stringify(told)}\n\n`;
    return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
  });

  const found: string[] = [];
  await assert.rejects(async () => {
    for await (const { cursor, data: heard } of client.changes('results', { after: '0' })) {
      assert.deepEqual(heard, { total: '265/3' });
      found.push(cursor);
    }
  }, Problem);

  assert.deepEqual(found, ['1', '3']);
  assert.deepEqual(sent.map(({ headers }) => headers.get('last-event-id')), ['0', '1', '1', '3']);
});

test('an enumeration that grew is read, and what is not known is not sent', async () => {
  const { client } = over(() => data({ openPeriod: { __typename: 'EvaluationPeriod', kind: 'DECADE' } }));
  const input = {
    idempotencyKey: 'o1', name: 'Kỳ', scopeUnitId: 'u', startsOn: day('2026-07-01'), endsOn: day('2026-09-30'), releaseIds: [],
    appealDays: 0,
  };

  const { openPeriod } = await client.call(OpenPeriodDocument, { input: { ...input, kind: 'QUARTER' } });

  const period = known(openPeriod, 'EvaluationPeriod');
  const kind: EvaluationPeriodKind | Unknown = period.kind;
  assert.equal(kind, 'DECADE');
  // @ts-expect-error A value of a later release: this client does not know what it would ask for.
  await client.call(OpenPeriodDocument, { input: { ...input, kind: period.kind } });
});

test('a union that grew is read: a kind that is not known by its name', async () => {
  const { client } = over(() => data({ publishPeriod: { __typename: 'PublishingQueued' } }));

  const { publishPeriod: done } = await client.call(PublishPeriodDocument, STEP);

  assert.throws(() => known(done, 'EvaluationPeriod'), NewerAnswer);
  // @ts-expect-error Nothing but its name is known of another kind.
  assert.equal(done.revision, undefined);
  if (done.__typename === 'EvaluationPeriod') assert.fail(`revision ${done.revision}`);
  assert.deepEqual(done satisfies UnknownMember, { __typename: 'PublishingQueued' });
});

const told = (cursor: string): string =>
  `event: next\ndata: ${JSON.stringify({ data: { resultPublished: { cursor, payload: '{}' } } })}\n\n`;
const endedFor = (code: string): string =>
  `event: next\ndata: ${JSON.stringify({ data: null, errors: [{ message: 'Không được.', extensions: { code } }] })}\n\n`;

/** What a subscription was told until it was refused, and who asked from where. */
async function listened(answers: readonly string[], token: string | (() => string)): Promise<[string[], unknown[]]> {
  const { client, sent } = over((_, tried) => new Response(answers[tried - 1], { headers: { 'content-type': 'text/event-stream' } }), { token });
  const found: string[] = [];
  try {
    for await (const { cursor } of client.subscribe(ResultPublishedDocument, { province: '56' })) found.push(cursor);
  } catch (error) {
    found.push(error instanceof Problem ? error.code : String(error));
  }
  return [found, sent.map(({ body, headers }) => [headers.get('authorization'), JSON.parse(body).variables.after])];
}

test('a subscription goes on behind its last event, with the token of now', async () => {
  let given = 0;
  const answers = [
    told('1') + told('2') + 'event: complete\ndata:\n\n', endedFor('UNAUTHENTICATED'),
    told('3') + endedFor('UNAUTHENTICATED'), endedFor('FORBIDDEN'),
  ];

  const [found, asked] = await listened(answers, () => `t${(given += 1)}`);

  assert.deepEqual(found, ['1', '2', '3', 'FORBIDDEN']);
  assert.deepEqual(asked, [['Bearer t1', undefined], ['Bearer t2', '2'], ['Bearer t3', '2'], ['Bearer t4', '3']]);
});

test('a token that stays refused ends a subscription', async () => {
  const answers = [1, 2, 3].map(() => endedFor('UNAUTHENTICATED'));

  const [[code], asked] = await listened(answers, () => 'the same');
  const [, once] = await listened(answers, 'one');

  assert.deepEqual([code, asked.length, once.length], ['UNAUTHENTICATED', 2, 1]);
});

test('leaving a subscription closes its connection', async () => {
  let signal: AbortSignal | null | undefined;
  const client = new CongvuClient('http://platform.test', {
    async fetch(_place, init) {
      signal = init?.signal;
      return new Response(told('1').repeat(9), { headers: { 'content-type': 'text/event-stream' } });
    },
  });

  for await (const { cursor } of client.subscribe(ResultPublishedDocument)) {
    assert.equal(cursor, '1');
    break;
  }

  assert.equal(signal?.aborted, true);
});
