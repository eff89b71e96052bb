/**
 * From nothing to results, as a vendor would write it: `node story.js CHAPTER`. What it needs comes as JSON on
 * standard input, what came of it goes to standard output.
 */
import { text } from 'node:stream/consumers';

import {
  AcceptWorkDocument, AssignmentsDocument, AssignWorkDocument, CatalogueReleasesDocument, ComplaintByReceiptDocument,
  CongvuClient, day, decimal, EvaluationPeriodByIdDocument, EvaluationsDocument, ExplanationDocument,
  FileComplaintDocument, FreezePeriodDocument, instant, known, nodes, OpenPeriodDocument, Problem, PublishPeriodDocument,
  RecordDossierEventsDocument, ReportWorkDocument, ResultPublishedDocument, SyncPersonnelDocument, told,
  type AssignmentFragment, type EvaluationFragment, type PeriodFragment, type SyncPersonnelInput, type WorkSource,
} from '../src/index.js';

interface Given {
  readonly url: string;
  readonly key: string;
  readonly tokens: { readonly hrm: string; readonly admin: string; readonly head: string; readonly clerk: string; readonly portal: string };
  readonly personnel: SyncPersonnelInput;
  readonly unitId: string;
  readonly officeId: string;
  readonly clerk: { readonly id: string; readonly system: string; readonly ref: string };
  readonly release: string;
  readonly quarter: readonly [string, string];
  readonly today: string;
  readonly planned: string;
  readonly served: string;
  readonly dossiers: ReadonlyArray<{ readonly code: string; readonly applicantHash: string }>;
}

const given: Given = JSON.parse(await text(process.stdin));
const { key, tokens } = given;
const of = (token?: string): CongvuClient => new CongvuClient(given.url, token === undefined ? {} : { token });

/** The platform does what it is asked, and its first answer never arrives. */
function losing(token: string): CongvuClient {
  let asked = 0;
  return new CongvuClient(given.url, {
    token,
    async fetch(place, init) {
      const answer = await fetch(place, init);
      asked += 1;
      if (asked > 1) return answer;
      await answer.text();
      throw new TypeError('the first answer is lost on its way');
    },
  });
}

/** Of what another service hears of as an event. */
async function onceKnown<T>(ask: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 30_000; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'NOT_FOUND' || Date.now() > until) throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}

async function refusal(ask: Promise<unknown>): Promise<object> {
  try {
    await ask;
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, field: error.field, ruleId: error.ruleId };
    throw error;
  }
  return {};
}

async function personnel(): Promise<object> {
  const input = given.personnel;
  const nightly = { input: { ...input, idempotencyKey: `${key}/nightly` } };
  const first = known((await losing(tokens.hrm).call(SyncPersonnelDocument, { input })).syncPersonnel, 'SyncReport');
  const again = known((await of(tokens.hrm).call(SyncPersonnelDocument, nightly)).syncPersonnel, 'SyncReport');
  return {
    first: [first.changed, first.refused],
    again: [again.changed, again.unchanged],
    otherBody: await refusal(of(tokens.hrm).call(SyncPersonnelDocument, { input: { ...input, people: [] } })),
    nobody: await refusal(of().call(SyncPersonnelDocument, { input })),
  };
}

async function opened(): Promise<PeriodFragment> {
  const admin = of(tokens.admin);
  const releases = nodes(async (after) =>
    (await admin.call(CatalogueReleasesDocument, { province: '56', after })).catalogueReleases);
  const releaseIds = [given.release];
  for await (const { id, decisionNumber } of releases) {
    if (decisionNumber === '72-QĐ/TU' && releaseIds.length === 1) releaseIds.push(id);
  }
  const [startsOn, endsOn] = given.quarter;
  const input = {
    idempotencyKey: `${key}/open`, name: 'Quý mẫu', kind: 'QUARTER', scopeUnitId: given.unitId,
    startsOn: day(startsOn), endsOn: day(endsOn), releaseIds, appealDays: 0,
  } as const;
  return known((await onceKnown(() => admin.call(OpenPeriodDocument, { input }))).openPeriod, 'EvaluationPeriod');
}

async function assigned(period: PeriodFragment, version: string, source: WorkSource): Promise<AssignmentFragment> {
  const input = {
    idempotencyKey: `${key}/${version}`, versionId: `${version}@1`, quantity: decimal(2), dueOn: day(given.today),
    source, periodId: period.id, civilServantId: given.clerk.id,
  };
  return known((await of(tokens.head).call(AssignWorkDocument, { input })).assignWork, 'Assignment');
}

async function workDone(period: PeriodFragment): Promise<object> {
  const planned = await assigned(period, given.planned, 'PLAN');
  await assigned(period, given.served, 'PORTAL');
  const report = {
    idempotencyKey: `${key}/report`, expectedRevision: planned.revision, assignmentId: planned.id,
    quantity: decimal('2'), completedOn: day(given.today),
  };
  const reported = known((await of(tokens.clerk).call(ReportWorkDocument, { input: report })).reportWork, 'Assignment');
  const input = { idempotencyKey: `${key}/accept`, expectedRevision: reported.revision, assignmentId: reported.id };
  const own = await refusal(of(tokens.clerk).call(AcceptWorkDocument, { input }));
  await of(tokens.head).call(AcceptWorkDocument, { input });
  return own;
}

async function served(): Promise<object> {
  const { system, ref } = given.clerk;
  const at = (hours: number) => instant(new Date(Date.now() + hours * 3_600_000));
  const events = given.dossiers.map(({ code, applicantHash }, n) => ({
    dossierCode: code, procedureCode: '1.001193', unitId: given.officeId, civilServantRef: { system, id: ref },
    receivedAt: at(-24), dueAt: at(12 - 24 * n), completedAt: at(-0.1), applicantHash,
  }));
  const changed = [];
  for (const again of ['dossiers', 'dossiers again']) {
    const input = { idempotencyKey: `${key}/${again}`, events };
    const { recordDossierEvents } = await losing(tokens.portal).call(RecordDossierEventsDocument, { input });
    changed.push(...known(recordDossierEvents, 'DossierReport').results.map((each) => each.changed));
  }
  const complaint = {
    idempotencyKey: `${key}/complain`, unitId: given.officeId, text: 'Chờ lâu', submitterToken: 'vneid-clients',
  };
  const filed = await onceKnown(() => of(tokens.portal).call(FileComplaintDocument, { input: complaint }));
  const { receipt } = known(filed.fileComplaint, 'Complaint');
  const found = await of().call(ComplaintByReceiptDocument, { receipt: receipt ?? '' });
  return { changed, complaintOf: found.complaintByReceipt?.unit.id };
}

async function published(period: PeriodFragment): Promise<EvaluationFragment[]> {
  const admin = of(tokens.admin);
  const freeze = {
    idempotencyKey: `${key}/freeze`, expectedRevision: period.revision, periodId: period.id, early: 'Diễn tập',
    acceptGaps: { reason: 'Diễn tập: không phải ai cũng được chấm' },
  };
  const { freezePeriod } = await admin.call(FreezePeriodDocument, { input: freeze });
  let now: PeriodFragment = known(freezePeriod, 'EvaluationPeriod');
  for (const until = Date.now() + 180_000; now.state !== 'REVIEW'; ) {
    if (Date.now() > until) throw new Error(`the quarter is ${now.state}`);
    await new Promise((done) => setTimeout(done, 200));
    now = (await admin.call(EvaluationPeriodByIdDocument, { id: period.id })).evaluationPeriod ?? now;
  }
  const input = { idempotencyKey: `${key}/publish`, expectedRevision: now.revision, periodId: period.id };
  await losing(tokens.admin).call(PublishPeriodDocument, { input });
  const filter = { periodId: period.id };
  const pages = nodes(async (after) =>
    (await of(tokens.hrm).call(EvaluationsDocument, { filter, first: 1, after })).evaluations);
  const found = [];
  for await (const each of pages) found.push(each);
  return found;
}

/** How its publication is told. */
async function heard(evaluationId: string): Promise<object> {
  for await (const { type, data } of of(tokens.hrm).changes('results')) {
    if (type !== 'congvu.evaluation.evaluation.published.v1') continue;
    if (data.evaluation_id === evaluationId) return { type, total: data.total };
  }
  return {};
}

/** The same, by a subscription. */
async function subscribed(evaluationId: string): Promise<object> {
  for await (const { eventType, payload } of of(tokens.hrm).subscribe(ResultPublishedDocument, { province: '56' })) {
    const { type, data } = told(eventType, payload);
    if (type !== 'congvu.evaluation.evaluation.published.v1') continue;
    if (data.evaluation_id === evaluationId) return { type, total: data.total };
  }
  return {};
}

async function quarter(): Promise<object> {
  const period = await opened();
  const ownWork = await workDone(period);
  const citizens = await served();
  const filter = { civilServantId: given.clerk.id, periodId: period.id };
  const works = nodes(async (after) =>
    (await of(tokens.head).call(AssignmentsDocument, { filter, first: 1, after })).assignments);
  const completed: Record<string, readonly [string, string]> = {};
  for await (const each of works) completed[each.version.code] = [each.completed, each.late];
  const evaluations = await published(period);
  const clerk = evaluations.find((each) => each.civilServant?.id === given.clerk.id);
  if (clerk === undefined) throw new Error('the clerk is not evaluated');
  const why = await of(tokens.hrm).call(ExplanationDocument, { evaluationId: clerk.id });
  return {
    ownWork, ...citizens, completed, total: clerk.total, totalExact: clerk.totalExact, evaluated: evaluations.length,
    pointsExact: why.evaluation?.explanationLines[0]?.pointsExact, heard: await heard(clerk.id),
    subscribed: await subscribed(clerk.id),
  };
}

const CHAPTERS: Record<string, () => Promise<object>> = { personnel, quarter };
const done = await CHAPTERS[process.argv[2] ?? '']?.();
process.stdout.write(JSON.stringify(done));
process.exit(0);
