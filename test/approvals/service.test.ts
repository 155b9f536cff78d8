import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Approval, OpenRequest } from '../../src/approvals/model.ts';
import { ApprovalsService } from '../../src/approvals/service.ts';
import { ApprovalsStore } from '../../src/approvals/store.ts';
import { tenantId, tenantScope, type Scope } from '../../src/kernel/scope.ts';
import type { Instant } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const AT = '2026-10-20T02:00:00.000000Z' as Instant;
const [PREPARER, ANN, BO, CAI] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
const SUBJECT = { kind: 'award', id: 'a1' };

let test: TestDatabase;
const approvals = new ApprovalsService(new ApprovalsStore());
let scope: Scope;
let number = 0;

beforeAll(async () => {
  test = await createTestDatabase();
}, 60_000);

afterAll(async () => {
  await test.drop();
});

beforeEach(() => {
  scope = tenantScope(tenantId(`approvals-${++number}`));
});

const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => test.database.within(scope, work);
const open = (change: Partial<OpenRequest> = {}): Promise<void> =>
  within((tx) =>
    approvals.open(tx, {
      commandId: randomUUID(),
      subject: SUBJECT,
      digest: 'd1',
      needed: 2,
      preparers: [PREPARER],
      at: AT,
      ...change,
    }),
  );
const approve = (personId: string, change: Partial<Approval> = {}) =>
  within((tx) =>
    approvals.approve(tx, {
      commandId: randomUUID(),
      subject: SUBJECT,
      digest: 'd1',
      personId,
      accountId: randomUUID(),
      at: AT,
      ...change,
    }),
  );

describe('approvals', () => {
  it('are complete with two different persons', async () => {
    await open();
    await open();
    expect(await approve(ANN)).toEqual({ given: 1, needed: 2, complete: false });
    expect(await approve(BO)).toEqual({ given: 2, needed: 2, complete: true });
    const state = await within((tx) => approvals.state(tx, SUBJECT));
    expect(new Set(state?.approvers.map((approver) => approver.personId))).toEqual(new Set([ANN, BO]));
    await expect(approve(CAI)).rejects.toMatchObject({ code: 'APPROVALS_COMPLETE' });
  });

  it('count a person once, through whichever account, and a repeated command as the first time', async () => {
    await open();
    const commandId = randomUUID();
    await approve(ANN, { commandId });
    expect(await approve(ANN, { commandId })).toEqual({ given: 1, needed: 2, complete: false });
    await expect(approve(ANN)).rejects.toMatchObject({ code: 'APPROVALS_TWICE', kind: 'rule' });
  });

  it('are not given by who prepared it', async () => {
    await open();
    await expect(approve(PREPARER)).rejects.toMatchObject({ code: 'APPROVALS_PREPARER' });
  });

  it('are void when the digest changes', async () => {
    await open();
    await approve(ANN);
    await open({ digest: 'd2' });
    await expect(approve(BO)).rejects.toMatchObject({ code: 'APPROVALS_DIGEST_CHANGED' });
    expect(await approve(ANN, { digest: 'd2' })).toMatchObject({ given: 1 });
    await open({ digest: 'd1' });
    expect(await within((tx) => approvals.state(tx, SUBJECT))).toMatchObject({ digest: 'd1', given: 0 });
  });

  it('end when they are voided', async () => {
    await open();
    await within((tx) => approvals.void(tx, SUBJECT, AT));
    await expect(approve(ANN)).rejects.toMatchObject({ code: 'APPROVALS_NOT_OPEN', kind: 'state' });
    expect(await within((tx) => approvals.state(tx, SUBJECT))).toBeUndefined();
  });

  it('given at the same instant each see the ones before', async () => {
    await open({ needed: 3 });
    const progress = await Promise.all([ANN, BO, CAI].map((person) => approve(person)));
    expect(progress.map(({ given }) => given).sort()).toEqual([1, 2, 3]);
    expect(progress.filter(({ complete }) => complete)).toHaveLength(1);
  });

  it('given by one person many times at once count once', async () => {
    await open();
    const rivals = await Promise.allSettled(Array.from({ length: 6 }, () => approve(ANN)));
    expect(rivals.filter((rival) => rival.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('the database itself', () => {
  const vote = (personId: string, digest = 'd1', onBehalfOf: string | null = null): Promise<unknown[]> =>
    within((tx) =>
      tx.query(
        `INSERT INTO approvals_vote (tenant_id, request_id, person_id, digest, command_id, account_id, on_behalf_of, at)
         SELECT tenant_id, id, $1, $2, $3, gen_random_uuid(), $4, now() FROM approvals_request`,
        [personId, digest, randomUUID(), onBehalfOf],
      ),
    );

  it('keeps out preparers, their deputies, second votes, other digests and voided requests', async () => {
    await open();
    await expect(vote(PREPARER)).rejects.toMatchObject({ driverError: { constraint: 'approvals_vote_not_preparer' } });
    await expect(vote(ANN, 'd1', PREPARER)).rejects.toMatchObject({
      driverError: { constraint: 'approvals_vote_not_preparer' },
    });
    await vote(ANN);
    await expect(vote(ANN)).rejects.toMatchObject({ driverError: { constraint: 'approvals_vote_person' } });
    await expect(vote(BO, 'd2')).rejects.toMatchObject({ driverError: { constraint: 'approvals_vote_digest' } });
    await within((tx) => approvals.void(tx, SUBJECT, AT));
    await expect(vote(BO)).rejects.toMatchObject({ driverError: { constraint: 'approvals_vote_live' } });
  });

  it('lets nobody change what was asked or given, nor revive what is void', async () => {
    await open();
    await approve(ANN);
    for (const sql of [
      'UPDATE approvals_request SET needed = 1',
      "UPDATE approvals_request SET preparers = '{}'",
      'DELETE FROM approvals_vote',
      'UPDATE approvals_vote SET person_id = gen_random_uuid()',
    ]) {
      await expect(within((tx) => tx.query(sql))).rejects.toThrow('permission denied');
    }
    await within((tx) => approvals.void(tx, SUBJECT, AT));
    await expect(within((tx) => tx.query('UPDATE approvals_request SET voided_at = NULL'))).rejects.toMatchObject({
      driverError: { constraint: 'approvals_request_void_once' },
    });
  });
});
