import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import type { Schemas } from '../../me.ts';

type Need = Schemas['Need'];

const PAGE = 100;
const MOST_PAGES = 10;

/** Needs of a community by id: to choose from, and to name those that were chosen. */
export function useNeedsOf(communityId: string) {
  return useQuery({ queryKey: ['needs', 'of', communityId], queryFn: () => allOf(communityId), enabled: communityId !== '' });
}

async function allOf(communityId: string): Promise<ReadonlyMap<string, Need>> {
  const needs = new Map<string, Need>();
  let cursor: string | null = '';
  for (let page = 0; page < MOST_PAGES && cursor !== null; page += 1) {
    const found: { items: Need[]; next: string | null } = await read(
      api.GET('/api/v1/needs', { params: { query: { communityId, limit: PAGE, ...(cursor && { cursor }) } } }),
    );
    for (const need of found.items) needs.set(need.id, need);
    cursor = found.next;
  }
  return needs;
}
