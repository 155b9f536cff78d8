import { useUnits } from './units.ts';
import { useMe } from '../me.ts';

/** Bodies that the reader acts for: those at whose own place a role was given. */
export function useOwnUnits() {
  const { grants } = useMe();
  const units = useUnits();
  const places = new Set(grants.filter(({ permissions }) => permissions.includes('projects.report')).map(({ orgPath }) => orgPath));
  const own = [...(units.data?.values() ?? [])].filter(({ kind, orgPath }) => places.has(orgPath) && kind !== 'subdistrictOffice' && kind !== 'community');
  return { ...units, own };
}
