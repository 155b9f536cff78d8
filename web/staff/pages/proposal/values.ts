import type { Say } from '../../../shared/texts/use-texts.ts';
import { fenOf, typedYuan, wholeOf } from '../../blocks/form/amounts.ts';
import type { FieldErrors } from '../../blocks/form/error-summary.tsx';
import type { Schemas } from '../../me.ts';
import type { texts } from './texts.ts';

export type Proposal = Schemas['Proposal'];
type Category = Schemas['Category'];

/** As typed. */
export interface Values {
  readonly communityId: string;
  readonly title: string;
  readonly description: string;
  readonly category: Category;
  readonly capability: Category;
  readonly budget: string;
  readonly hours: string;
  readonly people: string;
  readonly fromOn: string;
  readonly untilOn: string;
  readonly sharedProperty: boolean;
  readonly implementerId: string;
  readonly needIds: readonly string[];
}

export const newValues = (communityId: string, category: Category, needIds: readonly string[]): Values => ({
  communityId,
  title: '',
  description: '',
  category,
  capability: category,
  budget: '0',
  hours: '0',
  people: '0',
  fromOn: '',
  untilOn: '',
  sharedProperty: false,
  implementerId: '',
  needIds,
});

export const valuesOf = (proposal: Proposal): Values => ({
  communityId: proposal.communityId,
  title: proposal.title,
  description: proposal.description,
  category: proposal.category,
  capability: proposal.capability,
  budget: typedYuan(proposal.budgetFen),
  hours: String(proposal.hours),
  people: String(proposal.peopleExpected),
  fromOn: proposal.fromOn,
  untilOn: proposal.untilOn,
  sharedProperty: proposal.sharedProperty,
  implementerId: proposal.implementerId ?? '',
  needIds: proposal.needIds,
});

/** What the chosen needs already say, where nothing else was typed: their category, and how many people they concern. */
export function knownFrom(values: Values, before: readonly Schemas['Need'][], chosen: readonly Schemas['Need'][]): Partial<Values> {
  const peopleOf = (needs: readonly Schemas['Need'][]): string => String(needs.reduce((sum, { peopleAffected }) => sum + peopleAffected, 0));
  const category = values.category === 'other' ? chosen[0]?.category : undefined;
  return {
    ...(category && { category, ...(values.capability === 'other' && { capability: category }) }),
    ...(values.people === peopleOf(before) && { people: peopleOf(chosen) }),
  };
}

export function errorsOf(values: Values, t: Say<(typeof texts)['keys'][number]>): FieldErrors {
  return {
    ...(values.communityId === '' && { 'proposal-community': t('communityMissing') }),
    ...(values.title.trim() === '' && { 'proposal-title': t('nameMissing') }),
    ...(values.description.trim() === '' && { 'proposal-description': t('descriptionMissing') }),
    ...(values.needIds.length === 0 && { 'proposal-needs': t('needsMissing') }),
    ...(fenOf(values.budget) === undefined && { 'proposal-budget': t('budgetWrong') }),
    ...(wholeOf(values.hours) === undefined && { 'proposal-hours': t('hoursWrong') }),
    ...(wholeOf(values.people) === undefined && { 'proposal-people': t('peopleWrong') }),
    ...((values.fromOn === '' || values.untilOn === '') && { 'proposal-from': t('datesMissing') }),
    ...(values.untilOn !== '' && values.untilOn < values.fromOn && { 'proposal-until': t('reversed') }),
  };
}

/** As the API takes it; only of values without faults. */
export function bodyOf(values: Values) {
  return {
    title: values.title.trim(),
    description: values.description.trim(),
    category: values.category,
    capability: values.capability,
    budgetFen: fenOf(values.budget) ?? 0,
    hours: wholeOf(values.hours) ?? 0,
    peopleExpected: wholeOf(values.people) ?? 0,
    fromOn: values.fromOn,
    untilOn: values.untilOn,
    sharedProperty: values.sharedProperty,
    implementerId: values.implementerId === '' ? null : values.implementerId,
    needIds: [...values.needIds],
  };
}
