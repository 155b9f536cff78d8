import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { tenantId, tenantScope, type OrgPath, type Scope } from '../../src/kernel/scope.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { accountOf, capOf, type Balance, type Posting } from '../../src/ledger/model.ts';
import { LedgerService } from '../../src/ledger/service.ts';
import { accountId, LedgerStore } from '../../src/ledger/store.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const AT = '2026-10-20T02:00:00.000000Z' as Instant;
const LATER = '2026-10-21T02:00:00.000000Z' as Instant;
const COMMUNITY = '/mengyang/xincheng/' as OrgPath;

let test: TestDatabase;
const ledger = new LedgerService(new LedgerStore());
let scope: Scope;
let number = 0;

beforeAll(async () => {
  test = await createTestDatabase();
}, 60_000);

afterAll(async () => {
  await test.drop();
});

beforeEach(() => {
  scope = tenantScope(tenantId(`ledger-${++number}`));
});

const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => test.database.within(scope, work);
const post = (...postings: Posting[]): Promise<void> => within((tx) => ledger.post(tx, postings));

const FUNDER = accountOf('funder', 'u1');
const PLEDGED = accountOf('pledged', 'p1', 'u1');
const DELIVERED = accountOf('delivered', 'p1', 'u1');

function move(change: Partial<Posting> = {}): Posting {
  return {
    commandId: randomUUID(),
    ordinal: 0,
    book: 'money',
    debit: FUNDER,
    credit: PLEDGED,
    amount: 100,
    memo: 'pledge',
    at: AT,
    orgPath: COMMUNITY,
    ...change,
  };
}

async function posted(name = PLEDGED, book: Balance['book'] = 'money'): Promise<number | undefined> {
  const [balance] = await within((tx) => ledger.balances(tx, [{ book, name }]));
  return balance?.posted;
}

describe('a transfer', () => {
  it('leaves one account and arrives at the other', async () => {
    await post(move(), move({ debit: PLEDGED, credit: DELIVERED, amount: 40, memo: 'delivery' }));
    expect(await posted(FUNDER)).toBe(-100);
    expect(await posted(PLEDGED)).toBe(60);
    expect(await posted(DELIVERED)).toBe(40);
  });

  it('is posted once, however often and however parallel its command is repeated', async () => {
    const posting = move();
    await Promise.all(Array.from({ length: 8 }, () => post(posting)));
    await post(posting);
    expect(await posted()).toBe(100);
  });

  it('is refused if the same command was posted with other content', async () => {
    const posting = move();
    await post(posting);
    await expect(post({ ...posting, amount: 101 })).rejects.toMatchObject({ code: 'LEDGER_REPLAY_DIFFERS' });
    expect(await posted()).toBe(100);
  });

  it('is refused with its whole batch when an account would fall below its floor', async () => {
    await post(move());
    const batch = [
      move({ amount: 7 }),
      move({ debit: DELIVERED, credit: accountOf('verified', 'p1', 'u1'), amount: 1, memo: 'verification' }),
    ];
    await expect(post(...batch)).rejects.toMatchObject({ code: 'LEDGER_OVERDRAWN', kind: 'rule' });
    expect(await posted()).toBe(100);
  });

  it('keeps goods and hours of the same pledge apart from money', async () => {
    await post(move(), move({ book: 'inKind', amount: 30 }), move({ book: 'hours', amount: 120 }));
    expect(await posted()).toBe(100);
    expect(await posted(PLEDGED, 'inKind')).toBe(30);
    expect(await posted(PLEDGED, 'hours')).toBe(120);
  });
});

describe('the database itself', () => {
  const insertTransfer = `INSERT INTO ledger_transfer
    (tenant_id, id, command_id, ordinal, kind, book, debit_id, credit_id, amount, memo, at)
    VALUES ($1, $2, 'x', 0, 'post', 'money', $3, $4, 1, 'pledge', now())`;

  it('refuses a transfer between two books', async () => {
    await post(move(), move({ book: 'inKind' }));
    const sides = [accountId('money', FUNDER), accountId('inKind', PLEDGED)];
    const crossing = within((tx) => tx.query(insertTransfer, [scope.tenant, randomUUID(), ...sides]));
    await expect(crossing).rejects.toThrow('ledger_transfer_credit');
  });

  it.each([
    'UPDATE ledger_account SET posted = 1',
    'UPDATE ledger_transfer SET amount = 1',
    'DELETE FROM ledger_transfer',
    'UPDATE ledger_cap SET planned = 0',
    'DELETE FROM ledger_cap_entry',
    `INSERT INTO ledger_account (tenant_id, id, book, name, kind, subject_id, org_path, posted)
     VALUES ('t', gen_random_uuid(), 'money', 'n', 'k', 's', '/', 5)`,
    `INSERT INTO ledger_cap (tenant_id, name, book, org_path, amount) VALUES ('t', 'n', 'money', '/', 5)`,
  ])('grants nobody %s', async (sql) => {
    await expect(within((tx) => tx.query(sql))).rejects.toThrow('permission denied');
  });

  it('shows no other tenant anything', async () => {
    await post(move());
    const foreign = tenantScope(tenantId(`ledger-${++number}`));
    const rows = await test.database.within(foreign, (tx) => tx.query('SELECT * FROM ledger_transfer'));
    const sums = await test.database.within(foreign, (tx) => tx.query('SELECT * FROM ledger_balance'));
    expect([...rows, ...sums]).toEqual([]);
  });
});

describe('a hold', () => {
  const hold = (posting = move({ debit: PLEDGED, credit: DELIVERED, amount: 80 })): Promise<readonly string[]> =>
    within((tx) => ledger.hold(tx, [posting]));
  const end = (holdId: string, amount?: number) => ({
    commandId: randomUUID(),
    ordinal: 0,
    memo: 'delivery' as const,
    at: AT,
    holdId,
    ...(amount === undefined ? {} : { amount }),
  });

  it('reserves, so that the rest alone can be spent', async () => {
    await post(move());
    await hold();
    await expect(post(move({ debit: PLEDGED, credit: DELIVERED, amount: 21 }))).rejects.toMatchObject({
      code: 'LEDGER_OVERDRAWN',
    });
    await post(move({ debit: PLEDGED, credit: DELIVERED, amount: 20 }));
  });

  it('ends once: settled for a part, the rest is free again', async () => {
    await post(move());
    const [id = ''] = await hold();
    const settlement = end(id, 50);
    await within((tx) => ledger.settle(tx, settlement));
    await within((tx) => ledger.settle(tx, settlement));
    const [balance] = await within((tx) => ledger.balances(tx, [{ book: 'money', name: PLEDGED }]));
    expect(balance).toMatchObject({ posted: 50, held: 0 });
    const again = [ledger.settle.bind(ledger), ledger.release.bind(ledger)];
    for (const second of again) {
      await expect(within((tx) => second(tx, end(id)))).rejects.toMatchObject({ code: 'LEDGER_HOLD_SETTLED' });
    }
  });

  it('moves nothing when released', async () => {
    await post(move());
    const [id = ''] = await hold();
    await within((tx) => ledger.release(tx, end(id)));
    const [balance] = await within((tx) => ledger.balances(tx, [{ book: 'money', name: PLEDGED }]));
    expect(balance).toMatchObject({ posted: 100, held: 0 });
  });

  it('cannot be settled for more than was held, nor from a plain transfer, nor from nothing', async () => {
    const plain = move();
    await post(plain);
    const [id = ''] = await hold();
    await expect(within((tx) => ledger.settle(tx, end(id, 81)))).rejects.toMatchObject({ code: 'LEDGER_HOLD_EXCEEDED' });
    const [transfer] = (await within((tx) => ledger.statement(tx, accountId('money', FUNDER), { limit: 1 }))).transfers;
    await expect(within((tx) => ledger.settle(tx, end(transfer!.id)))).rejects.toMatchObject({
      code: 'LEDGER_HOLD_EXCEEDED',
    });
    await expect(within((tx) => ledger.settle(tx, end(randomUUID())))).rejects.toMatchObject({
      code: 'LEDGER_HOLD_UNKNOWN',
    });
  });

  it('is settled by one of two rivals', async () => {
    await post(move());
    const [id = ''] = await hold();
    const rivals = await Promise.allSettled(
      Array.from({ length: 6 }, () => within((tx) => ledger.settle(tx, end(id)))),
    );
    expect(rivals.filter((rival) => rival.status === 'fulfilled')).toHaveLength(1);
    expect(await posted(DELIVERED)).toBe(80);
  });
});

describe('a cap', () => {
  const cap = capOf('projectNeed', 'p1');
  const limit = (amount: number, commandId: string = randomUUID()): Promise<void> =>
    within((tx) =>
      ledger.limit(tx, [{ commandId, ordinal: 0, cap, book: 'money', amount, at: AT, orgPath: COMMUNITY }]),
    );
  const pledge = (amount: number, unit: string): Posting =>
    move({
      amount,
      debit: accountOf('funder', unit),
      credit: accountOf('pledged', 'p1', unit),
      plan: { cap, amount },
    });

  it('is never crossed by rivals, and what fits is planned', async () => {
    await limit(100);
    const rivals = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => post(pledge(30, `u${index}`))));
    expect(rivals.filter((rival) => rival.status === 'fulfilled')).toHaveLength(3);
    expect(await within((tx) => ledger.cap(tx, cap))).toEqual({ cap, book: 'money', amount: 100, planned: 90 });
    await expect(post(pledge(11, 'u99'))).rejects.toMatchObject({ code: 'LEDGER_CAP_EXCEEDED' });
  });

  it('counts a repeated command once, and a release frees room', async () => {
    await limit(100, 'opening');
    await limit(100, 'opening');
    const first = pledge(80, 'u1');
    await post(first);
    await post(first);
    await post({ ...move({ debit: PLEDGED, credit: FUNDER, amount: 50 }), plan: { cap, amount: -50 } });
    expect(await within((tx) => ledger.cap(tx, cap))).toMatchObject({ amount: 100, planned: 30 });
    await limit(-60);
    expect(await within((tx) => ledger.cap(tx, cap))).toMatchObject({ amount: 40, planned: 30 });
    await expect(limit(-11)).rejects.toMatchObject({ code: 'LEDGER_CAP_EXCEEDED' });
  });

  it('of nothing lets nothing be planned', async () => {
    await limit(0);
    expect(await within((tx) => ledger.cap(tx, cap))).toMatchObject({ amount: 0, planned: 0 });
    await expect(post(pledge(1, 'u1'))).rejects.toMatchObject({ code: 'LEDGER_CAP_EXCEEDED' });
  });

  it('has to be set before anything is planned on it', async () => {
    await expect(post(pledge(1, 'u1'))).rejects.toMatchObject({ code: 'LEDGER_CAP_UNKNOWN' });
  });
});

describe('a statement', () => {
  it('pages newest first without gap or repeat', async () => {
    for (let day = 1; day <= 7; day++) {
      await post(move({ amount: day, at: day % 2 ? AT : LATER }), move({ debit: PLEDGED, credit: DELIVERED, amount: 1 }));
    }
    const seen: string[] = [];
    let after: { at: Instant; id: string } | undefined;
    for (;;) {
      const page = await within((tx) =>
        ledger.statement(tx, accountId('money', PLEDGED), { limit: 3, ...(after ? { after } : {}) }),
      );
      seen.push(...page.transfers.map((transfer) => `${transfer.at} ${transfer.id}`));
      const last = page.transfers.at(-1);
      if (!last || page.transfers.length < 3) break;
      after = { at: last.at, id: last.id };
    }
    expect(new Set(seen).size).toBe(14);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it('is unknown outside the reader’s part of the organisation', async () => {
    await post(move());
    const read = (orgPath: string) =>
      test.database.within({ ...scope, orgPath: orgPath as OrgPath }, (tx) =>
        ledger.statement(tx, accountId('money', PLEDGED), { limit: 5 }),
      );
    await expect(read('/mengyang/')).resolves.toMatchObject({ account: { posted: 100 } });
    await expect(read('/mengyang/dongcun/')).rejects.toMatchObject({ code: 'LEDGER_ACCOUNT_UNKNOWN', kind: 'unknown' });
    await expect(read('/mengyang/xin/')).rejects.toMatchObject({ code: 'LEDGER_ACCOUNT_UNKNOWN' });
  });

  it('is known to the unit whose account it is, wherever the project is', async () => {
    await post(move());
    const unit = { ...scope, orgPath: '/units/u1/' as OrgPath };
    const read = (ownUnits: string[]) =>
      test.database.within(unit, (tx) => ledger.statement(tx, accountId('money', PLEDGED), { limit: 5 }, ownUnits));
    await expect(read(['u1'])).resolves.toMatchObject({ account: { posted: 100 } });
    await expect(read(['u2'])).rejects.toMatchObject({ code: 'LEDGER_ACCOUNT_UNKNOWN' });
    const listed = await test.database.within(unit, (tx) => ledger.balancesOf(tx, ['p1', 'u1'], ['u1']));
    expect(listed.map(({ name }) => name)).toEqual([FUNDER, PLEDGED]);
  });
});
