/** Starts the gateway; a wrong setting ends it with one line on stderr. */
import { ConfigError, readSettings } from './config.mjs';

try {
  const settings = readSettings(process.env);
  // Loaded late: a wrong setting is reported at once, not after the router is loaded.
  const { serve } = await import('./serve.mjs');
  await serve(settings);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`gateway: ${error.message}\n`);
  process.exit(1);
}
