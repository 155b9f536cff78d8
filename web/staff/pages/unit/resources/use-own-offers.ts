import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import type { Schemas } from '../../../me.ts';

const MOST = 100;

/** What the unit says that it can give, newest first. */
export function useOwnOffers(unitId: string | undefined) {
  return useQuery({
    queryKey: ['offers', unitId],
    queryFn: () => read(api.GET('/api/v1/offers', { params: { query: { limit: MOST, ...(unitId !== undefined && { unitId }) } } })),
    select: ({ items }): readonly Schemas['Offer'][] => items,
    enabled: unitId !== undefined,
  });
}
