import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';

/** The unit's points and the ledger account that holds them; one with no points yet has no account. */
export function usePoints(unitId: string) {
  return useQuery({
    queryKey: ['points', unitId],
    queryFn: () => read(api.GET('/api/v1/ledger/accounts', { params: { query: { subjectId: unitId } } })),
    select: ({ items }) => {
      const account = items.find(({ kind }) => kind === 'ratingEarned');
      return { accountId: account?.id, posted: account?.posted ?? 0 };
    },
  });
}
