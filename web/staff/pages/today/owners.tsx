import { Link } from 'react-router';
import { dayOf, dayOfDeadline, daysBetween, shortDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useToday as useDay } from '../../blocks/workdays.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import type { Today } from './use-today.ts';

/** Who is awaited most, those with most overdue first. */
export function Owners({ holders }: { readonly holders: Today['holders'] }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const today = useDay();
  const people = holders.filter(({ ownerRole }) => ownerRole !== 'system');
  if (people.length === 0) return undefined;
  return (
    <Section title={t('whoHolds')}>
      <table className={styles['owners']}>
        <caption className="hidden-text">{t('whoHolds')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('count')}</th>
            <th scope="col">{t('late')}</th>
            <th scope="col">{t('oldest')}</th>
            <th scope="col">{t('escalation')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ ownerRole, ownerOrgUnit, owner, count, overdue, oldest, nextWake }) => (
            <tr key={`${ownerRole} ${ownerOrgUnit ?? ''}`}>
              <th scope="row">{owner}</th>
              <td>
                <Link to={`/waits?role=${ownerRole}&orgUnitId=${ownerOrgUnit ?? 'none'}`}>{count} ▸</Link>
              </td>
              <td>{overdue > 0 ? <StatusTag standing="late">{String(overdue)}</StatusTag> : '–'}</td>
              <td>{t('days', { count: Math.max(0, daysBetween(dayOf(oldest), today)) })}</td>
              <td>{nextWake === null ? '–' : shortDay(dayOfDeadline(nextWake), language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
