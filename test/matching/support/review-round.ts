import type { ReviewerInput } from '../../../src/matching/reviewers/model.ts';
import { numbers } from './instances.ts';

export interface RoundSize {
  readonly applications: number;
  readonly reviewers: number;
  /** Candidates of each application. */
  readonly each: number;
  readonly perApplication: number;
}

/** Points 0 … 1000 at random; everybody reads about as much as the others. */
export function reviewRound({ applications, reviewers, each, perApplication }: RoundSize, seed: number): ReviewerInput {
  const draw = numbers(seed);
  const affinity = { application: [] as number[], reviewer: [] as number[], points: [] as number[] };
  for (let application = 0; application < applications; application++) {
    const chosen = new Set<number>();
    while (chosen.size < each) chosen.add(draw(0, reviewers - 1));
    for (const reviewer of chosen) {
      affinity.application.push(application);
      affinity.reviewer.push(reviewer);
      affinity.points.push(draw(0, 1000));
    }
  }
  const mean = (applications * perApplication) / reviewers;
  return {
    applications: Array.from({ length: applications }, (_, at) => ({ id: `a${at}` })),
    reviewers: Array.from({ length: reviewers }, (_, at) => ({ id: `r${at}` })),
    affinity,
    conflicts: [],
    perApplication,
    load: { min: Math.floor(mean * 0.8), max: Math.ceil(mean * 1.1) },
    seed,
  };
}
