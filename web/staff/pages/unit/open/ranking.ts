import type { Schemas } from '../../../me.ts';
import type { Fit, Project } from '../projects.ts';

interface Known {
  readonly fits: ReadonlyMap<string, Fit>;
  readonly offers: readonly Schemas['Offer'][];
}

/** By the points of matching where it compared them, then by what the unit says that it can give and where; soonest due first. */
export function ranked(projects: readonly Project[], { fits, offers }: Known): Project[] {
  const suits = ({ category, communityId }: Project): number => {
    const fitting = offers.filter(({ categories }) => categories.some((it) => it === category));
    if (fitting.length === 0) return 0;
    return fitting.some(({ communityIds }) => communityIds.length === 0 || communityIds.includes(communityId)) ? 2 : 1;
  };
  const points = ({ proposalId }: Project): number => fits.get(proposalId)?.score ?? 0;
  return [...projects].sort((a, b) => points(b) - points(a) || suits(b) - suits(a));
}
