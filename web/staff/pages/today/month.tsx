import { Link } from 'react-router';
import { longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import { useToday as useDay } from '../../blocks/workdays.ts';
import { pageOfDoor } from './doors.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import type { Today } from './use-today.ts';

type Day = Today['calendar'][number];

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const SATURDAY = 6;

/** The month's workdays, days off and make-up days, with what is due on each. */
export function Month({ days }: { readonly days: readonly Day[] }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const first = days[0];
  if (!first) return undefined;
  return (
    <Section title={t('month', { month: new Intl.DateTimeFormat(language, { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(utc(first.date)) })}>
      <table className={styles['month']}>
        <caption className="hidden-text">{t('monthWhat')}</caption>
        <thead>
          <tr>
            {WEEK.map((weekday) => (
              <th key={weekday} scope="col">
                {t(`weekday.${weekday}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week, index) => (
            <tr key={index}>
              {week.map((day, column) => (day ? <Cell key={day.date} day={day} /> : <td key={column} />))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Cell({ day: { date, workday, makeup, name, due } }: { readonly day: Day }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const today = useDay();
  const isHoliday = !workday && (name !== null || weekdayOf(date) < SATURDAY);
  const mark = makeup ? t('makeup') : isHoliday ? t('dayOff') : '';
  return (
    <td data-off={!workday || undefined} aria-current={date === today ? 'date' : undefined} title={name ?? undefined}>
      <span className={styles['day']}>
        {Number(date.slice(-2))}
        {mark !== '' && <small>{mark}</small>}
      </span>
      {due.count > 0 && (
        <Link to={pageOfDoor(due.door)} aria-label={t('dueOn', { count: due.count, day: longDay(date, language) })}>
          {due.count}
        </Link>
      )}
    </td>
  );
}

function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** Monday is 1, Sunday 7. */
function weekdayOf(date: string): number {
  return utc(date).getUTCDay() || WEEK.length;
}

function weeksOf(days: readonly Day[]): (Day | undefined)[][] {
  const gap = days[0] ? weekdayOf(days[0].date) - 1 : 0;
  const cells = [...Array.from({ length: gap }, () => undefined), ...days];
  return Array.from({ length: Math.ceil(cells.length / WEEK.length) }, (_, week) => {
    const row = cells.slice(week * WEEK.length, (week + 1) * WEEK.length);
    return [...row, ...Array.from({ length: WEEK.length - row.length }, () => undefined)];
  });
}
