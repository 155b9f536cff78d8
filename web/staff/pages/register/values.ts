import type { Say } from '../../../shared/texts/use-texts.ts';
import { wholeOf } from '../../blocks/form/amounts.ts';
import type { FieldErrors } from '../../blocks/form/error-summary.tsx';
import type { Schemas } from '../../me.ts';
import type { texts } from './texts.ts';

type Need = Schemas['Need'];
type Consent = Schemas['StaffAnswerBody']['consent']['channel'];

/** As typed. */
export interface Values {
  readonly communityId: string;
  readonly words: string;
  readonly publicText: string;
  readonly category: Need['category'];
  readonly channel: Need['channel'];
  readonly urgency: Need['urgency'];
  readonly people: string;
  readonly place: string;
  readonly name: string;
  readonly phone: string;
  readonly consent: Consent | '';
}

export const BLANK: Values = {
  communityId: '',
  words: '',
  publicText: '',
  category: 'other',
  channel: 'resident',
  urgency: 'routine',
  people: '1',
  place: '',
  name: '',
  phone: '',
  consent: '',
};

const PHONE = /^[+\d][\d\s-]{5,24}$/;
const isSaid = (text: string): boolean => text.trim() !== '';

export function errorsOf(values: Values, t: Say<(typeof texts)['keys'][number]>): FieldErrors {
  const people = wholeOf(values.people);
  return {
    ...(values.communityId === '' && { 'register-community': t('communityMissing') }),
    ...(!isSaid(values.words) && !isSaid(values.publicText) && { 'register-words': t('textMissing') }),
    ...((people === undefined || people === 0) && { 'register-people': t('peopleWrong') }),
    ...(isSaid(values.phone) && !PHONE.test(values.phone.trim()) && { 'register-phone': t('phoneWrong') }),
    ...((isSaid(values.name) || isSaid(values.phone)) && values.consent === '' && { 'register-consent': t('consentMissing') }),
  };
}

/** As the API takes it; only of values without faults. */
export function bodyOf({ communityId, words, publicText, category, channel, urgency, people, place, name, phone, consent }: Values): Schemas['NeedBody'] {
  return {
    communityId,
    category,
    channel,
    urgency,
    peopleAffected: wholeOf(people) ?? 1,
    ...(isSaid(place) && { place: place.trim() }),
    ...(isSaid(publicText) && { publicText: publicText.trim() }),
    raiserKind: 'staffOnBehalf',
    raiser: {
      ...(isSaid(words) && { words: words.trim() }),
      ...(isSaid(name) && { name: name.trim() }),
      ...(isSaid(phone) && { phone: phone.trim() }),
      ...(consent !== '' && { consent }),
    },
  };
}
