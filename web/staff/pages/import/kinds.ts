import { useTexts } from '../../../shared/texts/use-texts.ts';
import { texts } from './texts.ts';

export const KINDS = ['needs', 'offers', 'proposals', 'projects'] as const;
export type Kind = (typeof KINDS)[number];

/** Who may import what, as the server asks. */
export const PERMISSIONS: Readonly<Record<Kind, string>> = { needs: 'needs.triage', offers: 'offers.create', proposals: 'needs.triage', projects: 'projects.confirm' };

/** What a column can be read as, in the order of the forms. */
export const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  needs: ['sourceNumber', 'community', 'place', 'publicText', 'words', 'category', 'urgency', 'peopleAffected', 'channel', 'evidence', 'name', 'phone', 'consent', 'raisedOn', 'status'],
  offers: ['sourceNumber', 'unitCode', 'unit', 'categories', 'description', 'communities', 'capacity', 'fundsFen', 'hours', 'fromOn', 'untilOn', 'status'],
  proposals: ['sourceNumber', 'title', 'description', 'community', 'category', 'capability', 'needs', 'budgetFen', 'hours', 'fromOn', 'untilOn', 'implementer', 'sharedProperty', 'peopleExpected', 'status'],
  projects: [
    'sourceNumber',
    'title',
    'description',
    'community',
    'category',
    'proposal',
    'peopleAffected',
    'budgetFen',
    'leadUnit',
    'implementer',
    'status',
    'claimedOn',
    'agreedOn',
    'startedOn',
    'reports',
    'isSolved',
    'pledgedFen',
    'deliveredFen',
    'verifiedFen',
    'coFunders',
    'fundsOn',
  ],
};

export const isMoney = (field: string): boolean => field.endsWith('Fen');

export function useFieldName(): (field: string) => string {
  const t = useTexts(texts);
  return (field) => {
    const key = texts.keys.find((it) => it === `field.${field}`);
    return key ? t(key) : field;
  };
}
