import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Answer } from '../support/http.ts';
import type { StaffMember } from '../support/staff.ts';
import { Street } from '../projects/support/street.ts';

interface Wait {
  readonly caseId: string;
  readonly name: string;
}

let street: Street;

beforeAll(async () => {
  street = await Street.open(3);
  const [lead, other] = street.units;
  const projects = [await street.project(), await street.project(), await street.project(lead)];
  await projects[0]!.begin(lead!);
  await projects[1]!.done(other!, 'claim', { unitId: other!.id });
  await street.manager.client.post('/api/v1/needs', { communityId: street.communityId, category: 'care', publicText: '示例：上门助浴' });
  // One that the first unit sees too: in a list by date those of one day stand by their random ids.
  const { items } = (await street.manager.client.get('/api/v1/waits?turn=other&limit=100')).body;
  await street.manager.client.post('/api/v1/waits/remind', { waits: items.filter(({ caseId }: Wait) => caseId === `project/${projects[2]!.id}`).map(({ caseId, name }: Wait) => ({ caseId, name })) });
}, 120_000);

afterAll(async () => {
  await street?.close();
});

/** Every row behind an address. */
async function rowsBehind({ client }: StaffMember, door: string): Promise<number> {
  let count = 0;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body }: Answer = await client.get(`${door}&limit=2${cursor && `&cursor=${cursor}`}`);
    expect({ door, status }).toEqual({ door, status: 200 });
    count += body.items.length;
    cursor = body.next;
  }
  return count;
}

it.each([
  ['manager', 7],
  ['worker', 7],
  ['unit', 4],
] as const)('opens with each number for the %s the list that has as many rows', async (who, shown) => {
  const reader = who === 'unit' ? street.units[0]! : street[who];
  const { status, body } = await reader.client.get('/api/v1/today');
  expect(status).toBe(200);
  const days = (body.calendar as { due: { count: number; door: string } }[]).map(({ due }) => due).filter(({ count }) => count > 0);
  const doors: { count: number; door: string }[] = [...Object.values<{ count: number; door: string }>(body.waits), ...Object.values<{ count: number; door: string }>(body.loop), ...(body.needs ?? []), ...Object.values<{ count: number; door: string }>(body.needsLoop ?? {}), ...days];
  for (const { count, door } of doors) expect({ door, rows: await rowsBehind(reader, door) }).toEqual({ door, rows: count });
  expect(doors.filter(({ count }) => count > 0)).toHaveLength(shown);
  const held = (body.holders as { count: number }[]).reduce((sum, { count }) => sum + count, 0);
  expect(await rowsBehind(reader, '/api/v1/waits?')).toBe(held);
});

it('knows workdays and make-up days, and the results of the running quarter', async () => {
  const { body } = await street.manager.client.get('/api/v1/today');
  expect(body.calendar).toHaveLength(31);
  expect(body.calendar[4]).toMatchObject({ date: '2026-12-05', workday: false });
  const { body: report } = await street.manager.client.get(body.results.door);
  expect(body.results).toMatchObject({ quarter: '2026Q4', fundsFen: report.fundsFen, problemsSolved: report.problemsSolved });
  expect(body.waits.remindedByHand.count).toBe(1);
  expect(body.loop.claimed.count).toBe(2);
});
