/** Who is calling: the verified bearer token of a request, or nobody. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const ALGORITHMS = ['RS256', 'ES256'];
const REQUIRED_CLAIMS = ['exp', 'iat', 'sub'];
const CLOCK_TOLERANCE_S = 5;
const JWKS_TIMEOUT_MS = 3_000;

/** A key id not seen before makes us read the keys again, but not more often than this. */
const JWKS_COOLDOWN_MS = 5_000;
const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i;

export const ANONYMOUS = Object.freeze({ claims: null, token: null });

/** The token is missing what it needs, forged or too old. */
export class InvalidToken extends Error {}

/** The issuer's keys cannot be fetched, so no token can be judged. */
export class KeysUnavailable extends Error {}

function isIssuerFault(error) {
  return (
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}

/** A function from an Authorization header to a caller; keys are cached and follow rotation. */
export function callerReader({ jwksUrl, issuer, audience }) {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
  });
  const rules = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    requiredClaims: REQUIRED_CLAIMS,
    clockTolerance: CLOCK_TOLERANCE_S,
  };
  return async (authorization) => {
    if (authorization === undefined) return ANONYMOUS;
    const [, token] = BEARER.exec(authorization) ?? [];
    if (!token) throw new InvalidToken('the Authorization header is not a bearer token');
    try {
      const { payload } = await jwtVerify(token, keys, rules);
      return Object.freeze({ claims: payload, token });
    } catch (error) {
      if (isIssuerFault(error)) throw new KeysUnavailable(error.message, { cause: error });
      throw new InvalidToken(error.message, { cause: error });
    }
  };
}
