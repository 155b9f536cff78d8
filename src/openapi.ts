import { writeFile } from 'node:fs/promises';
import { createApi } from './api.ts';
import { loadConfig } from './platform/config.ts';
import { createLog } from './platform/logging.ts';

/** Any usable configuration: the description depends on none of it, and nothing is connected. */
const key = `described:${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64')}`;
const config = loadConfig({
  NODE_ENV: 'development',
  ORIGINS: 'http://127.0.0.1:3000',
  DATABASE_URL: 'postgres://described@127.0.0.1:9/none',
  TEMPORAL_ADDRESS: '127.0.0.1:9',
  PAYLOAD_KEYS: key,
  SUBJECT_KEYS: key,
  PASSWORD_PEPPER: key,
  ANCHOR_KEYS: key,
});

const api = await createApi(config, createLog('error'));
await writeFile('openapi.json', `${JSON.stringify(api.document, null, 2)}\n`);
await api.stop();
