/** Who is calling: the verified bearer token of a request, or nobody. */
import { compactVerify, errors } from 'jose';

import { issuerKeys } from './keys.mjs';
import { InvalidToken, readBearer, requireAccessToken, requireClaims } from './token.mjs';

export const ANONYMOUS = Object.freeze({ claims: null, token: null });

/** A function from an Authorization header to a caller; keys are cached and follow rotation. */
export function callerReader({ jwksUrl, issuer, audience, tokenTypes }, log, metrics) {
  const keyOf = issuerKeys(jwksUrl, log, metrics);
  return async (authorization) => {
    if (authorization === undefined) return ANONYMOUS;
    const { header, claims, token } = readBearer(authorization);
    requireAccessToken({ header, claims }, tokenTypes);
    const known = await keyOf(header.kid);
    if (known?.algorithm !== header.alg) throw new InvalidToken('the key is not the issuer\'s');
    try {
      await compactVerify(token, known.key, { algorithms: [known.algorithm] });
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new InvalidToken(error.message);
      throw error;
    }
    requireClaims(claims, { issuer, audience });
    return Object.freeze({ claims, token });
  };
}
