/** How many requests are answered at a time: as many as come through in good time; the rest hear no at once. */
import { addressOf, dropBody } from './admission.mjs';
import { languageOf, message } from './messages.mjs';
import { networkOf } from './rate.mjs';

/** Some always pass: an answer that is late for other reasons closes no door. */
const AT_LEAST = 8;

/** Of its time: what took longer came too late into the house. */
const GOOD_TIME = 0.25;
const CUT = 0.9;
/** One caller does not keep the others out. */
const SHARE_OF_CALLER = 0.5;

/** Whoever comes again at one moment with all others is refused again with them. */
const AGAIN_WITHIN_S = 3;
const againAfterS = () => 1 + Math.floor(Math.random() * AGAIN_WITHIN_S);

/** Who sends a request, as far as it can be told before anything is checked. */
const senderOf = (req, { trustedProxies }) => req.headers.authorization ?? networkOf(addressOf(req, trustedProxies));

/** How often it is told how many were turned away: a line for each would cost more than the answer. */
const TELL_EVERY_MS = 1_000;

function answerIn(language) {
  const extensions = { code: 'UNAVAILABLE', ruleId: 'OVERLOADED' };
  return Buffer.from(JSON.stringify({ errors: [{ message: message('OVERLOADED', language), extensions }] }));
}
const ANSWERS = { vi: answerIn('vi'), en: answerIn('en') };

/** Costs next to nothing: nobody was asked who it is, and the router sees nothing of it. */
function turnAway(req, res, settings) {
  const { origin, 'accept-language': language } = req.headers;
  if (settings.corsOrigins.includes(origin)) {
    res.setHeader('access-control-allow-origin', origin);
    res.setHeader('access-control-expose-headers', 'retry-after');
    res.setHeader('vary', 'origin');
  }
  dropBody(req, res, settings.maxBodyBytes);
  const answer = ANSWERS[languageOf(language)];
  res.writeHead(503, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': answer.length,
    'retry-after': String(againAfterS()),
  });
  res.end(answer);
}

/** A function that gives a request a place until it is answered, or turns it away and says null. */
export function doors(settings, log, { inFlight, inFlightLimit, overloadRefusals }) {
  const { maxInFlight } = settings;
  const least = Math.min(AT_LEAST, maxInFlight);
  const held = new Map();
  let running = 0;
  let limit = maxInFlight;
  let cutAt = 0;
  let turnedAway = 0;
  overloadRefusals.inc(0);
  inFlightLimit.set(limit);

  function count(sender, by) {
    running += by;
    inFlight.set(running);
    const own = (held.get(sender) ?? 0) + by;
    if (own === 0) held.delete(sender);
    else held.set(sender, own);
  }

  /** What came in since the last cut says nothing yet of what the cut has done. */
  function learn(cameAt, budgetMs) {
    const now = performance.now();
    if (now - cameAt <= budgetMs * GOOD_TIME) {
      limit = Math.min(maxInFlight, limit + 1 / limit);
    } else if (cameAt > cutAt) {
      limit = Math.max(least, limit * CUT);
      cutAt = now;
    }
    inFlightLimit.set(Math.floor(limit));
  }

  function tell() {
    log.warn({ number: turnedAway }, 'requests were turned away');
    turnedAway = 0;
  }

  function refuse(req, res) {
    overloadRefusals.inc();
    if (turnedAway === 0) setTimeout(tell, TELL_EVERY_MS);
    turnedAway += 1;
    turnAway(req, res, settings);
    return null;
  }

  return (req, res) => {
    const sender = senderOf(req, settings);
    const most = Math.floor(limit);
    const own = held.get(sender) ?? 0;
    if (running >= most || own >= Math.max(least, Math.floor(most * SHARE_OF_CALLER))) {
      return refuse(req, res);
    }
    const cameAt = performance.now();
    const place = { admission: undefined };
    count(sender, 1);
    res.once('close', () => {
      count(sender, -1);
      if (place.admission?.budgetMs) learn(cameAt, place.admission.budgetMs);
    });
    return place;
  };
}
