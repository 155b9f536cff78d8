import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Door, Doors } from '../../blocks/door.tsx';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import styles from './page.module.css';
import { texts } from './texts.ts';

/** Every number leads to the rows that it counts. */
export function Progress({ surveyId }: { readonly surveyId: string }) {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['survey', surveyId, 'progress'],
    queryFn: () => read(api.GET('/api/v1/surveys/{id}/progress', { params: { path: { id: surveyId } } })),
  });
  if (found.isPending) return <RowsSkeleton rows={3} />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const { areas } = found.data;
  const sum = (key: 'answers' | 'doubtful' | 'needs' | 'untriaged'): number => areas.reduce((all, area) => all + area[key], 0);
  const submissions = (state: string, area?: string): string => addressOf('/needs/submissions', { surveyId, state, communityId: area });
  const needs = (state?: string, area?: string): string => addressOf('/needs', { surveyId, state, communityId: area });
  const door = (count: number, to: string, label: string) => (
    <Link to={to} aria-label={`${label} ${count}`}>
      {count}▸
    </Link>
  );
  return (
    <Section title={t('progress')}>
      <Doors label={t('progress')}>
        <Door label={t('answers')} value={sum('answers')} to={submissions('accepted')} />
        <Door label={t('doubtful')} value={sum('doubtful')} to={submissions('doubtful')} {...(sum('doubtful') > 0 && { tone: 'late' })} />
        <Door label={t('needs')} value={sum('needs')} to={needs()} />
        <Door label={t('untriaged')} value={sum('untriaged')} to={needs('raised')} />
      </Doors>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('progress')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('area')}</th>
              <th scope="col">{t('answers')}</th>
              <th scope="col">{t('doubtful')}</th>
              <th scope="col">{t('needs')}</th>
              <th scope="col">{t('untriaged')}</th>
            </tr>
          </thead>
          <tbody>
            {areas.map(({ communityId, name, answers, target, percent, doubtful, needs: became, untriaged }) => (
              <tr key={communityId}>
                <th scope="row">{name}</th>
                <td>
                  {door(answers, submissions('accepted', communityId), `${name} ${t('answers')}`)}{' '}
                  <span className={styles['hint']}>{t('ofTarget', { target, percent })}</span>
                </td>
                <td>{door(doubtful, submissions('doubtful', communityId), `${name} ${t('doubtful')}`)}</td>
                <td>{door(became, needs(undefined, communityId), `${name} ${t('needs')}`)}</td>
                <td>{door(untriaged, needs('raised', communityId), `${name} ${t('untriaged')}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function addressOf(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${path}?${new URLSearchParams(given).toString()}`;
}
