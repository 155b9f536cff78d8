import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { nextQuarter, quarterOf } from '../../src/calendar/model.ts';
import { pages } from '../../src/demo/office.ts';
import { signedIn } from '../../src/demo/people.ts';
import { loadSample } from '../../src/demo/sample.ts';
import type { Sender } from '../../src/demo/sender.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs, shanghaiDate } from '../../src/kernel/time.ts';
import { keepProjects, predictFigures, type PredictedFigures } from '../support/figures.ts';
import { startTestStage, type TestStage } from '../support/stage.ts';

/** Consent, a slip used twice, two awards, a refused offer, a withdrawal, a rectification. */
const KEPT = ['MX-001', 'MX-003', 'MX-007', 'MX-019', 'MX-035', 'MX-049'];

/** The office's first deeds, one by one, and then a moment every now and then. */
const isBreak = (groups: number): boolean => groups <= 8 || groups % 40 === 0;

class Interrupted extends Error {}

interface Project {
  readonly id: string;
  readonly status: string;
  readonly communityId: string;
  readonly offeredTo: string | null;
  readonly leadUnit: string | null;
}

let folder: string;
let place: TestStage;
let predicted: PredictedFigures;
let interruptions = 0;
let begun: number;
let manager: Sender;
let present: readonly Project[];

const load = (progress: (done: number) => void): Promise<void> =>
  loadSample(place.stage, { dir: folder, seed: 1, name: '示例', progress }, () => undefined);

/** A driver that dies again and again, right after a group of acts: the next one finds all of them done. */
async function loadWithInterruptions(): Promise<void> {
  let reached = 0;
  let groups = 0;
  for (;;) {
    try {
      await load((done) => {
        if (done <= reached) return;
        reached = done;
        groups += 1;
        if (isBreak(groups)) throw new Interrupted();
      });
      return;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      interruptions += 1;
    }
  }
}

async function count(sql: string): Promise<number> {
  const { tenant } = place.stage;
  const [row] = await place.db.database.within(tenantScope(tenant), (tx) => tx.query<{ count: number }>(sql, [tenant]));
  return row?.count ?? 0;
}

const inStatus = (status: string): Project => {
  const project = present.find((one) => one.status === status);
  if (!project) throw new Error(`no project is ${status}`);
  return project;
};

beforeAll(async () => {
  begun = Date.now();
  folder = await mkdtemp(join(tmpdir(), 'cobuild-sample-'));
  await keepProjects(join(process.cwd(), 'examples/mengyang'), folder, KEPT);
  predicted = await predictFigures(folder);
  place = await startTestStage();
  await loadWithInterruptions();
  manager = await signedIn(place.stage, 'manager');
  present = (await pages<Project>(manager, '/api/v1/projects')).filter(({ status }) => status !== 'closed');
}, 25 * 60_000);

afterAll(async () => {
  await place?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('the sample', () => {
  it('has lost and doubled nothing, although its driver was interrupted again and again', async () => {
    expect(interruptions).toBeGreaterThan(10);
    const report = await manager.get('/api/v1/insights/loop-report?from=2025Q4&until=2026Q3');
    const { communities, units, fundsFen, inKindFen, problemsSolved, reportsAccepted, peopleServed } = predicted;
    expect(report).toMatchObject({ communities, units, fundsFen, inKindFen, problemsSolved, reportsAccepted, peopleServed });
    expect(await count('SELECT count(*) AS count FROM evaluation_rating WHERE tenant_id = $1')).toBe(predicted.ratingsAccepted);
    expect(await count("SELECT count(*) AS count FROM evaluation_award WHERE tenant_id = $1 AND status = 'granted'")).toBe(2);
  });

  it('has closed every case of the year, and its clock is live', async () => {
    const year = (await pages<Project>(manager, '/api/v1/projects')).filter(({ status }) => status === 'closed');
    expect(year).toHaveLength(KEPT.length);
    expect(await count('SELECT count(*) AS count FROM case_head WHERE tenant_id = $1 AND parked_code IS NOT NULL')).toBe(0);
    const { app, tenant } = place.stage;
    const clock = app.get(BusinessClock, { strict: false });
    expect(await place.db.database.within(tenantScope(tenant), (tx) => clock.mode(tx))).toBe('live');
  });

  it('has something waiting in every state', async () => {
    const statuses = present.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(
      new Set(['consent', 'listed', 'offered', 'claimed', 'agreed', 'implementing', 'acceptance', 'rectifying', 'accepted', 'evaluated']),
    );
    expect(statuses.filter((status) => status === 'offered')).toHaveLength(2);
    const { items: needs } = await manager.get<{ items: unknown[] }>('/api/v1/needs?state=raised');
    // Three of the resident's, and one from each of two doors.
    expect(needs).toHaveLength(5);
    const { items: surveys } = await manager.get<{ items: { id: string }[] }>('/api/v1/surveys?status=collecting');
    const { areas } = await manager.get<{ areas: { answers: number }[] }>(`/api/v1/surveys/${surveys[0]!.id}/progress`);
    expect(areas.reduce((sum, { answers }) => sum + answers, 0)).toBe(4);
    const { items: awards } = await manager.get<{ items: unknown[] }>('/api/v1/awards?status=proposed');
    expect(awards).toHaveLength(1);
    const { items: waits } = await manager.get<{ items: { name: string }[] }>('/api/v1/waits?limit=100');
    const names = waits.map(({ name }) => name);
    for (const name of ['consent', 'offer', 'claim', 'agreement', 'start', 'reports', 'acceptance', 'rectification', 'evaluation', 'award', 'closing']) {
      expect(names).toContain(name);
    }
  });

  it('has nothing new for the manager but what is of this quarter', async () => {
    const messages = await pages<{ at: string; readAt: string | null }>(manager, '/api/v1/inbox');
    const fresh = messages.filter(({ readAt }) => readAt === null);
    expect(messages.length).toBeGreaterThan(fresh.length);
    // The year of the sample is over by today, and the clock live.
    for (const { at } of fresh) expect(Date.parse(at)).toBeGreaterThan(begun);
  });

  it('has projects that a social organisation carries out, as its own account sees them', async () => {
    const org = await signedIn(place.stage, 'org');
    const { items: places } = await org.get<{ items: { id: string; kind: string }[] }>('/api/v1/org-units?limit=100');
    const own = places.filter(({ kind }) => kind === 'socialOrganization').map(({ id }) => id);
    const found = await Promise.all(own.map((id) => org.get<{ items: { status: string }[] }>(`/api/v1/projects?implementerId=${id}`)));
    const statuses = found.flatMap(({ items }) => items.map(({ status }) => status));
    expect(statuses).toEqual(expect.arrayContaining(['implementing', 'rectifying']));
  });

  it('does not do anything twice', async () => {
    const journal = (): Promise<number> => count('SELECT count(*) AS count FROM case_event WHERE tenant_id = $1');
    const tokens = (): Promise<number> => count('SELECT count(*) AS count FROM accounts_token WHERE tenant_id = $1');
    const before = [await journal(), await tokens()];
    await load(() => undefined);
    expect([await journal(), await tokens()]).toEqual(before);
  });

  it('takes the commands of its people', async () => {
    const unit1 = await signedIn(place.stage, 'unit1');
    const worker = await signedIn(place.stage, 'worker');
    const today = shanghaiDate(instantFromMs(Date.now()));
    const quarter = quarterOf(today);

    const implementing = inStatus('implementing');
    const cycle = await manager.get<{ reports: { projectId: string; state: string }[] }>(
      `/api/v1/quarters/${implementing.communityId}/${nextQuarter(quarter)}`,
    );
    expect(cycle.reports).toContainEqual(expect.objectContaining({ projectId: implementing.id, state: 'missing' }));
    const report = { unitId: implementing.leadUnit, done: '示例：已清理三个楼道', needsAnswered: [], served: 40, spentFen: 1000 };
    await unit1.post(`/api/v1/projects/${implementing.id}/reports/${quarter}/submit`, report, 'test-report');

    const offered = present.find(({ status, offeredTo }) => status === 'offered' && offeredTo === implementing.leadUnit);
    const claimed = await unit1.post(`/api/v1/projects/${offered?.id}/claim`, { unitId: offered?.offeredTo }, 'test-claim');
    expect(claimed).toMatchObject({ status: 'claimed' });

    const accepted = await worker.post(`/api/v1/projects/${inStatus('acceptance').id}/accept`, { finding: '示例：通过' }, 'test-accept');
    expect(accepted).toMatchObject({ status: 'accepted' });

    const { items } = await manager.get<{ items: { id: string; digest: string }[] }>('/api/v1/awards?status=proposed');
    for (const login of ['leader1', 'leader2']) {
      const leader = await signedIn(place.stage, login);
      await leader.post(`/api/v1/awards/${items[0]!.id}/approve`, { digest: items[0]!.digest }, `test-approve-${login}`);
    }
    expect(await manager.get(`/api/v1/awards/${items[0]!.id}`)).toMatchObject({ status: 'noticed' });
  });
});
