import { refuse } from '../kernel/refusal.ts';
import { WHOLE_TENANT, type OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * Books never convert into each other: a transfer stays in one. `money` counts verified cash in fen, `inKind`
 * the estimated value of goods in fen, `hours` minutes of service; the points books count whole points.
 */
export type Book = 'money' | 'inKind' | 'hours' | 'unitRating' | 'volunteer';

/** The books in which a funder pledges, delivers and is verified. */
export const RESOURCE_BOOKS = ['money', 'inKind', 'hours'] as const satisfies readonly Book[];

interface KindRule {
  readonly books: readonly Book[];
  /** Sources may go below zero (what they gave or promised in total); everybody else may not. */
  readonly isSource?: true;
  readonly hasParty?: true;
  /** Belongs to one organisation across all communities, so it is kept at the tenant's root. */
  readonly isTenantWide?: true;
}

const KINDS = {
  funder: { books: RESOURCE_BOOKS, isSource: true, isTenantWide: true },
  pledged: { books: RESOURCE_BOOKS, hasParty: true },
  delivered: { books: RESOURCE_BOOKS, hasParty: true },
  verified: { books: RESOURCE_BOOKS, hasParty: true },
  awardFund: { books: ['money'], isSource: true },
  awardPayable: { books: ['money'], hasParty: true },
  awardPaid: { books: ['money'], hasParty: true },
  ratingIssued: { books: ['unitRating'], isSource: true },
  // Rating points are counted, never spent; a reversal must always be possible.
  ratingEarned: { books: ['unitRating'], isSource: true, isTenantWide: true },
  serviceIssued: { books: ['volunteer'], isSource: true },
  servicePoints: { books: ['volunteer'], isTenantWide: true },
  serviceRedeemed: { books: ['volunteer'] },
} as const satisfies Record<string, KindRule>;

export type AccountKind = keyof typeof KINDS;

/** `<kind>/<subject>` or `<kind>/<subject>/<party>`; with its book it names one account of a tenant. */
export type AccountName = string & { readonly __account: unique symbol };

const KEY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

function ruleOf(kind: string): KindRule | undefined {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind as AccountKind] : undefined;
}

/**
 * `subject` is what the account is about (a project, an award, a unit, a community), `party` whose share of it;
 * pledged, delivered, verified, awardPayable and awardPaid need a party. Refuses `LEDGER_ACCOUNT_INVALID`.
 */
export function accountOf(kind: AccountKind, subject: string, party?: string): AccountName {
  const name = party === undefined ? `${kind}/${subject}` : `${kind}/${subject}/${party}`;
  partsOf(name as AccountName);
  return name as AccountName;
}

export interface AccountParts {
  readonly kind: AccountKind;
  readonly subjectId: string;
  readonly partyId: string | null;
}

export function partsOf(name: AccountName): AccountParts {
  const [kind = '', subjectId = '', partyId = null, ...rest] = name.split('/');
  const rule = ruleOf(kind);
  const keys = partyId === null ? [subjectId] : [subjectId, partyId];
  const shaped = rule && rest.length === 0 && keys.every((key) => KEY.test(key));
  if (!shaped || Boolean(rule.hasParty) !== (partyId !== null)) refuse('LEDGER_ACCOUNT_INVALID', 'invalid');
  return { kind: kind as AccountKind, subjectId, partyId };
}

export const MEMOS = [
  'opening',
  'pledge',
  'pledgeReleased',
  'delivery',
  'verification',
  'award',
  'awardPaid',
  'ratingPoints',
  'serviceReward',
  'redemption',
  'correction',
] as const;

export type Memo = (typeof MEMOS)[number];

/** A counter that planned amounts may not cross: a project's need, an award's sum. */
export type CapName = string & { readonly __cap: unique symbol };

export type CapKind = 'projectNeed' | 'award' | 'awardFund';

export function capOf(kind: CapKind, subject: string): CapName {
  if (!KEY.test(subject)) refuse('LEDGER_CAP_INVALID', 'invalid');
  return `${kind}/${subject}` as CapName;
}

interface Entry {
  /**
   * The command that causes it; with `ordinal` it is posted once, however often it is repeated. Unique in the
   * tenant: the id of a due command repeats from case to case, so cases use `<case>:<version>`.
   */
  readonly commandId: string;
  readonly ordinal: number;
  readonly memo: Memo;
  readonly at: Instant;
}

/** `amount` leaves `debit` and arrives at `credit`. */
export interface Posting extends Entry {
  readonly book: Book;
  readonly debit: AccountName;
  readonly credit: AccountName;
  readonly amount: number;
  /** Where the case lives: who may read it. */
  readonly orgPath: OrgPath;
  /** Counts on a cap in the same transaction; negative frees room. */
  readonly plan?: { readonly cap: CapName; readonly amount: number };
}

/** Ends a hold: moves `amount` (all of it unless said otherwise) and frees the rest. */
export interface Settlement extends Entry {
  readonly holdId: string;
  readonly amount?: number;
}

/** Raises, or with a negative amount lowers, what may be planned on a cap; the first one opens it. */
export interface CapLimit {
  readonly commandId: string;
  readonly ordinal: number;
  readonly cap: CapName;
  readonly book: Book;
  readonly amount: number;
  readonly at: Instant;
  readonly orgPath: OrgPath;
}

export interface AccountOpening extends AccountParts {
  readonly book: Book;
  readonly name: AccountName;
  readonly orgPath: OrgPath;
  /** Lowest balance less holds; null = none. */
  readonly floor: number | null;
}

export function openingOf(book: Book, name: AccountName, orgPath: OrgPath): AccountOpening {
  const parts = partsOf(name);
  const rule: KindRule = KINDS[parts.kind];
  if (!rule.books.includes(book)) refuse('LEDGER_BOOK_MIXED', 'rule', { book, kind: parts.kind });
  return { ...parts, book, name, orgPath: rule.isTenantWide ? WHOLE_TENANT : orgPath, floor: rule.isSource ? null : 0 };
}

/** The accounts that these postings touch, each once; refuses what no database needs to see. */
export function openingsOf(postings: readonly Posting[]): readonly AccountOpening[] {
  const openings = new Map<string, AccountOpening>();
  for (const posting of postings) {
    assertAmount(posting.amount);
    if (posting.debit === posting.credit) refuse('LEDGER_SAME_ACCOUNT', 'invalid');
    for (const name of [posting.debit, posting.credit]) {
      openings.set(`${posting.book}:${name}`, openingOf(posting.book, name, posting.orgPath));
    }
  }
  return [...openings.values()];
}

export function assertAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount <= 0) refuse('LEDGER_AMOUNT_INVALID', 'invalid');
}

/** The posting that takes another one back, as a correction (红字冲销); the first stays as it was. */
export function reversalOf(posting: Posting, by: { commandId: string; ordinal: number; at: Instant }): Posting {
  const { plan, ...rest } = posting;
  const reversed: Posting = { ...rest, ...by, memo: 'correction', debit: posting.credit, credit: posting.debit };
  return plan ? { ...reversed, plan: { cap: plan.cap, amount: -plan.amount } } : reversed;
}

export interface Balance extends AccountParts {
  readonly id: string;
  readonly book: Book;
  readonly name: AccountName;
  readonly posted: number;
  readonly held: number;
}

export type TransferKind = 'post' | 'hold' | 'settle' | 'void';

export interface Transfer extends Entry {
  readonly id: string;
  readonly kind: TransferKind;
  readonly book: Book;
  readonly debit: AccountName;
  readonly credit: AccountName;
  readonly amount: number;
  readonly holdId: string | null;
}

/** Place in a statement, newest first. */
export interface StatementCursor {
  readonly at: Instant;
  readonly id: string;
}

export interface Cap {
  readonly cap: CapName;
  readonly book: Book;
  readonly amount: number;
  readonly planned: number;
}
