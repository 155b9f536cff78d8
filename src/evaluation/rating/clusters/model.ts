import { refuse } from '../../../kernel/refusal.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { EvaluationPolicy } from '../../../policy/model.ts';
import type { Ratings } from '../model.ts';

/** One rating as it came in; marks of networks are kept for a month only. */
export interface RatingMark {
  readonly stars: number;
  readonly network: string | null;
  /** Real time. */
  readonly receivedAt: Instant | null;
}

export interface Cluster {
  readonly kind: 'network' | 'minute';
  readonly raters: number;
  readonly from: Instant;
  readonly until: Instant;
}

export interface Doubts {
  readonly clusters: readonly Cluster[];
  /** Of all clusters together, each rating once. */
  readonly doubtful: Ratings;
}

/** What a person decides about them. */
export const HANDLINGS = ['count', 'leaveOut'] as const;

export type Handling = (typeof HANDLINGS)[number];

interface Timed extends RatingMark {
  readonly receivedAt: Instant;
}

type Limits = Pick<EvaluationPolicy, 'clusterRatings' | 'clusterSeconds'>;

/** Many from one network, or many at almost the same time: a day in the community hall looks like one hand that holds all slips. */
export function doubtsOf(marks: readonly RatingMark[], { clusterRatings, clusterSeconds }: Limits): Doubts {
  const timed = marks.filter((mark): mark is Timed => mark.receivedAt !== null).sort((a, b) => timeOf(a) - timeOf(b));
  const found = [
    ...byNetwork(timed).map((members) => ({ kind: 'network' as const, members })),
    ...runs(timed, clusterSeconds * 1000, clusterRatings).map((members) => ({ kind: 'minute' as const, members })),
  ].filter(({ members }) => members.length >= clusterRatings);
  const all = new Set(found.flatMap(({ members }) => members));
  return {
    clusters: found.map(({ kind, members }) => ({ kind, raters: members.length, from: members[0]!.receivedAt, until: members.at(-1)!.receivedAt })),
    doubtful: { raters: all.size, stars: [...all].reduce((sum, { stars }) => sum + stars, 0) },
  };
}

/** What an evaluation counts. Refuses `RATINGS_DOUBTFUL` while nobody has decided about clusters. */
export function countedRatings(all: Ratings, { clusters, doubtful }: Doubts, handling: Handling | undefined): Ratings {
  if (clusters.length === 0 || handling === 'count') return { raters: all.raters, stars: all.stars };
  if (handling === undefined) return refuse('RATINGS_DOUBTFUL', 'rule', { raters: all.raters, doubtful: doubtful.raters });
  return { raters: all.raters - doubtful.raters, stars: all.stars - doubtful.stars };
}

const timeOf = ({ receivedAt }: Timed): number => Date.parse(receivedAt);

function byNetwork(marks: readonly Timed[]): Timed[][] {
  const networks = new Map<string, Timed[]>();
  for (const mark of marks) {
    if (mark.network !== null) networks.set(mark.network, [...(networks.get(mark.network) ?? []), mark]);
  }
  return [...networks.values()];
}

/** Stretches of which every piece belongs to `least` ratings within the span. */
function runs(marks: readonly Timed[], spanMs: number, least: number): Timed[][] {
  const found: Timed[][] = [];
  let end = 0;
  for (let first = 0; first + least <= marks.length; first += 1) {
    const last = first + least - 1;
    if (timeOf(marks[last]!) - timeOf(marks[first]!) > spanMs) continue;
    if (found.length > 0 && first < end) found.at(-1)!.push(...marks.slice(end, last + 1));
    else found.push(marks.slice(first, last + 1));
    end = last + 1;
  }
  return found;
}
