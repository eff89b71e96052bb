/** The log: one JSON object a line on stdout, each with a time, a level and a message. */
import { Logger } from '@graphql-hive/gateway-runtime';

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

const lines = {
  write(level, attributes, text) {
    // The router logs an error as attributes only, its message among them.
    const isError = text === undefined && attributes?.message !== undefined;
    const rest = isError ? { error: placeOf(attributes) } : plain(attributes ?? {});
    const timestamp = new Date().toISOString();
    const about = Array.isArray(rest) ? { attributes: rest } : rest;
    const line = { timestamp, level, msg: text ?? 'an error of the router', ...about };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  },
};

/** Levels are debug, info, warn and error; tokens are left out at every level. */
export function jsonLog(level) {
  return new Logger({ level, redact: ['headers.authorization'], writers: [lines] });
}
