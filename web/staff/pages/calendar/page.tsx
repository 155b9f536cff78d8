import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useToday } from '../../blocks/workdays.ts';
import { holds, useMe } from '../../me.ts';
import { PublishYear } from './publish-year.tsx';
import { texts } from './texts.ts';
import { readYears, type KnownYear } from './years.ts';
import { YearView } from './year-view.tsx';

export default function CalendarPage() {
  const t = useTexts(texts);
  const today = useToday();
  const [search, setSearch] = useSearchParams();
  const [publishing, setPublishing] = useState(false);
  const year = Number(/^20\d\d$/.exec(search.get('year') ?? '')?.[0] ?? today.slice(0, 4));
  const years = useQuery({ queryKey: ['calendar', 'years'], queryFn: () => read(api.GET('/api/v1/calendar/years')) });
  const known = years.data?.items.find((it) => it.year === year);
  const go = (to: number): void => setSearch({ year: String(to) }, { replace: true });
  return (
    <Page
      title={t('title', { year })}
      lead={years.data && t('version', { version: years.data.calendarVersion })}
      primary={
        holds(useMe(), 'calendar.edit') && (
          <Button type="primary" onClick={() => setPublishing(true)}>
            {t(known ? 'revise' : 'publish', { year })}
          </Button>
        )
      }
      actions={
        <>
          <Button aria-label={t('yearBefore', { year: year - 1 })} onClick={() => go(year - 1)}>
            ‹ {year - 1}
          </Button>
          <Button aria-label={t('yearAfter', { year: year + 1 })} onClick={() => go(year + 1)}>
            {year + 1} ›
          </Button>
        </>
      }
    >
      {years.isError && <Refusal error={years.error} retry={() => void years.refetch()} />}
      {years.data && !known && (
        <p>
          <StatusTag standing="soon">{t('provisional')}</StatusTag> {t('provisionalWhy')}
        </p>
      )}
      <YearView year={year} />
      <Section title={t('years')}>
        {years.isPending && <RowsSkeleton rows={3} />}
        {years.data?.items.length === 0 && <Empty title={t('yearsNone')} />}
        {years.data && years.data.items.length > 0 && <Years items={years.data.items} />}
      </Section>
      {publishing && <PublishYear key={year} year={year} isRevision={known !== undefined} close={() => setPublishing(false)} />}
    </Page>
  );
}

function Years({ items }: { readonly items: readonly KnownYear[] }) {
  const t = useTexts(texts);
  return (
    <SmallTable<KnownYear>
      label={t('years')}
      rows={readYears(items)}
      idOf={({ year, revision }) => `${year} ${revision}`}
      columns={[
        { key: 'year', title: t('year'), render: ({ year }) => <Link to={`/admin/calendar?year=${year}`}>{year}</Link> },
        {
          key: 'papers',
          title: t('papers'),
          render: ({ papers }) => papers.map((paper) => <div key={paper}>{/^https?:/.test(paper) ? <a href={paper}>{paper}</a> : paper}</div>),
        },
        { key: 'revision', title: t('revision'), render: ({ revision }) => (revision === 0 ? t('delivered') : t('revised', { count: revision })) },
        { key: 'reason', title: t('reason'), render: ({ reason }) => reason ?? '–' },
        { key: 'at', title: t('publishedAt'), render: ({ publishedAt }) => (publishedAt === null ? '–' : dateAndTime(publishedAt)) },
      ]}
    />
  );
}
