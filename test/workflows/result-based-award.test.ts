import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TenantStore } from '../../src/accounts/store.ts';
import { UnitStore } from '../../src/accounts/units/store.ts';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { CalendarService } from '../../src/calendar/service.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import { ADVANCE_UPDATE, COMMAND_UPDATE, workflowIdOf, type Answer } from '../../src/cases/messages.ts';
import type { AwardCommand, AwardOpening } from '../../src/evaluation/award/model.ts';
import { AwardStore } from '../../src/evaluation/award/store.ts';
import { awardCaseId, AWARD_WORKFLOW } from '../../src/evaluation/messages.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantId, tenantScope, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import { accountOf } from '../../src/ledger/model.ts';
import { LedgerService } from '../../src/ledger/service.ts';
import { LedgerStore } from '../../src/ledger/store.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { ProjectStore } from '../../src/projects/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { pinnedDefault } from '../support/policies.ts';

const tenant = tenantId('award-tests');
const start = shanghaiInstant(localDate('2026-03-02'), 9);
/** Seven workdays after Monday 2 March: the end of Wednesday 11 March. */
const noticeEnds = shanghaiInstant(localDate('2026-03-12'));
const actor = 'account-1' as ActorId;
const orgPath = '/office/c1/' as OrgPath;
const communityId = randomUUID();
const bureauId = randomUUID();
const [PREPARER, ANN, BO] = [randomUUID(), randomUUID(), randomUUID()] as const;
const ledger = new LedgerService(new LedgerStore());

let db: TestDatabase;
let engine: TestEngine;
let projectId: string;
let awardId: string;

const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.database.within(tenantScope(tenant), work);

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  await within(async (tx) => {
    await new TenantStore().insert(tx, '示例区', start);
    await new UnitStore().insert(tx, [
      { id: communityId, kind: 'community', code: 'C1', name: '示例社区', orgPath },
      { id: bureauId, kind: 'bureau', code: 'B1', name: '示例局', orgPath: '/units/b1/' as OrgPath },
    ]);
  });
}, 60_000);

afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

/** A finished project: graded 良好, with 2,000 yuan of verified cash. */
beforeEach(async () => {
  projectId = randomUUID();
  awardId = randomUUID();
  const draft = { id: projectId, title: '助浴上门', category: 'care', proposalId: randomUUID(), communityId, orgPath, budgetFen: fen(1), words: [] };
  await within(async (tx) => {
    await new ProjectStore().draft(tx, [draft], 'MX', start);
    await tx.query("UPDATE project SET status = 'evaluated', grade = 'good', implementer_id = $2 WHERE id = $1", [projectId, bureauId]);
    const [funder, pledged] = [accountOf('funder', 'u1'), accountOf('pledged', projectId, 'u1')];
    const [delivered, verified] = [accountOf('delivered', projectId, 'u1'), accountOf('verified', projectId, 'u1')];
    const common = { commandId: projectId, book: 'money', amount: 200_000, at: start, orgPath } as const;
    await ledger.post(tx, [
      { ...common, ordinal: 0, memo: 'pledge', debit: funder, credit: pledged },
      { ...common, ordinal: 1, memo: 'delivery', debit: pledged, credit: delivered },
      { ...common, ordinal: 2, memo: 'verification', debit: delivered, credit: verified },
    ]);
  });
});

async function propose(change: Partial<AwardOpening> = {}): Promise<Answer> {
  const command: AwardCommand = {
    id: `open-${awardId}`,
    type: 'open',
    actor,
    at: start,
    awardId,
    projectId,
    communityId,
    orgPath,
    recipientId: communityId,
    amountFen: fen(100_000),
    digest: 'digest',
    preparerId: PREPARER,
    policy: pinnedDefault('award'),
    contentId: randomUUID(),
    ...change,
  };
  const caseId = awardCaseId(awardId);
  const input = { tenant, caseId, open: command, clock: { mode: 'virtual', now: start } };
  const workflow = { type: AWARD_WORKFLOW, workflowId: workflowIdOf(tenant, caseId), input };
  return engine.gateway.open<Answer>(workflow, COMMAND_UPDATE, command.id, command);
}

const ask = (command: AwardCommand): Promise<Answer> =>
  engine.gateway.update<Answer>(workflowIdOf(tenant, awardCaseId(awardId)), COMMAND_UPDATE, command.id, command);
const approve = (personId: string): Promise<Answer> =>
  ask({ id: randomUUID(), type: 'approve', actor, at: start, personId, accountId: randomUUID(), digest: 'digest' });
const advance = (to: typeof start): Promise<Answer> =>
  engine.gateway.update<Answer>(workflowIdOf(tenant, awardCaseId(awardId)), ADVANCE_UPDATE, randomUUID(), to);
const row = () => within((tx) => new AwardStore().byId(tx, awardId));
const owed = async (): Promise<number | undefined> => {
  const name = accountOf('awardPayable', awardId, communityId);
  const [balance] = await within((tx) => ledger.balances(tx, [{ book: 'money', name }]));
  return balance?.posted;
};

describe('a result-based award', () => {
  it('is owed once, at the end of the notice that follows the second person’s approval', async () => {
    await propose();
    await approve(ANN);
    expect(await row()).toMatchObject({ status: 'proposed', given: 1, needed: 2, due: null });
    await approve(BO);
    expect(await row()).toMatchObject({ status: 'noticed', given: 2, due: noticeEnds });
    expect(await owed()).toBeUndefined();
    await advance(noticeEnds);
    expect(await row()).toMatchObject({ status: 'granted', version: 4 });
    expect(await owed()).toBe(100_000);
    const [told] = await within((tx) =>
      tx.query('SELECT target_case, command_id FROM case_message WHERE source_case = $1', [awardCaseId(awardId)]),
    );
    expect(told).toEqual({ target_case: `project/${projectId}`, command_id: `award/${awardId}:4` });
  });

  it('of two projects that fall due at the same instant are both owed', async () => {
    await propose();
    await approve(ANN);
    await approve(BO);
    await advance(noticeEnds);
    expect(await owed()).toBe(100_000);
  });

  it('is not approved by who prepared it, nor twice by one person', async () => {
    await propose();
    await expect(approve(PREPARER)).rejects.toMatchObject({ code: 'APPROVALS_PREPARER' });
    await approve(ANN);
    await expect(approve(ANN)).rejects.toMatchObject({ code: 'APPROVALS_TWICE' });
    expect(await row()).toMatchObject({ given: 1, version: 2 });
  });

  it.each([
    ['AWARD_CEILING', { amountFen: fen(100_001) }],
    ['AWARD_RECIPIENT', { recipientId: bureauId }],
  ])('is refused by the facts of the database: %s', async (code, change) => {
    await expect(propose(change)).rejects.toMatchObject({ code });
    expect(await row()).toBeUndefined();
  });

  it('is the only live one of its project, until it is refused', async () => {
    await propose();
    const first = awardId;
    awardId = randomUUID();
    await expect(propose()).rejects.toMatchObject({ code: 'AWARD_EXISTS' });
    const second = awardId;
    awardId = first;
    await ask({ id: randomUUID(), type: 'refuse', actor, at: start });
    expect(await row()).toMatchObject({ status: 'refused' });
    expect(await within((tx) => tx.query('SELECT 1 FROM open_wait WHERE case_id = $1', [awardCaseId(first)]))).toEqual([]);
    awardId = second;
    expect(await row()).toBeUndefined();
  });

  // Last: the calendar of the tenant stays revised.
  it('ends its notice by the calendar as it was revised', async () => {
    await propose();
    await approve(ANN);
    await approve(BO);
    const audit = new AuditService(new AuditStore());
    const calendar = new CalendarService(new CalendarStore(), audit);
    const holidays = [{ name: '示例', paper: 0, rest: ['2026-03-11', '2026-03-11'] as const, work: [] }];
    const notice = { year: 2026, papers: ['示例通知'], holidays };
    const { version } = await within((tx) => calendar.publishYear(tx, { notice, reason: '示例', at: start }));
    expect(await within((tx) => new AwardStore().countedBefore(tx, version))).toContain(awardId);
    const recount: AwardCommand = { id: `recount@${version}`, type: 'recount', actor, at: start, calendarVersion: version };
    await ask(recount);
    expect(await row()).toMatchObject({ status: 'noticed', due: shanghaiInstant(localDate('2026-03-13')) });
    expect(await within((tx) => new AwardStore().countedBefore(tx, version))).not.toContain(awardId);
    await advance(noticeEnds);
    expect(await owed()).toBeUndefined();
    await advance(shanghaiInstant(localDate('2026-03-13')));
    expect(await owed()).toBe(100_000);
  });
});
