import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OrgPath } from '../../../src/kernel/scope.ts';
import { partsOf, type Balance, type Posting } from '../../../src/ledger/model.ts';
import { Refusal } from '../../../src/kernel/refusal.ts';
import {
  assertOpenFor,
  fundingLines,
  fundingPosting,
  releasePostings,
  type FundingBook,
  type FundingStep,
} from '../../../src/projects/funding/model.ts';
import { legal, type Status } from '../../../src/projects/lifecycle/model.ts';
import { START } from '../support/played.ts';

const NEED = 1000;
const UNITS = ['u1', 'u2', 'u3'];
const BOOKS: readonly FundingBook[] = ['money', 'inKind', 'hours'];
const common = { projectId: 'p1', orgPath: '/a/' as OrgPath, at: START, commandId: 'c1' };

/** The two promises of the ledger, and nothing else: no account of a project below zero, no cap exceeded. */
class Book {
  readonly #posted = new Map<string, number>();
  planned = 0;

  post({ book, debit, credit, amount, plan }: Posting): boolean {
    const left = this.#of(book, debit) - amount;
    if (partsOf(debit).kind !== 'funder' && left < 0) return false;
    if (plan && this.planned + plan.amount > NEED) return false;
    this.#posted.set(`${book} ${debit}`, left);
    this.#posted.set(`${book} ${credit}`, this.#of(book, credit) + amount);
    this.planned += plan?.amount ?? 0;
    return true;
  }

  balances(): Balance[] {
    return [...this.#posted].map(([key, posted]) => {
      const [book, name] = key.split(' ') as [Balance['book'], Balance['name']];
      return { ...partsOf(name), book, name, posted } as Balance;
    });
  }

  sum(kind: string, book?: string): number {
    const chosen = this.balances().filter((balance) => balance.kind === kind && (book ?? balance.book) === balance.book);
    return chosen.reduce((sum, { posted }) => sum + posted, 0);
  }

  #of(book: string, name: string): number {
    return this.#posted.get(`${book} ${name}`) ?? 0;
  }
}

type Move =
  | { readonly step: FundingStep; readonly unit: string; readonly book: FundingBook; readonly amount: number }
  | { readonly leaves: string | undefined };

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        step: fc.constantFrom<FundingStep>('pledge', 'pledge', 'deliver', 'verify'),
        unit: fc.constantFrom(...UNITS),
        book: fc.constantFrom(...BOOKS),
        amount: fc.integer({ min: 1, max: 400 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ leaves: fc.constantFrom(...UNITS, undefined) }) },
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);

function play(list: readonly Move[], ledger: Book): number {
  let taken = 0;
  for (const move of list) {
    if ('leaves' in move) {
      const leaver = { ...common, ...(move.leaves !== undefined && { unitId: move.leaves }) };
      for (const posting of releasePostings(ledger.balances(), leaver)) expect(ledger.post(posting)).toBe(true);
    } else {
      const { step, unit: funderId, book, amount } = move;
      taken += ledger.post(fundingPosting(step, { ...common, funderId, book, amount })) ? 1 : 0;
    }
  }
  return taken;
}

describe('whatever is pledged, delivered, verified and taken back', () => {
  it('every fen and minute is in exactly one place, and cash stays within the need', () => {
    let taken = 0;
    fc.assert(
      fc.property(moves, (list) => {
        const ledger = new Book();
        taken += play(list, ledger);
        for (const book of BOOKS) {
          const given = ['pledged', 'delivered', 'verified'].reduce((sum, kind) => sum + ledger.sum(kind, book), 0);
          expect(given + ledger.sum('funder', book)).toBe(0);
        }
        // Only cash counts on the need, and what was taken back no longer does.
        const cash = ['pledged', 'delivered', 'verified'].reduce((sum, kind) => sum + ledger.sum(kind, 'money'), 0);
        expect(ledger.planned).toBe(cash);
        expect(cash).toBeLessThanOrEqual(NEED);
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(1000);
  });

  it('each unit’s line holds all of its steps', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const ledger = new Book();
        play(list, ledger);
        const lines = fundingLines(ledger.balances());
        for (const { pledged, delivered, verified } of lines) {
          expect(pledged).toBeGreaterThanOrEqual(delivered);
          expect(delivered).toBeGreaterThanOrEqual(verified);
          expect(verified).toBeGreaterThanOrEqual(0);
        }
        for (const book of BOOKS) {
          const verified = lines.filter((line) => line.book === book).reduce((sum, line) => sum + line.verified, 0);
          expect(verified).toBe(ledger.sum('verified', book));
        }
        expect(new Set(lines.map(({ funderId, book }) => `${funderId} ${book}`)).size).toBe(lines.length);
      }),
      { numRuns: 100 },
    );
  });

  it('who leaves keeps what arrived and takes back only what did not', () => {
    const ledger = new Book();
    const of = (funderId: string, step: FundingStep, amount: number) => fundingPosting(step, { ...common, funderId, book: 'money', amount });
    for (const posting of [of('u1', 'pledge', 500), of('u1', 'deliver', 200), of('u2', 'pledge', 300)]) ledger.post(posting);
    const released = releasePostings(ledger.balances(), { ...common, unitId: 'u1' });
    expect(released).toMatchObject([{ memo: 'pledgeReleased', amount: 300, debit: 'pledged/p1/u1', credit: 'funder/u1', plan: { amount: -300 } }]);
    expect(releasePostings(ledger.balances(), common)).toHaveLength(2);
  });
});

describe('funding is open', () => {
  const statuses = [...new Set([...Object.values(legal).flat(), 'closed'])] as Status[];
  const open = (step: FundingStep): Status[] =>
    statuses.filter((status) => {
      try {
        assertOpenFor(step, status);
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        expect(error).toMatchObject({ code: 'PROJECT_FUNDING_CLOSED', kind: 'state', params: { step, status } });
        return false;
      }
    });

  it('for pledges before a lead is found, for the rest only under a lead, and never while a project stands still', () => {
    const led = ['acceptance', 'agreed', 'claimed', 'implementing', 'rectifying'];
    expect(open('pledge').sort()).toEqual([...led, 'listed', 'offered'].sort());
    expect(open('deliver').sort()).toEqual(led);
    expect(open('verify').sort()).toEqual(led);
  });
});
