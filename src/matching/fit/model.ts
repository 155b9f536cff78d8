import type { Explained } from '../decision.ts';

/** How well a proposal suits one unit, by the newest plan or search that compared them. */
export interface Fit {
  readonly proposalId: string;
  readonly unitId: string;
  /** Hundredths of points. */
  readonly score: number;
  readonly parts: Readonly<Record<string, number>>;
}

/** `decisions`: oldest first. Of a unit with several offers the best counts; units without a score are left out. */
export function fitsOf(decisions: readonly { readonly proposalId: string; readonly decision: Explained }[], unitIds: ReadonlySet<string>): Fit[] {
  const newest = new Map<string, Fit>();
  for (const { proposalId, decision } of decisions) {
    const scored = [decision.best, ...decision.alternatives].flatMap((it) =>
      it?.score !== undefined && it.scoreParts !== undefined && unitIds.has(it.unitId) ? [{ ...it, score: it.score, scoreParts: it.scoreParts }] : [],
    );
    // The best last, so that it stays.
    for (const { unitId, score, scoreParts } of scored.sort((a, b) => a.score - b.score)) {
      newest.set(`${proposalId} ${unitId}`, { proposalId, unitId, score, parts: { ...scoreParts } });
    }
  }
  return [...newest.values()];
}
