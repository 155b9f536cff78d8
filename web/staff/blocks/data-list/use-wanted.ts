import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Filter, Wanted } from './columns.ts';

/** Filters and sort live in the address: a list can be bookmarked, sent, and opened from a number elsewhere. */
export function useWanted(filters: readonly Filter[]): readonly [Wanted, (change: Readonly<Record<string, string | undefined>>) => void] {
  const [search, setSearch] = useSearchParams();
  const keys = useMemo(() => [...filters.map(({ key }) => key), 'sort'], [filters]);
  const wanted: Wanted = Object.fromEntries(keys.flatMap((key) => (search.get(key) ? [[key, search.get(key) ?? '']] : [])));
  const change = (next: Readonly<Record<string, string | undefined>>): void => {
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [key, value] of Object.entries(next)) {
          if (value === undefined || value === '') after.delete(key);
          else after.set(key, value);
        }
        return after;
      },
      { replace: true },
    );
  };
  return [wanted, change];
}
