import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../shared/api/client.ts';
import type { paths } from '../../shared/api/schema.d.ts';

const PAGE = 100;

export type Unit = paths['/api/v1/org-units']['get']['responses'][200]['content']['application/json']['items'][number];

type Units = ReadonlyMap<string, Unit>;

/** Offices, communities and partner bodies of the tenant that can still be chosen: a few hundred, which every page names. */
export function useUnits() {
  return useQuery({ ...all, select: present });
}

/** Also those that have left. */
export function useEveryUnit() {
  return useQuery(all);
}

const all = { queryKey: ['org-units', 'every'], queryFn: allUnits, staleTime: 5 * 60_000 };

function present(units: Units): Units {
  return new Map([...units].filter(([, { leftOn }]) => leftOn === null));
}

async function allUnits(): Promise<Units> {
  const units = new Map<string, Unit>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: Unit[]; next: string | null } = await read(
      api.GET('/api/v1/org-units', { params: { query: { limit: PAGE, left: 'true', ...(cursor && { cursor }) } } }),
    );
    for (const unit of page.items) units.set(unit.id, unit);
    cursor = page.next;
  }
  return units;
}

/** A unit's name by its id, also once it has left. */
export function useUnitName(): (id: string) => string {
  const units = useEveryUnit();
  return (id) => units.data?.get(id)?.name ?? '…';
}
