import { useMemo } from 'react';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useLanguage, useTexts } from '../../shared/texts/use-texts.ts';
import type { Schemas } from '../me.ts';
import type { Standing } from './status-tag.tsx';

const texts = defineTexts('staff/blocks/survey-words', {
  'status.draft': { zh: '草稿', en: 'Draft' },
  'status.released': { zh: '已发布，未到开始日', en: 'Released, not begun' },
  'status.collecting': { zh: '收集中', en: 'Collecting' },
  'status.triage': { zh: '梳理中', en: 'In triage' },
  'status.listed': { zh: '已入清单', en: 'Listed' },
  'status.closed': { zh: '已结束', en: 'Closed' },
  'channel.publicForm': { zh: '居民自己填', en: 'Residents themselves' },
  'channel.staff': { zh: '工作人员代录', en: 'Staff for residents' },
  'channel.import': { zh: '表格导入', en: 'From a table' },
});

export type Survey = Schemas['Survey'];

export const SURVEY_STATUSES = ['draft', 'collecting', 'triage', 'listed', 'closed'] as const satisfies readonly Survey['status'][];
export const SURVEY_CHANNELS = ['publicForm', 'staff', 'import'] as const satisfies readonly Survey['channels'][number][];

export function useSurveyWords() {
  const t = useTexts(texts);
  return useMemo(
    () => ({
      status: (status: Survey['status'], released = false): string => t(status === 'draft' && released ? 'status.released' : `status.${status}`),
      channel: (channel: Survey['channels'][number]): string => t(`channel.${channel}`),
    }),
    [t],
  );
}

const STANDINGS: Readonly<Record<Survey['status'], Standing>> = { draft: 'mine', collecting: 'others', triage: 'soon', listed: 'done', closed: 'paused' };

export const standingOfSurvey = (status: Survey['status']): Standing => STANDINGS[status];

/** Of a question or a choice, in the reader's language where it was written in it. */
export function useAsked(): (asked: { readonly text: string; readonly textEn?: string | undefined }) => string {
  const language = useLanguage();
  return ({ text, textEn }) => (language === 'en' ? (textEn ?? text) : text);
}
