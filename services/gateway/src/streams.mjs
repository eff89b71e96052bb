/** What can be listened to: one list for this gateway and for the router beside it. */
import { readFileSync } from 'node:fs';

const HEARD = JSON.parse(readFileSync(new URL('../streams.json', import.meta.url), 'utf8'));

export const { lookEveryMs, backoffMaxMs, signOfLifeMs, listenersMax, listenersOfCallerMax, sockets } = HEARD;

/** Whose feed, and which of its events; a type is named by how it begins. */
export const STREAMS = Object.fromEntries(
  Object.entries(HEARD.streams).map(([name, { service, types }]) => [
    name,
    { service, wants: ({ eventType }) => types.some((each) => eventType.startsWith(each)) },
  ]),
);

/** The stream that each subscription tells. */
export const SUBSCRIPTIONS = Object.fromEntries(
  HEARD.subscriptions.map(({ name, stream }) => [name, STREAMS[stream]]),
);

/** What the gateway asks for whoever listens: registered like any program's documents. */
export const questionOf = (service) => HEARD.question.replace('{service}', service);

export const QUESTIONS = [...new Set(Object.values(STREAMS).map(({ service }) => service))].map(questionOf);
