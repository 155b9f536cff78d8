import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import type { Standing } from './status-tag.tsx';

const texts = defineTexts('staff/blocks/run-status', {
  'run.frozen': { zh: '正在计算', en: 'Being solved' },
  'run.solved': { zh: '待确认', en: 'To be confirmed' },
  'run.confirmed': { zh: '正在生成项目', en: 'Projects are being made' },
  'run.carriedOut': { zh: '已完成', en: 'Done' },
  'run.cancelled': { zh: '已取消', en: 'Cancelled' },
});

export const RUN_STATUSES = ['frozen', 'solved', 'confirmed', 'carriedOut', 'cancelled'] as const;

const STANDINGS: Readonly<Record<string, Standing>> = { solved: 'mine', carriedOut: 'done', cancelled: 'paused' };

/** A status of a later version shows as its code. */
export function useRunStatus(): (run: { readonly status: string; readonly late: boolean }) => { readonly text: string; readonly standing: Standing } {
  const t = useTexts(texts);
  return ({ status, late }) => {
    const key = texts.keys.find((it) => it === `run.${status}`);
    return { text: key ? t(key) : status, standing: late && status === 'solved' ? 'late' : (STANDINGS[status] ?? 'others') };
  };
}
