/** The federation router: Hive Gateway's runtime on the committed supergraph, configured. */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';

import { defaultProtectSingleValidateFn } from '@envelop/generic-auth';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

import { FORWARDED_HEADERS, forwardedHeaders, useAdmission } from './admission.mjs';
import { useCoercion } from './coercion.mjs';
import { ConfigError } from './config.mjs';
import { useDeadline } from './deadlines.mjs';
import { trustedDocuments, useTrustedDocuments } from './documents.mjs';
import { masker, protectedField, useSilence, useSubgraphFailures } from './failures.mjs';
import { useIntrospectionBesideData } from './introspection.mjs';
import { operationLimits } from './limits.mjs';
import { useObserving } from './observing.mjs';
import { useRateLimit } from './rate.mjs';
import { useRequestSigning } from './signing.mjs';
import { sharedStore } from './store.mjs';
import { withSubgraphUrls } from './supergraph.mjs';
import { serviceTransport } from './transport.mjs';

/** A browser sends these cross-site only after a preflight, which CORS then refuses. */
export const CSRF_HEADERS = ['graphql-require-preflight', 'apollo-require-preflight'];

/** Far shorter than the services keep an idle connection: none is used that they are closing. */
const IDLE_CONNECTION_MS = 4_000;

function readFile(name, path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${name}: cannot read '${path}' (${error.code})`);
  }
}

/** No headers at all for an origin that is not listed: the router's default would allow `null`. */
function corsRules(origins) {
  const rules = {
    methods: ['GET', 'POST', 'OPTIONS'],
    allowedHeaders: [...FORWARDED_HEADERS, 'content-type', ...CSRF_HEADERS],
    exposedHeaders: ['x-request-id', 'retry-after'],
    credentials: false,
    maxAge: 600,
  };
  return (request) => {
    const origin = request.headers.get('origin');
    return origins.includes(origin) ? { ...rules, origin: [origin] } : false;
  };
}

/** Services may mark fields so; in a graph without such marks nobody looks for them at each call. */
const PROTECTS = /@(authenticated|requiresScopes)\b/;

const AUTH_DIRECTIVES = {
  mode: 'protect-granular',
  resolveUserFn: (context) => context.admission?.caller.claims ?? null,
  extractScopes: (claims) => String(claims?.scope ?? '').split(' ').filter(Boolean),
  validateUser(params) {
    if (!defaultProtectSingleValidateFn(params)) return undefined;
    return protectedField(params.user, params.path, params.executionArgs.contextValue.admission);
  },
};

/** The graph with what its first question to each service would build: seconds, on a busy machine. */
async function loadedGraph(graph, services) {
  const loaded = await unifiedGraphHandler(graph);
  services.forEach((name) => loaded.getSubgraphSchema(name));
  return loaded;
}

/** Build the router; throws `ConfigError` when a file it needs is missing or wrong. */
export function createRouter(settings, { log, metrics, replicas }) {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS, scheduling: 'lifo' });
  const store = sharedStore(settings, { log, metrics });
  const sdl = readFile('CONGVU_SUPERGRAPH', settings.supergraph);
  return createGatewayRuntime({
    supergraph: withSubgraphUrls(sdl, settings.subgraphUrls),
    unifiedGraphHandler: (graph) => loadedGraph(graph, Object.keys(replicas)),
    transports: { http: serviceTransport(settings, replicas) },
    customAgent: () => agent,
    graphqlEndpoint: '/graphql',
    healthCheckEndpoint: '/livez',
    graphiql: false,
    landingPage: false,
    requestId: false,
    logging: log,
    batching: false,
    cors: corsRules(settings.corsOrigins),
    csrfPrevention: { requestHeaders: CSRF_HEADERS },
    ...(PROTECTS.test(sdl) ? { genericAuth: AUTH_DIRECTIVES } : {}),
    maskedErrors: { maskError: masker(settings) },
    subgraphErrors: { errorCode: 'INTERNAL', subgraphNameProp: 'service' },
    propagateHeaders: {
      fromClientToSubgraphs: ({ context }) => forwardedHeaders(context.admission),
    },
    plugins: () => [
      useAdmission(),
      useDeadline(settings, sdl),
      useRateLimit(settings, store, metrics),
      useTrustedDocuments(trustedDocuments(settings), settings),
      ...(settings.isOpen ? [] : [useSilence()]),
      useCoercion(sdl),
      useIntrospectionBesideData(),
      ...operationLimits(settings, sdl),
      useSubgraphFailures(log),
      useObserving(metrics),
      useRequestSigning(settings, log),
    ],
  });
}
