import type { Say } from '../../../shared/texts/use-texts.ts';
import type { FieldErrors } from '../error-summary.tsx';
import type { texts } from './texts.ts';

/** What every form of residents asks besides its own questions. */
export interface Resident {
  readonly communityId: string;
  readonly name: string;
  readonly phone: string;
  readonly isMinor: boolean;
  readonly guardianAgreed: boolean;
  readonly agreed: boolean;
  /** Nobody sees this field; robots fill it in. */
  readonly website: string;
}

export const NOBODY: Resident = { communityId: '', name: '', phone: '', isMinor: false, guardianAgreed: false, agreed: false, website: '' };

const PHONE = /^[+\d][\d\s-]{5,24}$/;

export function residentErrors(value: Resident, t: Say<(typeof texts)['keys'][number]>): FieldErrors {
  return {
    ...(value.communityId === '' && { communityId: t('communityMissing') }),
    ...(value.phone !== '' && !PHONE.test(value.phone.trim()) && { phone: t('phoneWrong') }),
    ...(value.isMinor && !value.guardianAgreed && { guardianAgreed: t('guardianMissing') }),
    ...(!value.agreed && { agreed: t('agreementMissing') }),
  };
}

/** As the API takes it. */
export function residentBody(value: Resident, noticeVersion: string) {
  const contact = { ...(value.name.trim() && { name: value.name.trim() }), ...(value.phone.trim() && { phone: value.phone.trim() }) };
  return {
    communityId: value.communityId,
    ...(Object.keys(contact).length > 0 && { contact }),
    consent: { agreed: true as const, noticeVersion },
    minor: value.isMinor,
    guardianAgreed: value.guardianAgreed,
    website: value.website,
  };
}
