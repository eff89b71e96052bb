/** The log: one JSON object a line on stdout, whoever wrote it. */
import { Logger } from '@graphql-hive/gateway-runtime';

import { lineOf, placeOf } from './lines.mjs';

/** Levels are debug, info, warn and error; tokens are left out at every level. */
export function jsonLog(level, { linesLost }) {
  // A full disk or a closed pipe costs lines, and no request.
  process.stdout.on('error', () => linesLost.inc());
  const write = (severity, attributes, text) => {
    process.stdout.write(lineOf(severity, attributes, text));
  };
  const log = new Logger({ level, redact: ['headers.authorization'], writers: [{ write }] });
  takeOver(log);
  return log;
}

/** What libraries would write as plain text; their words may quote what somebody sent. */
function takeOver(log) {
  const told = (level) => (...given) => {
    const error = given.find((each) => each instanceof Error) ?? new Error('console');
    log[level]({ error: placeOf(error) }, 'a library wrote to the console');
  };
  Object.assign(console, {
    debug: told('debug'), info: told('info'), log: told('info'), trace: told('warn'),
    warn: told('warn'), error: told('error'),
  });
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    log.warn({ kind: warning.name, code: warning.code, error: placeOf(warning) }, 'a warning of Node');
  });
  for (const uncaught of ['uncaughtException', 'unhandledRejection']) {
    process.on(uncaught, (error) => {
      log.error({ error: placeOf(Object(error)) }, uncaught);
      process.exit(1);
    });
  }
}
