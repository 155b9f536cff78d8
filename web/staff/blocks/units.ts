import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../shared/api/client.ts';

const PAGE = 100;

interface Unit {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly orgPath: string;
}

/** Offices, communities and partner bodies of the tenant: a few hundred, which every page names. */
export function useUnits() {
  return useQuery({ queryKey: ['org-units'], queryFn: allUnits, staleTime: 5 * 60_000 });
}

async function allUnits(): Promise<ReadonlyMap<string, Unit>> {
  const units = new Map<string, Unit>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: Unit[]; next: string | null } = await read(
      api.GET('/api/v1/org-units', { params: { query: { limit: PAGE, ...(cursor && { cursor }) } } }),
    );
    for (const unit of page.items) units.set(unit.id, unit);
    cursor = page.next;
  }
  return units;
}

/** A unit's name by its id; the id's beginning where the reader may not see the unit. */
export function useUnitName(): (id: string) => string {
  const units = useUnits();
  return (id) => units.data?.get(id)?.name ?? '…';
}
