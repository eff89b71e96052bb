/** GraphQL subscriptions, fed by the feeds of changes: over server-sent events and over WebSocket. */
import { readFileSync } from 'node:fs';

import { GraphQLError } from 'graphql';
import { createGraphQLError, createSchema, createYoga } from 'graphql-yoga';

import { useTrustedDocuments } from './documents.mjs';
import { masker, useSilence } from './failures.mjs';
import { asker, listenerOf, pagesFrom, Refused } from './feeds.mjs';
import { shapeLimits } from './limits.mjs';
import { message } from './messages.mjs';
import { SUBSCRIPTIONS } from './streams.mjs';

const SDL = readFileSync(new URL('../subscriptions.graphql', import.meta.url), 'utf8');

/** The path that clients of graphql-sse know. */
export const SUBSCRIPTIONS_PATH = '/graphql/stream';

const asError = ({ code, message: text }) => createGraphQLError(text, { extensions: { code } });

/** Event after event, each looked for when somebody takes it; what ends them is told as the last one. */
async function* told({ router, admission, listening }, { service, wants }, { after, province }, signal) {
  const who = listenerOf(admission);
  if (listening.isFull(who)) {
    yield asError({ code: 'RATE_LIMITED', message: message('RATE_LIMITED', admission.language) });
    return;
  }
  listening.add(who, 1);
  try {
    const ask = asker(router, service, admission, province ?? null);
    for await (const page of pagesFrom(await ask(after ?? null), ask, signal)) {
      for (const { cursor, node } of page?.edges ?? []) {
        if (wants(node)) yield { ...node, cursor };
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Refused)) throw error;
    yield asError(error);
  } finally {
    listening.add(who, -1);
  }
}

/** Whoever stops listening is not waited for until something happens. */
function eventsOf(context, stream, args) {
  const gone = new AbortController();
  const events = told(context, stream, args, AbortSignal.any([context.signal, gone.signal]));
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => events.next(),
    return() {
      gone.abort();
      return events.return();
    },
  };
}

function resolved(event) {
  if (event instanceof GraphQLError) throw event;
  return event;
}

function resolvers() {
  const fields = Object.entries(SUBSCRIPTIONS).map(([name, stream]) => [
    name,
    { subscribe: (_, args, context) => eventsOf(context, stream, args), resolve: resolved },
  ]);
  return {
    Query: { subscriptions: () => Object.keys(SUBSCRIPTIONS) },
    Subscription: Object.fromEntries(fields),
  };
}

/** What answers over server-sent events and over WebSocket. */
export function subscriptionEngine(settings, documents) {
  return createYoga({
    schema: createSchema({ typeDefs: SDL, resolvers: resolvers() }),
    graphqlEndpoint: SUBSCRIPTIONS_PATH,
    graphiql: false,
    landingPage: false,
    batching: false,
    cors: false,
    logging: false,
    maskedErrors: { maskError: masker(settings) },
    plugins: [
      useTrustedDocuments(documents, settings),
      ...(settings.isOpen ? [] : [useSilence()]),
      ...shapeLimits(settings),
    ],
  });
}

function refuse(res, { code, text, status }, language) {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  res.end(JSON.stringify({ errors: [{ message: message(text, language), extensions: { code } }] }));
}

/** A function that answers a request over server-sent events, and says whether it did. */
export function subscriptionStreams(engine, admit, { router, listening, ending }) {
  return async (req, res, url, watched) => {
    if (url.pathname !== SUBSCRIPTIONS_PATH || req.method !== 'POST') return false;
    Object.assign(watched, { operation: 'subscription', isStream: true });
    const admission = await admit(req, res, watched);
    if (admission.refusal) {
      refuse(res, admission.refusal, admission.language);
      return true;
    }
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, ending]);
    await engine(req, res, { router, admission, listening, signal });
    return true;
  };
}
