import { createContext, useContext } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../shared/api/client.ts';
import { asProblem } from '../shared/api/problem.ts';
import { mayBeSignedIn, rememberSignedIn } from '../shared/api/session.ts';
import type { components, paths } from '../shared/api/schema.d.ts';

export type Schemas = components['schemas'];
export type Me = paths['/api/v1/me']['get']['responses'][200]['content']['application/json'];

/** Who is signed in; null where nobody is. */
export function useMeQuery() {
  return useQuery({ queryKey: ['me'], queryFn: readMe, staleTime: 60_000 });
}

async function readMe(): Promise<Me | null> {
  if (!mayBeSignedIn()) return null;
  return read(api.GET('/api/v1/me')).catch((error: unknown) => {
    if (asProblem(error)?.status !== 401) throw error;
    rememberSignedIn(false);
    return null;
  });
}

export const MeContext = createContext<Me | undefined>(undefined);

/** Below the shell somebody is always signed in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe is for pages below the shell');
  return me;
}

export function holds(me: Me, permission: string): boolean {
  return me.grants.some(({ permissions }) => permissions.includes(permission));
}

/** Also what only waits for the second factor: asking for it brings that up. */
export function mayAsk(me: Me, permission: string): boolean {
  return holds(me, permission) || me.withheld.includes(permission);
}

/** 催办: who may ask others to see to what waits for them. */
export function mayRemind(me: Me): boolean {
  return holds(me, 'projects.confirm') || holds(me, 'projects.accept');
}

export function hasRole(me: Me, ...roles: readonly string[]): boolean {
  return me.grants.some(({ role }) => roles.includes(role));
}
