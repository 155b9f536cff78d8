import { useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api, read } from '../../shared/api/client.ts';
import { useCommand } from '../../shared/api/command.ts';
import type { Me } from '../me.ts';

/** Asked for again, or put away; before either the account decides. */
let wanted: boolean | undefined;
const listeners = new Set<() => void>();

function want(isOpen: boolean): void {
  wanted = isOpen;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function openGuide(): void {
  want(true);
  scrollTo(0, 0);
}

/** Whether the guide is shown: on a first visit where work begins, and wherever it is asked for. Put away it stays so, for this account on every device. */
export function useGuide({ account: { guideSeen } }: Me, isHome: boolean): readonly [boolean, () => void] {
  const queries = useQueryClient();
  const asked = useSyncExternalStore(listen, () => wanted);
  const see = useCommand(
    (_: null, header) => read(api.PUT('/api/v1/me/guide', { params: { header } })),
    () => void queries.invalidateQueries({ queryKey: ['me'] }),
  );
  const putAway = (): void => {
    want(false);
    if (!guideSeen) void see.run(null);
  };
  return [asked ?? (isHome && !guideSeen), putAway];
}
