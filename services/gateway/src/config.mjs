/** Settings of the gateway: read once from the environment, checked, frozen. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A mistake the operator can mend; printed as one line, without a stack. */
export class ConfigError extends Error {}

const DEFAULT_SUPERGRAPH = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));
const LOG_LEVELS = ['debug', 'info', 'warn', 'error'];
const MIB = 1024 * 1024;

/** Names other parts of the platform own; they may stand in the same environment. */
const PLATFORM_NAMES = new Set([
  'CONGVU_CACHE_DIR',
  'CONGVU_DATA_DIR',
  'CONGVU_EVENT_KEYS_DIR',
  'CONGVU_GATEWAY_URL',
  'CONGVU_OUTBOX_KEEP_DAYS',
  'CONGVU_TOKEN',
]);
const PLATFORM_PREFIXES = [
  'CONGVU_CONTRACTS_',
  'CONGVU_KAFKA_',
  'CONGVU_LOCAL_',
  'CONGVU_MONGO_',
  'CONGVU_TEST_',
];

function whole(min, max) {
  return (name, text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not '${text}'`);
    }
    return value;
  };
}

function oneOf(...values) {
  return (name, text) => {
    if (!values.includes(text)) {
      throw new ConfigError(`${name} must be one of ${values.join(', ')}, not '${text}'`);
    }
    return text;
  };
}

function list(_name, text) {
  return Object.freeze(text.split(',').map((each) => each.trim()).filter(Boolean));
}

function hosts(name, text) {
  const named = list(name, text.toLowerCase());
  for (const host of named) {
    if (!URL.canParse(`http://${host}`) || new URL(`http://${host}`).hostname !== host) {
      throw new ConfigError(`${name} must list host names without a port, not '${host}'`);
    }
  }
  return named;
}

function redisUrl(name, text) {
  if (text === '') return null;
  if (!URL.canParse(text) || !/^rediss?:$/.test(new URL(text).protocol)) {
    throw new ConfigError(`${name} must be a redis:// or rediss:// address`);
  }
  return text;
}

function httpUrl(name, text) {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new ConfigError(`${name} must be an http or https address, not '${text}'`);
  }
  return text;
}

function origins(name, text) {
  const listed = list(name, text);
  for (const origin of listed) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new ConfigError(`${name} must list origins (https://a.example), not '${origin}'`);
    }
  }
  return listed;
}

function logLevel(name, text) {
  const level = text.toLowerCase() === 'warning' ? 'warn' : text.toLowerCase();
  if (!LOG_LEVELS.includes(level)) {
    throw new ConfigError(`${name} must be one of ${LOG_LEVELS.join(', ')}, not '${text}'`);
  }
  return level;
}

function secret(name, text) {
  if (Buffer.byteLength(text) < 32) throw new ConfigError(`${name} must be at least 32 bytes long`);
  return text;
}

function tokenTypes(name, text) {
  const listed = text.toLowerCase().split(',').map((type) => type.trim());
  if (!listed.every((type) => /^[a-z0-9+.-]+$/.test(type))) {
    throw new ConfigError(`${name} must list types of tokens (at+jwt), not '${text}'`);
  }
  return Object.freeze(listed);
}

const text = (_name, value) => value;

/** One row a setting: environment name, key, how it is read, default (`undefined`: required). */
const SETTINGS = [
  ['CONGVU_PROFILE', 'profile', oneOf('production', 'open'), 'production'],
  ['CONGVU_HOSTS', 'hosts', hosts, ''],
  ['CONGVU_METRICS_HOST', 'metricsHost', text, '127.0.0.1'],
  ['CONGVU_METRICS_PORT', 'metricsPort', whole(0, 65_535), '4009'],
  ['CONGVU_GATEWAY_HOST', 'host', text, '127.0.0.1'],
  ['CONGVU_GATEWAY_PORT', 'port', whole(0, 65_535), '4000'],
  ['CONGVU_GATEWAY_SECRET', 'secret', secret, undefined],
  ['CONGVU_JWKS_URL', 'jwksUrl', httpUrl, undefined],
  ['CONGVU_ISSUER', 'issuer', text, undefined],
  ['CONGVU_AUDIENCE', 'audience', text, undefined],
  ['CONGVU_TOKEN_TYPES', 'tokenTypes', tokenTypes, 'at+jwt'],
  ['CONGVU_SUPERGRAPH', 'supergraph', text, DEFAULT_SUPERGRAPH],
  ['CATALOGUE_URL', 'catalogueUrl', httpUrl, 'http://127.0.0.1:4101/graphql'],
  ['EVALUATION_URL', 'evaluationUrl', httpUrl, 'http://127.0.0.1:4102/graphql'],
  ['FEEDBACK_URL', 'feedbackUrl', httpUrl, 'http://127.0.0.1:4103/graphql'],
  ['PAGES_URL', 'pagesUrl', httpUrl, 'http://127.0.0.1:4104'],
  ['CONGVU_CORS_ORIGINS', 'corsOrigins', origins, ''],
  ['CONGVU_PLAYGROUND_FILE', 'playgroundFile', text, ''],
  ['CONGVU_TRUSTED_DOCUMENTS', 'trustedDocuments', list, ''],
  ['CONGVU_MAX_DEPTH', 'maxDepth', whole(1, 100), '8'],
  ['CONGVU_MAX_TOKENS', 'maxTokens', whole(10, 100_000), '1000'],
  ['CONGVU_MAX_ALIASES', 'maxAliases', whole(0, 1_000), '15'],
  ['CONGVU_MAX_DIRECTIVES', 'maxDirectives', whole(0, 1_000), '50'],
  ['CONGVU_MAX_COST', 'maxCost', whole(1, 100_000_000), '5000'],
  ['CONGVU_MAX_BODY_BYTES', 'maxBodyBytes', whole(1_024, 256 * MIB), '100000'],
  ['CONGVU_MAX_BODY_BYTES_AUTHENTICATED', 'maxBodyBytesAuthenticated', whole(1_024, 256 * MIB),
    String(2 * MIB)],
  ['CONGVU_MAX_ANSWER_BYTES', 'maxAnswerBytes', whole(1_024, 256 * MIB), '8000000'],
  ['CONGVU_RATE_LIMIT_PER_MINUTE', 'rateLimitPerMinute', whole(0, 10_000_000), '6000'],
  ['CONGVU_RATE_LIMIT_ANONYMOUS_PER_MINUTE', 'rateLimitAnonymousPerMinute', whole(0, 10_000_000),
    '1200'],
  ['CONGVU_RATE_LIMIT_URL', 'rateLimitUrl', redisUrl, ''],
  ['CONGVU_RATE_LIMIT_CA_FILE', 'rateLimitCaFile', text, ''],
  ['CONGVU_TRUSTED_PROXIES', 'trustedProxies', whole(0, 10), '0'],
  ['CONGVU_SUBGRAPH_TIMEOUT_MS', 'subgraphTimeoutMs', whole(10, 600_000), '60000'],
  ['CONGVU_SHUTDOWN_TIMEOUT_MS', 'shutdownTimeoutMs', whole(0, 600_000), '30000'],
  ['CONGVU_LOG_LEVEL', 'logLevel', logLevel, 'info'],
];

function refuseUnknownNames(env) {
  const files = SECRETS.map((name) => `${name}_FILE`);
  const own = new Set([...SETTINGS.map(([name]) => name), ...files]);
  const unknown = Object.keys(env).filter(
    (name) =>
      name.startsWith('CONGVU_') &&
      !own.has(name) &&
      !PLATFORM_NAMES.has(name) &&
      !PLATFORM_PREFIXES.some((prefix) => name.startsWith(prefix)),
  );
  if (unknown.length > 0) {
    throw new ConfigError(`unknown setting ${unknown.sort().join(', ')}: check the spelling`);
  }
}

/** What may also come as a file that NAME_FILE names; a line end after it is none of it. */
const SECRETS = ['CONGVU_GATEWAY_SECRET', 'CONGVU_RATE_LIMIT_URL'];

function withSecretFiles(env) {
  const read = { ...env };
  for (const name of SECRETS) {
    const file = `${name}_FILE`;
    if (!env[file]) continue;
    if (env[name]) throw new ConfigError(`${name}: given here and in ${file}`);
    try {
      read[name] = readFileSync(env[file], 'utf8').trim();
    } catch (error) {
      throw new ConfigError(`${file}: cannot read '${env[file]}' (${error.code})`);
    }
  }
  return read;
}

/** Read and freeze the settings; throws `ConfigError` naming the variable at fault. */
export function readSettings(env) {
  refuseUnknownNames(env);
  const settings = {};
  const given = withSecretFiles(env);
  for (const [name, key, read, fallback] of SETTINGS) {
    const value = given[name] || fallback;
    if (value === undefined) throw new ConfigError(`${name} is required and has no default`);
    settings[key] = value === '' ? read(name, '') : read(name, value);
  }
  settings.isOpen = settings.profile === 'open';
  if (settings.playgroundFile && !settings.isOpen) {
    throw new ConfigError('CONGVU_PLAYGROUND_FILE: there is no playground in production');
  }
  settings.subgraphUrls = Object.freeze({
    catalogue: settings.catalogueUrl,
    evaluation: settings.evaluationUrl,
    feedback: settings.feedbackUrl,
  });
  return Object.freeze(settings);
}
