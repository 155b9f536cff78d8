import { useInfiniteQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import type { Schemas } from '../../me.ts';

const PAGE = 50;

export type Need = Schemas['Need'];

export interface Queue {
  readonly needs: readonly Need[];
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
}

/** The most urgent first: what a person works through. */
export function useQueue(state: Need['state'], communityId: string | undefined): Queue {
  const list = useInfiniteQuery({
    queryKey: ['needs', 'queue', state, communityId],
    queryFn: ({ pageParam }) =>
      read(
        api.GET('/api/v1/needs', {
          params: { query: { state, sort: 'urgency', limit: PAGE, ...(communityId && { communityId }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return {
    needs: list.data?.pages.flatMap(({ items }) => items) ?? [],
    isPending: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    isLoadingMore: list.isFetchingNextPage,
  };
}
