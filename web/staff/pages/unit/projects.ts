import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useLanguage } from '../../../shared/texts/use-texts.ts';
import type { Schemas } from '../../me.ts';

export type Project = Schemas['Project'];
export type Fit = Schemas['MatchingFits']['items'][number];

/** Of each project that was compared with the reader's units, how well it suits them; the best unit's. */
export function useFits(projects: readonly Project[]) {
  const language = useLanguage();
  const proposals = projects.map(({ proposalId }) => proposalId).sort();
  return useQuery({
    queryKey: ['fits', proposals, language],
    queryFn: () => read(api.GET('/api/v1/fits', { params: { query: { proposalIds: proposals.join(',') } } })),
    select: ({ items }) => new Map([...items].sort((a, b) => a.score - b.score).map((fit) => [fit.proposalId, fit])),
    enabled: proposals.length > 0,
  });
}

/** Every project on the open list that the page shows: the first hundred, soonest due first. */
export function useOpenProjects() {
  return useQuery({
    queryKey: ['projects', 'open'],
    queryFn: () => read(api.GET('/api/v1/projects', { params: { query: { status: 'listed', sort: 'due', limit: 100 } } })),
    select: ({ items }): readonly Project[] => items,
  });
}
