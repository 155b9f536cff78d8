import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { dateAndTime, longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { usePeople } from '../../blocks/people.ts';
import { usePolicyWords } from '../../blocks/policy-words.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useToday } from '../../blocks/workdays.ts';
import { KINDS, texts } from './texts.ts';

type Pack = paths['/api/v1/policy-packs']['get']['responses'][200]['content']['application/json']['items'][number];

export default function PoliciesPage() {
  const t = useTexts(texts);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <DataList<Pack>
        name="policies"
        label={t('title')}
        queryKey={['policy-packs']}
        fetchPage={async ({ kind, all }) => {
          const { items } = await read(api.GET('/api/v1/policy-packs'));
          const today = items.filter((pack) => (kind === undefined || pack.kind === kind) && (all === 'true' || pack.inForce || isNewest(pack, items)));
          return { items: today, next: null };
        }}
        idOf={({ kind, version }) => `${kind} ${version}`}
        columns={useColumns()}
        filters={useFilters()}
        empty={{ title: t('empty') }}
      />
    </Page>
  );
}

function isNewest({ kind, version }: Pack, all: readonly Pack[]): boolean {
  return all.every((pack) => pack.kind !== kind || pack.version <= version);
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const words = usePolicyWords();
  return [
    { key: 'kind', label: t('kind'), kind: 'choice', options: KINDS.map((value) => ({ value, label: words.kind(value) })) },
    { key: 'all', label: t('all'), kind: 'switch' },
  ];
}

function useColumns(): readonly Column<Pack>[] {
  const t = useTexts(texts);
  const words = usePolicyWords();
  const language = useLanguage();
  const people = usePeople();
  const today = useToday();
  return [
    {
      key: 'pack',
      title: t('kind'),
      isHeading: true,
      render: ({ kind, version }) => <Link to={`/policy/${kind}/${version}`}>{t('pack', { kind: words.kind(kind), version })}</Link>,
    },
    { key: 'from', title: t('from'), render: ({ effectiveFrom }) => longDay(effectiveFrom, language) },
    {
      key: 'state',
      title: t('state'),
      render: ({ inForce, effectiveFrom }) =>
        inForce ? (
          <StatusTag standing="done">{t('inForce')}</StatusTag>
        ) : effectiveFrom > today ? (
          <StatusTag standing="soon">{t('ahead')}</StatusTag>
        ) : (
          <StatusTag standing="others">{t('past')}</StatusTag>
        ),
    },
    { key: 'reason', title: t('reason'), render: ({ reason }) => reason },
    { key: 'by', title: t('by'), render: ({ publishedBy, publishedAt }) => `${isPerson(publishedBy) ? people.nameOf(publishedBy) : t('product')} ${dateAndTime(publishedAt)}` },
  ];
}

function isPerson(actor: string): boolean {
  return /^[0-9a-f]{8}-/.test(actor);
}
