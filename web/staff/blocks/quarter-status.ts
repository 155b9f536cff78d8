import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import type { Standing } from './status-tag.tsx';

const texts = defineTexts('staff/blocks/quarter-status', {
  'quarter.asking': { zh: '正在启动', en: 'Being opened' },
  'quarter.collecting': { zh: '收集报告', en: 'Collecting reports' },
  'quarter.held': { zh: '待公布', en: 'To be published' },
  'quarter.published': { zh: '已公布', en: 'Published' },
  'quarter.closed': { zh: '已结束', en: 'Closed' },
});

const STANDINGS: Readonly<Record<string, Standing>> = { held: 'soon', published: 'done', closed: 'done' };

/** A status of a later version shows as its code. */
export function useQuarterStatus(): (cycle: { readonly status: string; readonly meetingLate: boolean }) => { readonly text: string; readonly standing: Standing } {
  const t = useTexts(texts);
  return ({ status, meetingLate }) => {
    const key = texts.keys.find((it) => it === `quarter.${status}`);
    return { text: key ? t(key) : status, standing: meetingLate && status === 'collecting' ? 'late' : (STANDINGS[status] ?? 'others') };
  };
}
