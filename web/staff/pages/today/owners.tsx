import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { dayOf, daysBetween } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useToday } from '../../blocks/workdays.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

/** Who is awaited most, those with most overdue first. */
export function Owners() {
  const t = useTexts(texts);
  const language = useLanguage();
  const today = useToday();
  const summary = useQuery({ queryKey: ['waits', 'summary', language], queryFn: () => read(api.GET('/api/v1/waits/summary')) });
  if (summary.isPending) return <RowsSkeleton />;
  if (summary.isError) return <Refusal error={summary.error} retry={() => void summary.refetch()} />;
  const people = summary.data.items.filter(({ ownerRole }) => ownerRole !== 'system');
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
          </tr>
        </thead>
        <tbody>
          {people.map(({ ownerRole, ownerOrgUnit, owner, count, overdue, oldest }) => (
            <tr key={`${ownerRole} ${ownerOrgUnit ?? ''}`}>
              <th scope="row">{owner}</th>
              <td>
                <Link to={`/waits?role=${ownerRole}&orgUnitId=${ownerOrgUnit ?? 'none'}`}>{count} ▸</Link>
              </td>
              <td>{overdue > 0 ? <StatusTag standing="late">{String(overdue)}</StatusTag> : '–'}</td>
              <td>{t('days', { count: Math.max(0, daysBetween(dayOf(oldest), today)) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
