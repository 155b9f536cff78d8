import type { Need } from '../../need/model.ts';

/** Needs that seem to say the same: the oldest would be kept. */
export interface ProposedCluster {
  readonly serial: number;
  readonly oldest: Need;
  readonly repeats: readonly { readonly need: Need; readonly percent: number }[];
}

export interface NeedPair {
  readonly one: string;
  readonly other: string;
}
