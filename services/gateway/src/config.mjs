/** Settings of the gateway: read once from the environment, checked, frozen. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A mistake the operator can mend; printed as one line, without a stack. */
export class ConfigError extends Error {}

const HOME = new URL('../', import.meta.url);

/** What can be set, once for this gateway and for the router beside it. */
const { settings: SETTINGS, platformNames, platformPrefixes } = JSON.parse(
  readFileSync(new URL('settings.json', HOME), 'utf8'),
);

function whole(name, text, { min, max }) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not '${text}'`);
  }
  return value;
}

function choice(name, text, { values }) {
  if (!values.includes(text)) {
    throw new ConfigError(`${name} must be one of ${values.join(', ')}, not '${text}'`);
  }
  return text;
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

function httpUrls(name, text) {
  const listed = list(name, text);
  if (listed.length === 0) throw new ConfigError(`${name} must list http addresses`);
  return Object.freeze(listed.map((url) => httpUrl(name, url)));
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

function logLevel(name, text, { values }) {
  const level = text.toLowerCase() === 'warning' ? 'warn' : text.toLowerCase();
  if (!values.includes(level)) {
    throw new ConfigError(`${name} must be one of ${values.join(', ')}, not '${text}'`);
  }
  return level;
}

/** The one to sign with: the first. While it takes another's place both are there. */
function secret(name, text, { minBytes }) {
  const all = text.split('\n').map((line) => line.trim()).filter(Boolean);
  if (all.length === 0 || all.some((each) => Buffer.byteLength(each) < minBytes)) {
    throw new ConfigError(`${name} must be at least ${minBytes} bytes long`);
  }
  return all[0];
}

function tokenTypes(name, text) {
  const listed = text.toLowerCase().split(',').map((type) => type.trim());
  if (!listed.every((type) => /^[a-z0-9+.-]+$/.test(type))) {
    throw new ConfigError(`${name} must list types of tokens (at+jwt), not '${text}'`);
  }
  return Object.freeze(listed);
}

const text = (_name, value) => value;

/** A file of ours unless it is named. */
const ownFile = (_name, value, row) => (
  value === row.default ? fileURLToPath(new URL(value, HOME)) : value
);

const KINDS = {
  choice, hosts, httpUrl, httpUrls, list, logLevel, origins, ownFile, redisUrl, secret, text, tokenTypes, whole,
};

/** What may also come as a file that NAME_FILE names; a line end after it is none of it. */
const FILES = SETTINGS.filter(({ mayBeFile }) => mayBeFile).map(({ name }) => name);

function refuseUnknownNames(env) {
  const files = FILES.map((name) => `${name}_FILE`);
  const own = new Set([...SETTINGS.map(({ name }) => name), ...files]);
  const unknown = Object.keys(env).filter(
    (name) =>
      name.startsWith('CONGVU_') &&
      !own.has(name) &&
      !platformNames.includes(name) &&
      !platformPrefixes.some((prefix) => name.startsWith(prefix)),
  );
  if (unknown.length > 0) {
    throw new ConfigError(`unknown setting ${unknown.sort().join(', ')}: check the spelling`);
  }
}

/** What the file holds is in no message. */
function readSecretFile(name, path) {
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new ConfigError(`${name}: cannot read '${path}' (${error.code})`);
  }
  if (!isUtf8(bytes)) throw new ConfigError(`${name}: '${path}' is no text`);
  const text = bytes.toString('utf8').trim();
  if (text === '') throw new ConfigError(`${name}: '${path}' is empty`);
  return text;
}

/** The secret to sign with, as its file says now. */
export function readSigningSecret(path) {
  const row = SETTINGS.find(({ key }) => key === 'secret');
  return secret(`${row.name}_FILE`, readSecretFile(`${row.name}_FILE`, path), row);
}

function withSecretFiles(env) {
  const read = { ...env };
  for (const name of FILES) {
    const file = `${name}_FILE`;
    if (!env[file]) continue;
    if (env[name]) throw new ConfigError(`${name}: given here and in ${file}`);
    read[name] = readSecretFile(file, env[file]);
  }
  return read;
}

const LINK = /^(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;
const LINKED_ADDRESS = /^(tcp|udp|sctp):\/\//;

/**
 * What somebody set, and not what Kubernetes puts there for each Service of the namespace
 * (`CONGVU_GATEWAY_PORT=tcp://10.0.0.7:80`): names that look like settings of ours.
 */
function withoutServiceLinks(env) {
  const services = Object.keys(env)
    .filter((name) => name.endsWith('_SERVICE_HOST'))
    .map((name) => name.slice(0, -'SERVICE_HOST'.length))
    .filter((service) => `${service}SERVICE_PORT` in env);
  const isLink = (rest, value) => LINK.test(rest) || (rest === 'PORT' && LINKED_ADDRESS.test(value));
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => !services.some(
    (service) => name.startsWith(service) && isLink(name.slice(service.length), value),
  )));
}

/** Read and freeze the settings; throws `ConfigError` naming the variable at fault. */
export function readSettings(environment) {
  const env = withoutServiceLinks(environment);
  refuseUnknownNames(env);
  const settings = {};
  const given = withSecretFiles(env);
  for (const row of SETTINGS) {
    const value = given[row.name] || row.default;
    if (value === undefined) throw new ConfigError(`${row.name} is required and has no default`);
    settings[row.key] = KINDS[row.kind](row.name, value, row);
  }
  settings.secretFile = env.CONGVU_GATEWAY_SECRET_FILE || null;
  settings.isOpen = settings.profile === 'open';
  if (settings.playgroundFile && !settings.isOpen) {
    throw new ConfigError('CONGVU_PLAYGROUND_FILE: there is no playground in production');
  }
  settings.subgraphUrls = Object.freeze({
    catalogue: settings.catalogueUrls,
    evaluation: settings.evaluationUrls,
    feedback: settings.feedbackUrls,
  });
  return Object.freeze(settings);
}
