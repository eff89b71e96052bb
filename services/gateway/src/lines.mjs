/** One line of the log: a JSON object with a time, a level, a service and an event. */

const FRAME = /^\s+at /;

/** What an error is and where it happened; its message may quote what somebody sent. */
export function placeOf(error) {
  const frames = String(error.stack ?? '').split('\n').filter((line) => FRAME.test(line));
  return [[error.name, error.code].filter(Boolean).join(' '), ...frames].join('\n');
}

function plain(value) {
  if (value instanceof Error) return placeOf(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

/** The text of one line. */
export function lineOf(level, attributes, text) {
  // The router logs an error as attributes only, its message among them.
  const isError = text === undefined && attributes?.message !== undefined;
  const rest = isError ? { error: placeOf(attributes) } : plain(attributes ?? {});
  const about = Array.isArray(rest) ? { attributes: rest } : rest;
  const event = text ?? 'an error of the router';
  const line = { time: new Date().toISOString(), level, service: 'gateway', event, ...about };
  return `${JSON.stringify(line)}\n`;
}
