import { refuse } from '../kernel/refusal.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';

/** The tenant that `npm start` fills with invented data; no real one bears this id. */
export const SAMPLE_TENANT = 'sample';

/** Everything a route or a command may ask for (trust.md §2). */
export const PERMISSIONS = [
  'policy.read',
  'policy.edit',
  'policy.seal',
  'policy.amend',
  'calendar.edit',
  'units.read',
  'units.manage',
  'accounts.read',
  'accounts.manage',
  'accounts.grant',
  'audit.read',
  'audit.verify',
  'needs.read',
  'needs.create',
  'needs.triage',
  'needs.publish',
  'offers.read',
  'offers.create',
  'matching.read',
  'matching.run',
  'matching.confirm',
  'matching.override',
  'projects.read',
  'projects.claim',
  'projects.report',
  'projects.confirm',
  'projects.accept',
  'evaluation.read',
  'evaluation.rate',
  'evaluation.grade',
  'rounds.read',
  'rounds.setup',
  'rounds.apply',
  'rounds.review',
  'rounds.decide',
  'rounds.object',
  'meetings.read',
  'meetings.run',
  'insights.read',
  'money.read',
  'money.prepare',
  'money.approve',
  'money.reconcile',
  'payee.read',
  'payee.edit',
  'payee.approve',
  'people.read',
  'people.reveal',
  'people.export',
  'system.config',
  'system.keys',
  'system.recover',
  'system.decode',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export interface RoleRule {
  /** Holds no other role at the same time: who grants rights must not be able to use them. */
  readonly exclusive?: true;
  /** Roles that the same person may not hold at the same time. */
  readonly apartFrom?: readonly string[];
  readonly permissions: readonly Permission[];
}

const READ_ALL = [
  'policy.read',
  'units.read',
  'needs.read',
  'offers.read',
  'matching.read',
  'projects.read',
  'evaluation.read',
  'rounds.read',
  'meetings.read',
  'insights.read',
] as const satisfies readonly Permission[];

export const ROLES = {
  resident: {
    permissions: ['needs.read', 'needs.create', 'projects.read', 'evaluation.rate', 'rounds.object', 'insights.read'],
  },
  unit: {
    permissions: [
      'units.read',
      'needs.read',
      'offers.read',
      'offers.create',
      'matching.read',
      'projects.read',
      'projects.claim',
      'projects.report',
      'evaluation.read',
      'rounds.read',
      'rounds.apply',
      'rounds.object',
      'meetings.read',
      'insights.read',
      'money.read',
      'payee.read',
      'payee.edit',
    ],
  },
  applicant: {
    permissions: [
      'units.read',
      'projects.read',
      'projects.report',
      'rounds.read',
      'rounds.apply',
      'insights.read',
      'money.read',
      'payee.read',
      'payee.edit',
    ],
  },
  communityWorker: {
    permissions: [
      ...READ_ALL,
      'needs.create',
      'needs.triage',
      'projects.accept',
      'evaluation.rate',
      'meetings.run',
      'people.read',
      'people.export',
      'people.reveal',
    ],
  },
  manager: {
    permissions: [
      ...READ_ALL,
      'policy.edit',
      'calendar.edit',
      'units.manage',
      'needs.create',
      'needs.triage',
      'needs.publish',
      'offers.create',
      'matching.run',
      'matching.confirm',
      'projects.confirm',
      'projects.accept',
      'evaluation.grade',
      'rounds.setup',
      'rounds.decide',
      'meetings.run',
      'money.read',
      'people.read',
      'people.export',
    ],
  },
  leader: {
    permissions: [
      ...READ_ALL,
      'policy.seal',
      'policy.amend',
      'matching.override',
      'money.read',
      'money.approve',
      'people.read',
      'people.export',
    ],
  },
  reviewer: { permissions: ['rounds.review'] },
  fundPreparer: {
    apartFrom: ['fundApprover'],
    permissions: ['units.read', 'projects.read', 'rounds.read', 'money.read', 'money.prepare', 'money.reconcile', 'payee.read'],
  },
  fundApprover: {
    apartFrom: ['fundPreparer'],
    permissions: ['units.read', 'projects.read', 'rounds.read', 'money.read', 'money.approve', 'payee.read', 'payee.approve'],
  },
  auditor: {
    permissions: [
      ...READ_ALL,
      'accounts.read',
      'audit.read',
      'audit.verify',
      'money.read',
      'payee.read',
      'people.read',
      'people.reveal',
      'people.export',
    ],
  },
  systemAdministrator: {
    exclusive: true,
    permissions: ['units.read', 'policy.read', 'calendar.edit', 'system.config', 'system.recover', 'system.decode'],
  },
  securityAdministrator: {
    exclusive: true,
    permissions: ['units.read', 'accounts.read', 'accounts.manage', 'accounts.grant', 'system.keys', 'people.export'],
  },
  auditAdministrator: { exclusive: true, permissions: ['accounts.read', 'audit.read', 'audit.verify'] },
} as const satisfies Record<string, RoleRule>;

export type Role = keyof typeof ROLES;

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

/** None for a role this version does not know: an old grant gives nothing rather than something else. */
export function permissionsOf(role: string): readonly Permission[] {
  return isRole(role) ? ROLES[role].permissions : [];
}

/** From the first instant to just before the last; without `until` it stays. */
export interface Period {
  readonly from: Instant;
  readonly until: Instant | null;
}

export interface DatedRole extends Period {
  readonly role: string;
}

export function covers(period: Period, at: Instant): boolean {
  return period.from <= at && (period.until === null || at < period.until);
}

export function overlap(a: Period, b: Period): boolean {
  return (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until);
}

/**
 * Refuses `GRANT_EXCLUSIVE` where an administrator's role would meet another one, and `GRANT_CONFLICT` where two
 * roles would let one person do both halves of a payment.
 */
export function assertCompatible(held: readonly DatedRole[], wanted: DatedRole & { readonly role: Role }): void {
  const meanwhile = held.filter((other) => overlap(other, wanted) && other.role !== wanted.role);
  for (const other of meanwhile) {
    const roles = { role: wanted.role, other: other.role };
    if (isExclusive(wanted.role) || isExclusive(other.role)) refuse('GRANT_EXCLUSIVE', 'rule', roles);
    if (isApart(wanted.role, other.role)) refuse('GRANT_CONFLICT', 'rule', roles);
  }
}

function ruleOf(role: string): RoleRule | undefined {
  return isRole(role) ? ROLES[role] : undefined;
}

function isExclusive(role: string): boolean {
  return ruleOf(role)?.exclusive === true;
}

function isApart(a: string, b: string): boolean {
  return ruleOf(a)?.apartFrom?.includes(b) === true || ruleOf(b)?.apartFrom?.includes(a) === true;
}

/** A role at a place, with what it allows there. */
export interface EffectiveGrant {
  readonly role: string;
  readonly orgPath: OrgPath;
  readonly permissions: readonly string[];
  /** The person whose it is, where a deputy holds it. */
  readonly for?: string;
}

export interface HeldRole {
  readonly role: string;
  readonly orgPath: OrgPath;
  readonly for?: string;
  /** What of the role was lent. */
  readonly only?: readonly string[];
}

export function grantsOf(held: readonly HeldRole[]): EffectiveGrant[] {
  return held.map(({ role, orgPath, for: lender, only }) => ({
    role,
    orgPath,
    permissions: only ? permissionsOf(role).filter((it) => only.includes(it)) : permissionsOf(role),
    ...(lender !== undefined && { for: lender }),
  }));
}
