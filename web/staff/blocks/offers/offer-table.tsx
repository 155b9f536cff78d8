import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { exactMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { useBodies, useCommunities } from '../communities.ts';
import type { Column, Filter } from '../data-list/columns.ts';
import { DataList } from '../data-list/data-list.tsx';
import { CATEGORIES, OFFER_STATES, useNeedsWords, useOptions } from '../needs-words.ts';
import { StatusTag } from '../status-tag.tsx';
import { useUnitName } from '../units.ts';
import { texts } from './texts.ts';
import type { Offer } from './values.ts';

interface Props {
  /** Only this unit's; absent = of all, with a filter for the unit. */
  readonly unitId?: string;
  readonly addressOf: (offer: Offer) => string;
  /** Of the empty list. */
  readonly action?: ReactNode;
}

const PAGE = 50;

export function OfferTable({ unitId, addressOf, action }: Props) {
  const t = useTexts(texts);
  const columns = useColumns(addressOf);
  return (
    <DataList<Offer>
      name="offers"
      label={t('list')}
      queryKey={['offers', unitId]}
      fetchPage={({ sort, ...wanted }, cursor) =>
        read(
          api.GET('/api/v1/offers', {
            params: { query: { ...wanted, ...(unitId && { unitId }), ...(sort === 'fundsFen' && { sort }), limit: PAGE, ...(cursor && { cursor }) } },
          }),
        )
      }
      idOf={({ id }) => id}
      columns={unitId === undefined ? columns : columns.filter(({ key }) => key !== 'unit')}
      filters={useFilters(unitId === undefined)}
      exportAs={{ list: 'offers', queryOf: (wanted) => ({ ...wanted, ...(unitId && { unitId }) }) }}
      empty={{ title: t('empty'), why: t('emptyWhy'), ...(action !== undefined && { action }) }}
    />
  );
}

function useFilters(withUnit: boolean): readonly Filter[] {
  const t = useTexts(texts);
  const states = useOptions('offer', OFFER_STATES);
  const categories = useOptions('category', CATEGORIES);
  const communities = useCommunities();
  const bodies = useBodies();
  return useMemo(
    () => [
      { key: 'search', label: t('search'), kind: 'text' },
      { key: 'state', label: t('state'), kind: 'choice', options: states },
      { key: 'category', label: t('category'), kind: 'choice', options: categories },
      { key: 'communityId', label: t('community'), kind: 'choice', options: communities },
      ...(withUnit ? [{ key: 'unitId', label: t('unit'), kind: 'choice', options: bodies } as const] : []),
    ],
    [t, states, categories, communities, bodies, withUnit],
  );
}

function useColumns(addressOf: (offer: Offer) => string): readonly Column<Offer>[] {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useNeedsWords();
  const unitName = useUnitName();
  return [
    { key: 'number', title: t('number'), render: (offer) => <Link style={{ whiteSpace: 'nowrap' }} to={addressOf(offer)}>{offer.number}</Link> },
    { key: 'unit', title: t('unit'), render: ({ unitId }) => unitName(unitId) },
    { key: 'description', title: t('description'), isHeading: true, render: ({ description }) => description },
    { key: 'categories', title: t('category'), render: ({ categories }) => categories.map((it) => words('category', it)).join('、') },
    {
      key: 'communities',
      title: t('communities'),
      render: ({ communityIds }) => (communityIds.length === 0 ? t('everywhere') : communityIds.map(unitName).join('、')),
    },
    { key: 'capacity', title: t('capacity'), align: 'end', render: ({ capacity }) => wholeNumber(capacity) },
    { key: 'funds', title: t('fundsColumn'), align: 'end', sort: { up: 'fundsFen' }, render: ({ fundsFen }) => exactMoney(fundsFen, language) },
    { key: 'hours', title: t('hours'), align: 'end', render: ({ hours }) => wholeNumber(hours) },
    { key: 'period', title: t('period'), render: ({ fromOn, untilOn }) => `${fromOn}—${untilOn ?? t('openEnd')}` },
    {
      key: 'state',
      title: t('state'),
      render: ({ state }) => <StatusTag standing={state === 'open' ? 'done' : 'paused'}>{words('offer', state)}</StatusTag>,
    },
  ];
}
