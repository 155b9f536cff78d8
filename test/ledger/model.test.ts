import { describe, expect, it } from '@jest/globals';
import type { OrgPath } from '../../src/kernel/scope.ts';
import type { Instant } from '../../src/kernel/time.ts';
import {
  accountOf,
  capOf,
  MEMOS,
  openingsOf,
  partsOf,
  reversalOf,
  type AccountName,
  type Posting,
} from '../../src/ledger/model.ts';
import { texts } from '../../src/ledger/texts.ts';

const AT = '2026-10-20T02:00:00.000000Z' as Instant;
const COMMUNITY = '/mengyang/xincheng/' as OrgPath;

function pledge(change: Partial<Posting> = {}): Posting {
  return {
    commandId: 'c1',
    ordinal: 0,
    book: 'money',
    debit: accountOf('funder', 'u1'),
    credit: accountOf('pledged', 'p1', 'u1'),
    amount: 500_00,
    memo: 'pledge',
    at: AT,
    orgPath: COMMUNITY,
    ...change,
  };
}

describe('account names', () => {
  it('are pure functions of what the account is about', () => {
    expect(accountOf('pledged', 'p1', 'u1')).toBe('pledged/p1/u1');
    expect(partsOf(accountOf('funder', 'u1'))).toEqual({ kind: 'funder', subjectId: 'u1', partyId: null });
  });

  it.each([
    () => accountOf('pledged', 'p1'),
    () => accountOf('funder', 'u1', 'p1'),
    () => accountOf('funder', 'u1/../x'),
    () => accountOf('funder', ''),
    () => partsOf('toString/u1' as AccountName),
    () => partsOf('pledged/p1/u1/more' as AccountName),
  ])('refuses what names no account (%#)', (name) => {
    expect(name).toThrow('LEDGER_ACCOUNT_INVALID');
  });
});

describe('postings', () => {
  it('open each account once, where it may be read', () => {
    const openings = openingsOf([pledge(), pledge({ ordinal: 1, amount: 1 })]);
    expect(openings.map(({ name, orgPath, floor }) => ({ name, orgPath, floor }))).toEqual([
      { name: 'funder/u1', orgPath: '/', floor: null },
      { name: 'pledged/p1/u1', orgPath: COMMUNITY, floor: 0 },
    ]);
  });

  it('refuse an account that is not kept in their book', () => {
    expect(() => openingsOf([pledge({ book: 'unitRating' })])).toThrow('LEDGER_BOOK_MIXED');
    expect(() => openingsOf([pledge({ credit: accountOf('ratingEarned', 'u1') })])).toThrow('LEDGER_BOOK_MIXED');
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('refuse the amount %p', (amount) => {
    expect(() => openingsOf([pledge({ amount })])).toThrow('LEDGER_AMOUNT_INVALID');
  });

  it('refuse to move from an account to itself', () => {
    expect(() => openingsOf([pledge({ credit: accountOf('funder', 'u1') })])).toThrow('LEDGER_SAME_ACCOUNT');
  });

  it('are taken back by their mirror image, freeing what they had planned', () => {
    const posting = pledge({ plan: { cap: capOf('projectNeed', 'p1'), amount: 500_00 } });
    const reversed = reversalOf(posting, { commandId: 'c2', ordinal: 3, at: AT });
    expect(reversed).toMatchObject({ commandId: 'c2', ordinal: 3, memo: 'correction', amount: 500_00 });
    expect([reversed.debit, reversed.credit]).toEqual([posting.credit, posting.debit]);
    expect(reversed.plan?.amount).toBe(-500_00);
  });
});

it('every memo has its words', () => {
  expect(Object.keys(texts)).toEqual(expect.arrayContaining(MEMOS.map((memo) => `ledger.memo.${memo}`)));
});
