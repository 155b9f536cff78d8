import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig, loadMigrationConfig } from '../../src/platform/config.ts';

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

const complete = (): Record<string, string | undefined> => ({
  NODE_ENV: 'production',
  ORIGINS: 'https://cobuild.example.org, http://localhost:3000',
  DATABASE_URL: 'postgres://cobuild_app:0f8s7df@db/cobuild',
  TEMPORAL_ADDRESS: 'temporal:7233',
  PAYLOAD_KEYS: `${key('p2')};${key('p1')}`,
  SUBJECT_KEYS: key('s1'),
  PASSWORD_PEPPER: key('pepper1'),
  ANCHOR_KEYS: key('anchor1'),
});

function problemsOf(env: Record<string, string | undefined>, load: (env: never) => unknown = loadConfig): readonly string[] {
  try {
    load(env as never);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('reads a complete environment and fills what has a default', () => {
    const config = loadConfig(complete());
    expect(config.http.origins).toEqual(['https://cobuild.example.org', 'http://localhost:3000']);
    expect(config.http.port).toBe(3000);
    expect(config.temporal.taskQueue).toBe('cobuild');
    expect(config.keys.payload.map(({ id }) => id)).toEqual(['p2', 'p1']);
    expect(config.keys.pepper[0].secret).toHaveLength(32);
  });

  it('takes an absent NODE_ENV for production, so that forgetting it weakens nothing', () => {
    expect(loadConfig({ ...complete(), NODE_ENV: undefined }).environment).toBe('production');
  });

  it('names every missing key at once', () => {
    expect(problemsOf({})).toEqual(
      expect.arrayContaining([
        'ORIGINS is missing',
        'DATABASE_URL is missing',
        'TEMPORAL_ADDRESS is missing',
        'PAYLOAD_KEYS is missing',
        'SUBJECT_KEYS is missing',
        'PASSWORD_PEPPER is missing',
        'ANCHOR_KEYS is missing',
      ]),
    );
  });

  it('takes an empty value for a missing one', () => {
    expect(problemsOf({ ...complete(), SUBJECT_KEYS: '' })).toEqual(['SUBJECT_KEYS is missing']);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['ORIGINS', 'cobuild.example.org'],
    ['ORIGINS', 'https://cobuild.example.org/path'],
    ['DATABASE_URL', 'mysql://root@db/x'],
    ['DATABASE_POOL_SIZE', '0'],
    ['TEMPORAL_ADDRESS', 'https://temporal:7233'],
    ['COOKIE_INSTANCE', 'a b'],
    ['RATE_LIMITS', 'off'],
    ['SECOND_FACTOR', 'sometimes'],
    ['LOG_LEVEL', 'loud'],
    ['PAYLOAD_KEYS', 'p1:c2hvcnQ='],
    ['PAYLOAD_KEYS', `p1:${Buffer.alloc(32, 7).toString('base64')}`],
    ['PAYLOAD_KEYS', `${key('same')};${key('same')}`],
    ['SUBJECT_KEYS', `${key('s1')};nonsense`],
    ['PASSWORD_PEPPER', randomBytes(32).toString('base64')],
  ])('refuses %s=%s', (name, value) => {
    const [problem, ...others] = problemsOf({ ...complete(), [name]: value });
    expect(problem).toMatch(new RegExp(`^${name}: `));
    expect(others).toEqual([]);
  });

  it('never repeats a secret in its refusal', () => {
    const secret = 'hunter2hunter2';
    const text = problemsOf({ ...complete(), PASSWORD_PEPPER: secret, DATABASE_URL: `mysql://a:${secret}@db/x` }).join();
    expect(text).toMatch(/PASSWORD_PEPPER/);
    expect(text).not.toMatch(secret);
  });

  it('refuses a publish that may outlive its workflow task', () => {
    expect(problemsOf({ ...complete(), PUBLISH_TIMEOUT_MS: '3000', WORKFLOW_TASK_TIMEOUT_MS: '3000' })).toHaveLength(1);
  });

  it.each([
    ['PAYLOAD_KEYS', `${key('p1')};${key('sample-p')}`],
    ['SUBJECT_KEYS', key('sample-s')],
    ['PASSWORD_PEPPER', key('sample-pepper')],
    ['ANCHOR_KEYS', key('sample-anchor')],
    ['DATABASE_URL', 'postgres://cobuild_app:sample-123@db/cobuild'],
    ['RATE_LIMITS', 'lifted'],
    ['SECOND_FACTOR', 'off'],
  ])('refuses in production what npm start or a test would use: %s', (name, value) => {
    expect(problemsOf({ ...complete(), [name]: value })).toEqual([expect.stringContaining(name)]);
    expect(problemsOf({ ...complete(), NODE_ENV: 'development', [name]: value })).toEqual([]);
  });
});

describe('configuration of the migration', () => {
  const urls = {
    DATABASE_MIGRATION_URL: 'postgres://cobuild_migrator:a@db/cobuild',
    DATABASE_ADMIN_URL: 'postgres://postgres:b@db/cobuild',
    DATABASE_URL: 'postgres://cobuild_app:c@db/cobuild',
  };

  it('needs no administrator where the roles exist', () => {
    expect(loadMigrationConfig({ DATABASE_MIGRATION_URL: urls.DATABASE_MIGRATION_URL }).adminUrl).toBeUndefined();
  });

  it('needs the application address to create its role', () => {
    expect(loadMigrationConfig(urls).url).toBe(urls.DATABASE_URL);
    expect(problemsOf({ ...urls, DATABASE_URL: undefined }, loadMigrationConfig)).toEqual([
      expect.stringContaining('DATABASE_URL is missing'),
    ]);
  });

  it('refuses sample passwords in production', () => {
    const sample = { ...urls, DATABASE_ADMIN_URL: 'postgres://postgres:sample-1@db/cobuild' };
    expect(problemsOf(sample, loadMigrationConfig)).toHaveLength(1);
    expect(problemsOf({ ...sample, NODE_ENV: 'test' }, loadMigrationConfig)).toEqual([]);
  });
});
