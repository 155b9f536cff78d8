import type { Choice } from './facts.ts';
import type { Plan } from './solver/input.ts';

export interface Move {
  readonly proposalId: string;
  /** Offers; null = nobody. */
  readonly from: string | null;
  readonly to: string | null;
}

/** What a plan changes against the one before it; points in hundredths. */
export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly value: { readonly before: number; readonly after: number };
  /** Proposals that only one of the two plans knows. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly moved: readonly Move[];
  /** Choices of the earlier plan that could not be kept. */
  readonly dropped: readonly Choice[];
}

export interface Revision {
  readonly revision: number;
  readonly plan: Plan;
  readonly choices: readonly Choice[];
}

/** In the order of the later plan; what is gone comes in the order of the earlier one. */
export function differenceBetween(before: Revision, after: Revision): Difference {
  const earlier = new Map(before.plan.placed.map(({ need, unit }) => [need, unit]));
  const later = new Set(after.plan.placed.map(({ need }) => need));
  const kept = new Set(after.choices.map(choiceKey));
  return {
    from: before.revision,
    to: after.revision,
    value: { before: valueOf(before.plan), after: valueOf(after.plan) },
    added: after.plan.placed.filter(({ need }) => !earlier.has(need)).map(({ need }) => need),
    removed: [...earlier.keys()].filter((need) => !later.has(need)),
    moved: movesBetween(before.plan, after.plan),
    dropped: before.choices.filter((choice) => !kept.has(choiceKey(choice))),
  };
}

/** Proposals in both plans that go elsewhere. */
export function movesBetween(before: Plan, after: Plan): Move[] {
  const earlier = new Map(before.placed.map(({ need, unit }) => [need, unit]));
  return after.placed.flatMap(({ need, unit }) => {
    const from = earlier.get(need);
    return from === undefined || from === unit ? [] : [{ proposalId: need, from, to: unit }];
  });
}

export function valueOf({ placed }: Plan): number {
  return placed.reduce((sum, { value }) => sum + value, 0);
}

function choiceKey({ proposalId, offerId, forbid = false }: Choice): string {
  return `${proposalId} ${offerId} ${forbid}`;
}
