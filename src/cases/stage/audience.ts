import type { Audience } from './model.ts';

interface Grant {
  readonly role: string;
  readonly permissions: readonly string[];
}

const BODIES = ['unit', 'applicant'];

/** Nobody signed in is a resident. */
export function audienceOf(grants: readonly Grant[]): Audience {
  if (grants.some(({ permissions }) => permissions.includes('people.read'))) return 'staff';
  if (grants.some(({ role }) => BODIES.includes(role))) return 'unit';
  return grants.every(({ role }) => role === 'resident') ? 'resident' : 'other';
}
