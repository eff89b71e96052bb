/** Under which names this gateway answers: a page elsewhere may let its own name point at us. */

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;

/** The name in the Host header, without its port. */
function nameOf({ headers: { host = '' } }) {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
}

/** A function that says whether a request is for one of our names; loopback ones always are. */
export function hostCheck(hosts) {
  const ours = new Set([...LOOPBACK_NAMES, ...hosts]);
  return (req) => ours.has(nameOf(req));
}

/** Whether somebody on this machine asks, by one of its own names and through no proxy. */
export function isFromHere(req) {
  const isProxied = ['x-forwarded-for', 'forwarded', 'via'].some((name) => name in req.headers);
  return (
    !isProxied &&
    LOOPBACK_NAMES.includes(nameOf(req)) &&
    LOOPBACK_ADDRESS.test(req.socket.remoteAddress ?? '')
  );
}
