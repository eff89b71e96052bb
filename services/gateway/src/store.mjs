/** The counts that several gateways share: a server that speaks the Redis protocol. */
import { readFileSync } from 'node:fs';

import { createClient } from '@redis/client';

import { ConfigError } from './config.mjs';

const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MAX_MS = 2_000;

/** More commands than this waiting means that the store is away. */
const COMMANDS_WAITING_MAX = 1_000;

function certificates(path) {
  if (!path) return {};
  try {
    return { ca: readFileSync(path) };
  } catch (error) {
    throw new ConfigError(`CONGVU_RATE_LIMIT_CA_FILE: cannot read '${path}' (${error.code})`);
  }
}

/** A client that connects by itself and again, or null where nothing is shared. */
export function sharedStore({ rateLimitUrl, rateLimitCaFile }, { log, metrics }) {
  if (!rateLimitUrl) return null;
  const up = metrics.storeUp();
  const client = createClient({
    url: rateLimitUrl,
    disableOfflineQueue: true,
    commandsQueueMaxLength: COMMANDS_WAITING_MAX,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, RECONNECT_MAX_MS),
      ...certificates(rateLimitCaFile),
    },
  });
  let isUp = null;
  function tell(now, error) {
    if (isUp === now) return;
    isUp = now;
    up.set(Number(now));
    if (now) log.info('the shared rate limit is there');
    else log.warn({ error: error.code ?? error.name }, 'the shared rate limit is away');
  }
  client.on('ready', () => tell(true));
  client.on('error', (error) => tell(false, error));
  client.connect().catch(() => {});
  return client;
}
