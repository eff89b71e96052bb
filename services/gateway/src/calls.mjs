/** What can go wrong with a call to a service. */

/**
 * A call without a GraphQL answer: the service was not reached, or it refused the caller.
 *
 * `rule` says which limit was met; `mayRepeat` is 'anywhere', or 'elsewhere' when the same replica
 * would say the same again; `isFault` is set where it speaks against the replica.
 */
export class CallFailed extends Error {
  constructor(code, reason, about = {}) {
    super(reason);
    const { text = code, rule, mayRepeat } = about;
    Object.assign(this, { code, text, rule, mayRepeat, isFault: false });
  }
}

/** The service found fault with the call, not with its caller. */
export class CallRefused extends Error {}
