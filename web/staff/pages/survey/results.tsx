import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Empty } from '../../blocks/empty.tsx';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { useAsked, type Survey } from '../../blocks/survey-words.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

const PERCENT = 100;

/** How often each choice, mark or number was given. */
export function Results({ survey: { id, questions } }: { readonly survey: Survey }) {
  const t = useTexts(texts);
  const asked = useAsked();
  const found = useQuery({
    queryKey: ['survey', id, 'results'],
    queryFn: () => read(api.GET('/api/v1/surveys/{id}/results', { params: { path: { id } } })),
  });
  const tallies = found.data?.items ?? [];
  const counted = questions.filter((question) => tallies.some((it) => it.question === question.id));
  return (
    <Section title={t('results')}>
      {found.isPending && <RowsSkeleton rows={3} />}
      {found.isError && <Refusal error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && counted.length === 0 && <Empty title={t('resultsNone')} why={t('resultsWhy')} />}
      {counted.map((question) => {
        const rows = tallies.filter((it) => it.question === question.id);
        const most = Math.max(...rows.map(({ count }) => count));
        const nameOf = (value: string): string => {
          const choice = question.choices?.find((it) => it.id === value);
          return choice ? asked(choice) : value;
        };
        return (
          <div key={question.id}>
            <h3>{asked(question)}</h3>
            <dl className={styles['bars']}>
              {rows.map(({ value, count }) => (
                <Bar key={value} label={nameOf(value)} count={count} share={(count * PERCENT) / most} />
              ))}
            </dl>
          </div>
        );
      })}
    </Section>
  );
}

function Bar({ label, count, share }: { readonly label: string; readonly count: number; readonly share: number }) {
  return (
    <>
      <dt>{label}</dt>
      <dd aria-hidden="true">
        <div className={styles['bar']} style={{ width: `${share}%` }} />
      </dd>
      <dd className={styles['count']}>{wholeNumber(count)}</dd>
    </>
  );
}
