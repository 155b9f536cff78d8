import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import type { Standing } from './status-tag.tsx';

const texts = defineTexts('staff/blocks/award-status', {
  'award.proposed': { zh: '待批准', en: 'To be approved' },
  'award.noticed': { zh: '公示中', en: 'Public notice' },
  'award.objected': { zh: '有异议', en: 'Objected to' },
  'award.granted': { zh: '已发放', en: 'Granted' },
  'award.refused': { zh: '未批准', en: 'Refused' },
  'award.withdrawn': { zh: '已撤回', en: 'Withdrawn' },
});

export const AWARD_STATUSES = ['proposed', 'noticed', 'objected', 'granted', 'refused', 'withdrawn'] as const;

const STANDINGS: Readonly<Record<string, Standing>> = { proposed: 'soon', objected: 'late', granted: 'done', refused: 'paused', withdrawn: 'paused' };

/** A status of a later version shows as its code. */
export function useAwardStatus(): (status: string) => { readonly text: string; readonly standing: Standing } {
  const t = useTexts(texts);
  return (status) => {
    const key = texts.keys.find((it) => it === `award.${status}`);
    return { text: key ? t(key) : status, standing: STANDINGS[status] ?? 'others' };
  };
}
