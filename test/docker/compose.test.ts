import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { loadConfig, loadMigrationConfig } from '../../src/platform/config.ts';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly networks: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: object;
  readonly volumes: object;
}

const TEXT = readFileSync('docker-compose.yml', 'utf8');
const PRODUCT = ['migrate', 'worker', 'api'];

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

/** What an operator puts into `.env`. */
function secrets(id = 'k2026'): Record<string, string> {
  return {
    POSTGRES_PASSWORD: 'postgres-secret',
    APP_DB_PASSWORD: 'app-secret',
    MIGRATOR_DB_PASSWORD: 'migrator-secret',
    TEMPORAL_DB_PASSWORD: 'temporal-secret',
    ORIGINS: 'https://cobuild.example.org',
    PAYLOAD_KEYS: key(id),
    SUBJECT_KEYS: key(id),
    PASSWORD_PEPPER: key(id),
    ANCHOR_KEYS: key(id),
  };
}

/** `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, as Compose fills them in; throws for a required one that is missing. */
function filled(env: Readonly<Record<string, string>>): string {
  return TEXT.replace(/\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g, (_, name: string, mark: string | undefined, rest: string) => {
    if (env[name]) return env[name];
    if (mark === '?') throw new Error(`required variable ${name} is missing`);
    return mark === '-' ? rest : '';
  });
}

const composed = (env = secrets()): Compose => parse(filled(env), { merge: true }) as Compose;

/** github.com/compose-spec/compose-spec, schema/compose-spec.json of 2026-06-23. */
function validator() {
  const { $schema: _, ...schema } = JSON.parse(readFileSync('test/docker/compose-spec.json', 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv, ['duration', 'uri']);
  return ajv.compile(schema);
}

describe('docker-compose.yml', () => {
  it('is what the Compose specification allows', () => {
    const valid = validator();
    valid(composed());
    expect(valid.errors).toBeNull();
    const misspelt = { services: { api: { image: 'x', helthcheck: {} } } };
    expect(valid(misspelt)).toBe(false);
  });

  it('asks for every secret and has none of its own', () => {
    for (const name of Object.keys(secrets())) {
      const { [name]: _, ...others } = secrets();
      expect(() => filled(others)).toThrow(name);
    }
    expect([...TEXT.matchAll(/\$\{(\w*(?:PASSWORD|KEYS|PEPPER)\w*):-/g)]).toEqual([]);
  });

  it('gives the processes what their configuration asks for, and refuses sample secrets', () => {
    const { services } = composed();
    const known = readFileSync('src/platform/config.ts', 'utf8');
    for (const name of PRODUCT) {
      for (const variable of Object.keys(services[name]!.environment)) expect([name, known]).toEqual([name, expect.stringMatching(`\\b${variable}:`)]);
    }
    for (const name of ['api', 'worker']) {
      expect(loadConfig(texts(services[name]!)).environment).toBe('production');
      expect(() => loadConfig(texts(composed(secrets('sample-1')).services[name]!))).toThrow(/sample secret/);
    }
    expect(loadMigrationConfig(texts(services['migrate']!)).adminUrl).toContain('postgres-secret');
    const sample = { ...secrets(), POSTGRES_PASSWORD: 'sample-secret' };
    expect(() => loadMigrationConfig(texts(composed(sample).services['migrate']!))).toThrow(/sample secret/);
  });

  it('names only services, networks, volumes and files that are there', () => {
    const { services, networks, volumes } = composed();
    for (const [name, service] of Object.entries(services)) {
      const { depends_on: before = {}, networks: joined, volumes: mounted = [] } = service;
      expect([name, Object.keys(before).filter((other) => !services[other])]).toEqual([name, []]);
      expect([name, joined.filter((network) => !(network in networks))]).toEqual([name, []]);
      for (const mount of mounted) {
        const source = mount.split(':')[0]!;
        expect([name, source.startsWith('.') ? existsSync(source) : source in volumes]).toEqual([name, true]);
      }
    }
    for (const name of PRODUCT) {
      const { command = defaultCommand(), healthcheck } = services[name]!;
      expect(existsSync(command.at(-1)!.replace(/^dist\//, '').replace(/\.js$/, '.ts'))).toBe(true);
      if (healthcheck) expect(healthcheck.test).toEqual(['CMD', 'node', 'healthy.mjs', name]);
    }
  });

  it('runs the product read-only, without rights, and shows nothing outside but to this host', () => {
    const { services } = composed();
    for (const name of PRODUCT) expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/^USER node$/m);
    const shown = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(shown.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(shown).toHaveLength(2);
  });
});

/** Of the image, when a service names none. */
function defaultCommand(): string[] {
  return JSON.parse(/^CMD (\[.*\])$/m.exec(readFileSync('Dockerfile', 'utf8'))![1]!) as string[];
}

function texts({ environment }: Service): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
}
