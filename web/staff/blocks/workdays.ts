import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../shared/api/client.ts';
import { addDays, dayOf, dayOfDeadline, daysBetween, longDay, shortDay } from '../../shared/format/time.ts';
import { workdaysBetween, type Workdays } from '../../shared/format/workdays.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useLanguage, useTexts } from '../../shared/texts/use-texts.ts';
import { useMe } from '../me.ts';
import type { Standing } from './status-tag.tsx';

const texts = defineTexts('staff/blocks/workdays', {
  left: {
    zh: '还有{{count}}个工作日（{{day}}24:00前）',
    en: { one: '{{count}} workday left (until 24:00 on {{day}})', other: '{{count}} workdays left (until 24:00 on {{day}})' },
  },
  today: { zh: '今天24:00前', en: 'until 24:00 today' },
  late: { zh: '逾期{{count}}个工作日', en: { one: '{{count}} workday late', other: '{{count}} workdays late' } },
  lateToday: { zh: '已逾期', en: 'late' },
  undated: { zh: '无期限', en: 'no deadline' },
});

const BACK_DAYS = 100;
const AHEAD_DAYS = 260;
const SOON_WORKDAYS = 3;

/** Today in China, by the business clock. */
export function useToday(): string {
  return dayOf(useMe().now);
}

/** The official calendar around today. */
export function useWorkdays(): Workdays {
  const today = useToday();
  const range = { from: addDays(today, -BACK_DAYS), to: addDays(today, AHEAD_DAYS) };
  const days = useQuery({
    queryKey: ['calendar', today],
    queryFn: () => read(api.GET('/api/v1/calendar/days', { params: { query: range } })),
    select: ({ items }): Workdays => Object.fromEntries(items.map(({ date, workday }) => [date, workday])),
    staleTime: Infinity,
  });
  return days.data ?? {};
}

export interface Deadline {
  /** 还有3个工作日（10月20日24:00前） · 逾期2个工作日 */
  readonly text: string;
  /** 2026年10月20日（周二） */
  readonly day: string;
  readonly standing: Standing;
  /** Of the calendar; negative when late. */
  readonly days: number;
}

/** Deadlines in words. `due`: an instant of the API, null for none. */
export function useDeadline(): (due: string | null) => Deadline {
  const t = useTexts(texts);
  const language = useLanguage();
  const today = useToday();
  const known = useWorkdays();
  return (due) => {
    if (due === null) return { text: t('undated'), day: '', standing: 'others', days: Infinity };
    const day = dayOfDeadline(due);
    const days = daysBetween(today, day);
    const long = longDay(day, language);
    if (days < 0) {
      const count = workdaysBetween(day, today, known);
      return { text: count === 0 ? t('lateToday') : t('late', { count }), day: long, standing: 'late', days };
    }
    if (days === 0) return { text: t('today'), day: long, standing: 'soon', days };
    const count = workdaysBetween(today, day, known);
    return { text: t('left', { count, day: shortDay(day, language) }), day: long, standing: count <= SOON_WORKDAYS ? 'soon' : 'others', days };
  };
}
