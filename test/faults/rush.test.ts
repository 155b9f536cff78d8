import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../support/api.ts';
import { COMMUNITY, plantClaimants, type Claimant } from '../support/claimants.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { plantProposals } from '../support/proposals.ts';
import { Staff, type StaffMember } from '../support/staff.ts';
import { over, persist } from './support/persistent.ts';

const CLAIMANTS = 500;

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let manager: StaffMember;
let claimants: Claimant[];
let proposalId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  api = await startTestApi({ database: db, ...inFrontOf(engine) });
  const staff = await Staff.of(api);
  manager = await staff.member('manager');
  claimants = await plantClaimants(api, staff, CLAIMANTS);
  [proposalId = ''] = await plantProposals(api.api.app, staff.tenant, COMMUNITY, 1);
}, 120_000);

afterAll(async () => {
  over.abort();
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

it(`lets exactly one of ${CLAIMANTS} units at once have a project, and tells the others so`, async () => {
  const { body: project } = await manager.client.post('/api/v1/projects', { proposalId });
  const begun = performance.now();
  const failures: string[] = [];
  // A machine that is busy with other things may tell some to try again; the same key is decided then.
  const answers = await Promise.all(
    claimants.map(({ client, id }) => persist(client, `/api/v1/projects/${project.id}/claim`, { unitId: id }, failures)),
  );
  process.stderr.write(`rush: ${CLAIMANTS} claims answered in ${((performance.now() - begun) / 1000).toFixed(2)} s\n`);
  expect(failures).toEqual([]);
  const told = answers.map(({ status, body }) => `${status} ${String(body.code ?? '')}`.trim());
  expect(told.filter((answer) => answer === '200')).toHaveLength(1);
  expect(told.filter((answer) => answer === '409 PROJECT_STATE')).toHaveLength(CLAIMANTS - 1);
  const winner = claimants[told.indexOf('200')];
  const { body: after } = await manager.client.get(`/api/v1/projects/${project.id}`);
  expect(after).toMatchObject({ status: 'claimed', leadUnit: winner?.id, version: 2 });
});
