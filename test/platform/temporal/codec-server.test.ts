import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCodec, type RunningCodec } from '../../../src/codec.ts';
import { workflowIdOf } from '../../../src/cases/messages.ts';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { createLog } from '../../../src/platform/logging.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../../support/engine.ts';
import { Staff, type StaffMember } from '../../support/staff.ts';
import { testConfig } from '../../support/config.ts';

const UI = 'http://127.0.0.1:8233';

interface JsonPayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: string;
}

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let codec: RunningCodec;
let administrator: StaffMember;
let foreigner: StaffMember;
let worker: StaffMember;
let mine: string;
/** What the engine keeps of a case that was started by the SDK: as its own page would send it. */
let sealed: JsonPayload;

const json = (payload: { metadata?: Readonly<Record<string, Uint8Array>> | null; data?: Uint8Array | null }): JsonPayload => ({
  metadata: Object.fromEntries(Object.entries(payload.metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])),
  data: Buffer.from(payload.data ?? []).toString('base64'),
});

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine), env: { ...inFrontOf(engine).env, CODEC_ORIGINS: UI, CODEC_PORT: '0' } });
  codec = await startCodec(api.config, createLog('silent'));
  const staff = await Staff.of(api);
  const other = await Staff.of(api);
  administrator = await staff.signedIn('systemAdministrator');
  foreigner = await other.signedIn('systemAdministrator');
  worker = await staff.signedIn('communityWorker');
  mine = staff.tenant;
  // Nobody works on it: its input lies in the history as it was sent.
  const handle = await engine.client.workflow.start('microProject', {
    workflowId: workflowIdOf(staff.tenant, 'project/sample'),
    taskQueue: 'nobody',
    args: [{ caseId: 'project/sample', number: 7 }],
  });
  const { events } = await handle.fetchHistory();
  sealed = json(events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads![0]!);
  await handle.terminate();
}, 90_000);

afterAll(async () => {
  await codec?.stop();
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

async function decode(who: StaffMember | undefined, payloads: readonly JsonPayload[], headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(`${codec.url}/decode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-namespace': 'default', origin: UI, ...(who?.client.cookie !== undefined && { cookie: who.client.cookie }), ...headers },
    body: JSON.stringify({ payloads }),
  });
  const body = answer.status === 200 ? ((await answer.json()) as { payloads: JsonPayload[] }) : undefined;
  return { status: answer.status, headers: answer.headers, payloads: body?.payloads ?? [] };
}

const reads = ({ data }: JsonPayload): unknown => JSON.parse(Buffer.from(data, 'base64').toString('utf8'));

describe('the codec server', () => {
  it('is off unless an origin is named', async () => {
    await expect(startCodec(testConfig({ DATABASE_URL: db.url }), createLog('silent'))).rejects.toThrow(/CODEC_ORIGINS/);
  });

  it('opens what the SDK has sealed, for who may, and writes down who looked', async () => {
    const { status, payloads, headers } = await decode(administrator, [sealed]);
    expect([status, payloads.map(reads)]).toEqual([200, [{ caseId: 'project/sample', number: 7 }]]);
    expect([headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials'), headers.get('cache-control')]).toEqual([UI, 'true', 'no-store']);
    const rows = await db.database.within(tenantScope(mine as never), (tx) =>
      tx.query<{ record: string }>("SELECT convert_from(event_bytes, 'UTF8') AS record FROM audit_event WHERE action = 'system.payloadsDecoded'"),
    );
    expect(rows.map(({ record }) => JSON.parse(record))).toMatchObject([{ subject: `workflow:${workflowIdOf(mine as never, 'project/sample')}`, actor: { account: administrator.accountId }, changes: { count: 1 } }]);
  });

  it('leaves sealed what is another tenant’s, was altered, or was never sealed', async () => {
    expect((await decode(foreigner, [sealed])).payloads).toEqual([sealed]);
    const plain = { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data: Buffer.from('"plain"').toString('base64') };
    expect((await decode(administrator, [plain])).payloads).toEqual([plain]);
    const bytes = Buffer.from(sealed.data, 'base64');
    bytes[20]! ^= 1;
    expect((await decode(administrator, [{ ...sealed, data: bytes.toString('base64') }])).payloads.map(reads)).toEqual([{ refused: 'FOREIGN_PAYLOAD' }]);
  });

  it('answers nobody else, no other page, and nothing but decoding', async () => {
    expect((await decode(undefined, [sealed])).status).toBe(401);
    expect((await decode(worker, [sealed])).status).toBe(403);
    const elsewhere = await decode(administrator, [sealed], { origin: 'http://127.0.0.1:9999' });
    expect([elsewhere.status, elsewhere.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    const preflight = await fetch(`${codec.url}/decode`, { method: 'OPTIONS', headers: { origin: UI, 'access-control-request-method': 'POST' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, UI]);
    expect((await fetch(`${codec.url}/encode`, { method: 'POST', headers: { origin: UI } })).status).toBe(404);
    expect((await decode(administrator, [{ metadata: {}, data: '%' }])).status).toBe(400);
  });
});
