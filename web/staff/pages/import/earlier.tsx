import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Section } from '../../blocks/page.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import type { Schemas } from '../../me.ts';
import type { Kind } from './kinds.ts';
import { texts } from './texts.ts';

const PAGE = 20;

export function Earlier({ kind }: { readonly kind: Kind }) {
  const t = useTexts(texts);
  return (
    <Section title={t('earlier')}>
      <DataList<Schemas['Import']>
        name="imports"
        label={t('earlier')}
        queryKey={['imports', kind]}
        fetchPage={(_, cursor) => read(api.GET('/api/v1/imports/{kind}', { params: { path: { kind }, query: { limit: PAGE, ...(cursor && { cursor }) } } }))}
        idOf={({ id }) => id}
        columns={[
          { key: 'at', title: t('importedAt'), isHeading: true, render: ({ id, importedAt }) => <Link to={`/needs/import/${id}?kind=${kind}`}>{dateAndTime(importedAt)}</Link> },
          { key: 'taken', title: t('taken'), align: 'end', render: ({ taken }) => wholeNumber(taken) },
          { key: 'unchanged', title: t('unchanged'), align: 'end', render: ({ unchanged }) => wholeNumber(unchanged) },
          { key: 'bad', title: t('bad'), align: 'end', render: ({ bad }) => wholeNumber(bad) },
          {
            key: 'state',
            title: t('state'),
            render: ({ undoneAt }) => <StatusTag standing={undoneAt === null ? 'done' : 'paused'}>{t(undoneAt === null ? 'inPlace' : 'undone')}</StatusTag>,
          },
        ]}
        empty={{ title: t('earlierNone'), why: t('earlierWhy') }}
      />
    </Section>
  );
}
