import { dayOf, dayOfDeadline } from '../../../shared/format/time.ts';

/** The page that lists the rows of an API's address: filters have the same names, but days instead of instants. */
export function pageOfDoor(door: string): string {
  const { pathname, searchParams } = new URL(door, location.origin);
  const from = searchParams.get('dueFrom');
  const before = searchParams.get('dueBefore');
  if (from !== null) searchParams.set('dueFrom', dayOf(from));
  if (before !== null) {
    searchParams.delete('dueBefore');
    searchParams.set('dueBy', dayOfDeadline(before));
  }
  return `${pathname.replace('/api/v1', '')}?${searchParams.toString()}`;
}
