import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSIONS, permissionsOf } from '../../src/accounts/model.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { Database } from '../../src/platform/database/database.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { HttpClient } from '../support/http.ts';
import { routesOf, type Route } from '../support/routes.ts';
import { Staff } from '../support/staff.ts';

let db: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
});
afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

/** What strangers may see: the process's health, the description of the API, and what each area adds here on purpose. */
const OPEN = new Set<string>([
  'GET /api/health/live',
  'GET /api/health/ready',
  'POST /api/v1/sign-in',
  // Signed heads of the record, for whoever wants to keep a copy.
  'GET /api/v1/public/anchors',
  'GET /api/v1/sign-in/providers',
  'GET /api/v1/sign-in/openid',
  'GET /api/v1/sign-in/openid/callback',
  // Residents without an account, by one-time code.
  'POST /api/v1/ratings',
  // Residents without an account, by a form's ticket or their follow-up code.
  'GET /api/v1/public/needs/form',
  'POST /api/v1/public/needs',
  'GET /api/v1/public/surveys/:code',
  'POST /api/v1/public/surveys/:code/answers',
  'POST /api/v1/public/files',
  // Whoever holds a printed document.
  'GET /api/v1/public/verify/:code',
  'GET /api/v1/public/follow-up',
  'GET /api/v1/public/follow-up/stage',
  'POST /api/v1/public/follow-up/remarks',
  'POST /api/v1/public/follow-up/withdraw-consent',
  'POST /api/v1/public/follow-up/answer',
  'GET /api/v1/public/rights-requests',
  'POST /api/v1/public/rights-requests',
  'GET /api/v1/public/rights-requests/:id/copy',
  'POST /api/v1/public/rights-requests/:id/withdraw',
  'GET /api/v1/public/districts',
  'GET /api/v1/public/communities',
  'GET /api/v1/public/projects',
  'GET /api/v1/public/projects/:id',
  // Whoever reads that a title tells of a neighbour.
  'POST /api/v1/public/projects/:id/report-exposure',
  'GET /api/v1/public/notices',
  // Anybody objects to what stands in public notice, and reads the answer by a code.
  'POST /api/v1/public/notices/:id/object',
  'GET /api/v1/public/objection',
  'GET /api/v1/public/results',
  'GET /api/v1/public/results/:quarter',
]);

/** Static files of the description's page. */
const DOCS = /^\/api\/docs(\/|$)/;

const ID = '5f0e6c1a-3b1d-4c57-9a52-6a4f3d1b2c01';

function concrete({ path }: Route): string {
  return path.replace(/:\w+/g, ID);
}

function described(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function differences(actual: object = {}, committed: object = {}): string[] {
  const left = actual as Record<string, unknown>;
  const right = committed as Record<string, unknown>;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => JSON.stringify(left[name]) !== JSON.stringify(right[name]));
}

describe('every route', () => {
  it('is described in the committed openapi.json, which is the table of who may call it', () => {
    const committed = JSON.parse(readFileSync('openapi.json', 'utf8')) as typeof api.api.document;
    // Repaired by `npm run openapi`.
    expect(differences(api.api.document.paths, committed.paths)).toEqual([]);
    expect(differences(api.api.document.components?.schemas, committed.components?.schemas)).toEqual([]);
    expect(differences(api.api.document, committed)).toEqual([]);
    for (const { method, path } of routesOf(api.api.app).filter((route) => !DOCS.test(route.path))) {
      const item = committed.paths[described(path)] as Record<string, { 'x-access'?: string }> | undefined;
      const operation = item?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
      expect({ route: `${method} ${path}`, access: operation?.['x-access'] }).toEqual({
        route: `${method} ${path}`,
        access: expect.stringMatching(/\S/),
      });
    }
  });

  it('names only permissions that a role can hold', () => {
    const named = Object.values(api.api.document.paths).flatMap((path) =>
      Object.values(path as Record<string, { 'x-access'?: string }>).flatMap((it) => it['x-access']?.split(' | ') ?? []),
    );
    const known = new Set<string>([...PERMISSIONS, 'public', 'signedIn']);
    expect([...new Set(named)].filter((permission) => !known.has(permission))).toEqual([]);
  });

  it('asks a stranger to sign in, unless it is listed here as open', async () => {
    const stranger = new HttpClient(api.url, { origin: api.config.http.origins[0], 'x-forwarded-for': '203.0.113.7' });
    const open: string[] = [];
    for (const route of routesOf(api.api.app).filter(({ method, path }) => method !== 'HEAD' && !DOCS.test(path))) {
      const name = `${route.method} ${route.path}`;
      const { status } = await stranger.send(route.method, concrete(route));
      if (status !== 401) open.push(name);
    }
    expect(new Set(open)).toEqual(OPEN);
  });

  it('is closed to a signed-in person without its permission', async () => {
    const staff = await Staff.of(api);
    const { client } = await staff.member('resident');
    const held = new Set<string>(['public', 'signedIn', ...permissionsOf('resident')]);
    let commands = 0;
    for (const route of routesOf(api.api.app).filter(({ method, path }) => method !== 'HEAD' && !DOCS.test(path))) {
      const item = api.api.document.paths[described(route.path)] as Record<string, { 'x-access'?: string }>;
      const access = item[route.method.toLowerCase()]?.['x-access']?.split(' | ') ?? [];
      if (access.some((permission) => held.has(permission))) continue;
      const { status } = await client.send(route.method, concrete(route), undefined, { 'x-forwarded-for': '203.0.113.7' });
      expect({ route, status }).toEqual({ route, status: 403 });
      if (route.method !== 'GET') commands += 1;
    }
    const recorded = await api.api.app.get(Database).within(tenantScope(staff.tenant), (tx) =>
      tx.query<{ count: number }>("SELECT count(*) FROM audit_event WHERE action = 'access.forbidden' AND outcome = 'refused'"),
    );
    expect(recorded).toEqual([{ count: commands }]);
    expect(commands).toBeGreaterThan(10);
  });
});
