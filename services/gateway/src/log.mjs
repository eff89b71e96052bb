/** The log: one JSON object a line on stdout, each with a time, a level and a message. */
import { Logger } from '@graphql-hive/gateway-runtime';

const lines = {
  write(level, attributes, text) {
    const { message, ...rest } = Array.isArray(attributes) ? { attributes } : (attributes ?? {});
    // The router logs an error as attributes only; its message is then the line's.
    const timestamp = new Date().toISOString();
    const line = { timestamp, level, msg: text ?? message ?? '', ...rest };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  },
};

/** Levels are debug, info, warn and error; tokens are left out at every level. */
export function jsonLog(level) {
  return new Logger({ level, redact: ['headers.authorization'], writers: [lines] });
}
