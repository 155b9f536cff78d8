import { permissionsOf, type Role } from '../../../src/accounts/model.ts';
import { idNamesOf, type Operation } from '../../support/operations.ts';

/** Where the thing lies that the route names: in one's own place, a sibling branch, another tenant, nowhere, unreadable. */
export const POSITIONS = ['own', 'sibling', 'foreign', 'absent', 'malformed'] as const;
export type Position = (typeof POSITIONS)[number];

export interface Asked {
  readonly operation: Operation;
  readonly role: Role;
  readonly position: Position;
  readonly status: number;
  readonly code: string;
}

/** Where several permissions stand, what is asked about decides which one counts. */
const BY_SUBJECT: Readonly<Record<string, string>> = {
  'kind=needs': 'needs.triage',
  'kind=offers': 'offers.create',
  'kind=projects': 'projects.confirm',
  'kind=proposals': 'needs.triage',
  'list=needs': 'needs.read',
  'list=projects': 'projects.read',
  'list=resources': 'offers.read',
};

function holds(role: Role, wanted: readonly string[]): boolean {
  const held: readonly string[] = permissionsOf(role);
  return wanted.some((permission) => held.includes(permission));
}

/** What the guard decides, from the route alone. */
export function isLetIn({ access }: Operation, role: Role): boolean {
  return access === 'signedIn' || holds(role, access.split(' | '));
}

/** What the use case decides, from what is asked about. */
export function mayDo(operation: Operation, role: Role): boolean {
  const [, subject] = operation.name.split('; ');
  return isLetIn(operation, role) && (subject === undefined || holds(role, [BY_SUBJECT[subject]!]));
}

/** Routes that name a thing are asked for it in every position, the others for what is one's own. */
export function positionsOf(operation: Operation): readonly Position[] {
  return idNamesOf(operation).length > 0 ? POSITIONS : ['own'];
}

/** Everything that follows from the declared permissions and from where the thing lies, whatever the route does. */
export function derivedFaults(asked: readonly Asked[]): string[] {
  const answers = new Map(asked.map((it) => [`${it.operation.name} ${it.role} ${it.position}`, it]));
  return asked.flatMap((it) => {
    const { operation, role, position, status, code } = it;
    const absent = answers.get(`${operation.name} ${role} absent`);
    const wanted = wantedOf(it, absent);
    return wanted === undefined || wanted.test(`${status} ${code}`) ? [] : [`${operation.name} as ${role}, ${position}: ${status} ${code}, not ${wanted.source}`];
  });
}

/** Status and code; undefined where nothing tells. */
function wantedOf({ operation, role, position }: Asked, absent: Asked | undefined): RegExp | undefined {
  if (!isLetIn(operation, role)) return /^403 FORBIDDEN$/;
  if (position === 'malformed') return /^400 /;
  // Nothing is looked at before the key.
  if (position === 'own' && operation.isKeyed) return /^400 IDEMPOTENCY_KEY_MISSING$/;
  if (!mayDo(operation, role)) return /^403 FORBIDDEN$/;
  if (position === 'foreign') return absent && new RegExp(`^${absent.status} ${absent.code}$`);
  if (position === 'absent') return /^4(0[0459]|12|22) /;
  return position === 'sibling' ? siblingOf(operation) : /^(200 |4(00|04|09|15|22) )/;
}

/** What everybody in a tenant may read who reads such things at all; households, submissions, people and awards are not among them. */
const TENANT_WIDE = /^\/api\/v1\/(matching-runs|offers|org-units|projects|surveys)\//;

/** Of what everybody may know of: for its place and the bodies that take part. */
const FILE_OF_PROJECT = /^\/api\/v1\/projects\/\{id\}\/(contents|evaluation|files|documents)\b/;

/** Commands whose place is not looked at first: why. */
const LATER: Readonly<Record<string, RegExp>> = {
  // Partner bodies belong to the whole tenant.
  'PATCH /api/v1/org-units/{id}': /^412 /,
  'POST /api/v1/org-units/{id}/close': /^412 /,
  'POST /api/v1/org-units/{id}/memberships': /^422 /,
  'POST /api/v1/org-units/{id}/memberships/end': /^422 /,
  // The survey's state is looked at before the community that the body names.
  'POST /api/v1/surveys/{id}/answers': /^422 /,
  // Nobody anywhere can be linked where no provider is configured.
  'POST /api/v1/accounts/{id}/identities': /^422 /,
};

function siblingOf({ name, path, isKeyed }: Operation): RegExp {
  if (isKeyed) return LATER[name] ?? /^40[34] /;
  if (FILE_OF_PROJECT.test(path)) return /^403 PROJECT_FILE_ELSEWHERE$/;
  return TENANT_WIDE.test(path) ? /^(200|404) / : /^404 /;
}
