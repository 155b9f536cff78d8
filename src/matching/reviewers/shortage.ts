import type { Shortage } from './model.ts';
import { NONE } from './problem.ts';
import type { Seating } from './seating.ts';

/**
 * The smallest reason why there is no assignment, read off the fullest seating there is. Both kinds prove themselves:
 * whoever counts `available` from the input sees that it is less than `needed`.
 */
export function shortageOf(seating: Seating): Shortage | undefined {
  return seatsMissing(seating) ?? loadMissing(seating);
}

/** From applications with empty seats over every pair that could still be seated to the full reviewers, and to what those read. */
function seatsMissing(seating: Seating): Shortage | undefined {
  const { problem, taken, load, isSeated } = seating;
  const { perApplication, start, reviewer: reviewerOf, applicationOf } = problem;
  const applications = new Set<number>();
  taken.forEach((seats, application) => seats < perApplication && applications.add(application));
  if (applications.size === 0) return undefined;
  const reviewers = new Set<number>();
  // A set takes in what is added while it is gone through.
  for (const application of applications) {
    for (let pair = start[application]!; pair < start[application + 1]!; pair++) {
      const reviewer = reviewerOf[pair]!;
      if (isSeated[pair] === 1 || reviewers.has(reviewer)) continue;
      reviewers.add(reviewer);
      for (let read = seating.firstPair(reviewer); read !== NONE; read = seating.nextPair(read)) applications.add(applicationOf[read]!);
    }
  }
  let available = 0;
  for (const reviewer of reviewers) available += load[reviewer]!;
  for (const application of applications) {
    for (let pair = start[application]!; pair < start[application + 1]!; pair++) if (!reviewers.has(reviewerOf[pair]!)) available++;
  }
  return told(seating, { of: 'seats', needed: perApplication * applications.size, available, applications, reviewers });
}

/** From reviewers below their least load to all who could pass work on to them, none of whom has any to spare. */
function loadMissing(seating: Seating): Shortage | undefined {
  const { problem, load, isSeated } = seating;
  const { perApplication, min, start, reviewer: reviewerOf, applicationOf } = problem;
  const reviewers = new Set<number>();
  load.forEach((count, reviewer) => count < min[reviewer]! && reviewers.add(reviewer));
  if (reviewers.size === 0) return undefined;
  const applications = new Set<number>();
  for (let grown = true; grown; ) {
    grown = false;
    for (let pair = 0; pair < applicationOf.length; pair++) {
      const application = applicationOf[pair]!;
      if (isSeated[pair] === 1 || applications.has(application) || !reviewers.has(reviewerOf[pair]!)) continue;
      applications.add(application);
      grown = true;
      for (let held = start[application]!; held < start[application + 1]!; held++) if (isSeated[held] === 1) reviewers.add(reviewerOf[held]!);
    }
  }
  let [needed, available] = [0, 0];
  for (const reviewer of reviewers) needed += min[reviewer]!;
  problem.applications.forEach((_, application) => {
    let among = 0;
    for (let pair = start[application]!; pair < start[application + 1]!; pair++) if (reviewers.has(reviewerOf[pair]!)) among++;
    available += Math.min(perApplication, among);
    if (among > 0) applications.add(application);
  });
  return told(seating, { of: 'load', needed, available, applications, reviewers });
}

interface Cut extends Pick<Shortage, 'of' | 'needed' | 'available'> {
  readonly applications: ReadonlySet<number>;
  readonly reviewers: ReadonlySet<number>;
}

function told({ problem, taken, load }: Seating, { applications, reviewers, ...cut }: Cut): Shortage {
  const inOrder = (places: ReadonlySet<number>): number[] => [...places].sort((a, b) => a - b);
  return {
    outcome: 'short',
    ...cut,
    applications: inOrder(applications).map((at) => ({
      application: problem.applications[at]!,
      candidates: problem.start[at + 1]! - problem.start[at]!,
      missing: problem.perApplication - taken[at]!,
    })),
    reviewers: inOrder(reviewers).map((at) => ({
      reviewer: problem.reviewers[at]!,
      load: load[at]!,
      missing: Math.max(0, problem.min[at]! - load[at]!),
    })),
  };
}
