import { useInfiniteQuery } from '@tanstack/react-query';
import { api, read } from '../../shared/api/client.ts';
import { useLanguage } from '../../shared/texts/use-texts.ts';

const POLL_MS = 60_000;
const PAGE = 20;

export function useInbox() {
  const language = useLanguage();
  return useInfiniteQuery({
    queryKey: ['inbox', language],
    queryFn: ({ pageParam }) =>
      read(api.GET('/api/v1/inbox', { params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: POLL_MS,
  });
}
