import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRole, permissionsOf, ROLES, type Role } from '../../src/accounts/model.ts';
import { startTestApi, type TestApi } from './api.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { HttpClient, type Answer } from './http.ts';
import { mutantsOf, sampleOf, type Components, type Mutant, type Schema } from './samples.ts';
import { Snapshots } from './snapshot.ts';
import { NOT_FOR_TOKENS, Staff } from './staff.ts';
import { temporalAddress } from './temporal.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly 'x-access': string;
}

interface Mutation extends Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/** Another one than bodies are given. */
const ABSENT = '0b5d7f3e-8a41-4f06-b2c9-7d1e5a60c9f4';
const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const MOST_FOREIGN_IDS = 1;

let db: TestDatabase;
let api: TestApi;
let snapshots: Snapshots;
let own: Staff;
let components: Components;
let mutations: readonly Mutation[];
let foreignIds: readonly string[];

async function start(): Promise<void> {
  db = await createTestDatabase();
  api = await startTestApi({ database: db, temporalAddress: await temporalAddress(), env: { PUBLISH_TIMEOUT_MS: '500', WORKFLOW_TASK_TIMEOUT_MS: '1000' } });
  snapshots = await Snapshots.of(db.adminUrl);
  own = await Staff.of(api);
  components = (api.api.document.components?.schemas ?? {}) as Components;
  mutations = mutationsOf(api);
  foreignIds = await neighbours();
}

async function stop(): Promise<void> {
  await snapshots?.close();
  await api?.stop();
  await db?.drop();
}

function mutationsOf({ api: { document } }: TestApi): Mutation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (['post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method] as unknown as Operation | undefined;
      return operation ? [{ ...operation, method: method.toUpperCase(), path, name: `${method.toUpperCase()} ${path}` }] : [];
    }),
  );
}

/** Another tenant with what its people can make by accepted bodies alone; its ids must mean nothing to ours. */
async function neighbours(): Promise<string[]> {
  const other = await Staff.of(api);
  for (const mutation of mutations.filter(({ path }) => !path.includes('{'))) {
    const client = await callerFor(other, mutation);
    await client.send(mutation.method, mutation.path, bodyOf(mutation));
  }
  return snapshots.idsOf(other.tenant, MOST_FOREIGN_IDS);
}

function roleFor(access: string): Role {
  const wanted = access.split(' | ');
  const roles = Object.keys(ROLES).filter(isRole);
  const found = roles.find((role) => wanted.some((permission) => (permissionsOf(role) as readonly string[]).includes(permission)));
  return found ?? 'manager';
}

const known = new Map<string, Promise<HttpClient>>();

/** One person for each role; another one where the mutation may end the caller's own access. */
async function callerFor(staff: Staff, { 'x-access': access }: Mutation): Promise<HttpClient> {
  if (access === 'public') return api.page();
  const role = roleFor(access);
  if (access === 'signedIn') return (await staff.member(role)).client;
  const member = access === NOT_FOR_TOKENS ? 'signedIn' : 'member';
  const name = `${staff.tenant} ${member} ${role}`;
  const client = known.get(name) ?? staff[member](role).then((it) => it.client);
  known.set(name, client);
  return client;
}

function schemaOf(mutation: Mutation): Schema | undefined {
  return mutation.requestBody?.content['application/json']?.schema;
}

function bodyOf(mutation: Mutation): unknown {
  const schema = schemaOf(mutation);
  return schema && sampleOf(schema, components);
}

function pathWith(mutation: Mutation, id: string): string {
  return mutation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = mutation.parameters?.find((it) => it.in === 'path' && it.name === name)?.schema ?? {};
    return schema.format === 'uuid' ? id : encodeURIComponent(String(sampleOf(schema, components)));
  });
}

function headersOf(mutation: Mutation): Record<string, string> {
  const versioned = mutation.parameters?.some((it) => it.in === 'header' && it.name === 'If-Match');
  return versioned ? { 'if-match': '"999999"' } : {};
}

function takesIds(mutation: Mutation): boolean {
  return mutation.parameters?.some((it) => it.in === 'path' && it.schema?.format === 'uuid') ?? false;
}

function takesFile(mutation: Mutation): boolean {
  return mutation.requestBody?.content['multipart/form-data'] !== undefined;
}

function needsKey(mutation: Mutation): boolean {
  return mutation.parameters?.some((it) => it.name === 'Idempotency-Key') ?? false;
}

/** What is wrong with a refusal, or nothing: a problem document with a stable code and no trace of our insides. */
function faultOf({ status, headers, body }: Answer): string | undefined {
  if (status >= 500) return `${status} ${String(body?.code)}`;
  if (status < 400) return undefined;
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return `${status} without a problem document`;
  if (!CODE.test(String(body.code))) return `${status} with code ${String(body.code)}`;
  if (/\bat .*\.[jt]s:\d+/.test(JSON.stringify(body))) return `${status} shows a stack`;
  return undefined;
}

/** Runs it for every mutation and collects what went wrong, so that one run names all faults. */
async function forEachMutation(
  chosen: (mutation: Mutation) => boolean,
  work: (mutation: Mutation, client: HttpClient, report: (fault: string) => void) => Promise<void>,
): Promise<void> {
  const faults: string[] = [];
  for (const mutation of mutations.filter(chosen)) {
    await work(mutation, await callerFor(own, mutation), (fault) => faults.push(`${mutation.name}: ${fault}`));
  }
  expect(faults).toEqual([]);
}

async function unchanged(work: () => Promise<void>, report: (fault: string) => void): Promise<void> {
  const before = await snapshots.take();
  await work();
  const after = await snapshots.take();
  for (const table of Object.keys(after)) if (after[table] !== before[table]) report(`changed ${table}`);
}

/** Sends every route of openapi.json what it must refuse, on a real API; nothing may change and nothing may fail. */
export function describeMutations(): void {
  beforeAll(start, 120_000);
  afterAll(stop);

  describe('every mutation of openapi.json', () => {
    it('refuses bodies its schema forbids, changing nothing', async () => {
      await forEachMutation(
        (mutation) => schemaOf(mutation) !== undefined,
        async (mutation, client, report) => {
          const schema = schemaOf(mutation) ?? {};
          const forbidden = mutantsOf(schema, components).filter((mutant) => mutant.forbidden);
          const send = async (mutant: Mutant): Promise<void> => {
            const answer = await client.send(mutation.method, pathWith(mutation, ABSENT), mutant.body, headersOf(mutation));
            const fault = faultOf(answer) ?? (answer.status === 400 ? undefined : `${answer.status} ${String(answer.body?.code)}`);
            if (fault) report(`${mutant.name}: ${fault}`);
          };
          await unchanged(() => each(forbidden, send), report);
        },
      );
    }, 600_000);

    it('takes or refuses odd but permitted values, never failing', async () => {
      await forEachMutation(
        (mutation) => schemaOf(mutation) !== undefined,
        async (mutation, client, report) => {
          const permitted = mutantsOf(schemaOf(mutation) ?? {}, components).filter((mutant) => !mutant.forbidden);
          await each(permitted, async ({ name, body }) => {
            const fault = faultOf(await client.send(mutation.method, pathWith(mutation, ABSENT), body, headersOf(mutation)));
            if (fault) report(`${name}: ${fault}`);
          });
        },
      );
    }, 600_000);

    it('treats ids of another tenant like ids nobody has', async () => {
      expect(foreignIds.length).toBeGreaterThan(5);
      await forEachMutation(takesIds, async (mutation, client, report) => {
        await unchanged(async () => {
          const send = (id: string): Promise<Answer> =>
            client.send(mutation.method, pathWith(mutation, id), bodyOf(mutation), headersOf(mutation));
          const absent = await send(ABSENT);
          const fault = faultOf(absent) ?? (absent.status >= 400 ? undefined : `takes an id nobody has (${absent.status})`);
          if (fault) report(fault);
          await each(foreignIds, async (id) => {
            const answer = await send(id);
            if (answer.status !== absent.status || answer.body.code !== absent.body.code) {
              report(`foreign id: ${answer.status} ${String(answer.body.code)}, absent id: ${absent.status} ${String(absent.body.code)}`);
            }
          }, PASSWORDS_AT_ONCE);
        }, report);
      });
    }, 600_000);

    it('asks for ids and versions it can read', async () => {
      await forEachMutation(takesIds, async (mutation, client, report) => {
        await unchanged(async () => {
          await each(['x', '0', '%00', "'", '..%2f..', 'a'.repeat(90), '-1', ABSENT.slice(1)], async (id) => {
            const answer = await client.send(mutation.method, pathWith(mutation, id), bodyOf(mutation), headersOf(mutation));
            if (answer.status !== 400 && answer.status !== 404) report(`id ${id}: ${answer.status}`);
          });
          if (headersOf(mutation)['if-match'] === undefined) return;
          const missing = await client.send(mutation.method, pathWith(mutation, ABSENT), bodyOf(mutation));
          if (missing.status !== 428) report(`without If-Match: ${missing.status}`);
          const weak = await client.send(mutation.method, pathWith(mutation, ABSENT), bodyOf(mutation), { 'if-match': 'W/"1"' });
          if (weak.status !== 400) report(`weak If-Match: ${weak.status}`);
        }, report);
      });
    }, 600_000);

    it('asks for a key, and gives one key one meaning', async () => {
      await forEachMutation(needsKey, async (mutation, client, report) => {
        const path = pathWith(mutation, ABSENT);
        const unkeyed = await client.send(mutation.method, path, bodyOf(mutation), { ...headersOf(mutation), 'idempotency-key': undefined });
        if (unkeyed.body.code !== 'IDEMPOTENCY_KEY_MISSING') report(`without a key: ${unkeyed.status} ${String(unkeyed.body.code)}`);
        if (takesFile(mutation) || mutation['x-access'] === 'public') return;
        const headers = { ...headersOf(mutation), 'idempotency-key': randomUUID() };
        const first = await client.send(mutation.method, path, bodyOf(mutation), headers);
        const again = await client.send(mutation.method, path, bodyOf(mutation), headers);
        const told = ({ status, body }: Answer): string => `${status} ${JSON.stringify({ ...body, requestId: undefined })}`;
        if (!isDeepStrictEqual(meaning(again), meaning(first))) report(`repeated: ${told(again)} after ${told(first)}`);
        if (first.status >= 400 || schemaOf(mutation) === undefined) return;
        const [other] = mutantsOf(schemaOf(mutation) ?? {}, components).filter((mutant) => !mutant.forbidden && isObject(mutant.body));
        if (!other) return;
        const reused = await client.send(mutation.method, path, other.body, headers);
        // A rule of the schema may refuse the other body before its key is looked at.
        if (reused.status !== 400 && reused.body.code !== 'IDEMPOTENCY_KEY_REUSED') report(`other body under the key: ${reused.status} ${String(reused.body.code)}`);
      });
    }, 600_000);

    it('refuses unreadable, oversized and foreign media, changing nothing', async () => {
      await forEachMutation(
        () => true,
        async (mutation, client, report) => {
          const path = pathWith(mutation, ABSENT);
          const cases: [string, string, string, readonly number[]][] = [
            ['cut JSON', 'application/json', '{"a":', [400, 415]],
            ['empty JSON', 'application/json', '', [400, 415]],
            ['too large', 'application/json', `"${'x'.repeat(1_100_000)}"`, [413, 415]],
            ['a form', 'application/x-www-form-urlencoded', 'a=1', [415]],
            ['XML', 'application/xml', '<a/>', [415]],
            ['a cut file', 'multipart/form-data; boundary=x', '--x\r\n', [400, 415]],
          ];
          await unchanged(
            () =>
              each(cases, async ([name, type, body, expected]) => {
                const answer = await client.send(mutation.method, path, body, { ...headersOf(mutation), 'content-type': type });
                const fault = faultOf(answer) ?? (expected.includes(answer.status) ? undefined : String(answer.status));
                if (fault) report(`${name}: ${fault}`);
              }),
            report,
          );
        },
      );
    }, 600_000);
  });
}

const AT_ONCE = 8;

/** More hashes at the same time are told to come back, whatever the id. */
const PASSWORDS_AT_ONCE = 2;

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>, atOnce = AT_ONCE): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) await Promise.all(items.slice(from, from + atOnce).map(work));
}

/** Every request has an id of its own; PostgreSQL does not keep the order of keys. */
function meaning({ status, body }: Answer): unknown {
  return { status, body: isObject(body) ? { ...(body as object), requestId: undefined } : (body as unknown) };
}

function isObject(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
