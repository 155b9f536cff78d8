import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../shared/api/client.ts';
import { useUnitName } from './units.ts';

const STALE_MS = 5 * 60_000;

/** A proposal by number and title. */
export function ProposalName({ id }: { readonly id: string }) {
  const found = useQuery({
    queryKey: ['proposal', id],
    queryFn: () => read(api.GET('/api/v1/proposals/{id}', { params: { path: { id } } })),
    staleTime: STALE_MS,
  });
  return <>{found.data ? `${found.data.number} ${found.data.title}` : '…'}</>;
}

/** Whose offer it is; each is asked for once. */
export function OfferUnit({ id }: { readonly id: string }) {
  const unitName = useUnitName();
  const found = useQuery({
    queryKey: ['offer', id],
    queryFn: () => read(api.GET('/api/v1/offers/{id}', { params: { path: { id } } })),
    staleTime: STALE_MS,
  });
  return <>{found.data ? unitName(found.data.unitId) : '…'}</>;
}

/** A project by number and title. */
export function ProjectName({ id }: { readonly id: string }) {
  const found = useQuery({
    queryKey: ['project', id],
    queryFn: () => read(api.GET('/api/v1/projects/{id}', { params: { path: { id } } })),
    staleTime: STALE_MS,
  });
  return <>{found.data ? `${found.data.number} ${found.data.title}` : '…'}</>;
}
