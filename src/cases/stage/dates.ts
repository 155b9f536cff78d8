import { endingDay } from '../../calendar/model.ts';
import { isoWeekday, shanghaiDate, type Instant, type LocalDate } from '../../kernel/time.ts';
import type { Telltale } from './model.ts';

const WEEKDAYS = { zh: '一二三四五六日', en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] } as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `10月20日（周二）`, `20 Oct (Tue)`; with the year where it is not the present one. */
export function dayText(date: LocalDate, { language, now }: Pick<Telltale, 'language' | 'now'>): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const other = shanghaiDate(now).slice(0, 4) !== year;
  const weekday = isoWeekday(date) - 1;
  return language === 'zh'
    ? `${other ? `${year}年` : ''}${Number(month)}月${Number(day)}日（周${WEEKDAYS.zh[weekday]}）`
    : `${Number(day)} ${MONTHS[Number(month) - 1]}${other ? ` ${year}` : ''} (${WEEKDAYS.en[weekday]})`;
}

/** The day on which something due then is last in time. */
export function dueDay(at: Instant): LocalDate {
  return endingDay(at);
}
