import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../src/kernel/refusal.ts';
import { tenantId, tenantScope, type OrgPath, type Scope } from '../../src/kernel/scope.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { accountOf, type AccountName, type Book, type Posting, type Transfer } from '../../src/ledger/model.ts';
import { LedgerService } from '../../src/ledger/service.ts';
import { LedgerStore } from '../../src/ledger/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const AT = '2026-10-20T02:00:00.000000Z' as Instant;
const BOOKS: readonly Book[] = ['money', 'inKind', 'hours'];
const ACCOUNTS: readonly AccountName[] = [
  accountOf('funder', 'u1'),
  accountOf('funder', 'u2'),
  accountOf('pledged', 'p1', 'u1'),
  accountOf('pledged', 'p1', 'u2'),
  accountOf('delivered', 'p1', 'u1'),
  accountOf('verified', 'p1', 'u1'),
];

let test: TestDatabase;
const ledger = new LedgerService(new LedgerStore());
let number = 0;

beforeAll(async () => {
  test = await createTestDatabase();
}, 60_000);

afterAll(async () => {
  await test.drop();
});

interface Move {
  readonly book: number;
  readonly from: number;
  readonly step: number;
  readonly amount: number;
  /** Few values, so that commands repeat. */
  readonly command: number;
}

const moves = fc.record<Move>({
  book: fc.nat(BOOKS.length - 1),
  from: fc.nat(ACCOUNTS.length - 1),
  step: fc.integer({ min: 1, max: ACCOUNTS.length - 1 }),
  amount: fc.integer({ min: 1, max: 1000 }),
  command: fc.nat(60),
});

function postingOf(move: Move, ordinal: number): Posting {
  return {
    commandId: `command-${move.command}`,
    ordinal,
    book: BOOKS[move.book]!,
    debit: ACCOUNTS[move.from]!,
    credit: ACCOUNTS[(move.from + move.step) % ACCOUNTS.length]!,
    amount: move.amount,
    memo: 'pledge',
    at: AT,
    orgPath: '/c/' as OrgPath,
  };
}

type Kind = 'post' | 'hold' | 'settle' | 'release';

const steps = fc.record({
  kind: fc.constantFrom<Kind>('post', 'post', 'hold', 'settle', 'release'),
  batch: fc.array(moves, { minLength: 1, maxLength: 5 }),
  hold: fc.nat(20),
});

/** What the transfers say, added up without the database's help. */
function fold(transfers: readonly Transfer[]): Map<string, { posted: number; held: number }> {
  const sums = new Map<string, { posted: number; held: number }>();
  const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
  const add = (book: Book, name: AccountName, posted: number, held: number): void => {
    const sum = sums.get(`${book}:${name}`) ?? { posted: 0, held: 0 };
    sums.set(`${book}:${name}`, { posted: sum.posted + posted, held: sum.held + held });
  };
  for (const { book, kind, debit, credit, amount, holdId } of transfers) {
    const moved = kind === 'post' || kind === 'settle' ? amount : 0;
    const held = kind === 'hold' ? amount : holdId ? -byId.get(holdId)!.amount : 0;
    add(book, debit, -moved, held);
    add(book, credit, moved, 0);
  }
  return sums;
}

async function check(scope: Scope): Promise<void> {
  const [transfers, accounts] = await test.database.within(scope, async (tx) => {
    const ids = await tx.query<{ id: string }>('SELECT id FROM ledger_transfer');
    return [
      await new LedgerStore().transfersById(tx, ids.map(({ id }) => id)),
      await tx.query<{ book: Book; name: AccountName; posted: number; held: number; floor: number | null }>(
        'SELECT book, name, posted, held, floor FROM ledger_account',
      ),
    ] as const;
  });
  const sums = fold(transfers);
  for (const { book, name, posted, held, floor } of accounts) {
    expect({ name, posted, held }).toEqual({ name, ...(sums.get(`${book}:${name}`) ?? { posted: 0, held: 0 }) });
    if (floor !== null) expect(posted - held).toBeGreaterThanOrEqual(floor);
  }
  for (const book of BOOKS) {
    const total = accounts.filter((account) => account.book === book).reduce((sum, { posted }) => sum + posted, 0);
    expect(total).toBe(0);
  }
}

const unlessRefused = (error: unknown): undefined => {
  if (!(error instanceof Refusal)) throw error;
};

async function run(scope: Scope, step: { kind: Kind; batch: readonly Move[]; hold: number }, index: number): Promise<void> {
  // Only a whole batch can be a repeat: every entry of it carries the command of its first.
  const { command } = step.batch[0]!;
  const postings = step.batch.map((move, ordinal) => postingOf({ ...move, command }, ordinal));
  await test.database
    .within(scope, async (tx) => {
      if (step.kind === 'post') return ledger.post(tx, postings);
      if (step.kind === 'hold') return void (await ledger.hold(tx, postings));
      const holds = await tx.query<{ id: string }>("SELECT id FROM ledger_transfer WHERE kind = 'hold' ORDER BY id");
      const holdId = holds[step.hold % Math.max(1, holds.length)]?.id;
      if (!holdId) return;
      const entry = { commandId: `end-${index}`, ordinal: 0, memo: 'delivery' as const, at: AT, holdId };
      return step.kind === 'settle' ? ledger.settle(tx, entry) : ledger.release(tx, entry);
    })
    .catch(unlessRefused);
}

it('keeps every book at zero and every balance equal to its transfers, one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 25 }), async (plan) => {
      const scope = tenantScope(tenantId(`serial-${++number}`));
      for (const [index, step] of plan.entries()) await run(scope, step, index);
      await check(scope);
    }),
    { numRuns: 25 },
  );
}, 60_000);

it('keeps them so under many parallel batches, without a deadlock', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 40, maxLength: 80 }), async (plan) => {
      const scope = tenantScope(tenantId(`parallel-${++number}`));
      await Promise.all(plan.map((step, index) => run(scope, step, index)));
      await check(scope);
    }),
    { numRuns: 12 },
  );
}, 60_000);
