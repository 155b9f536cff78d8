import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import pg from 'pg';
import { permissionsOf, type Role } from '../../src/accounts/model.ts';
import type { Scope } from '../../src/kernel/scope.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { componentsOf, idNamesOf, isVersioned, operationsOf, pathOf, queryOf, type Operation } from '../support/operations.ts';
import { sampleOf, type Components } from '../support/samples.ts';
import { Snapshots } from '../support/snapshot.ts';
import { ROLE_NAMES, startTown, type Town } from './support/town.ts';

const TABLE = join(import.meta.dirname, 'access.json');
const ABSENT = '0b5d7f3e-8a41-4f06-b2c9-7d1e5a60c9f4';
const AT_ONCE = 8;

/** Where the thing lies that the route names: in one's own place, a sibling branch, another tenant, nowhere, unreadable. */
const POSITIONS = ['own', 'sibling', 'foreign', 'absent', 'malformed'] as const;
type Position = (typeof POSITIONS)[number];

/** Status by position, and the roles that meet it: `own sibling foreign absent malformed`. */
type Table = Readonly<Record<string, Readonly<Record<string, readonly Role[]>>>>;

/** Ends the caller's own access or asks for a password: not for a shared session. */
const APART = new Set(['POST /api/v1/sign-out', 'POST /api/v1/password', 'POST /api/v1/second-factor/enrol', 'POST /api/v1/second-factor/confirm', 'POST /api/v1/second-factor/verify']);

/** Which table an id in the path means, by the path's beginning and the parameter. */
const IDS: readonly (readonly [pattern: RegExp, table: string, which?: string])[] = [
  [/^accounts\/\S+ identityId/, 'accounts_identity'],
  [/^accounts\//, 'accounts_account', "state = 'active'"],
  [/^awards\//, 'evaluation_award'],
  [/^files\/|fileId$/, 'file'],
  [/^documents?\//, 'document'],
  [/^grants\//, 'accounts_grant'],
  [/^imports?(-mappings)?\//, 'needs_import', "kind = 'needs'"],
  // Others are derived from the day alone, and so the same in every tenant.
  [/^inbox\//, 'notifications_message', 'case_id IS NOT NULL'],
  [/^ledger\/accounts/, 'ledger_account'],
  [/ communityId$/, 'accounts_org_unit', "kind = 'community'"],
  [/^matching-exclusions\//, 'matching_exclusion'],
  [/^matching-runs\//, 'matching_run'],
  [/^needs\//, 'needs_need'],
  [/^offers\//, 'needs_offer'],
  [/^(org-units|units)\/\S+ (id|unitId)$/, 'accounts_org_unit', "kind = 'coBuildingUnit'"],
  [/^people\//, 'accounts_person'],
  [/^proposals\/| proposalId$/, 'needs_proposal'],
  [/^projects\/|^public\/projects\//, 'project', "status <> 'closed'"],
  [/^submissions\//, 'needs_submission'],
  [/^surveys\//, 'needs_survey'],
  [/^tokens\//, 'accounts_token'],
];

/** A stored refusal of a case is a record; the worker goes on telling people meanwhile. */
const KEPT_ON_PURPOSE = /^(case_command|notifications_message|notifications_outbox)$/;

let town: Town;
let snapshots: Snapshots;
let admin: pg.Client;
let components: Components;
let operations: readonly Operation[];
const ids = new Map<string, string>();

beforeAll(async () => {
  town = await startTown();
  snapshots = await Snapshots.of(town.place.db.adminUrl);
  admin = new pg.Client({ connectionString: town.place.db.adminUrl });
  await admin.connect();
  const document = JSON.parse(readFileSync(join(process.cwd(), 'openapi.json'), 'utf8')) as OpenAPIObject;
  components = componentsOf(document);
  operations = operationsOf(document).filter(({ access, name }) => access !== 'public' && !APART.has(name));
  for (const operation of operations) for (const name of idNamesOf(operation)) await find(operation, name);
}, 900_000);

afterAll(async () => {
  await admin?.end();
  await snapshots?.close();
  await town?.stop();
});

function keyOf({ path }: Operation, name: string): string {
  return `${path.replace(/^\/api\/v1\//, '')} ${name}`;
}

async function find(operation: Operation, name: string): Promise<void> {
  const key = keyOf(operation, name);
  const [, rows, which = 'true'] = IDS.find(([pattern]) => pattern.test(key)) ?? [];
  if (rows === undefined) throw new Error(`say in IDS which rows ${key} means`);
  const found = await admin.query<{ id: string }>(`SELECT id::text FROM ${rows} WHERE tenant_id = $1 AND ${which} LIMIT 1`, [town.rich]);
  if (found.rows[0]) ids.set(key, found.rows[0].id);
}

async function ask(operation: Operation, client: HttpClient, position: Position): Promise<Answer> {
  const path = pathOf(operation, components, (name) => {
    if (position === 'absent') return ABSENT;
    if (position === 'malformed') return 'x';
    return ids.get(keyOf(operation, name)) ?? ABSENT;
  });
  const query = queryOf(operation, components);
  if (operation.method === 'GET') return client.get(`${path}${query}`);
  // Without a key nothing is done: what is one's own must not change before the next route is asked.
  const headers = { ...(position === 'own' && { 'idempotency-key': undefined }), ...(isVersioned(operation) && { 'if-match': '"999999"' }) };
  const body = operation.body && sampleOf(operation.body, components);
  return client.send(operation.method, `${path}${query}`, body, headers);
}

function clientAt(position: Position, role: Role): HttpClient {
  if (position === 'sibling') return town.sibling(role);
  return position === 'foreign' ? town.stranger(role) : town.own(role);
}

/** Routes that name a thing are asked for it in every position, the others for what is one's own. */
function positionsOf(operation: Operation): readonly Position[] {
  return idNamesOf(operation).length > 0 ? POSITIONS : ['own'];
}

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) await Promise.all(items.slice(from, from + AT_ONCE).map(work));
}

const answers = new Map<string, Answer>();
const answerOf = (operation: Operation, role: Role, position: Position): Answer => answers.get(`${operation.name} ${role} ${position}`)!;

async function askAll(positions: readonly Position[]): Promise<void> {
  const questions = operations.flatMap((operation) =>
    positionsOf(operation)
      .filter((position) => positions.includes(position))
      .flatMap((position) => ROLE_NAMES.map((role) => ({ operation, role, position }))),
  );
  await each(questions, async ({ operation, role, position }) => {
    answers.set(`${operation.name} ${role} ${position}`, await ask(operation, clientAt(position, role), position));
  });
}

function isAllowed({ access }: Operation, role: Role): boolean {
  const held: readonly string[] = permissionsOf(role);
  return access === 'signedIn' || access.split(' | ').some((permission) => held.includes(permission));
}

function table(): Table {
  return Object.fromEntries(
    operations.map((operation) => {
      const roles: Record<string, Role[]> = {};
      for (const role of ROLE_NAMES) {
        const row = positionsOf(operation).map((position) => answerOf(operation, role, position).status).join(' ');
        (roles[row] ??= []).push(role);
      }
      return [operation.name, Object.fromEntries(Object.entries(roles).sort(([a], [b]) => (a < b ? -1 : 1)))];
    }),
  );
}

describe('every route, asked by every role', () => {
  it('answers for a foreign thing as for one that is not there, and changes nothing', async () => {
    const before = await snapshots.take();
    await askAll(['foreign', 'absent', 'malformed']);
    const after = await snapshots.take();
    expect(Object.keys(after).filter((name) => after[name] !== before[name] && !KEPT_ON_PURPOSE.test(name))).toEqual([]);
    const told = ({ status, body }: Answer): string => `${status} ${String(body?.code ?? '')}`;
    const differences = operations
      .filter((operation) => positionsOf(operation).length > 1)
      .flatMap((operation) =>
        ROLE_NAMES.flatMap((role) => {
          const [foreign, absent] = [answerOf(operation, role, 'foreign'), answerOf(operation, role, 'absent')];
          return told(foreign) === told(absent) && foreign.status >= 400
            ? []
            : [`${operation.name} as ${role}: foreign ${told(foreign)}, absent ${told(absent)}`];
        }),
      );
    expect(differences).toEqual([]);
  }, 900_000);

  it('refuses whoever lacks the permission with 403, and nobody else for it', async () => {
    await askAll(['own']);
    const wrong = operations.flatMap((operation) =>
      ROLE_NAMES.flatMap((role) => {
        const { status, body } = answerOf(operation, role, 'own');
        const isStopped = status === 403;
        // Of several permissions each may open one kind of thing only; the collector of metrics needs none on this machine.
        const mayDiffer = operation.access.includes(' | ') || operation.path === '/api/metrics';
        return isStopped === !isAllowed(operation, role) || mayDiffer ? [] : [`${operation.name} as ${role}: ${status} ${String(body?.code ?? '')}`];
      }),
    );
    expect(wrong).toEqual([]);
  }, 900_000);

  it('answers as the committed table says', async () => {
    await askAll(['sibling']);
    const found = table();
    if (process.env['TRUST_TABLE'] === 'write') writeFileSync(TABLE, `${JSON.stringify(found, null, 1)}\n`);
    const committed = JSON.parse(readFileSync(TABLE, 'utf8')) as Table;
    expect(Object.keys(found).filter((name) => !(name in committed))).toEqual([]);
    expect(found).toEqual(committed);
  }, 900_000);
});

describe('row-level security alone', () => {
  const scopes: [string, () => Scope, string][] = [
    ['of another tenant', () => ({ tenant: town.foreign, orgPath: '/' as never, actor: 'system' as never }), 'tenant_id <> $1'],
    ['without a tenant', () => ({ tenant: '' as never, orgPath: '/' as never, actor: 'system' as never }), 'true OR tenant_id = $1'],
  ];

  it.each(scopes)('shows no row %s, in no table', async (_, scope, where) => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id'
          AND has_table_privilege('cobuild_app', format('public.%I', c.table_name), 'SELECT') ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(50);
    const seen: Record<string, number> = {};
    let filled = 0;
    for (const { name } of rows) {
      const [mine] = await town.place.db.database.within(scope(), (tx) =>
        tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name} WHERE ${where}`, [scope().tenant]),
      );
      if (mine!.count > 0) seen[name] = mine!.count;
      filled += Number((await admin.query(`SELECT FROM ${name} WHERE tenant_id = $1 LIMIT 1`, [town.rich])).rowCount);
    }
    expect(seen).toEqual({});
    expect(filled).toBeGreaterThan(40);
  });

  it('shows no row of a sibling branch in the tables of households', async () => {
    const { rows } = await admin.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_policies WHERE schemaname = 'public' AND qual LIKE '%app.org_path%'",
    );
    expect(rows.length).toBeGreaterThan(3);
    const scope = { tenant: town.rich, orgPath: '/elsewhere/' as never, actor: 'system' as never };
    for (const { name } of rows) {
      const seen = await town.place.db.database.within(scope, (tx) => tx.query(`SELECT FROM ${name} WHERE NOT starts_with(org_path, '/elsewhere/')`));
      expect({ name, rows: seen.length }).toEqual({ name, rows: 0 });
    }
  });
});
