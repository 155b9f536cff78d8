import type { Role } from '../accounts/model.ts';

export interface SampleAccount {
  readonly login: string;
  readonly role: Role;
}

/** The office's accounts, there from the first day on; other people of the year act through tokens. */
export const SAMPLE_ACCOUNTS: readonly SampleAccount[] = [
  { login: 'manager', role: 'manager' },
  { login: 'worker', role: 'communityWorker' },
  { login: 'leader1', role: 'leader' },
  { login: 'leader2', role: 'leader' },
  { login: 'auditor', role: 'auditor' },
  { login: 'security', role: 'securityAdministrator' },
];

/** Speak for the units that hold something in the present quarter; they come with it. */
export const UNIT_LOGINS: readonly string[] = ['unit1', 'unit2', 'unit3'];
/** Of a social organisation that carries projects out for the units. */
export const ORGANISATION_LOGIN = 'org';
export const RESIDENT_LOGIN = 'resident';

/** Everyone who can sign in once the sample is complete. */
export const allAccounts: readonly SampleAccount[] = [
  ...SAMPLE_ACCOUNTS,
  ...UNIT_LOGINS.map((login) => ({ login, role: 'unit' as const })),
  { login: ORGANISATION_LOGIN, role: 'applicant' },
  { login: RESIDENT_LOGIN, role: 'resident' },
];
