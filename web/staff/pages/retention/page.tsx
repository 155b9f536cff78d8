import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { FiguresTable } from '../../blocks/figures-table.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { holds, useMe } from '../../me.ts';
import { Holds } from './holds.tsx';
import { texts } from './texts.ts';

/** For who answers for personal data: what goes when, what went, and what the law holds back. */
export default function RetentionPage() {
  const t = useTexts(texts);
  const me = useMe();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Link to="/policy?kind=retention">{t('terms')}</Link>}>
      <Section title={t('kept')}>
        <Kept />
      </Section>
      {holds(me, 'people.read') && (
        <Section title={t('holds')}>
          <p>{t('holdsWhy')}</p>
          <Holds />
        </Section>
      )}
    </Page>
  );
}

function Kept() {
  const t = useTexts(texts);
  const found = useQuery({ queryKey: ['retention'], queryFn: () => read(api.GET('/api/v1/retention')) });
  if (found.isPending) return <RowsSkeleton rows={5} />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  return (
    <FiguresTable
      label={t('kept')}
      columns={[
        { title: t('what') },
        { title: t('term') },
        { title: t('from') },
        { title: t('before') },
        { title: t('due'), align: 'end' },
        { title: t('held'), align: 'end' },
        { title: t('last') },
      ]}
      rows={found.data.items.map(({ retained, term, unit, before, due, held, last }) => ({
        key: retained,
        cells: [
          t(`what.${retained}`),
          t(`term.${unit}`, { count: term }),
          t(`from.${retained}`),
          dayOf(before),
          wholeNumber(due),
          wholeNumber(held),
          last === null ? t('never') : t('lastRun', { day: dayOf(last.at), count: last.removed }),
        ],
      }))}
    />
  );
}
