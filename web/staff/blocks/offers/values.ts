import type { Schemas } from '../../me.ts';
import { fenOf, typedYuan, wholeOf } from '../form/amounts.ts';
import type { FieldErrors } from '../form/error-summary.tsx';
import type { Say } from '../../../shared/texts/use-texts.ts';
import type { texts } from './texts.ts';

export type Offer = Schemas['Offer'];

/** As typed. */
export interface OfferValues {
  readonly unitId: string;
  readonly description: string;
  readonly categories: readonly Schemas['Category'][];
  readonly communityIds: readonly string[];
  readonly capacity: string;
  readonly funds: string;
  readonly hours: string;
  readonly fromOn: string;
  readonly untilOn: string;
}

export const newOffer = (unitId: string, today: string): OfferValues => ({
  unitId,
  description: '',
  categories: [],
  communityIds: [],
  capacity: '1',
  funds: '0',
  hours: '0',
  fromOn: today,
  untilOn: '',
});

export const offerValues = (offer: Offer): OfferValues => ({
  unitId: offer.unitId,
  description: offer.description,
  categories: offer.categories,
  communityIds: offer.communityIds,
  capacity: String(offer.capacity),
  funds: typedYuan(offer.fundsFen),
  hours: String(offer.hours),
  fromOn: offer.fromOn,
  untilOn: offer.untilOn ?? '',
});

export function offerErrors(values: OfferValues, t: Say<(typeof texts)['keys'][number]>): FieldErrors {
  const capacity = wholeOf(values.capacity);
  return {
    ...(values.unitId === '' && { 'offer-unit': t('unitMissing') }),
    ...(values.description.trim() === '' && { 'offer-description': t('descriptionMissing') }),
    ...(values.categories.length === 0 && { 'offer-categories': t('categoriesMissing') }),
    ...((capacity === undefined || capacity === 0) && { 'offer-capacity': t('capacityWrong') }),
    ...(fenOf(values.funds) === undefined && { 'offer-funds': t('fundsWrong') }),
    ...(wholeOf(values.hours) === undefined && { 'offer-hours': t('hoursWrong') }),
    ...(values.fromOn === '' && { 'offer-from': t('fromMissing') }),
    ...(values.untilOn !== '' && values.untilOn < values.fromOn && { 'offer-until': t('reversed') }),
  };
}

/** As the API takes it; only of values without faults. */
export function offerBody(values: OfferValues) {
  return {
    description: values.description.trim(),
    categories: [...values.categories],
    communityIds: [...values.communityIds],
    capacity: wholeOf(values.capacity) ?? 1,
    fundsFen: fenOf(values.funds) ?? 0,
    hours: wholeOf(values.hours) ?? 0,
    fromOn: values.fromOn,
    untilOn: values.untilOn === '' ? null : values.untilOn,
  };
}
