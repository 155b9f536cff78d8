import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { roundMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import { useToday } from '../../blocks/workdays.ts';
import { holds, useMe } from '../../me.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

/** What the loop brought about this year, for those who may read it. */
export function Loop() {
  const t = useTexts(texts);
  const language = useLanguage();
  const year = useToday().slice(0, 4);
  const mayRead = holds(useMe(), 'insights.read');
  const report = useQuery({
    queryKey: ['loop-report', year],
    queryFn: () => read(api.GET('/api/v1/insights/loop-report', { params: { query: { from: `${year}Q1`, until: `${year}Q4` } } })),
    enabled: mayRead,
  });
  if (!report.data) return undefined;
  const { microProjects, problemsSolved, peopleServed, fundsFen, awardsFen } = report.data;
  return (
    <Section title={t('loop')}>
      <dl className={styles['figures']}>
        <Figure label={t('loop.projects')} value={wholeNumber(microProjects)} />
        <Figure label={t('loop.solved')} value={wholeNumber(problemsSolved)} />
        <Figure label={t('loop.served')} value={wholeNumber(peopleServed)} />
        <Figure label={t('loop.funds')} value={roundMoney(fundsFen, language)} />
        <Figure label={t('loop.awards')} value={roundMoney(awardsFen, language)} />
      </dl>
    </Section>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
