import { useMemo } from 'react';
import { useMe } from '../me.ts';
import { useUnits } from './units.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Communities of the tenant, for a choice; with a permission only those where the reader holds it. */
export function useCommunities(permission?: string): readonly Option[] {
  const { grants } = useMe();
  const units = useUnits();
  return useMemo(() => {
    const places = permission === undefined ? undefined : grants.filter(({ permissions }) => permissions.includes(permission)).map(({ orgPath }) => orgPath);
    return [...(units.data?.values() ?? [])]
      .filter(({ kind, orgPath }) => kind === 'community' && (places === undefined || places.some((place) => orgPath.startsWith(place))))
      .map(({ id, name }) => ({ value: id, label: name }));
  }, [grants, units.data, permission]);
}

/** Units and social organisations, for a choice. */
export function useBodies(): readonly Option[] {
  const units = useUnits();
  return useMemo(
    () =>
      [...(units.data?.values() ?? [])]
        .filter(({ kind }) => kind === 'coBuildingUnit' || kind === 'socialOrganization')
        .map(({ id, name }) => ({ value: id, label: name })),
    [units.data],
  );
}
