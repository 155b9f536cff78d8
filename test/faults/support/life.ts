import { setTimeout as delay } from 'node:timers/promises';
import type { Claimant } from '../../support/claimants.ts';
import type { StaffMember } from '../../support/staff.ts';
import { over, PATIENCE_MS, persist } from './persistent.ts';

export const PLEDGE_FEN = 250_000;

export interface People {
  readonly manager: StaffMember;
  readonly worker: StaffMember;
  /** Rivals for every claim; the winner becomes the lead. */
  readonly rivals: readonly Claimant[];
}

/** What the people of one project were told; what the engine holds must not say otherwise. */
export interface Life {
  readonly projectId: string;
  readonly leadId: string;
  readonly journal: readonly string[];
}

const TO_AGREED = ['claimed', 'agreed'];
const FROM_AGREED = ['started', 'acceptanceRequested', 'accepted'];

/**
 * One micro-project from its opening to its acceptance, with rivals for its claim and money on its way. With
 * `withdrawal` the first lead leaves after the agreement, and the others are rivals for what it left.
 */
export async function live(people: People, proposalId: string, withdrawal: boolean, failures: string[]): Promise<Life> {
  const { manager, worker, rivals } = people;
  const opened = await persist(manager.client, '/api/v1/projects', { proposalId }, failures);
  const projectId = String(opened.body?.id);
  const at = `/api/v1/projects/${projectId}`;
  const ok = async (sender: StaffMember, act: string, body: unknown): Promise<void> => {
    const { status, body: told } = await persist(sender.client, `${at}/${act}`, body, failures);
    if (status >= 300) failures.push(`${at}/${act}: ${status} ${String(told?.code)}`);
  };
  const takenBy = async (units: readonly Claimant[]): Promise<Claimant> => {
    const winner = await raceFor(at, units, failures);
    await ok(winner, 'agree', { unitId: winner.id, implementerId: winner.id, signedOn: '2026-11-23' });
    return winner;
  };
  let lead = await takenBy(rivals);
  if (withdrawal) {
    const former = lead;
    await ok(former, 'withdraw', { unitId: former.id, reason: '示例' });
    await untilListed(manager, at);
    lead = await takenBy(rivals.filter((unit) => unit !== former));
  }
  const money = { unitId: lead.id, book: 'money', amount: PLEDGE_FEN };
  await ok(lead, 'pledge', money);
  await ok(lead, 'deliver', money);
  await ok(lead, 'start', { unitId: lead.id });
  await ok(worker, 'verify', money);
  await ok(lead, 'request-acceptance', { unitId: lead.id, summary: '示例' });
  await ok(worker, 'accept', { finding: '示例' });
  const left = withdrawal ? [...TO_AGREED, 'withdrawn', 'listed'] : [];
  return { projectId, leadId: lead.id, journal: ['opened', ...left, ...TO_AGREED, ...FROM_AGREED] };
}

async function raceFor(at: string, units: readonly Claimant[], failures: string[]): Promise<Claimant> {
  const claims = await Promise.all(units.map((unit) => persist(unit.client, `${at}/claim`, { unitId: unit.id }, failures)));
  const told = claims.map(({ status, body }) => `${status} ${String(body?.code ?? '')}`.trim());
  const winners = units.filter((_, index) => told[index] === '200');
  const losers = told.filter((answer) => answer === '409 PROJECT_STATE');
  if (winners.length !== 1 || losers.length !== units.length - 1) failures.push(`${at}/claim: ${told.join(', ')}`);
  return winners[0] ?? units[0]!;
}

/** The engine puts it there by itself: none of these units has offered anything that would fit. */
async function untilListed(reader: StaffMember, at: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await reader.client.get(at).catch(() => undefined);
    if (answer?.body?.status === 'listed') return;
    if (over.signal.aborted || performance.now() > deadline) throw new Error(`${at} was never listed again`);
    await delay(100);
  }
}
