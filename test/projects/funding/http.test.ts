import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/kernel/time.ts';
import { PolicyService } from '../../../src/policy/service.ts';
import type { Claimant } from '../../support/claimants.ts';
import { PROPOSAL_BUDGET_FEN as NEED } from '../../support/proposals.ts';
import { Street, START, type Project } from '../support/street.ts';

const money = (unit: Claimant, amount: number) => ({ unitId: unit.id, book: 'money', amount });
const because = (unit: Claimant) => ({ unitId: unit.id, reason: '示例' });

let street: Street;
let units: readonly Claimant[];
let next = 0;

beforeAll(async () => {
  street = await Street.open(12);
  ({ units } = street);
}, 120_000);

afterAll(async () => {
  await street?.close();
});

const unit = (): Claimant => units[(next += 1) - 1]!;

async function led(lead: Claimant): Promise<Project> {
  const project = await street.project(lead);
  await project.lead(lead);
  return project;
}

/** Pledged, delivered and verified cash by unit. */
async function cash(project: Project): Promise<Record<string, readonly number[]>> {
  const { lines } = (await project.seen('/funding')) as {
    lines: { funderId: string; book: string; pledged: number; delivered: number; verified: number }[];
  };
  const ofMoney = lines.filter(({ book }) => book === 'money');
  return Object.fromEntries(ofMoney.map(({ funderId, pledged, delivered, verified }) => [funderId, [pledged, delivered, verified]]));
}

describe('money of a project', () => {
  it('is pledged up to its need, delivered up to the pledge, and verified by the community alone', async () => {
    const [lead, friend] = [unit(), unit()];
    const project = await led(lead);
    await project.refused(lead, 'pledge', money(lead, NEED + 1), '422 LEDGER_CAP_EXCEEDED');
    await project.done(lead, 'pledge', money(lead, NEED - 100_000));
    await project.refused(friend, 'pledge', money(friend, 100_001), '422 LEDGER_CAP_EXCEEDED');
    await project.done(friend, 'pledge', money(friend, 100_000));
    await project.refused(lead, 'pledge', money(friend, 1), '403 PROJECT_UNIT_FOREIGN');
    await project.refused(lead, 'deliver', money(friend, 1), '403 PROJECT_UNIT_FOREIGN');
    await project.refused(friend, 'deliver', money(friend, 100_001), '422 LEDGER_OVERDRAWN');
    await project.done(friend, 'deliver', money(friend, 60_000));
    await project.refused(friend, 'deliver', money(friend, 40_001), '422 LEDGER_OVERDRAWN');

    await project.refused(friend, 'verify', money(friend, 60_000), '403 FORBIDDEN');
    await project.refused(street.stranger, 'verify', money(friend, 60_000), '403 PROJECT_ELSEWHERE');
    await project.refused(street.worker, 'verify', money(friend, 60_001), '422 LEDGER_OVERDRAWN');
    await project.done(street.worker, 'verify', money(friend, 50_000));
    expect(await cash(project)).toEqual({ [lead.id]: [NEED - 100_000, 0, 0], [friend.id]: [100_000, 60_000, 50_000] });
  });

  it('does not cross the need when many pledge at once, and a repeated pledge counts once', async () => {
    const project = await led(unit());
    const rivals = [unit(), unit(), unit()];
    const pledges = rivals.flatMap((rival) => [0, 1, 2].map((time) => ({ rival, key: { 'idempotency-key': `${rival.id}-${time}` } })));
    const send = () =>
      Promise.all(pledges.map(({ rival, key }) => rival.client.post(`${project.path}/pledge`, money(rival, NEED / 5), key)));
    const told = (await send()).map(({ status, body }) => `${status} ${String(body.code ?? '')}`.trim());
    expect(told.filter((answer) => answer === '200')).toHaveLength(5);
    expect(told.filter((answer) => answer === '422 LEDGER_CAP_EXCEEDED')).toHaveLength(4);
    await send();
    const pledged = Object.values(await cash(project)).reduce((sum, [own = 0]) => sum + own, 0);
    expect(pledged).toBe(NEED);
  });

  it('that was only promised goes back when its unit leaves, and the need is open again by as much', async () => {
    const [lead, friend] = [unit(), unit()];
    const project = await led(lead);
    await project.done(lead, 'pledge', money(lead, 400_000));
    await project.done(lead, 'deliver', money(lead, 150_000));
    await project.done(friend, 'pledge', money(friend, 100_000));
    await project.done(lead, 'pledge', { ...money(lead, 600), book: 'hours' });
    await project.refused(friend, 'pledge', money(friend, 1), '422 LEDGER_CAP_EXCEEDED');
    await project.done(lead, 'withdraw', because(lead));
    expect(await cash(project)).toEqual({ [lead.id]: [150_000, 150_000, 0], [friend.id]: [100_000, 0, 0] });
    await project.until({ status: 'listed' });
    await project.refused(lead, 'deliver', money(lead, 1), '409 PROJECT_FUNDING_CLOSED');
    await project.done(friend, 'pledge', money(friend, 250_000));
    await project.refused(friend, 'pledge', money(friend, 1), '422 LEDGER_CAP_EXCEEDED');
  });

  it('that was only promised goes back to everybody when the project is cancelled', async () => {
    const [lead, friend] = [unit(), unit()];
    const project = await led(lead);
    await project.done(lead, 'pledge', money(lead, 200_000));
    await project.done(friend, 'pledge', money(friend, 100_000));
    await project.done(friend, 'deliver', money(friend, 30_000));
    await project.done(street.manager, 'cancel', { reason: '示例' });
    expect(await cash(project)).toEqual({ [lead.id]: [0, 0, 0], [friend.id]: [30_000, 30_000, 0] });
    await project.refused(friend, 'pledge', money(friend, 1), '409 PROJECT_FUNDING_CLOSED');
  });

  it('comes from the lead alone where the policy says so, also after it has changed', async () => {
    const [lead, friend] = [unit(), unit()];
    const before = await led(lead);
    await street.within((tx) =>
      street.get(PolicyService).publishVersion(tx, {
        kind: 'microProject',
        basedOn: 1,
        effectiveFrom: localDate('2026-12-01'),
        changes: { coFunding: { value: false, source: '示例', grade: 'A' } },
        reason: '示例',
        at: START,
      }),
    );
    const after = await led(lead);
    await after.refused(friend, 'pledge', money(friend, 100), '422 PROJECT_COFUNDING_OFF');
    await after.done(lead, 'pledge', money(lead, 100));
    await before.done(friend, 'pledge', money(friend, 100));
  });
});
