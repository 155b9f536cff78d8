import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import type { Schemas } from '../../me.ts';
import { ClusterCards } from './cluster.tsx';

const LOOKED_THROUGH = 100;

/** What seems to say the same as this need, if anything does. */
export function Alike({ need: { id } }: { readonly need: Schemas['NeedDetail'] }) {
  const clusters = useQuery({
    queryKey: ['needs', 'duplicates', 'first'],
    queryFn: () => read(api.GET('/api/v1/needs/duplicates', { params: { query: { limit: LOOKED_THROUGH } } })),
  });
  const found = clusters.data?.items.find(({ oldest, repeats }) => oldest.id === id || repeats.some(({ need }) => need.id === id));
  return found ? <ClusterCards cluster={found} /> : null;
}
