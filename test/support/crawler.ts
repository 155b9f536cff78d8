import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';
import type { Client } from '@temporalio/client';
import { permissionsOf } from '../../src/accounts/model.ts';
import { PeopleService } from '../../src/accounts/people/service.ts';
import { tenantScope, type OrgPath } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import { anchorToday } from './anchors.ts';
import { startTestApi, type TestApi } from './api.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from './engine.ts';
import { componentsOf, isVersioned, operationsOf, queryOf, type Operation } from './operations.ts';
import { randomFrom } from './random.ts';
import { mutantsOf, sampleOf, type Components } from './samples.ts';
import { changesBetween, Snapshots } from './snapshot.ts';
import { Staff } from './staff.ts';

/** Stands in every free text of the foreign tenant; no request carries it. */
const FOREIGN = 'foreign-7Q9x';

/** Personal values that lie in both tenants and that requests carry as well. */
const PLANTED = ['植入甲乙丙', '13900007788'] as const;

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const AT_ONCE = 8;
/** Longer than anything the API waits for itself: whoever is left without an answer until then never gets one. */
const ANSWER_WITHIN_MS = 60_000;
const TOLD_EVERY = 1_000;

export interface Crawl {
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** What must not be, each with the request that brought it out. */
  readonly faults: readonly string[];
}

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The server closed the connection, or says nothing. */
type Silence = 'closed' | 'silent';

interface CrawlCaller {
  readonly permissions: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

type Random = () => number;

export class CrawledTown {
  readonly #db: TestDatabase;
  readonly #engine: TestEngine;
  readonly #api: TestApi;
  readonly #snapshots: Snapshots;
  readonly #operations: readonly Operation[];
  readonly #components: Components;
  readonly #callers: readonly CrawlCaller[];
  readonly #ids: readonly string[];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  /** Whose rows must stay as they are. */
  readonly #foreign: string;

  private constructor(parts: {
    db: TestDatabase;
    engine: TestEngine;
    api: TestApi;
    snapshots: Snapshots;
    callers: readonly CrawlCaller[];
    ids: readonly string[];
    foreign: string;
  }) {
    this.#db = parts.db;
    this.#engine = parts.engine;
    this.#api = parts.api;
    this.#snapshots = parts.snapshots;
    this.#callers = parts.callers;
    this.#ids = parts.ids;
    this.#foreign = parts.foreign;
    this.#operations = operationsOf(parts.api.api.document);
    this.#components = componentsOf(parts.api.api.document);
  }

  /** A town of its own and a foreign one, both with people and records, behind real servers. */
  static async start(): Promise<CrawledTown> {
    const db = await createTestDatabase();
    const engine = await startTestEngine(db);
    const api = await startTestApi({ database: db, ...inFrontOf(engine) });
    const snapshots = await Snapshots.of(db.adminUrl);
    const [own, other] = [await Staff.of(api), await Staff.of(api)];
    const callers: CrawlCaller[] = [{ permissions: [], headers: {} }];
    for (const role of ['manager', 'communityWorker', 'leader', 'unit', 'auditor', 'fundPreparer', 'securityAdministrator', 'systemAdministrator'] as const) {
      await plant(api, own, role, PLANTED[0]);
      callers.push({ permissions: permissionsOf(role), headers: { authorization: await tokenOf(own, role) } });
    }
    await plantForeign(api, other);
    await anchorToday(api.api.app, [own.tenant, other.tenant]);
    const ids = [...(await snapshots.idsOf(own.tenant, 3)), ...(await snapshots.idsOf(other.tenant, 3))];
    return new CrawledTown({ db, engine, api, snapshots, callers, ids, foreign: other.tenant });
  }

  /** As many requests; for the same seed the same ones, but for ids, which are new in each town. */
  async crawl(requests: number, seed: number): Promise<Crawl> {
    const random = randomFrom(seed);
    const statuses: Record<string, number> = {};
    const faults: string[] = [];
    const before = await this.#snapshots.rowsOf(this.#foreign);
    let sent = 0;
    const lane = async (): Promise<void> => {
      while (sent < requests) {
        sent += 1;
        if (sent % TOLD_EVERY === 0) process.stderr.write(`seed ${seed}: ${sent} of ${requests}\n`);
        const shot = this.#shot(random);
        const reply = await this.#fire(shot);
        const status = typeof reply === 'string' ? reply : String(reply.status);
        statuses[status] = (statuses[status] ?? 0) + 1;
        const fault = faultOf(reply);
        if (fault) faults.push(`${fault}: ${shot.method} ${shot.path.slice(0, 200)} ${JSON.stringify(shot.headers).slice(0, 300)} ${shot.body?.toString('latin1').slice(0, 300) ?? ''}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    for (const change of changesBetween(before, await this.#snapshots.rowsOf(this.#foreign))) faults.push(`foreign tenant: ${change.slice(0, 500)}`);
    return { requests, statuses, faults: [...faults, ...(await this.#leaks())] };
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    await this.#snapshots.close();
    await this.#api.stop();
    await this.#engine.stop();
    await this.#db.drop();
  }

  /** Where planted values must not have come to lie: logs, metrics, audit records, histories. */
  async #leaks(): Promise<string[]> {
    const metrics = await this.#fire({ method: 'GET', path: '/api/metrics', headers: {} });
    const places: Record<string, string> = {
      logs: this.#api.lines.join('\n'),
      metrics: typeof metrics === 'string' ? metrics : metrics.text,
      'audit records': await this.#snapshots.auditText(),
      histories: await historiesOf(this.#engine.client, this.#engine.config.temporal.taskQueue),
    };
    return Object.entries(places).flatMap(([place, text]) =>
      [...PLANTED, ...PLANTED.map((value) => Buffer.from(value).toString('base64').replace(/=+$/, ''))].flatMap((value) =>
        text.includes(value) ? [`${place} hold ${value}`] : [],
      ),
    );
  }

  #shot(random: Random): Shot {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    const operation = pick(this.#operations);
    const odd = random();
    const method = odd < 0.03 ? pick(['TRACE', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'GET', 'HEAD']) : operation.method;
    const headers: Record<string, string> = {
      ...this.#caller(operation, random).headers,
      ...pick(ORIGINS),
      ...(method !== 'GET' && { 'idempotency-key': pick(KEYS)(random), 'x-cobuild': '1' }),
      ...(isVersioned(operation) && { 'if-match': pick(VERSIONS) }),
      ...(random() < 0.1 && { 'accept-language': pick(['en', 'zh-CN', '*', 'x'.repeat(300), 'zh;q=9']) }),
      ...(random() < 0.05 && { 'x-request-id': pick(['short', 'a'.repeat(65), '4bf92f3577b34da6a3ce929d0e0e4736', PLANTED[1]]) }),
      ...(random() < 0.03 && { 'x-forwarded-for': pick(['1.2.3.4', '::1', 'unknown', "'"]) }),
      ...(random() < 0.03 && { cookie: pick(['cobuild_test=x', 'cobuild_test', `a=${'b'.repeat(4000)}`, 'cobuild_test=%zz', '__proto__=1']) }),
      ...(random() < 0.02 && { authorization: pick(['Bearer x', 'Basic YTpi', 'Bearer', `Bearer ${'a'.repeat(2000)}`]) }),
    };
    return { method, path: this.#path(operation, random), headers, ...this.#body(operation, method, headers, random) };
  }

  /** Mostly somebody who may: whoever may not is stopped before anything else is looked at. */
  #caller(operation: Operation, random: Random): CrawlCaller {
    const able = this.#callers.filter(({ permissions }) => operation.access.split(' | ').some((it) => permissions.includes(it)));
    const among = able.length > 0 && random() < 0.7 ? able : this.#callers;
    return among[Math.floor(random() * among.length)]!;
  }

  #path(operation: Operation, random: Random): string {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const schema = operation.parameters.find((it) => it.in === 'path' && it.name === name)?.schema ?? {};
      if (random() < 0.15) return pick(SEGMENTS);
      if (schema.format === 'uuid') return pick(this.#ids);
      return encodeURIComponent(String(sampleOf(schema, this.#components)));
    });
    const query = operation.parameters
      .filter((it) => it.in === 'query' && random() < 0.3)
      .map((it) => `${it.name}=${random() < 0.4 ? pick(SEGMENTS) : encodeURIComponent(String(sampleOf(it.schema ?? {}, this.#components)))}`);
    const tail = random() < 0.05 ? `&${pick(['__proto__=1', 'a[b]=1', 'limit=1&limit=2', '%zz', '='])}` : '';
    const full = query.length > 0 ? `${path}?${query.join('&')}${tail}` : `${path}${queryOf(operation, this.#components)}`;
    return random() < 0.02 ? pick([`/${full}`, `${full}/`, full.replace('/api', '/API'), full.replace('/v1', '/v1/../v1'), `${full}%00`, `${full}?${'q'.repeat(9000)}`]) : full;
  }

  #body(operation: Operation, method: string, headers: Record<string, string>, random: Random): { body?: Buffer } {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    if (method === 'GET' || method === 'HEAD') return {};
    if (operation.takesFile && random() < 0.7) {
      headers['content-type'] = pick(['multipart/form-data; boundary=x', 'multipart/form-data', 'multipart/form-data; boundary=""']);
      const file = pick([Buffer.from('PK\x03\x04broken'), Buffer.from('a,b\n=1+1,"'), Buffer.from([0xff, 0xfe, 0, 1]), Buffer.alloc(200_000, 0x41), Buffer.from(`姓名,电话\n${PLANTED.join(',')}`)]);
      const name = pick(['a.xlsx', 'a.csv', '../../etc/passwd', 'x'.repeat(300), '\u202Egpj.exe']);
      return { body: Buffer.concat([Buffer.from(`--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n`), file, Buffer.from('\r\n--x--\r\n')]) };
    }
    headers['content-type'] = random() < 0.9 ? 'application/json' : pick(['application/json; charset=utf-16', 'text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/json; charset=gbk', 'application/merge-patch+json', '', 'json']);
    if (random() < 0.03) headers['content-encoding'] = pick(['gzip', 'deflate', 'br', 'x']);
    if (!operation.body && random() < 0.7) return {};
    const schema = operation.body ?? {};
    const kind = random();
    if (kind < 0.4) return { body: json(this.#filled(sampleOf(schema, this.#components), random)) };
    if (kind < 0.75) return { body: json(pick(mutantsOf(schema, this.#components)).body) };
    return { body: pick(BODIES)(random) };
  }

  /** A permitted body with real ids, odd texts and planted values in its places. */
  #filled(value: unknown, random: Random): unknown {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    if (Array.isArray(value)) return value.map((part) => this.#filled(part, random));
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.#filled(part, random)]));
    if (typeof value === 'number' && random() < 0.2) return pick([0, -1, 1e15, 2 ** 53, 1e308, 0.1]);
    if (typeof value !== 'string') return value;
    if (/^[0-9a-f]{8}-/.test(value)) return pick(this.#ids);
    return value.startsWith('sample text') ? pick(TEXTS) : value;
  }

  async #fire({ method, path, headers, body }: Shot): Promise<Reply | Silence> {
    const { hostname, port } = new URL(this.#api.url);
    return new Promise((resolve) => {
      const outgoing = send({ hostname, port, method, path, headers: { ...headers, ...(body && { 'content-length': body.length }) }, agent: this.#agent }, (incoming) => {
        const parts: Buffer[] = [];
        const finish = (): void => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(parts).toString('utf8') });
        incoming.on('data', (part: Buffer) => {
          parts.push(part);
          // A stream never ends by itself.
          if (incoming.headers['content-type']?.startsWith('text/event-stream')) incoming.destroy();
        });
        incoming.on('close', finish);
        incoming.on('error', finish);
      });
      const patience = setTimeout(() => {
        resolve('silent');
        outgoing.destroy();
      }, ANSWER_WITHIN_MS);
      // The server may close a connection on which it was sent what it cannot read.
      outgoing.on('error', () => resolve('closed'));
      outgoing.on('close', () => clearTimeout(patience));
      outgoing.end(body);
    });
  }
}

/** What is wrong with an answer, whoever asked. */
function faultOf(reply: Reply | Silence): string | undefined {
  if (reply === 'silent') return `no answer within ${ANSWER_WITHIN_MS / 1000} s`;
  if (reply === 'closed') return undefined;
  const { status, headers, text } = reply;
  if (status >= 500) return `${status} ${text.slice(0, 300)}`;
  if (text.includes(FOREIGN)) return `a foreign row in ${status}`;
  if (status < 400) return undefined;
  for (const value of PLANTED) if (text.includes(value)) return `${status} repeats ${value}`;
  if (text === '') return undefined;
  if (!headers['content-type']?.startsWith('application/problem+json')) return `${status} without a problem document`;
  const { code } = JSON.parse(text) as { code?: unknown };
  return CODE.test(String(code)) ? undefined : `${status} with code ${String(code)}`;
}

const ORIGINS = [{ origin: 'http://127.0.0.1:3000' }, { origin: 'http://127.0.0.1:3000' }, { origin: 'http://127.0.0.1:3000' }, { origin: 'https://evil.example' }, { origin: 'null' }, {}] as const;

const fresh = (random: Random): string => `key-${Math.floor(random() * 1e15).toString(36)}-0`;
const KEYS: readonly ((random: Random) => string)[] = [fresh, fresh, fresh, fresh, fresh, fresh, () => 'short', () => 'repeated-key-1', () => 'x'.repeat(201), () => ' ', () => 'with space here'];

const VERSIONS = ['"1"', '"1"', '"2"', '"999999999999999999999"', '*', 'W/"1"', '1', '"-1"', '"1", "2"', '""'];

const TEXTS = [...PLANTED, '示例文字', `=1+1' OR 1=1 --`, '<script>alert(1)</script>', '\u202Eevil\u200B', '𠮷'.repeat(50), '{{7*7}}${7*7}', ' ', 'NUL\u0000here', '\ud800', 'a'.repeat(5000), '../../etc/passwd', 'DROP TABLE need', '%00%0d%0a'];

const SEGMENTS = ['x', '0', '-1', '%00', "'", '..%2f..', '%2e%2e', 'a'.repeat(300), 'null', 'undefined', '__proto__', '%F0%A0%AE%B7', '%ff', '2026Q5', '1e9', '00000000-0000-0000-0000-000000000000', encodeURIComponent(PLANTED[0]), PLANTED[1], '{id}', ';', '%'];

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value) ?? '', 'utf8');

const BODIES: readonly ((random: Random) => Buffer)[] = [
  () => Buffer.from(''),
  () => Buffer.from('{'),
  () => Buffer.from('{"a":1,}'),
  () => Buffer.from('{"__proto__":{"admin":true}}'),
  () => Buffer.from('{"constructor":{"prototype":{"admin":true}}}'),
  () => Buffer.from(`${'['.repeat(3000)}${']'.repeat(3000)}`),
  () => Buffer.from('{"a":1e999}'),
  () => Buffer.from('\ufeff{}'),
  () => Buffer.from('{}', 'utf16le'),
  () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  () => Buffer.from('{"name":"\\ud800"}'),
  () => Buffer.from('{"name":"a\\u0000b"}'),
  (random) => Buffer.from(`{"text":"${'字'.repeat(Math.floor(random() * 60_000))}"}`),
  () => Buffer.alloc(1_100_000, 0x20),
  () => json(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index]))),
  () => json({ name: PLANTED[0], phone: PLANTED[1] }),
];

const tokens = new Map<string, string>();

async function plant(api: TestApi, staff: Staff, role: Parameters<Staff['member']>[0], name: string): Promise<void> {
  const { client } = await staff.member(role);
  tokens.set(`${staff.tenant} ${role}`, client.authorization ?? '');
  const { app } = api.api;
  const at = instantFromMs(Date.now());
  await app.get(Database).within(tenantScope(staff.tenant), (tx) =>
    app.get(PeopleService, { strict: false }).register(tx, { name, phone: PLANTED[1], orgPath: '/' as OrgPath }, { commandId: `plant ${role} ${staff.tenant}`, at }),
  );
}

async function tokenOf(staff: Staff, role: string): Promise<string> {
  return tokens.get(`${staff.tenant} ${role}`)!;
}

/** What every mutation without an id makes from an accepted body, marked in each free text. */
async function plantForeign(api: TestApi, staff: Staff): Promise<void> {
  const components = componentsOf(api.api.document);
  await plant(api, staff, 'securityAdministrator', PLANTED[0]);
  for (const role of ['manager', 'communityWorker'] as const) {
    const { client } = await staff.member(role);
    for (const operation of operationsOf(api.api.document)) {
      if (operation.method === 'GET' || operation.path.includes('{') || !operation.body) continue;
      if (!operation.access.split(' | ').some((it) => (permissionsOf(role) as readonly string[]).includes(it))) continue;
      const body = JSON.stringify(sampleOf(operation.body, components)).replaceAll(/sample text(?: sample text)* ?/g, FOREIGN);
      await client.send(operation.method, operation.path, body);
    }
  }
}

async function historiesOf(client: Client, taskQueue: string): Promise<string> {
  const texts: string[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query: `TaskQueue = "${taskQueue}"` })) {
    texts.push(workflowId, JSON.stringify(await client.workflow.getHandle(workflowId, runId).fetchHistory()));
  }
  return texts.join('\n');
}
