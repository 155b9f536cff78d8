import { refuse } from '../../kernel/refusal.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { accountOf, capOf, type Balance, type Posting } from '../../ledger/model.ts';
import type { MicroProjectPolicy } from '../../policy/model.ts';

/** In the order in which a contribution becomes real; each step moves it to the next account. */
export type FundingStep = 'pledge' | 'deliver' | 'verify';

/** Cash and the value of goods in fen, service in minutes. */
export type FundingBook = 'money' | 'inKind' | 'hours';

/** A pledge may come before a lead is found; the rest needs somebody who answers for it. */
const OPEN_FOR: Readonly<Record<FundingStep, readonly string[]>> = {
  pledge: ['listed', 'offered', 'claimed', 'agreed', 'implementing', 'acceptance', 'rectifying'],
  deliver: ['claimed', 'agreed', 'implementing', 'acceptance', 'rectifying'],
  verify: ['claimed', 'agreed', 'implementing', 'acceptance', 'rectifying'],
};

/** Refuses `PROJECT_FUNDING_CLOSED` (409): also what freezes money while a project has no lead. */
export function assertOpenFor(step: FundingStep, status: string): void {
  if (!OPEN_FOR[step].includes(status)) refuse('PROJECT_FUNDING_CLOSED', 'state', { step, status });
}

/** Refuses `PROJECT_COFUNDING_OFF` (422): where the policy says so, only the lead unit pledges. */
export function assertCoFunding(policy: MicroProjectPolicy, project: { readonly leadUnit: string | null }, unitId: string): void {
  if (!policy.coFunding && project.leadUnit !== unitId) refuse('PROJECT_COFUNDING_OFF', 'rule');
}

export interface Contribution {
  readonly commandId: string;
  readonly projectId: string;
  readonly orgPath: OrgPath;
  readonly funderId: string;
  readonly book: FundingBook;
  readonly amount: number;
  readonly at: Instant;
}

/** One transfer a step: pledged → delivered → verified; cash pledges count on the project's need. */
export function fundingPosting(step: FundingStep, contribution: Contribution): Posting {
  const { projectId, funderId, book, amount, at, orgPath, commandId } = contribution;
  const pledged = accountOf('pledged', projectId, funderId);
  const delivered = accountOf('delivered', projectId, funderId);
  const common = { commandId, ordinal: 0, at, book, amount, orgPath };
  switch (step) {
    case 'pledge': {
      const posting: Posting = { ...common, memo: 'pledge', debit: accountOf('funder', funderId), credit: pledged };
      return book === 'money' ? { ...posting, plan: { cap: capOf('projectNeed', projectId), amount } } : posting;
    }
    case 'deliver':
      return { ...common, memo: 'delivery', debit: pledged, credit: delivered };
    case 'verify':
      return { ...common, memo: 'verification', debit: delivered, credit: accountOf('verified', projectId, funderId) };
  }
}

/** What was promised and not brought goes back, by the unit that leaves or by all; the need is open again by as much. */
export function releasePostings(
  balances: readonly Balance[],
  leaver: { projectId: string; unitId?: string; orgPath: OrgPath; commandId: string; at: Instant },
): readonly Posting[] {
  const { projectId, unitId, orgPath, commandId, at } = leaver;
  return balances
    .flatMap(({ partyId, ...balance }) => (partyId === null ? [] : [{ ...balance, partyId }]))
    .filter(({ kind, partyId, posted }) => kind === 'pledged' && (unitId ?? partyId) === partyId && posted > 0)
    .map((balance, index): Posting => {
      const posting: Posting = {
        commandId,
        ordinal: index + 1,
        memo: 'pledgeReleased',
        at,
        book: balance.book,
        orgPath,
        debit: balance.name,
        credit: accountOf('funder', balance.partyId),
        amount: balance.posted,
      };
      const plan = { cap: capOf('projectNeed', projectId), amount: -balance.posted };
      return balance.book === 'money' ? { ...posting, plan } : posting;
    });
}

export interface FundingLine {
  readonly funderId: string;
  readonly book: FundingBook;
  /** Everything ever promised and not taken back. */
  readonly pledged: number;
  /** Everything that arrived. */
  readonly delivered: number;
  /** What the community has checked: only this is counted. */
  readonly verified: number;
}

export function fundingLines(balances: readonly Balance[]): readonly FundingLine[] {
  const lines = new Map<string, { open: number; arrived: number; verified: number; line: Pick<FundingLine, 'funderId' | 'book'> }>();
  for (const { kind, partyId, book, posted } of balances) {
    if (partyId === null || (book !== 'money' && book !== 'inKind' && book !== 'hours')) continue;
    const key = `${partyId}/${book}`;
    const sum = lines.get(key) ?? { open: 0, arrived: 0, verified: 0, line: { funderId: partyId, book } };
    if (kind === 'pledged') sum.open += posted;
    if (kind === 'delivered') sum.arrived += posted;
    if (kind === 'verified') sum.verified += posted;
    lines.set(key, sum);
  }
  return [...lines.values()]
    .map(({ open, arrived, verified, line }) => ({
      ...line,
      pledged: open + arrived + verified,
      delivered: arrived + verified,
      verified,
    }))
    .sort((a, b) => (a.funderId + a.book < b.funderId + b.book ? -1 : 1));
}
