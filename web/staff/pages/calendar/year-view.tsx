import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import styles from './page.module.css';
import { texts } from './texts.ts';
import type { Day } from './years.ts';

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
const DAYS_A_WEEK = 7;

/** Twelve months; a day that is not what its weekday says bears a word: 休 or 班. */
export function YearView({ year }: { readonly year: number }) {
  const t = useTexts(texts);
  const range = { from: `${year}-01-01`, to: `${year}-12-31` };
  const days = useQuery({ queryKey: ['calendar', 'days', year], queryFn: () => read(api.GET('/api/v1/calendar/days', { params: { query: range } })) });
  if (days.isPending) return <RowsSkeleton rows={10} />;
  if (days.isError) return <Refusal error={days.error} retry={() => void days.refetch()} />;
  const { items } = days.data;
  return (
    <>
      <p>{t('legend', { workdays: items.filter(({ workday }) => workday).length })}</p>
      <div className={styles['year']}>
        {MONTHS.map((month) => (
          <Month key={month} year={year} month={month} days={items.filter(({ date }) => date.slice(5, 7) === month)} />
        ))}
      </div>
    </>
  );
}

/** 0 = Monday. */
function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + DAYS_A_WEEK - 1) % DAYS_A_WEEK;
}

interface MonthProps {
  readonly year: number;
  readonly month: string;
  readonly days: readonly Day[];
}

function Month({ year, month, days }: MonthProps) {
  const t = useTexts(texts);
  const language = useLanguage();
  const name = new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'long' }).format(new Date(`${year}-${month}-01T00:00:00Z`));
  const weekday = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'narrow' });
  const weekdayLong = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'long' });
  // 2024-01-01 was a Monday.
  const weekdays = Array.from({ length: DAYS_A_WEEK }, (_, index) => new Date(Date.UTC(2024, 0, 1 + index)));
  const cells: (Day | undefined)[] = [...Array.from({ length: weekdayOf(`${year}-${month}-01`) }, () => undefined), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / DAYS_A_WEEK) }, (_, week) => cells.slice(week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK));
  return (
    <table className={styles['month']}>
      <caption>{t('month', { month: name, count: days.filter(({ workday }) => workday).length })}</caption>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th key={day.getTime()} scope="col" abbr={weekdayLong.format(day)}>
              {weekday.format(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day)?.date}>
            {week.map((day, index) => (day ? <DayCell key={day.date} day={day} /> : <td key={`empty ${index}`} />))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({ day: { date, workday, name } }: { readonly day: Day }) {
  const t = useTexts(texts);
  const isWeekend = weekdayOf(date) >= 5;
  const word = workday && isWeekend ? t('makeUp') : !workday && name !== null ? t('rest') : undefined;
  return (
    <td data-free={!workday} data-makeup={workday && isWeekend} title={name ?? undefined}>
      {Number(date.slice(8))}
      {word !== undefined && <small>{word}</small>}
    </td>
  );
}
