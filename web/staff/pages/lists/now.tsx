import { useMemo } from 'react';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { exactMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import type { Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import type { ExportAs } from '../../blocks/data-list/export-menu.tsx';
import { CATEGORIES, standingOfNeed, standingOfProposal, useNeedsWords, useOptions } from '../../blocks/needs-words.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import type { Schemas } from '../../me.ts';
import type { Kind } from './kinds.ts';
import { texts } from './texts.ts';

interface Props {
  readonly communityId: string;
}

const PAGE = 50;

/** What the three living lists have in common. */
function useCommon(kind: Kind, communityId: string) {
  const t = useTexts(texts);
  const categories = useOptions('category', CATEGORIES);
  const filters = useMemo<readonly Filter[]>(() => [{ key: 'category', label: t('category'), kind: 'choice', options: categories }], [t, categories]);
  const exportAs: ExportAs = { list: `lists/${kind}`, queryOf: (wanted) => ({ ...wanted, ...(communityId && { communityId }) }) };
  return {
    name: `lists/${kind}`,
    label: t(`kind.${kind}`),
    queryKey: ['lists', kind, communityId],
    idOf: ({ id }: { readonly id: string }) => id,
    filters,
    exportAs,
    empty: { title: t('empty'), why: t('emptyWhy') },
  };
}

const query = (wanted: Readonly<Record<string, string>>, communityId: string, cursor: string) => ({
  ...wanted,
  limit: PAGE,
  ...(communityId && { communityId }),
  ...(cursor && { cursor }),
});

export function NowNeeds({ communityId }: Props) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const unitName = useUnitName();
  return (
    <DataList<Schemas['ListedNeed']>
      {...useCommon('needs', communityId)}
      fetchPage={({ sort, ...wanted }, cursor) =>
        read(api.GET('/api/v1/lists/needs', { params: { query: { ...query(wanted, communityId, cursor), ...(sort === 'urgency' && { sort }) } } }))
      }
      columns={[
        { key: 'number', title: t('field.number'), render: ({ id, number, state }) => <Link to={`/needs/triage?state=${state}&id=${id}`}>{number}</Link> },
        { key: 'need', title: t('field.need'), isHeading: true, render: ({ place, publicText }) => `${place === null ? '' : `${place}：`}${publicText ?? ''}` },
        { key: 'community', title: t('field.community'), render: (row) => unitName(row.communityId) },
        { key: 'category', title: t('field.category'), render: ({ category }) => words('category', category) },
        { key: 'urgency', title: t('field.urgency'), sort: { up: 'urgency' }, render: ({ urgency }) => words('urgency', urgency) },
        { key: 'people', title: t('field.peopleAffected'), align: 'end', render: ({ peopleAffected }) => wholeNumber(peopleAffected) },
        { key: 'state', title: t('field.state'), render: ({ state }) => <StatusTag standing={standingOfNeed(state)}>{words('need', state)}</StatusTag> },
      ]}
    />
  );
}

export function NowResources({ communityId }: Props) {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useNeedsWords();
  const unitName = useUnitName();
  return (
    <DataList<Schemas['Offer']>
      {...useCommon('resources', communityId)}
      fetchPage={({ sort, ...wanted }, cursor) =>
        read(api.GET('/api/v1/lists/resources', { params: { query: { ...query(wanted, communityId, cursor), ...(sort === 'fundsFen' && { sort }) } } }))
      }
      columns={[
        { key: 'number', title: t('field.number'), render: ({ id, number }) => <Link to={`/offers/${id}`}>{number}</Link> },
        { key: 'unit', title: t('field.unit'), render: ({ unitId }) => unitName(unitId) },
        { key: 'offer', title: t('field.offer'), isHeading: true, render: ({ description }) => description },
        { key: 'categories', title: t('field.categories'), render: ({ categories }) => categories.map((it) => words('category', it)).join('、') },
        { key: 'capacity', title: t('field.capacity'), align: 'end', render: ({ capacity }) => wholeNumber(capacity) },
        { key: 'funds', title: t('field.fundsFen'), align: 'end', sort: { up: 'fundsFen' }, render: ({ fundsFen }) => exactMoney(fundsFen, language) },
        { key: 'hours', title: t('field.hours'), align: 'end', render: ({ hours }) => wholeNumber(hours) },
        { key: 'until', title: t('field.until'), render: ({ untilOn }) => untilOn ?? t('openEnd') },
      ]}
    />
  );
}

export function NowProjects({ communityId }: Props) {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useNeedsWords();
  const unitName = useUnitName();
  return (
    <DataList<Schemas['Proposal']>
      {...useCommon('projects', communityId)}
      fetchPage={({ sort, ...wanted }, cursor) =>
        read(api.GET('/api/v1/lists/projects', { params: { query: { ...query(wanted, communityId, cursor), ...(sort === 'budgetFen' && { sort }) } } }))
      }
      columns={[
        { key: 'number', title: t('field.number'), render: ({ id, number }) => <Link to={`/needs/proposals/${id}`}>{number}</Link> },
        { key: 'title', title: t('field.title'), isHeading: true, render: ({ title }) => title },
        { key: 'community', title: t('field.community'), render: (row) => unitName(row.communityId) },
        { key: 'category', title: t('field.category'), render: ({ category }) => words('category', category) },
        { key: 'budget', title: t('field.budgetFen'), align: 'end', sort: { up: 'budgetFen' }, render: ({ budgetFen }) => exactMoney(budgetFen, language) },
        { key: 'people', title: t('field.peopleExpected'), align: 'end', render: ({ peopleExpected }) => wholeNumber(peopleExpected) },
        { key: 'state', title: t('field.state'), render: ({ state }) => <StatusTag standing={standingOfProposal(state)}>{words('proposal', state)}</StatusTag> },
      ]}
    />
  );
}
