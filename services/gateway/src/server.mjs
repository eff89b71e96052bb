/** Starts the gateway; what keeps it from starting ends it with one line on stderr. */
import { ConfigError, readSettings } from './config.mjs';
import { lineOf, placeOf } from './lines.mjs';

try {
  const settings = readSettings(process.env);
  // Loaded late: a wrong setting is reported at once, not after the router is loaded.
  const { serve } = await import('./serve.mjs');
  await serve(settings);
} catch (error) {
  const reason = error instanceof ConfigError ? error.message : placeOf(error);
  process.stderr.write(lineOf('error', { error: reason }, 'cannot start'));
  process.exit(1);
}
