import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import type { Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Kept = Schemas['Retention']['items'][number];

/** How long what is kept of people is kept, and what went last: counts alone. */
export function Retention() {
  const t = useTexts(texts);
  const found = useQuery({ queryKey: ['retention'], queryFn: () => read(api.GET('/api/v1/retention')) });
  return (
    <Section title={t('retention')}>
      <p>{t('retentionWhy')}</p>
      {found.isPending && <RowsSkeleton rows={4} />}
      {found.isError && <Refusal error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <SmallTable<Kept>
          label={t('retention')}
          rows={found.data.items}
          idOf={({ retained }) => retained}
          columns={[
            { key: 'what', title: t('retained'), render: ({ retained }) => <strong>{t(`retained.${retained}`)}</strong> },
            { key: 'term', title: t('term'), render: ({ term, unit }) => t(`term.${unit}`, { count: term }) },
            { key: 'due', title: t('due'), render: ({ due }) => wholeNumber(due) },
            { key: 'held', title: t('held'), render: ({ held }) => wholeNumber(held) },
            { key: 'last', title: t('last'), render: ({ last }) => (last === null ? '–' : t('lastIs', { at: dateAndTime(last.at), count: last.removed })) },
          ]}
        />
      )}
    </Section>
  );
}
