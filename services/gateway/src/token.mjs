/**
 * What a good access token is.
 *
 * The services read a token by the same rules in `congvu_kit/adapters/tokens.py`: one table of
 * tokens is put before both (docs/decisions/0018). A rule that changes here changes there.
 */

/** How far the issuer's clock may be from ours. */
const LEEWAY_S = 60;

/** From `iat` to `exp`: what is stolen is good for a day at most. */
const LIFETIME_MAX_S = 24 * 3600;
const CHARACTERS_MAX = 8192;

const BEARER = /^bearer ([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/i;
const NAME = /^[\x21-\x7e]{1,200}$/;
const ALGORITHMS = ['RS256', 'ES256'];
const KEYS_OF_THE_CALLERS_OWN = ['jku', 'jwk', 'x5u', 'x5c', 'crit'];

/** Claims of identity tokens and of log-outs. */
const OTHER_TOKENS = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events'];

/** The token is missing what it needs, forged or too old. */
export class InvalidToken extends Error {}

function require(isGood, reason) {
  if (!isGood) throw new InvalidToken(reason);
}

const isTime = (value) => typeof value === 'number' && Number.isFinite(value);
const isName = (value) => typeof value === 'string' && NAME.test(value);
const isTexts = (value) => Array.isArray(value) && value.every((each) => typeof each === 'string');
const hasAny = (object, names) => names.some((name) => Object.hasOwn(object, name));

function decoded(part) {
  const bytes = Buffer.from(part, 'base64url');
  require(bytes.toString('base64url') === part, 'this is not how these bytes are written');
  return bytes;
}

function parsed(bytes) {
  let found;
  try {
    found = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new InvalidToken('the token is not a signed JWT');
  }
  require(found && typeof found === 'object' && !Array.isArray(found), 'not an object');
  return found;
}

/** The parts of a header's token; nothing in them is proven yet. */
export function readBearer(authorization) {
  const [, ...parts] = BEARER.exec(authorization) ?? [];
  const isShort = authorization.length <= CHARACTERS_MAX;
  require(parts.length === 3 && isShort, 'the authorization header is not a bearer token');
  const [header, claims] = parts.map(decoded).slice(0, 2).map(parsed);
  return { header, claims, token: parts.join('.') };
}

export function requireAccessToken({ header, claims }, types) {
  const type = typeof header.typ === 'string' ? header.typ.toLowerCase() : '';
  require(types.includes(type.replace(/^application\//, '')), 'no access token (typ)');
  require(ALGORITHMS.includes(header.alg) && isName(header.kid), 'no accepted algorithm or key');
  require(!hasAny(header, KEYS_OF_THE_CALLERS_OWN), 'the token brings its own key');
  const { typ = 'Bearer', token_use: use = 'access' } = claims;
  require(typ === 'Bearer' && use === 'access', 'no access token');
  require(!hasAny(claims, OTHER_TOKENS), 'no access token');
}

export function requireClaims(claims, { issuer, audience }) {
  require(claims.iss === issuer, 'another issuer');
  const audiences = typeof claims.aud === 'string' ? [claims.aud] : claims.aud;
  require(isTexts(audiences) && audiences.includes(audience), 'another audience');
  const { iat, exp, nbf = iat } = claims;
  require(isTime(iat) && isTime(exp) && isTime(nbf), 'no times');
  const now = Date.now() / 1000;
  require(exp + LEEWAY_S > now, 'expired');
  require(Math.max(iat, nbf) - LEEWAY_S <= now, 'not valid yet');
  require(exp > iat && exp - iat <= LIFETIME_MAX_S, 'valid for too long');
  require(isName(claims.sub), 'the claim sub is not a name');
  require(isTexts(claims.roles ?? []), 'the claim roles is not a list of strings');
  require(typeof (claims.scope ?? '') === 'string', 'the claim scope is not a string');
  for (const name of ['province', 'unit', 'officer']) {
    require([undefined, null, ''].includes(claims[name]) || isName(claims[name]), `claim ${name}`);
  }
}
