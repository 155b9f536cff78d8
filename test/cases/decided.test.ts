import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Decisions } from '../../src/cases/decided/service.ts';
import type { Answer } from '../../src/cases/messages.ts';
import type { Command } from '../../src/cases/model.ts';
import { CaseStore } from '../../src/cases/store.ts';
import { TakenIn } from '../../src/cases/taken-in/service.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { tenantScope, type ActorId } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { Channels } from '../../src/platform/database/channels.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { COMMUNITY, plantClaimants } from '../support/claimants.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { plantProposals } from '../support/proposals.ts';
import { Staff } from '../support/staff.ts';

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let admin: pg.Client;
const opened: Channels[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine) });
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
}, 120_000);

afterAll(async () => {
  await Promise.all(opened.map((channels) => channels.close()));
  await admin?.end();
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

/** As another process has it. */
function channels(url = db.url): Channels {
  const made = new Channels(url, (channel, text) => admin.query('SELECT pg_notify($1, $2)', [channel, text]));
  opened.push(made);
  return made;
}

const silence = (): Promise<Answer> => new Promise(() => undefined);

/** Everything that is told of commands from now on. */
async function overheard(): Promise<string[]> {
  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    channels().hear('cobuild_decided', (text) => (text === undefined ? resolve() : void heard.push(...text.split(';'))));
  });
  return heard;
}

it('is answered by what another process tells of the command, when the engine says nothing', async () => {
  const [here, there] = [channels(), channels()];
  const waiting = new Decisions(here).first('command-1', silence);
  const teller = new Decisions(there);
  // Told again and again, because the listener may not be there yet.
  const telling = setInterval(() => {
    teller.tell('command-2', { version: 3 });
    teller.tell('command-1', { version: 7 });
  }, 20);
  expect(await waiting).toEqual({ version: 7 });
  clearInterval(telling);
});

it('is answered by the engine, where nothing is heard', async () => {
  const deaf = new Decisions(channels(db.url.replace(/:\d+\//, ':1/')));
  expect(await deaf.first('command-1', () => Promise.resolve({ version: 2 }))).toEqual({ version: 2 });
  await expect(deaf.first('command-1', () => Promise.reject(new Refusal('PROJECT_STATE', 'state')))).rejects.toMatchObject({ code: 'PROJECT_STATE' });
});

it('keeps a process that stops until the case has answered, and the command is then over', async () => {
  const staff = await Staff.of(api);
  const scope = tenantScope(staff.tenant);
  const command: Command = { id: randomUUID(), type: 'claim', actor: 'account-1' as ActorId, at: instantFromMs(Date.now()) };
  const target = { caseId: `project/${randomUUID()}`, kind: 'microProject' };
  const store = new CaseStore();
  await db.database.within(scope, (tx) => store.storeCommand(tx, command, target, Buffer.from('{}'), {}));
  const takenIn = new TakenIn(db.database, store);
  let answer: (it: Answer) => void = () => undefined;
  const asked = takenIn.by(staff.tenant, command.id, new Promise<Answer>((resolve) => (answer = resolve)));
  let isOver = false;
  const stopping = takenIn.onModuleDestroy().then(() => (isOver = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  answer({ version: 3 });
  expect(await asked).toEqual({ version: 3 });
  await stopping;
  const { rows } = await admin.query<{ over: boolean }>('SELECT taken_in_at IS NOT NULL AS over FROM case_command WHERE command_id = $1', [command.id]);
  expect(rows).toEqual([{ over: true }]);
});

it('is told of commands to a running case, not of those that open one or are refused', async () => {
  const staff = await Staff.of(api);
  const manager = await staff.member('manager');
  const [first, second] = await plantClaimants(api, staff, 2);
  const [proposalId] = await plantProposals(api.api.app, staff.tenant, COMMUNITY, 1);
  const heard = await overheard();
  const { body: project } = await manager.client.post('/api/v1/projects', { proposalId });
  expect((await first!.client.post(`/api/v1/projects/${project.id}/claim`, { unitId: first!.id })).status).toBe(200);
  expect((await second!.client.post(`/api/v1/projects/${project.id}/claim`, { unitId: second!.id })).status).toBe(409);
  const { rows } = await admin.query<{ told: string }>(
    "SELECT command_id || ' ' || version AS told FROM case_event WHERE tenant_id = $1 AND type = 'claimed'",
    [staff.tenant],
  );
  expect(rows).toHaveLength(1);
  const until = async (told: string): Promise<void> => {
    while (!heard.includes(told)) await new Promise((resolve) => setImmediate(resolve));
  };
  await until(rows[0]!.told);
  // What is told to all comes to all in one order.
  await admin.query("SELECT pg_notify('cobuild_decided', 'end 0')");
  await until('end 0');
  expect(heard).toEqual([rows[0]!.told, 'end 0']);
});
