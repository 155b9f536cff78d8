import { randomBytes } from 'node:crypto';
import { loadConfig, type Config } from '../../src/platform/config.ts';

const ORIGIN = 'http://127.0.0.1:3000';

function key(id: string): string {
  return `${id}:${randomBytes(32).toString('base64')}`;
}

/** A whole configuration with secrets of its own, a free port and lifted limits; `env` wins. */
export function testConfig(env: Readonly<Record<string, string>> = {}): Config {
  return loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    ORIGINS: ORIGIN,
    COOKIE_INSTANCE: 'test',
    RATE_LIMITS: 'lifted',
    SECOND_FACTOR: 'off',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    PAYLOAD_KEYS: key('test-payload'),
    SUBJECT_KEYS: key('test-subject'),
    PASSWORD_PEPPER: key('test-pepper'),
    ANCHOR_KEYS: key('test-anchor'),
    LOG_LEVEL: 'silent',
    ...env,
  });
}
