import type { Say } from '../../../shared/texts/use-texts.ts';
import type { Schemas } from '../../me.ts';
import type { FieldErrors } from '../form/error-summary.tsx';
import type { texts } from './texts.ts';

type Body = Schemas['StaffNeedBody'];

/** Who speaks and how they agreed, as typed. */
export interface Resident {
  readonly name: string;
  readonly phone: string;
  readonly isMinor: boolean;
  readonly guardianAgreed: boolean;
  readonly consent: Body['consent']['channel'] | '';
}

/** What the resident is told before they agree. */
export type Told = Pick<Schemas['NeedsForm'], 'notice' | 'guardianBelowAge'>;

export const NOBODY: Resident = { name: '', phone: '', isMinor: false, guardianAgreed: false, consent: '' };

const PHONE = /^[+\d][\d\s-]{5,24}$/;

export function residentErrors({ guardianBelowAge: age }: Told, { phone, isMinor, guardianAgreed, consent }: Resident, t: Say<(typeof texts)['keys'][number]>): FieldErrors {
  return {
    ...(phone.trim() !== '' && !PHONE.test(phone.trim()) && { 'resident-phone': t('phoneWrong') }),
    ...(isMinor && !guardianAgreed && { 'resident-guardian': t('guardianMissing', { age }) }),
    ...(consent === '' && { 'resident-consent': t('consentMissing') }),
  };
}

/** As the API takes it; undefined where nobody has said how the resident agreed. */
export function residentBody({ notice }: Told, { consent, isMinor, guardianAgreed, ...typed }: Resident): Pick<Body, 'contact' | 'consent' | 'minor' | 'guardianAgreed'> | undefined {
  if (consent === '') return undefined;
  const [name, phone] = [typed.name.trim(), typed.phone.trim()];
  return {
    ...((name !== '' || phone !== '') && { contact: { ...(name !== '' && { name }), ...(phone !== '' && { phone }) } }),
    consent: { noticeVersion: notice.version, channel: consent },
    minor: isMinor,
    guardianAgreed,
  };
}
