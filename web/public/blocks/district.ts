import { useSyncExternalStore } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../shared/api/client.ts';

const KEY = 'cobuild.district';
const listeners = new Set<() => void>();

export interface District {
  readonly id: string;
  readonly name: string;
  readonly isSample: boolean;
}

export interface Districts {
  readonly all: readonly District[];
  /** The reader's; where there is one only, that one. */
  readonly chosen: District | undefined;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

export function chooseDistrict(id: string): void {
  localStorage.setItem(KEY, id);
  for (const listener of listeners) listener();
}

/** Before the first render: a link may name the district (`/p?d=mingshan`). */
export function adoptDistrict(): void {
  const named = new URLSearchParams(location.search).get('d');
  if (named !== null) localStorage.setItem(KEY, named);
}

/** Whose public pages are read: named by a link, chosen before, or the only one there is. */
export function useDistricts(): Districts {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ['districts'],
    queryFn: () => read(api.GET('/api/v1/public/districts')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const remembered = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(KEY),
  );
  const all = data?.items ?? [];
  const chosen = all.find(({ id }) => id === remembered) ?? (all.length === 1 ? all[0] : undefined);
  return { all, chosen, isPending, error, retry: () => void refetch() };
}
