import type { Claim } from './claims.ts';
import type { Support, TieGroup } from './model.ts';

/** What a rule says, before it is told project by project. */
export interface Outcome {
  readonly funded: readonly Claim[];
  readonly undecided?: readonly Claim[];
  readonly nearLine?: readonly Claim[];
  readonly ties?: readonly TieGroup[];
  /** Losers of an equal claim. */
  readonly tied: ReadonlySet<Claim>;
  readonly best?: { readonly value: number; readonly isExact: boolean };
  readonly endowment?: { readonly raised: number; readonly voters: number };
  readonly support?: ReadonlyMap<Claim, Support>;
  /** Points a loser lacks; undefined where nobody knows. */
  readonly pointsMissing: (loser: Claim) => number | undefined;
}
