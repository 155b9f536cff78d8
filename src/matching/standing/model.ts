import { fen, type Fen } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import type { FrozenFacts } from '../facts.ts';
import type { UnitRecord } from '../messages.ts';
import type { Plan } from '../solver/input.ts';

/** A project that looks for its next unit, since it was last moved. */
export interface SeekingProject {
  readonly projectId: string;
  readonly since: Instant;
}

/** A place that matching has promised and that no project shows yet. */
export interface Promised {
  readonly proposalId: string;
  readonly unitId: string;
}

/** Adds promised places and their budgets to what units hold; each proposal counts once. */
export function withPromises(records: readonly UnitRecord[], promised: readonly Promised[], budgetOf: ReadonlyMap<string, Fen>): UnitRecord[] {
  const known = new Map(records.map((record) => [record.unitId, record]));
  for (const { proposalId, unitId } of new Map(promised.map((promise) => [promise.proposalId, promise])).values()) {
    const record = known.get(unitId) ?? { unitId, load: 0, pledgedFen: fen(0), gradePercent: null };
    known.set(unitId, { ...record, load: record.load + 1, pledgedFen: fen(record.pledgedFen + (budgetOf.get(proposalId) ?? 0)) });
  }
  return [...known.values()];
}

/** Units that have taken on so much since the facts were frozen that the plan's places are not all free any more. */
export function overbooked(offers: FrozenFacts['offers'], plan: Plan, records: readonly UnitRecord[]): string[] {
  const loadNow = new Map(records.map(({ unitId, load }) => [unitId, load]));
  const unitOf = new Map(offers.map(({ id, unitId }) => [id, unitId]));
  const left = new Map<string, number>();
  for (const { unitId, capacity, load } of offers) {
    // Less on the account of other projects counts for nothing: it may belong to another offer.
    left.set(unitId, (left.get(unitId) ?? -Math.max(0, (loadNow.get(unitId) ?? 0) - load)) + capacity);
  }
  for (const { unit } of plan.placed) {
    if (unit !== null) left.set(unitOf.get(unit)!, left.get(unitOf.get(unit)!)! - 1);
  }
  const asked = new Set(plan.placed.flatMap(({ unit }) => (unit === null ? [] : [unitOf.get(unit)!])));
  return [...asked].filter((unitId) => left.get(unitId)! < 0);
}
